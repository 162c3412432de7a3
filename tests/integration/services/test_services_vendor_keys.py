"""A vendor whose key changes in mid-conversation: followed when its old key vouches for it, and never otherwise."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from tests.fakes.lying_vendor import LyingVendor, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services import keep_relationship

Job = Callable[[Person, LyingVendor, RelationshipId], Awaitable[None]]


def run(folder: Path, job: Job) -> None:
    """Run `job` after an offer has come."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(folder / "home", clock) as person:
            await person.knows()
            _want, (key,) = await person.casts(vendor.url)
            await person.settle()
            assert len(vendor.talk.offers) == 1
            await job(person, vendor, key)

    asyncio.run(body())


def test_a_new_key_that_the_old_one_vouches_for_is_followed(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        old = vendor.signer.kid
        vendor.change_key()
        vendor.talk.say(messages.Message(**vendor.talk.claims(), text="We have a new key."))
        await look_again(person)
        file = await person.file(key)
        assert [note.text for note in file.notes if note.kind == "message"] == ["We have a new key."]
        assert "vendor-key-changed" in {note.kind for note in file.notes}
        conversation = file.relationship.conversation
        assert conversation.kids(Side.VENDOR) == (vendor.signer.kid, old)
        assert file.vendor.pinned == vendor.signer.kid
        assert file.relationship.trouble == ""
        [card] = await person.means.vault.read(lambda tx: tx.papers(Attachment, relationship=key))
        assert await person.means.vault.read(lambda tx: tx.attached(card.id)) == vendor.card()
        await keep_relationship.say(person.means, key, "Good.")
        await person.settle()
        assert vendor.talk.peer[-1] == (await person.file(key)).relationship.conversation.own.last
        assert len(vendor.talk.peer) == 3

    run(tmp_path, job)


def test_a_new_key_that_nobody_vouches_for_is_an_alarm(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        old = vendor.signer.kid
        vendor.change_key(vouched=False)
        vendor.talk.say(messages.Message(**vendor.talk.claims(), text="Trust me."))
        await look_again(person)
        file = await person.file(key)
        assert file.relationship.trouble == "key-changed"
        assert file.relationship.conversation.kids(Side.VENDOR) == (old,)
        assert file.vendor.pinned == old
        assert "message" not in {note.kind for note in file.notes}

    run(tmp_path, job)


def test_a_strange_key_without_a_new_card_changes_nothing(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        own, vendor.signer = vendor.signer, SeedSigner(bytes(32))
        vendor.talk.sign_out_of_turn("message", text="Not me.")
        vendor.signer = own
        asked = len(vendor.requests)
        await look_again(person)
        file = await person.file(key)
        assert file.relationship.trouble == "bad-signature"
        assert file.relationship.conversation.kids(Side.VENDOR) == (own.kid,)
        cards = [one for one in vendor.requests[asked:] if b"/.well-known/" in one.split(b"\r\n")[0]]
        assert len(cards) <= 2, "the card is not asked for over and over"

    run(tmp_path, job)


def test_a_vendor_that_cannot_be_reached_for_its_card_is_asked_later(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        vendor.change_key()
        vendor.talk.say(messages.Message(**vendor.talk.claims(), text="We have a new key."))

        async def no_card(what: str, _body: bytes, writer: asyncio.StreamWriter) -> bool:
            if "/.well-known/" not in what:
                return False
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return True

        vendor.answers = no_card
        await look_again(person)
        assert (await person.file(key)).relationship.trouble != ""
        vendor.answers = None
        person.clock.move(seconds=timedelta(hours=2).total_seconds())
        await look_again(person)
        file = await person.file(key)
        assert (file.relationship.trouble, file.vendor.pinned) == ("", vendor.signer.kid)

    run(tmp_path, job)


async def look_again(person: Person) -> None:
    """Some time later, look what has come."""
    person.clock.move(seconds=4000)
    await person.settle()
