"""A vault that was brought back learns what was said since before it says anything: no fork, nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest

from tests.fakes.archived import archive_of, brought_in
from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.acts import Act, Counter, Message
from vrm_desktop.domain.ids import IntentcastId, Kid, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.home.coming_back import begin_again
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services import (
    accept_offer,
    compare_offers,
    end_relationship,
    hold_acts,
    keep_relationship,
    start_conversation,
)
from vrm_desktop.services.catch_up import is_behind
from vrm_desktop.services.errors import NeverLeft, SaidOtherwise
from vrm_desktop.services.ports import Channel, Delivered, Inbound
from vrm_desktop.services.start_conversation import Wish
from vrm_desktop.vault.restoring import restore

Step = Callable[[Person, IntentcastId, RelationshipId], Awaitable[object]]


async def _settle(person: Person, _want: IntentcastId, _key: RelationshipId) -> None:
    await person.settle()


async def _haggle(person: Person, want: IntentcastId, _key: RelationshipId) -> None:
    offer = (await compare_offers.compare(person.means, want)).ranked[0].offer
    assert offer.price is not None
    await accept_offer.counter(person.means, offer.id, Money(minor=offer.price.total - 100, currency="EUR"))


async def _accept(person: Person, want: IntentcastId, _key: RelationshipId) -> None:
    await accept_offer.accept(person.means, (await compare_offers.compare(person.means, want)).ranked[0].offer.id)


async def _pay(person: Person, _want: IntentcastId, key: RelationshipId) -> None:
    await accept_offer.paid(person.means, key)


async def _speak(person: Person, _want: IntentcastId, key: RelationshipId) -> None:
    await keep_relationship.say(person.means, key, "Does the bell work?")


async def _end(person: Person, _want: IntentcastId, key: RelationshipId) -> None:
    await end_relationship.end(person.means, key)


STEPS: tuple[Step, ...] = (_settle, _haggle, _settle, _accept, _settle, _pay, _speak, _settle)


@asynccontextmanager
async def _started(
    folder: Path,
) -> AsyncIterator[tuple[MovingClock, RunningDesk, Person, IntentcastId, RelationshipId]]:
    clock = MovingClock()
    async with a_desk(folder / "desk", clock) as desk, a_person(folder / "home", clock) as person:
        await person.knows()
        want, (key,) = await person.casts(desk.url)
        yield clock, desk, person, want, key


@asynccontextmanager
async def _restored(backup: Path, folder: Path, clock: MovingClock) -> AsyncIterator[Person]:
    restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=clock.now)
    async with a_person(folder, clock) as person:
        assert await begin_again(person.vault, person.means)
        yield person


@dataclass(frozen=True)
class _Known:
    """What a home knows of a relationship, less when it learnt it and where it stands in its own books."""

    conversation: object
    state: object
    journal: object
    order: object
    agreements: object
    ledger: object
    offers: object


async def _known(person: Person, key: RelationshipId) -> _Known:
    file = await person.file(key)
    relationship = file.relationship

    def look(tx: object) -> tuple[object, ...]:
        contents = person.vault.contents(tx)  # type: ignore[arg-type]
        rows = contents.journal(key)
        said = sorted((row.sender, row.number, row.message, row.jws, row.kind, row.disclosures) for row in rows)
        order = contents.order(key)
        return (
            said,
            replace(order, placed=None, paid=order.paid is not None) if order else None,  # type: ignore[arg-type]
            sorted((one.hash, one.state, one.document) for one in contents.agreements(key)),
            sorted((row.name, row.value, row.stage, row.purpose, row.until, row.message, row.agreement, row.source,
                    row.field, row.pd, row.state) for row in contents.ledger(relationship=key)),
            sorted((one.id, one.state) for one in contents.offers(relationship=key)),
        )  # fmt: skip

    journal, order, agreements, ledger, offers = await person.vault.thread.read(look)
    return _Known(relationship.conversation, relationship.state, journal, order, agreements, ledger, offers)


def _dossier(desk: RunningDesk, conversation: str) -> object:
    with desk.store.turn() as books:
        return books.letters(conversation, after={Side.PERSON: 0, Side.VENDOR: 0})[0]


@pytest.mark.parametrize(
    "done", [pytest.param(done, marks=() if done in {1, 4} else pytest.mark.long) for done in range(1, len(STEPS))]
)
def test_a_backup_of_any_moment_comes_to_know_all_of_it_and_goes_on(tmp_path: Path, done: int) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, desk, person, want, key):
            for number, step in enumerate(STEPS):
                if number == done:
                    person.vault.back_up_to(tmp_path / "then.vrm-backup")
                await step(person, want, key)
            now = await _known(person, key)
            conversation = (await person.file(key)).relationship.conversation
            before = _dossier(desk, str(conversation.id))
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                assert await _known(again, key) == now
                assert _dossier(desk, str(conversation.id)) == before
                assert (await again.file(key)).waiting == ()
                await keep_relationship.say(again.means, key, "I am back.")
                await again.settle()
                found = await again.file(key)
                assert found.relationship.conversation.own.seq == conversation.own.seq + 1
                assert found.relationship.trouble == ""
                assert found.order is not None
                assert found.order.state is OrderState.CONFIRMED
                assert again.vault.check().sound
            assert len(desk.dossier(str(conversation.id)).conversation.peer.last or "") == 43

    asyncio.run(job())


def test_an_archive_catches_up_like_a_backup(tmp_path: Path) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, _desk, person, want, key):
            await person.settle()
            archive = archive_of(person.vault)
            for step in (_accept, _settle, _end, _settle):
                await step(person, want, key)
            now = await _known(person, key)
            brought_in(archive, tmp_path / "again")
            async with a_person(tmp_path / "again", clock) as again:
                assert await begin_again(again.vault, again.means)
                await again.settle()
                assert await _known(again, key) == now
                assert (await again.file(key)).relationship.state is RelationshipState.ENDED

    asyncio.run(job())


def test_a_vault_that_was_only_opened_again_is_not_brought_back(tmp_path: Path) -> None:
    async def job() -> None:
        async with a_person(tmp_path / "home", MovingClock()) as person:
            assert not await begin_again(person.vault, person.means)

    asyncio.run(job())


def test_a_question_that_waited_to_leave_is_not_asked_by_the_copy(tmp_path: Path) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, desk, person, _want, key):
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                file = await again.file(key)
                assert file.relationship.trouble == NeverLeft.code
                assert file.relationship.state is RelationshipState.BROKEN
            assert not desk.recording.posts()

    asyncio.run(job())


async def _undo(person: Person, key: RelationshipId, act: type[Act]) -> None:
    """Take back the last held act of this kind."""
    last = [one.id for one in (await person.file(key)).waiting if isinstance(one.act, act)][-1]
    await hold_acts.undo(person.means, last)


async def _said(person: Person, key: RelationshipId, kind: Kind) -> list[tuple[int, MessageId]]:
    rows = (await person.file(key)).journal
    return [(row.number, row.message) for row in rows if row.sender is Side.PERSON and row.kind is kind]


def test_only_what_says_the_same_counts_as_said(tmp_path: Path) -> None:
    """The copy still holds words that were taken back after it was made, and other ones were said."""

    async def job() -> None:
        async with _started(tmp_path) as (clock, desk, person, _want, key):
            await person.settle()
            for words in ("Does the bell work?", "Is it blue?"):
                await keep_relationship.say(person.means, key, words)
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            await _undo(person, key, Message)
            await keep_relationship.say(person.means, key, "Is it red?")
            await person.settle()
            then = await _said(person, key, Kind.MESSAGE)
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                file = await again.file(key)
                now = await _said(again, key, Kind.MESSAGE)
                assert (now[:2], len(now), file.waiting) == (then, 3, ())
                jws = next(row.jws for row in file.journal if row.message == now[2][1])
                assert b"Is it blue?" in base64url.decode(jws.split(".")[1])
                assert [note.text for note in file.notes if note.kind == "still-waits"] == ["message"]
                conversation = file.relationship.conversation
                assert desk.dossier(str(conversation.id)).conversation.peer.last == conversation.own.last

    asyncio.run(job())


def test_what_the_person_has_said_otherwise_since_is_given_up_and_told(tmp_path: Path) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, _desk, person, want, key):
            await person.settle()
            offer = (await compare_offers.compare(person.means, want)).ranked[0].offer
            assert offer.price is not None
            await _haggle(person, want, key)
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            await _undo(person, key, Counter)
            await accept_offer.counter(person.means, offer.id, Money(minor=offer.price.total - 50, currency="EUR"))
            await person.settle()
            then = await _said(person, key, Kind.COUNTER)
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                file = await again.file(key)
                assert (await _said(again, key, Kind.COUNTER), len(then), file.waiting) == (then, 1, ())
                assert [note.text for note in file.notes if note.kind == "not-sent-counter"] == [SaidOtherwise.code]

    asyncio.run(job())


def test_a_conversation_that_waited_to_begin_is_not_begun_by_the_copy(tmp_path: Path) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, desk, person, _want, key):
            vendor = (await person.file(key)).vendor.id
            wish = Wish(vendor=vendor, about=ContactAbout.OTHER, words="Does it fit?")
            begun = await start_conversation.begin(person.means, await start_conversation.plan(person.means, wish))
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                file = await again.file(begun.relationship)
                assert (file.relationship.state, file.waiting) == (RelationshipState.BROKEN, ())
                assert [note.text for note in file.notes if note.kind == "not-sent-contact"] == [NeverLeft.code]
            assert not desk.recording.posts()

    asyncio.run(job())


class _Counting:
    """The native channel; posts are counted."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.posts = channel, 0

    async def fetch_card(self, url: str, *, pinned: Kid | None, last_serial: int | None) -> tuple[VendorCard, bytes]:
        return await self.channel.fetch_card(url, pinned=pinned, last_serial=last_serial)

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered:
        self.posts += 1
        return await self.channel.open(endpoint, envelope, line=line)

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered:
        self.posts += 1
        return await self.channel.post(address, envelope, line=line)

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound:
        return await self.channel.fetch(address, secret=secret, side=side, after=after, wait=wait, line=line)


class _Lying(_Counting):
    """A vendor that answers for both sides with what `twist` makes of it."""

    def __init__(self, channel: Channel, twist: Callable[[Inbound], Inbound]) -> None:
        super().__init__(channel)
        self.twist = twist

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound:
        inbound = await super().fetch(address, secret=secret, side=side, after=after, wait=wait, line=line)
        return self.twist(inbound) if side == "both" else inbound


def _only(channel: object) -> dict[str, Channel]:
    return {"native": cast("Channel", channel)}


def _without_own_first(inbound: Inbound) -> Inbound:
    own = [one for one in inbound.messages if one.side is Side.PERSON]
    return replace(inbound, messages=tuple(one for one in inbound.messages if one not in own[:1]))


def _signed_by_another(inbound: Inbound) -> Inbound:
    twisted = []
    for one in inbound.messages:
        if one.side is Side.PERSON:
            envelope = strict_json.decode(one.envelope)
            assert isinstance(envelope, dict)
            header, payload, _ = str(envelope["jws"]).split(".")
            forged = base64url.encode(SeedSigner(b"\x05" * 32).sign(f"{header}.{payload}".encode()))
            envelope["jws"] = f"{header}.{payload}.{forged}"
            twisted.append(replace(one, envelope=strict_json.encode(envelope)))
        else:
            twisted.append(one)
    return replace(inbound, messages=tuple(twisted))


def _own_as_theirs(inbound: Inbound) -> Inbound:
    return replace(inbound, messages=tuple(replace(one, side=Side.VENDOR) for one in inbound.messages))


@pytest.mark.parametrize(
    "twist",
    [
        _without_own_first,
        pytest.param(_signed_by_another, marks=pytest.mark.long),
        pytest.param(_own_as_theirs, marks=pytest.mark.long),
    ],
)
def test_a_vendor_whose_record_contradicts_is_an_alarm_and_hears_nothing(
    tmp_path: Path, twist: Callable[[Inbound], Inbound]
) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, _desk, person, want, key):
            await person.settle()
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            for step in (_haggle, _settle, _accept, _settle):
                await step(person, want, key)
            now = await _known(person, key)
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                honest = again.means.channels["native"]
                lying = _Lying(honest, twist)
                again.exchange._means = replace(again.means, channels=_only(lying))
                await keep_relationship.say(again.means, key, "I am back.")
                for _ in range(3):
                    await again.exchange.one_pass(key)
                file = await again.file(key)
                assert file.relationship.trouble == "history-differs"
                assert [one.message for one in file.waiting] == [None]
                assert lying.posts == 0
                again.exchange._means = again.means
                await again.exchange.one_pass(key)
                assert (await again.file(key)).relationship.trouble == ""
                await again.settle()
                found = await _known(again, key)
                assert {row[2] for row in now.journal} < {row[2] for row in found.journal}  # type: ignore[attr-defined]

    asyncio.run(job())


def test_nothing_is_said_while_the_vendor_cannot_be_asked(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with a_person(tmp_path / "home", clock) as person:
            async with a_desk(tmp_path / "desk", clock) as desk:
                await person.knows()
                _want, (key,) = await person.casts(desk.url)
                await person.settle()
                person.vault.back_up_to(tmp_path / "then.vrm-backup")
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await keep_relationship.say(again.means, key, "I am back.")
                await again.exchange.one_pass(key)
                file = await again.file(key)
                assert [one.message for one in file.waiting] == [None]
                assert file.relationship.trouble
                assert await again.vault.read(lambda tx: is_behind(tx, key))

    asyncio.run(job())


def test_a_question_whose_answer_was_not_seen_finds_its_conversation(tmp_path: Path) -> None:
    """Sealed in the copy, and delivered after: the address is told by the protocol."""

    async def job() -> None:
        async with _started(tmp_path) as (clock, _desk, person, want, key):
            entry = (await person.file(key)).waiting[0]
            await person.exchange._seal(entry)
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            for step in (_settle, _accept, _settle):
                await step(person, want, key)
            now = await _known(person, key)
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                assert await _known(again, key) == now

    asyncio.run(job())


def test_a_sealed_question_that_never_arrived_is_not_sent_by_the_copy(tmp_path: Path) -> None:
    async def job() -> None:
        async with _started(tmp_path) as (clock, desk, person, _want, key):
            await person.exchange._seal((await person.file(key)).waiting[0])
            person.vault.back_up_to(tmp_path / "then.vrm-backup")
            async with _restored(tmp_path / "then.vrm-backup", tmp_path / "again", clock) as again:
                await again.settle()
                assert (await again.file(key)).relationship.trouble == NeverLeft.code
            assert not desk.recording.posts()

    asyncio.run(job())
