"""Recommending a vendor from hand to hand: nothing of the sender goes along, and a changed card is refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import LyingVendor, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, Person, a_person
from tests.fakes.qr_reader import read_qr
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.formats.errors import NotAVendorCard
from vrm_desktop.formats.vendor_card_file import link_qr_text, read_card, read_link, write_card
from vrm_desktop.protocol.errors import BadSignature, Expired, KeyChanged
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services import choose_vendors, recommend
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.ports import ChannelError

Job = Callable[[Person, Person, LyingVendor, Counterparty], Awaitable[None]]


def run(folder: Path, job: Job) -> None:
    """Ottilie knows a vendor; her friend knows nobody."""

    async def body() -> None:
        clock = MovingClock()
        async with (
            a_lying_vendor(clock) as liar,
            a_person(folder / "ottilie", clock) as ottilie,
            a_person(folder / "friend", clock) as friend,
        ):
            await ottilie.knows()
            vendor = await choose_vendors.add_vendor(ottilie.means, f"{liar.url}/")
            await job(ottilie, friend, liar, vendor)

    asyncio.run(body())


def test_the_card_arrives_as_the_vendor_signed_it_and_nothing_else_does(tmp_path: Path) -> None:
    async def job(ottilie: Person, friend: Person, liar: LyingVendor, vendor: Counterparty) -> None:
        made = await recommend.recommend(ottilie.means, vendor.id, "Kind people.")
        for value in (*(one for one in PROFILE.values() if len(one) > 2), vendor.id):  # two letters are in any card
            assert value.encode() not in made.file
            assert value not in made.link
        assert set(json.loads(made.file)) == {"format", "version", "address", "card", "note"}
        asked = len(liar.requests)
        taken = await recommend.take_card(friend.means, read_card(made.file))
        assert len(liar.requests) == asked
        assert (taken.card, taken.pinned, taken.address, taken.note) == (
            vendor.card,
            vendor.pinned,
            liar.url,
            "Kind people.",
        )
        assert await recommend.take_card(friend.means, read_card(made.file)) == taken
        assert len(await choose_vendors.vendors(friend.means)) == 1
        assert "note" not in json.loads((await recommend.recommend(ottilie.means, vendor.id)).file)

    run(tmp_path, job)


def test_a_changed_card_an_old_one_and_another_key_are_refused(tmp_path: Path) -> None:
    async def job(ottilie: Person, friend: Person, liar: LyingVendor, vendor: Counterparty) -> None:
        made = await recommend.recommend(ottilie.means, vendor.id)
        members = json.loads(made.file)
        members["card"]["name"] = "Somebody else"
        with pytest.raises(BadSignature):
            await recommend.take_card(friend.means, read_card(json.dumps(members).encode()))
        liar.signer = SeedSigner(b"\x07" * 32)
        with pytest.raises(KeyChanged):
            await recommend.take_card(ottilie.means, read_card(write_card(liar.url, liar.card())))
        friend.clock.move(days=100)
        with pytest.raises(Expired):
            await recommend.take_card(friend.means, read_card(made.file))
        assert await choose_vendors.vendors(friend.means) == ()

    run(tmp_path, job)


def test_a_code_brings_the_friend_to_the_same_key(tmp_path: Path) -> None:
    async def job(ottilie: Person, friend: Person, liar: LyingVendor, vendor: Counterparty) -> None:
        made = await recommend.recommend(ottilie.means, vendor.id, "Kind people.")
        text = read_qr(link_qr_text(made.link))
        assert text == made.link
        taken = await recommend.take_link(friend.means, read_link(text))
        assert (taken.pinned, taken.note) == (vendor.pinned, "Kind people.")
        liar.signer = SeedSigner(b"\x07" * 32)
        async with a_person(tmp_path / "third", friend.clock) as third:
            with pytest.raises((KeyChanged, ChannelError)):
                await recommend.take_link(third.means, read_link(text))
            assert await choose_vendors.vendors(third.means) == ()

    run(tmp_path, job)


def test_who_publishes_no_card_cannot_be_recommended(tmp_path: Path) -> None:
    async def job(ottilie: Person, friend: Person, liar: LyingVendor, vendor: Counterparty) -> None:
        works = await choose_vendors.add_organisation(ottilie.means, "Stadtwerke", OrganisationKind.UTILITY)
        with pytest.raises(NotPossibleNow):
            await recommend.recommend(ottilie.means, works.id)
        with pytest.raises(NotFound):
            await recommend.recommend(friend.means, vendor.id)
        with pytest.raises(NotAVendorCard):
            await recommend.recommend(ottilie.means, vendor.id, "x" * 501)

    run(tmp_path, job)
