"""Changes of orders and voices over the wire: what was asked, what was told with it, and every signed answer."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.claims import KINDS, answering
from tests.fakes.lying_vendor import LyingVendor, Say, Talk, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.living import ChangeKind, VoiceState, VoiceTopic
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.protocol import messages
from vrm_desktop.services import accept_offer, change_order, compare_offers, keep_profile, tell_vendor
from vrm_desktop.services.errors import NotFound, NotPossibleNow

Job = Callable[[Person, LyingVendor, RelationshipId], Awaitable[None]]


def run(folder: Path, script: Say, job: Job, kinds: tuple[str, ...] = KINDS) -> None:
    """Order a bike from a vendor that follows `script`, then do the job."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            liar.script, liar.kinds = script, kinds
            await person.knows()
            want, (key,) = await person.casts(liar.url)
            await person.settle()
            ranked = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, ranked[0].offer.id)
            await person.settle()
            await job(person, liar, key)

    asyncio.run(body())


async def change(person: Person, key: str) -> ChangeAsked:
    found = await person.means.vault.read(lambda tx: tx.paper(ChangeAsked, key))
    assert found is not None
    return found


def statuses(**members: object) -> Callable[[Talk, messages.OrderChange, MessageId], None]:
    def say(talk: Talk, _message: messages.OrderChange, id: MessageId) -> None:
        talk.say(messages.Status(**{"state": "preparing", **talk.claims(), "of": id, **members}))

    return say


def test_a_cancelled_order_is_cancelled_by_the_vendors_signed_word(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        asked = await change_order.ask(person.means, key, ChangeKind.CANCEL, text="Please.")
        assert await person.means.vault.read(lambda tx: change_order.unsent(tx, asked.change)) is ActState.HELD
        assert (await person.file(key)).order.state is OrderState.CONFIRMED  # type: ignore[union-attr]
        await person.settle()
        found = await change(person, asked.change.id)
        assert (found.answer, found.note, asked.letter) == (ChangeAnswer.ACCEPTED, "Gone.", None)
        assert (found.message, found.reply) == (liar.talk.peer[-1], liar.talk.own[-1])
        assert await person.means.vault.read(lambda tx: change_order.unsent(tx, found)) is None
        assert (await person.file(key)).order.state is OrderState.CANCELLED  # type: ignore[union-attr]
        for what in (ChangeKind.CANCEL, ChangeKind.PAUSE):
            with pytest.raises(NotPossibleNow):
                await change_order.ask(person.means, key, what)
        assert (await change_order.ask(person.means, key, ChangeKind.DOCUMENT)).letter is None

    run(
        tmp_path,
        answering({messages.OrderChange: statuses(state="cancelled", answer="accepted", note="Gone.")}),
        job,
    )


def test_a_new_address_rides_under_the_agreement_and_is_in_the_ledger_first(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        await keep_profile.set_field(person.means, FieldPath.STREET, "Neue Gasse 7")
        shown = await change_order.new_delivery(person.means)
        before = len((await person.file(key)).disclosures)
        asked = await change_order.ask(person.means, key, ChangeKind.CHANGE, new_address=True)
        assert len((await person.file(key)).disclosures) == before
        await person.settle()
        rows = (await person.file(key)).disclosures[before:]
        assert [(row.name, row.value) for row in rows] == [(field.name, field.value) for field in shown]
        assert {(row.basis, row.message) for row in rows} == {(BasisKind.SIGNED_AGREEMENT, liar.talk.peer[-1])}
        assert liar.talk.told["profile.address.street"] == "Neue Gasse 7"
        found = await change(person, asked.change.id)
        assert (found.answer, found.told) == (ChangeAnswer.REFUSED, tuple(field.name for field in shown))
        assert [one for one in await person.notes(key) if one.startswith("order-")] == [
            "order-change",
            "order-refused",
        ]
        with pytest.raises(NotPossibleNow):
            await change_order.ask(person.means, key, ChangeKind.PAUSE, new_address=True)

    run(tmp_path, answering({messages.OrderChange: statuses(answer="refused", note="It is on its way.")}), job)


def test_documents_are_kept_as_titles_and_links(tmp_path: Path) -> None:
    invoice = messages.Document(
        title="Invoice", media="application/pdf", hash="d" * 43, link="https://shop.example/i.pdf"
    )

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        asked = await change_order.ask(person.means, key, ChangeKind.DOCUMENT, text="The invoice.")
        await person.settle()
        found = await change(person, asked.change.id)
        assert [(one.title, one.link, one.digest) for one in found.documents] == [
            ("Invoice", "https://shop.example/i.pdf", "d" * 43)
        ]
        assert all(b"/i.pdf HTTP" not in request for request in liar.requests)

    run(tmp_path, answering({messages.OrderChange: statuses(answer="accepted", documents=(invoice,))}), job)


def test_a_change_that_the_vendor_does_not_understand_is_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        asked = await change_order.ask(person.means, key, ChangeKind.PAUSE, text="Until May.")
        assert asked.letter is not None
        assert (asked.letter.about, asked.letter.source) == (LetterAbout.CHANGE, asked.change.id)
        assert asked.change.act is None
        with pytest.raises(NotPossibleNow):
            await change_order.ask(person.means, key, ChangeKind.CHANGE, new_address=True)
        with pytest.raises(NotFound):
            await change_order.ask(person.means, RelationshipId("rel-none"), ChangeKind.CANCEL)

    run(tmp_path, answering({}), job, kinds=())


def test_a_voice_is_followed_from_seen_to_done(tmp_path: Path) -> None:
    def seen(talk: Talk, _message: messages.Voice, id: MessageId) -> None:
        talk.say(messages.VoiceAnswer(**talk.claims(), of=id, state="seen"))

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        told = await tell_vendor.tell(person.means, key, VoiceTopic.IDEA, "A bell would be nice.", about_order=True)
        [view] = await tell_vendor.voices(person.means)
        assert (view.unsent, told.letter) == (ActState.HELD, None)
        await person.settle()
        message = liar.talk.peer[-1]
        liar.talk.say(messages.VoiceAnswer(**liar.talk.claims(), of=message, state="planned", text="In autumn."))
        liar.talk.say(messages.VoiceAnswer(**liar.talk.claims(), of=message, state="done"))
        person.clock.move(seconds=600)
        await person.settle()
        view = await tell_vendor.voice(person.means, told.voice.id)
        assert (view.unsent, view.voice.state, view.voice.message) == (None, VoiceState.DONE, message)
        assert [(one.state, one.text) for one in view.voice.replies] == [
            (VoiceState.SEEN, ""),
            (VoiceState.PLANNED, "In autumn."),
            (VoiceState.DONE, ""),
        ]
        with pytest.raises(NotFound):
            await tell_vendor.voice(person.means, "voice-none")

    run(tmp_path, answering({messages.Voice: seen}), job)


def test_a_voice_without_a_wire_is_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        told = await tell_vendor.tell(person.means, key, VoiceTopic.QUESTION, "Is it paint?")
        assert told.letter is not None
        assert told.letter.subject == "Eine Frage an Sie"
        assert "Is it paint?" in told.letter.body
        with pytest.raises(NotFound):
            await tell_vendor.tell(person.means, RelationshipId("none"), VoiceTopic.IDEA, "x")

    run(tmp_path, answering({}), job, kinds=())
