"""The nine steps as the desk sees them: what it answers, what it signs, what it keeps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    Closure,
    Confirmation,
    Kept,
    Offer,
    Status,
    TermsAnswer,
)
from vrm_desktop.protocol.shapes import payload_of, read_instant


def test_the_terms_are_signed_before_anything_is_told(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    answer = person.answer()
    assert answer.answer == "accept"
    cast, service = person.agreements()
    assert (cast.text.roster, service.text.roster) == ("PDC-INTENT", "SD-BASE")
    assert desk.dossier(person).held == ()


def test_a_reveal_brings_the_best_fitting_offer(desk: OpenDesk) -> None:
    person = desk.person(want={"want.title": "road bike with disc brakes, from 2021"})
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    offer = person.offer()[1]
    assert offer.lines[0].sku == "RR-1004"
    assert person.total() == 119000 + 4900
    assert offer.binding
    assert offer.by == (desk.now.date() + timedelta(days=3)).isoformat()
    assert {ask.name for ask in offer.asks} >= {"profile.name", "profile.address.street"}


def test_an_offer_outlives_answers_by_by_48_hours(desk: OpenDesk) -> None:
    person = desk.person()
    day = desk.now.date() + timedelta(days=20)
    desk.exchange(person, person.ping(answers_by=day.isoformat()))
    desk.exchange(person, person.reveal())
    end_of_day = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    assert read_instant(person.offer()[1].valid_until) == end_of_day + timedelta(hours=48)


def test_an_accepted_offer_is_confirmed_with_the_same_record_and_the_bank_account(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    order = person.confirmed()
    assert order.text.offer == person.offer()[0]
    confirmation = person.heard[-2]
    assert isinstance(confirmation, Confirmation)
    assert confirmation.payment.iban == "DE41900000010000000101"
    assert confirmation.payment.reference.startswith("Order ")
    status = person.last()
    assert isinstance(status, Status)
    assert status.state == "preparing"
    assert desk.dossier(person).conversation.state is State.CONFIRMED
    assert len(desk.dossier(person).held) == 5


def test_bank_details_stand_only_in_the_confirmation(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    telling = [type(message) for message in person.heard if b"DE4190000001" in payload_of(message)]
    assert telling == [Confirmation]


def test_a_message_and_a_payment_are_acknowledged(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    for envelope in (person.message(), person.paid(person.total())):
        desk.exchange(person, envelope)
        answer = person.last()
        assert isinstance(answer, Acknowledgement)
        assert answer.of == envelope.message_id


def test_a_declined_offer_is_acknowledged_and_may_be_followed_by_an_accept(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.decline())
    assert isinstance(person.last(), Acknowledgement)
    desk.exchange(person, person.accept())
    assert isinstance(person.heard[-2], Confirmation)


def test_an_end_erases_the_values_and_says_so(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    desk.exchange(person, person.end())
    closure = person.closure()
    assert (closure.reason, closure.erased, closure.kept) == ("ended", True, ())
    dossier = desk.dossier(person)
    assert dossier.held == ()
    assert dossier.conversation.state is State.ENDED
    assert [entry.number for entry in dossier.entries] == [1, 2, 3, 4, 1, 2, 3, 4, 5]


def test_what_an_open_order_needs_stays_until_its_day(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    until = (desk.now.date() + timedelta(days=60)).isoformat()
    address = Kept(what="profile.address", why="order", until=until)
    desk.exchange(person, person.end(address, Kept(what="profile.email", why="order", until=until)))
    assert person.closure().kept == (address,)
    held = desk.dossier(person).held
    assert [each.place for each in held] == [1, 2]
    assert {each.until.isoformat() for each in held} == {until}


def test_everything_that_came_with_the_order_can_be_kept_at_once(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    order = Kept(what="order", why="warranty", until="2027-11-30")
    desk.exchange(person, person.end(order))
    assert person.closure().kept == (order,)
    assert {each.number for each in desk.dossier(person).held} == {3}


def test_an_end_without_erasing_keeps_all(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.end(erase=False))
    assert not person.closure().erased
    assert len(desk.dossier(person).held) == 2


def test_a_withdrawn_want_is_forgotten(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.withdraw())
    closure = person.closure()
    assert (closure.reason, closure.erased) == ("withdrawn", True)
    assert desk.dossier(person).held == ()


def test_no_fitting_article_is_said_and_forgotten(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping(attributes={"type": "cargo"}))
    desk.exchange(person, person.reveal())
    closure = person.closure()
    assert (closure.reason, closure.erased) == ("no-match", True)
    assert desk.dossier(person).held == ()


def test_an_end_after_the_closure_is_taken_and_erases(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    withdrawn, ended = person.withdraw(), person.end()
    assert desk.take(person, withdrawn)
    assert desk.take(person, ended)
    assert desk.tell(person) == 1
    assert isinstance(person.last(), Closure)


def test_values_that_come_after_the_closure_are_not_kept(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.withdraw())
    person.conversation = replace(person.conversation, state=State.AGREED)
    late = person.reveal()
    assert desk.take(person, late)
    assert desk.dossier(person).held == ()
    assert desk.tell(person) == 0


def test_the_first_answer_is_one_of_the_documented_three(tmp_path: Path) -> None:
    answers = {}
    for name in ("rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad"):
        folder = tmp_path / name
        folder.mkdir()
        desk = OpenDesk(folder, desk=name)
        person = desk.person()
        desk.open(person.ping())
        desk.later(person, seconds=3)
        desk.work_off()
        desk.tell(person)
        answer = person.last()
        assert isinstance(answer, TermsAnswer)
        answers[name] = answer.answer
        desk.close()
    assert answers == {
        "rheinrad": "accept",
        "veedelvelo": "counter",
        "kettenwerk": "decline",
        "suedstadtrad": "accept",
    }


def test_an_offer_carries_the_shop_s_own_words(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="rheinrad")
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    offer = person.last()
    assert isinstance(offer, Offer)
    assert (offer.returns_days, offer.warranty_months, offer.payment) == (30, 12, ("sepa-transfer",))
    assert offer.note.startswith("Serviced")
    desk.close()
