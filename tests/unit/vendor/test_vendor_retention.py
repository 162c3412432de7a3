"""The retention clock and the desk's own records: values go on their day, with a signed receipt, and can be told of."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.asking_person import DELIVERY, WANT, AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.living import HeldValue, UseOfValue
from vrm_desktop.protocol.messages import Acknowledgement, Closure, Confirmation
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits
from vrm_desktop.vendor.use_report import use_record
from vrm_desktop.vendor.uses import Use, UsedBy, uses_of


def let_the_clock_run(desk: OpenDesk) -> int:
    """Do what the desk does every hour; returns in how many conversations something went."""

    async def run() -> int:
        reception = Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=Clock(now=lambda: desk.now, steady=lambda: 0.0),
            ask_again=timedelta(seconds=5),
        )
        try:
            return await reception.lapse()
        finally:
            await reception.close()

    return asyncio.run(run())


def verify(desk: OpenDesk, person: AskingPerson) -> Dossier:
    """Both chains hold: every signature, every link, and the ids that the conversation remembers."""
    dossier = desk.dossier(person)
    with desk.store.turn() as books:
        letters, more = books.letters(str(person.conversation.id), after={Side.VENDOR: 0, Side.PERSON: 0})
    assert not more
    for side, kid in ((Side.PERSON, person.signer.kid), (Side.VENDOR, desk.signer.kid)):
        last: str | None = None
        for letter in (one for one in letters if one.side is side):
            message = decode_message(letter.jws, kid)
            assert (message.prev or None) == last
            last = next(e.id for e in dossier.entries if (e.side, e.number) == (side, letter.number))
    return dossier


def traces(desk: OpenDesk, person: AskingPerson) -> list[str]:
    """What of the values' travelling texts still stands in the database's files, its log included."""
    data = b"".join(file.read_bytes() for file in desk.file.parent.iterdir())
    texts = [text for sealed in person.sent for text in sealed.envelope.disclosures]
    return [text for text in texts if text.encode() in data]


def test_values_go_on_their_day_and_a_talk_without_an_order_is_closed_with_a_receipt(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal(until=desk.now.date() + timedelta(days=3)))
    assert len(traces(desk, person)) == len(WANT)
    desk.later(person, days=3)
    assert let_the_clock_run(desk) == 0
    assert len(traces(desk, person)) == len(WANT)
    desk.later(person, days=1)
    assert let_the_clock_run(desk) == 1
    assert traces(desk, person) == []
    assert desk.tell(person) == 1
    closure = person.closure()
    assert (closure.reason, closure.erased, closure.kept) == ("lapsed", True, ())
    dossier = verify(desk, person)
    assert (dossier.held, dossier.conversation.state) == ((), State.ENDED)
    assert let_the_clock_run(desk) == 0
    assert desk.tell(person) == 0


def test_in_an_order_the_receipt_names_what_went_and_the_order_goes_on(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal(until=desk.now.date() + timedelta(days=3)))
    desk.exchange(person, person.accept())
    asked_for = {held.text for held in desk.dossier(person).held if held.number == 2}
    desk.later(person, days=4)
    assert let_the_clock_run(desk) == 1
    desk.tell(person)
    receipt = person.last()
    assert isinstance(receipt, Acknowledgement)
    assert receipt.of == person.sent[1].message_id
    assert receipt.erased == tuple(sorted(Disclosure.from_text(text).digest for text in asked_for))
    dossier = verify(desk, person)
    assert dossier.conversation.state is State.CONFIRMED
    assert {held.number for held in dossier.held} == {3}
    desk.later(person, days=30)
    assert let_the_clock_run(desk) == 1
    assert traces(desk, person) == []
    desk.tell(person)
    last = person.last()
    assert isinstance(last, Acknowledgement)
    assert last.of == person.sent[2].message_id
    assert isinstance(last.erased, tuple)
    assert len(last.erased) == len(DELIVERY)
    assert verify(desk, person).held == ()
    desk.exchange(person, person.message("Where is it?"))
    assert verify(desk, person).conversation.state is State.CONFIRMED


def test_what_was_kept_beyond_the_end_goes_with_a_receipt_too(desk: OpenDesk) -> None:
    from vrm_desktop.protocol.messages import Kept

    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    until = (desk.now.date() + timedelta(days=60)).isoformat()
    desk.exchange(person, person.end(Kept(what="profile.name", why="order", until=until)))
    assert desk.dossier(person).conversation.state is State.ENDED
    desk.later(person, days=61)
    assert let_the_clock_run(desk) == 1
    desk.tell(person)
    last = person.last()
    assert isinstance(last, Acknowledgement)
    assert isinstance(last.erased, tuple)
    assert len(last.erased) == 1
    assert traces(desk, person) == []
    assert verify(desk, person).held == ()


def test_many_lapse_together_and_those_whose_day_is_to_come_stay(desk: OpenDesk) -> None:
    people = {days: desk.person() for days in (1, 3, 4, 9)}
    for days, person in people.items():
        desk.exchange(person, person.ping())
        desk.exchange(person, person.reveal(until=desk.now.date() + timedelta(days=days)))
    desk.now += timedelta(days=4)
    assert let_the_clock_run(desk) == 2
    assert [days for days, person in people.items() if desk.dossier(person).held] == [4, 9]


def test_the_records_tell_what_was_used_for_what_when_and_by_whom(desk: OpenDesk) -> None:
    person = desk.person()
    first_day = desk.now.date()
    desk.exchange(person, person.ping())
    assert _record(desk, person) == ((), ())
    last = first_day + timedelta(days=20)
    desk.exchange(person, person.reveal(until=last))
    desk.later(person, days=1)
    desk.exchange(person, person.accept())
    assert any(isinstance(message, Confirmation) for message in person.heard)
    order = [held for held in desk.dossier(person).held if held.number == 3]
    with desk.store.turn() as books:
        handed = uses_of(order[:1], by=UsedBy.PROCESSOR, whom="Parcel Post")
        books.note_uses(str(person.conversation.id), handed, int(desk.now.timestamp()))
    held, uses = _record(desk, person)
    assert {(one.name, one.purpose, one.until) for one in held} == {
        *((name, "quote", last.isoformat()) for name in WANT),
        *((name, "delivery", (first_day + timedelta(days=31)).isoformat()) for name in DELIVERY),
    }
    signed = {one.digest for sealed in person.sent for one in _disclosures(sealed.envelope.disclosures)}
    assert {one.digest for one in held} == signed
    day = (first_day + timedelta(days=1)).isoformat()
    (post,) = [one for one in uses if one.by == "processor"]
    assert (post.whom, post.purpose, post.day) == ("Parcel Post", "delivery", day)
    assert {(one.name, one.purpose, one.day) for one in uses if one.by == "own"} == {
        *((name, "quote", first_day.isoformat()) for name in WANT),
        *((name, "delivery", day) for name in DELIVERY),
    }
    desk.later(person, days=60)
    let_the_clock_run(desk)
    held_later, uses_later = _record(desk, person)
    assert held_later == ()
    assert uses_later == uses, "what was done is known after the values are gone"


def _disclosures(texts: tuple[str, ...]) -> list[Disclosure]:
    return [Disclosure.from_text(text) for text in texts]


def _record(desk: OpenDesk, person: AskingPerson) -> tuple[tuple[HeldValue, ...], tuple[UseOfValue, ...]]:
    with desk.store.turn() as books:
        used = books.used(str(person.conversation.id))
    record = use_record(desk.dossier(person), used)
    return record.held, record.uses


def test_a_use_by_others_names_them_and_one_of_our_own_nobody() -> None:
    with pytest.raises(ValueError, match="has a name"):
        Use(number=1, place=0, name="profile.name", by=UsedBy.THIRD_PARTY)
    with pytest.raises(ValueError, match="has a name"):
        Use(number=1, place=0, name="profile.name", whom="somebody")


def test_a_full_conversation_is_erased_although_nothing_more_can_be_said(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal(until=date(2026, 11, 25)))
    desk.exchange(person, person.accept())
    for number in range(190):
        desk.take(person, person.message(f"number {number}"))
    desk.later(person, days=5)
    assert let_the_clock_run(desk) == 1
    assert {held.number for held in desk.dossier(person).held} == {3}
    assert not any(isinstance(message, Closure) for message in person.heard)
    desk.close()
