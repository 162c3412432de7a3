"""What the desk says by itself beside and after an order: contacts, cases, changes, rights, consent, new keys."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.asking_person import DELIVERY, AskingPerson, forgotten
from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind, Side, State
from vrm_desktop.domain.living import CaseState, ReportState, VoiceState
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadDisclosure, BadOrder
from vrm_desktop.protocol.keys import key_proof, known_proof
from vrm_desktop.protocol.sealing import seal_grant, seal_update
from vrm_desktop.protocol.shapes import LEFT_OUT
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.hand_acts import Act, Progress, Reply, Seen
from vrm_desktop.vendor.later_acts import (
    AnswerCase,
    AnswerChange,
    AnswerRight,
    AnswerVoice,
    AskData,
    PayBack,
    Promise,
    Settled,
)
from vrm_desktop.vendor.settings import ServiceRules


@pytest.fixture
def cancelling(tmp_path: Path) -> Iterator[OpenDesk]:
    settings = replace(sample_settings(), service=ServiceRules(cancel_before_shipping=True))
    opened = OpenDesk(tmp_path, settings=settings)
    yield opened
    opened.close()


def ordered(desk: OpenDesk) -> AskingPerson:
    person = desk.person()
    for act in (person.ping, person.reveal, person.accept):
        desk.exchange(person, act())
    return person


def said(desk: OpenDesk, person: AskingPerson, kind: type[Any], **members: Any) -> MessageId:
    """The person says this; what the desk says to it is heard."""
    desk.exchange(person, person.say(lambda claims: kind(**claims, **members)))
    return person.sent[-1].message_id


def by_hand(desk: OpenDesk, person: AskingPerson, act: Act) -> None:
    desk.act(person, act)


def waiting(desk: OpenDesk, person: AskingPerson) -> dict[Kind, str]:
    """What waits for the shop's people, and until when."""
    with desk.store.turn() as books:
        numbers = books.inbox.owed(str(person.conversation.id))
    kinds = {entry.number: entry.kind for entry in desk.dossier(person).entries if entry.side is Side.PERSON}
    return {kinds[one.number]: one.wanted.isoformat() if one.wanted else "" for one in numbers}


def granted(desk: OpenDesk, person: AskingPerson, *, consent: bool = True) -> MessageId:
    """The person gives what the desk's last wish named."""
    wish = person.last()
    assert isinstance(wish, messages.DataWish)
    sealed = seal_grant(
        person.conversation,
        basis=person.agreements()[1],
        of=person.heard_ids[-1],
        wish=wish,
        disclosures=tuple(
            (Disclosure.fresh(one.name, f"{one.name} of Ada", os.urandom), Purpose(one.purpose), date(2027, 3, 1))
            for one in wish.fields
        ),
        consent=consent,
        exp=person.now + timedelta(days=3),
        signer=person.signer,
    )
    desk.exchange(person, person.sent_as(sealed))
    return sealed.message_id


def updated(desk: OpenDesk, person: AskingPerson, name: str, value: str, *, basis: int = 1) -> Disclosure:
    told = Disclosure.fresh(name, value, os.urandom)
    sealed = seal_update(
        person.conversation,
        basis=person.agreements()[basis],
        disclosures=((told, Purpose.DELIVERY, date(2027, 3, 1)),),
        disclosed=person.disclosed(),
        exp=person.now + timedelta(days=3),
        signer=person.signer,
    )
    desk.exchange(person, person.sent_as(sealed))
    return told


def names(desk: OpenDesk, person: AskingPerson) -> list[str]:
    return sorted(Disclosure.from_text(held.text).name for held in desk.dossier(person).held)


def receipts(person: AskingPerson) -> list[messages.Acknowledgement]:
    return [one for one in person.heard if isinstance(one, messages.Acknowledgement) and isinstance(one.erased, tuple)]


def test_the_card_lists_every_kind_that_the_desk_understands(desk: OpenDesk) -> None:
    with desk.store.turn() as books:
        data = books.card()
    assert data is not None
    card = parse_card(data, now=desk.now, pinned=None, last_serial=None)
    assert set(card.kinds) == {kind.value for kind in BEYOND_CORE}
    assert all(card.understands(kind) for kind in BEYOND_CORE)


def test_a_contact_is_answered_with_terms_and_left_to_the_shops_people(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.contact(about="service"))
    assert person.answer().answer == "accept"
    desk.exchange(person, person.reveal())
    assert isinstance(person.last(), messages.Acknowledgement)
    said(desk, person, messages.Message, text="My bell is gone.")
    assert waiting(desk, person) == {Kind.REVEAL: "2026-11-26", Kind.MESSAGE: "2026-11-26"}
    by_hand(desk, person, Reply(text="We have one.", about=person.sent[-1].message_id))
    assert isinstance(person.last(), messages.Message)
    assert person.last().about == person.sent[-1].message_id  # type: ignore[union-attr]
    assert waiting(desk, person) == {}
    assert desk.dossier(person).conversation.state is State.REVEALED


def test_a_known_customer_is_recognised_by_the_older_key_and_by_nothing_else(desk: OpenDesk) -> None:
    older = ordered(desk)
    again, stranger, liar = desk.person(), desk.person(), desk.person()
    proof = known_proof(older.conversation, older.signer, kid=again.signer.kid, vendor=desk.signer.kid)
    desk.exchange(again, again.ping(known=proof))
    forged = known_proof(liar.conversation_of(older), liar.signer, kid=liar.signer.kid, vendor=desk.signer.kid)
    desk.exchange(liar, liar.ping(known=forged))
    desk.exchange(stranger, stranger.ping())
    with desk.store.turn() as books:
        since = [books.inbox.known_since(str(one.conversation.id)) for one in (again, stranger, liar)]
    assert since == [int(desk.now.timestamp()), None, None]


def test_a_case_is_received_at_once_and_answered_by_hand_with_remedy_and_day(desk: OpenDesk) -> None:
    person = ordered(desk)
    case = said(desk, person, messages.Case, about="product", what="It squeaks.", want="repair", by="2026-12-04")
    first = person.last()
    assert isinstance(first, messages.CaseAnswer)
    assert (first.case, first.answer) == (case, "received")
    assert waiting(desk, person) == {Kind.CASE: "2026-12-04"}
    money = Money(minor=2_000, currency="EUR")
    by_hand(desk, person, AnswerCase(case=case, answer=CaseState.PROPOSAL, amount=money, text="20 back?"))
    proposal = person.last()
    assert isinstance(proposal, messages.CaseAnswer)
    assert (proposal.answer, proposal.amount, proposal.currency) == ("proposal", 2_000, "EUR")
    assert waiting(desk, person) == {}
    said(desk, person, messages.CaseReply, case=case, of=person.heard_ids[-1], answer="accept")
    assert isinstance(person.last(), messages.Acknowledgement)
    assert list(waiting(desk, person)) == [Kind.CASE_ANSWER]
    by_hand(desk, person, AnswerCase(case=case, answer=CaseState.ACCEPTED, by=date(2026, 12, 1)))
    assert waiting(desk, person) == {Kind.CASE: "2026-12-01"}, "what is promised is owed until it is done"
    by_hand(desk, person, PayBack(amount=money, case=case, number="R-1"))
    refund = person.last()
    assert isinstance(refund, messages.Refund)
    assert (refund.amount, refund.case, refund.order) == (2_000, case, person.confirmed().hash)
    by_hand(desk, person, AnswerCase(case=case, answer=CaseState.DONE))
    assert waiting(desk, person) == {}
    said(desk, person, messages.CaseReply, case=case, answer="resolved")
    assert waiting(desk, person) == {}


def test_a_case_outlives_the_end(desk: OpenDesk) -> None:
    person = ordered(desk)
    case = said(desk, person, messages.Case, about="product", what="It squeaks.", want="repair")
    desk.exchange(person, person.end())
    assert list(waiting(desk, person)) == [Kind.CASE]
    by_hand(desk, person, AnswerCase(case=case, answer=CaseState.REFUSED, text="Out of warranty."))
    assert person.last().answer == "refused"  # type: ignore[union-attr]
    said(desk, person, messages.Case, case=case, about="product", what="No, it is not.", want="repair")
    assert person.last().answer == "received"  # type: ignore[union-attr]


def test_no_more_goes_back_than_was_paid_and_in_no_other_currency(desk: OpenDesk) -> None:
    person = ordered(desk)
    total = person.total()
    with pytest.raises(HandRefused, match="in EUR"):
        by_hand(desk, person, PayBack(amount=Money(minor=1, currency="USD")))
    by_hand(desk, person, PayBack(amount=Money(minor=total - 1, currency="EUR")))
    with pytest.raises(HandRefused, match="more than"):
        by_hand(desk, person, PayBack(amount=Money(minor=2, currency="EUR")))
    with pytest.raises(HandRefused, match="another conversation"):
        by_hand(desk, person, PayBack(amount=Money(minor=1, currency="EUR"), case=person.sent[0].message_id))


def test_an_order_is_cancelled_by_rule_until_it_is_away(cancelling: OpenDesk) -> None:
    desk, person = cancelling, ordered(cancelling)
    order = person.confirmed().hash
    first = said(desk, person, messages.OrderChange, order=order, what="cancel")
    status = person.last()
    assert isinstance(status, messages.Status)
    assert (status.of, status.answer, status.state) == (first, "accepted", "cancelled")
    assert waiting(desk, person) == {}
    other = ordered(desk)
    by_hand(desk, other, Progress(state="shipped"))
    of = said(desk, other, messages.OrderChange, order=other.confirmed().hash, what="cancel")
    assert isinstance(other.last(), messages.Acknowledgement)
    assert list(waiting(desk, other)) == [Kind.ORDER_CHANGE]
    by_hand(desk, other, AnswerChange(of=of, accepted=False, state="shipped", note="It is on its way."))
    refused = other.last()
    assert isinstance(refused, messages.Status)
    assert (refused.of, refused.answer) == (of, "refused")
    assert waiting(desk, other) == {}


def test_only_a_change_of_this_order_is_taken_and_answered(desk: OpenDesk) -> None:
    person = ordered(desk)
    with pytest.raises(BadOrder):
        said(desk, person, messages.OrderChange, order="O" * 43, what="cancel")
    person.take_back()
    of = said(desk, person, messages.OrderChange, order=person.confirmed().hash, what="pause")
    by_hand(desk, person, AnswerChange(of=of, accepted=True, state="delayed", note="As long as you like."))
    status = person.last()
    assert isinstance(status, messages.Status)
    assert (status.of, status.answer, status.documents) == (of, "accepted", LEFT_OUT)


@pytest.mark.parametrize("right", ["access", "use-report"])
def test_who_asks_is_told_what_is_held_and_was_done(desk: OpenDesk, right: str) -> None:
    person = ordered(desk)
    of = said(desk, person, messages.DataRequest, right=right)
    report = person.last()
    assert isinstance(report, messages.UseReport)
    assert (report.of, report.right, report.state, report.digests) == (of, right, "fulfilled", ())
    assert {one.name for one in report.held} == {"want.title", "want.details", *DELIVERY}
    assert {(one.name, one.purpose) for one in report.uses} >= {("profile.name", "delivery"), ("want.title", "quote")}
    assert waiting(desk, person) == {}


def test_a_copy_rides_beside_the_report_and_goes_when_it_has_arrived_and_the_values_are_gone(desk: OpenDesk) -> None:
    person = ordered(desk)
    desk.take(person, person.say(lambda claims: messages.DataRequest(**claims, right="copy", fields=("profile",))))
    desk.take(person, person.end())
    assert desk.dossier(person).held == ()
    desk.tell(person)
    assert dict(person.copied) == DELIVERY, "what was on its way when everything was erased still arrives"
    said(desk, person, messages.DataRequest, right="use-report")
    with desk.store.turn() as books:
        letters, _ = books.letters(str(person.conversation.id), after={Side.VENDOR: 0, Side.PERSON: 0})
    assert not any(letter.disclosures for letter in letters)


def test_somebody_whose_vault_is_restored_follows_the_chain_past_a_copy_that_is_gone(desk: OpenDesk) -> None:
    person = ordered(desk)
    desk.take(person, person.say(lambda claims: messages.DataRequest(**claims, right="copy", fields=("profile",))))
    desk.take(person, person.end())
    restored, known = forgotten(person), len(person.heard)
    desk.tell(person)
    heard = len(person.heard)
    said(desk, person, messages.DataRequest, right="use-report")
    with desk.store.turn() as books:
        letters, _ = books.letters(str(person.conversation.id), after={Side.VENDOR: known})
    restored.copied = []
    restored.hear(*(Envelope(jws=each.jws, disclosures=each.disclosures) for each in letters[: heard - known]))
    (report,) = [message for message in restored.heard if isinstance(message, messages.UseReport)]
    assert len(report.digests) == len(DELIVERY), "what was copied is still proven"
    assert restored.copied == []
    assert restored.heard_ids == person.heard_ids[:heard]


def test_erasure_spares_what_delivers_the_order_and_is_receipted(desk: OpenDesk) -> None:
    person = ordered(desk)
    of = said(desk, person, messages.DataRequest, right="erasure")
    receipt, report = person.heard[-2:]
    assert isinstance(receipt, messages.Acknowledgement)
    assert receipt.of == of
    assert isinstance(receipt.erased, tuple)
    assert set(receipt.erased) == {each.digest for each in person.disclosures}
    assert isinstance(report, messages.UseReport)
    assert (report.state, {one.name for one in report.held}) == ("partly", set(DELIVERY))
    assert names(desk, person) == sorted(DELIVERY)
    by_hand(desk, person, Progress(state="delivered"))
    said(desk, person, messages.DataRequest, right="erasure", fields=("profile.address",))
    assert person.last().state == "fulfilled"  # type: ignore[union-attr]
    assert names(desk, person) == ["profile.name"]


def test_an_update_takes_the_place_of_the_older_value_even_of_one_that_is_gone(desk: OpenDesk) -> None:
    person = ordered(desk)
    with pytest.raises(BadAgreement):
        updated(desk, person, "profile.address.street", "Neue Straße 1", basis=0)
    told = updated(desk, person, "profile.address.street", "Neue Straße 1")
    assert [Disclosure.from_text(each.text).value for each in desk.dossier(person).held if each.number == 4] == [
        told.value
    ]
    assert names(desk, person).count("profile.address.street") == 1
    receipt = receipts(person)[-1]
    assert receipt.of == person.sent[-1].message_id
    by_hand(desk, person, Progress(state="delivered"))
    said(desk, person, messages.DataRequest, right="erasure")
    assert desk.dossier(person).held == ()
    updated(desk, person, "profile.name", "Ada Nova")
    assert names(desk, person) == ["profile.name"]


def test_an_objection_is_recorded_and_obeyed(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    said(desk, person, messages.DataRequest, right="objection", purposes=("quote",))
    report = person.last()
    assert isinstance(report, messages.UseReport)
    assert (report.right, report.state) == ("objection", "fulfilled")
    with desk.store.turn() as books:
        uses = len(books.used(str(person.conversation.id)))
    desk.exchange(person, person.counter(person.total() - 1_000))
    assert isinstance(person.last(), messages.Offer)
    with desk.store.turn() as books:
        assert len(books.used(str(person.conversation.id))) == uses, "the words of the want are not used any more"
    assert desk.case(person).want.title == ""
    assert len(desk.dossier(person).held) == 2


def test_a_correction_is_left_to_people_with_the_months_clock(desk: OpenDesk) -> None:
    person = ordered(desk)
    of = said(desk, person, messages.DataRequest, right="correction", text="I am called Nova.")
    assert isinstance(person.last(), messages.Acknowledgement)
    assert waiting(desk, person) == {Kind.DATA_REQUEST: "2026-12-23"}
    for wrong in (
        AnswerRight(of=of, state=ReportState.EXTENDED, reason="Busy."),
        AnswerRight(of=of, state=ReportState.EXTENDED, reason="Busy.", until=date(2027, 4, 1)),
        AnswerRight(of=of, state=ReportState.REFUSED),
        AnswerRight(of=person.sent[0].message_id, state=ReportState.FULFILLED),
    ):
        with pytest.raises(HandRefused):
            by_hand(desk, person, wrong)
    by_hand(desk, person, AnswerRight(of=of, state=ReportState.EXTENDED, reason="Busy.", until=date(2027, 1, 31)))
    assert waiting(desk, person) == {Kind.DATA_REQUEST: "2027-01-31"}
    by_hand(desk, person, AnswerRight(of=of, state=ReportState.FULFILLED, reason="Done."))
    assert person.last().state == "fulfilled"  # type: ignore[union-attr]
    assert waiting(desk, person) == {}


def test_a_wish_is_made_by_hand_and_what_is_granted_can_be_taken_back(desk: OpenDesk) -> None:
    person = ordered(desk)
    promise = Promise(what="5 % off", due=date(2026, 12, 10))
    wish = AskData(
        fields=("profile.phone", "profile.birthday"), purpose=Purpose.MARKETING, days=90, why="News.", in_return=promise
    )
    by_hand(desk, person, wish)
    with pytest.raises(HandRefused, match="already asked"):
        by_hand(desk, person, wish)
    grant = granted(desk, person)
    assert isinstance(person.last(), messages.Acknowledgement)
    assert waiting(desk, person) == {Kind.GRANT: "2026-12-10"}, "what was promised for it is owed"
    assert set(names(desk, person)) >= {"profile.phone", "profile.birthday"}
    assert "profile.phone" not in desk.case(person).given, "what is granted for news serves no delivery"
    said(desk, person, messages.WithdrawConsent, of=grant, fields=("profile.phone",))
    assert len(receipts(person)[-1].erased or ()) == 1
    assert "profile.phone" not in names(desk, person)
    said(desk, person, messages.WithdrawConsent, of=grant)
    assert "profile.birthday" not in names(desk, person)
    assert waiting(desk, person) == {}
    assert sorted(DELIVERY) == [name for name in names(desk, person) if name.startswith("profile.")]


def test_what_was_not_wished_for_is_not_taken(desk: OpenDesk) -> None:
    person = ordered(desk)
    by_hand(desk, person, AskData(fields=("profile.phone",), purpose=Purpose.SERVICE, days=90, why="To ring first."))
    wish = person.last()
    assert isinstance(wish, messages.DataWish)
    person.heard[-1] = messages.DataWish(
        **person.other(wish, fields=(messages.Wish(name="x", purpose="service", days=1),))
    )
    with pytest.raises(BadDisclosure):
        granted(desk, person)


def test_a_refusal_a_notice_a_voice_and_a_new_key_are_acknowledged(desk: OpenDesk) -> None:
    person = ordered(desk)
    by_hand(desk, person, AskData(fields=("profile.phone",), purpose=Purpose.SERVICE, days=90, why="To ring first."))
    for kind, members in (
        (messages.Refuse, {"of": person.heard_ids[-1], "reason": "purpose"}),
        (messages.Notice, {"about": "cancel-contract", "by": "2026-11-24"}),
        (messages.Voice, {"topic": "idea", "text": "A bell."}),
    ):
        of = said(desk, person, kind, **members)
        assert isinstance(person.last(), messages.Acknowledgement)
        assert person.last().of == of  # type: ignore[union-attr]
    assert waiting(desk, person) == {Kind.NOTICE: "2026-11-24", Kind.VOICE: "2026-12-23"}
    by_hand(desk, person, Settled(of=person.sent[-2].message_id))
    by_hand(desk, person, AnswerVoice(of=person.sent[-1].message_id, state=VoiceState.PLANNED, text="Soon."))
    assert person.last().state == "planned"  # type: ignore[union-attr]
    by_hand(desk, person, AnswerVoice(of=person.sent[-1].message_id, state=VoiceState.DONE))
    assert waiting(desk, person) == {}
    new = SeedSigner(os.urandom(32))
    proof = key_proof(person.conversation, new)
    said(desk, person, messages.KeyChange, kid=new.kid, proof=proof)
    person.signer = new
    assert isinstance(person.last(), messages.Acknowledgement)
    said(desk, person, messages.Message, text="It is me.")
    assert desk.dossier(person).conversation.peer_kid == new.kid
    by_hand(desk, person, Seen())
    assert waiting(desk, person) == {}
