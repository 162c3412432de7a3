"""A whole relationship's bytes, watched as they leave: each value stands in the ledger before it goes."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import LyingVendor, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, Person, a_person
from tests.fakes.watching_channel import Unrecorded, WatchingChannel
from tests.fakes.wishing_vendor import KINDS, erasing, wish
from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.plan import order_fields
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import accept_offer, answer_wishes, compare_offers, end_relationship
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.lapse_disclosures import lapse
from vrm_desktop.vault.repositories.ledger import LedgerPart

WHOLE = ["Ping", "Reveal", "Accept", "Grant", "Update", "DataRequest", "End"]


async def whole_relationship(person: Person, vendor: LyingVendor) -> WatchingChannel:
    """From the first question to the end, with a wish granted, an update told and a time run out."""
    watch = WatchingChannel(person.means.channels["native"], person)
    person.means = replace(person.means, channels={"native": watch})  # type: ignore[dict-item]  # the rest is handed on
    person.exchange._means = person.means
    vendor.script, vendor.kinds = erasing, KINDS
    await person.knows()
    want, (key,) = await person.casts(vendor.url)
    await person.settle()
    await accept_offer.accept(person.means, (await compare_offers.compare(person.means, want)).ranked[0].offer.id)
    await person.settle()
    wish(vendor.talk, ("profile.phone", "delivery", 30))
    await person.settle()
    (one,) = await answer_wishes.wishes(person.means)
    await answer_wishes.grant(person.means, one.wish.id)
    await person.settle()
    await update(person, key)
    person.clock.move(days=400)
    await lapse(person.means)
    person.clock.move(days=3)
    await person.settle()
    await end_relationship.end(person.means, key)
    await person.settle()
    return watch


async def update(person: Person, key: RelationshipId) -> None:
    fields = await person.means.vault.read(
        lambda tx: order_fields(tx.profile(), (FieldPath.STREET,), person.clock.today())
    )
    await person.means.vault.write(lambda tx: hold(tx, person.means, key, acts.Update(fields=fields)))
    await person.settle()


def test_each_value_stands_in_the_ledger_before_it_leaves(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            watch = await whole_relationship(person, vendor)
            assert watch.kinds == WHOLE
            assert {PROFILE[FieldPath.PHONE], PROFILE[FieldPath.NAME], PROFILE[FieldPath.STREET]} <= set(watch.seen)

    asyncio.run(body())


def test_a_value_that_the_ledger_lacks_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = LedgerPart.append_ledger

    def forgetful(self: LedgerPart, row: LedgerRow) -> LedgerRow:
        return row if row.name == "profile.phone" else kept(self, row)

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            with pytest.raises(Unrecorded):
                await whole_relationship(person, vendor)

    monkeypatch.setattr(LedgerPart, "append_ledger", forgetful)
    asyncio.run(body())
