"""Cases, changes, rights, voices and wishes in the inbox: what stands on the page, and what its forms say."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor
from tests.fakes.open_desk import sample_settings
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.keys import known_proof
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules
from vrm_desktop.vendor.settings import WishTemplate

WISHES = (
    WishTemplate(
        name="News",
        fields=("profile.email",),
        purpose=Purpose.MARKETING,
        days=90,
        why="To tell you about new bikes.",
        in_return="A free check-up",
    ),
    WishTemplate(name="Phone", fields=("profile.phone",), purpose=Purpose.SERVICE, days=30, why="To ring before."),
)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[InboxVisitor]:
    visitor = InboxVisitor(tmp_path, settings=replace(sample_settings(), wishes=WISHES))
    visitor.add("ada")
    visitor.sign_in("ada")
    yield visitor
    visitor.close()


def ordered(inbox: InboxVisitor) -> AskingPerson:
    person = inbox.desk.person()
    for act in (person.ping, person.reveal, person.accept):
        inbox.send(person, act())
    return person


def said(inbox: InboxVisitor, person: AskingPerson, kind: type[Any], **members: Any) -> MessageId:
    inbox.send(person, person.say(lambda claims: kind(**claims, **members)))
    return person.sent[-1].message_id


def page(inbox: InboxVisitor, person: AskingPerson, query: str = "") -> str:
    return inbox.shown(f"/desk/c/{person.conversation.id}{query}").text


def test_a_case_waits_with_its_day_and_is_answered_in_its_form(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    case = said(inbox, person, messages.Case, about="product", what="It squeaks <b>.", want="repair", by="2026-11-25")
    assert "Answer the case" in inbox.shown("/desk").text
    assert "in 2 days" in inbox.shown("/desk").text
    text = page(inbox, person)
    assert "Case about the product received" in text
    assert "They want repair" in text
    assert "It squeaks <b>." in text
    service = inbox.shown("/desk/service").text
    assert "It squeaks <b>." in service
    assert "received in 2 days" in service
    answer = inbox.act(
        person, "case", of=case, answer="accepted", remedy="repair", by="2026-11-30", amount="", text="Bring it."
    )
    assert answer.status_code == 303
    heard = person.last()
    assert isinstance(heard, messages.CaseAnswer)
    assert (heard.case, heard.answer, heard.remedy, heard.by) == (case, "accepted", "repair", "2026-11-30")
    assert "in 7 days" in inbox.shown("/desk").text
    assert "accepted · repair · by 2026-11-30" in page(inbox, person)
    assert inbox.act(person, "case", of=case, answer="done", text="").status_code == 303
    said(inbox, person, messages.CaseReply, case=case, answer="unresolved", text="Not at all.")
    assert "Look at the case" in inbox.shown("/desk").text
    assert "say that it is not resolved" in page(inbox, person)
    assert inbox.act(person, "settled", of=person.sent[-1].message_id).status_code == 303
    assert "Nothing waits for you" in inbox.shown("/desk").text


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("case", {"of": "x", "answer": "done"}),
        ("case", {"answer": "received-ish"}),
        ("case", {"answer": "proposal", "amount": "a lot"}),
        ("case", {"answer": "proposal", "by": "soon"}),
        ("case", {"answer": "proposal", "remedy": "a miracle"}),
        ("refund", {"amount": ""}),
        ("refund", {"amount": "99999.00"}),
        ("change", {"answer": "accepted", "state": "lost"}),
        ("change", {"answer": "accepted", "state": "preparing", "title": "x", "media": "none"}),
        ("voice", {"state": "loud"}),
        ("right", {"state": "fulfilled"}),
        ("ask", {"fields": "Profile Phone!", "purpose": "service", "days": "1", "why": "x"}),
        ("ask", {"fields": "profile.phone", "purpose": "rights", "days": "1", "why": "x"}),
        ("ask", {"fields": "profile.phone", "purpose": "service", "days": "1", "why": "x", "what": "y", "due": ""}),
        ("sing", {}),
    ],
)
def test_a_form_that_says_nothing_possible_is_refused(inbox: InboxVisitor, act: str, fields: dict[str, str]) -> None:
    person = ordered(inbox)
    case = said(inbox, person, messages.Case, about="product", what="It squeaks.", want="repair")
    heard = len(person.heard)
    assert inbox.act(person, act, **{"of": case, **fields}).status_code == 409
    assert len(person.heard) == heard


def test_a_change_is_answered_and_money_goes_back(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    of = said(inbox, person, messages.OrderChange, order=person.confirmed().hash, what="document", text="A bill?")
    assert "A document for the order" in page(inbox, person)
    paper = {"title": "Bill", "media": "application/pdf", "link": "https://shop.example/b.pdf", "sha256": "0f" * 32}
    assert inbox.act(person, "change", of=of, answer="accepted", state="preparing", **paper).status_code == 303
    status = person.last()
    assert isinstance(status, messages.Status)
    assert (status.of, status.answer) == (of, "accepted")
    assert inbox.act(person, "refund", amount="12,50", number="R-1").status_code == 303
    refund = person.last()
    assert isinstance(refund, messages.Refund)
    assert (refund.amount, refund.number) == (1_250, "R-1")
    assert "paid back" in page(inbox, person)


def test_a_right_for_people_shows_the_months_clock(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    of = said(inbox, person, messages.DataRequest, right="correction", fields=("profile.name",), text="Nova.")
    assert "Meet the right" in inbox.shown("/desk").text
    text = page(inbox, person)
    assert "A right: correction in 30 days" in text
    assert "The law gives a month" in text
    fields = {"state": "extended", "until": "2027-01-20", "reason": "We have to ask the works."}
    assert inbox.act(person, "right", of=of, **fields).status_code == 303
    assert "takes longer in 58 days" in inbox.shown("/desk/service").text
    assert inbox.act(person, "right", of=of, state="fulfilled", reason="Done.").status_code == 303
    assert "Nothing waits for you" in inbox.shown("/desk").text


def test_what_must_not_be_used_says_so(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    assert "must not be used" not in page(inbox, person)
    said(inbox, person, messages.DataRequest, right="restriction", fields=("profile.name",))
    text = page(inbox, person)
    assert text.count("must not be used") == 1
    assert "name Ada Example" in text, "it is held, and shown as what is held"
    assert "For whom Ada Example" not in text


def test_a_voice_is_answered_and_its_state_stands_in_the_list(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    of = said(inbox, person, messages.Voice, topic="idea", text="A bell would be nice.")
    assert "an idea" in inbox.shown("/desk/service").text
    assert inbox.act(person, "voice", of=of, state="planned", text="In spring.").status_code == 303
    answer = person.last()
    assert isinstance(answer, messages.VoiceAnswer)
    assert (answer.state, answer.text) == ("planned", "In spring.")
    assert "planned nothing" in inbox.shown("/desk/service").text
    assert "A voice: an idea planned" in page(inbox, person)


def test_a_notice_is_looked_after(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    of = said(inbox, person, messages.Notice, about="cancel-contract", by="2026-11-24", text="By the end of March.")
    assert "Read the notice" in inbox.shown("/desk").text
    assert "The contract is cancelled." in page(inbox, person)
    assert inbox.act(person, "settled", of=of).status_code == 303
    assert "Nothing waits for you" in inbox.shown("/desk").text


def test_a_wish_comes_from_a_template_and_warns_of_what_the_terms_do_not_cover(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    text = page(inbox, person)
    assert text.index("Phone") < text.index("News · beyond the terms")
    form = inbox.get(f"/desk/c/{person.conversation.id}?wish=News").text
    assert 'value="profile.email"' in form
    assert 'value="A free check-up"' in form
    fields = {
        "fields": "profile.email",
        "purpose": "marketing",
        "days": "90",
        "why": "To tell you about new bikes.",
        "what": "A free check-up",
        "due": "2026-12-07",
        "amount": "25.00",
        "by": "2026-12-07",
    }
    assert inbox.act(person, "ask", **fields).status_code == 303
    wish = person.last()
    assert isinstance(wish, messages.DataWish)
    assert [(one.name, one.purpose, one.days) for one in wish.fields] == [("profile.email", "marketing", 90)]
    assert isinstance(wish.in_return, messages.InReturn)
    assert (wish.in_return.what, wish.in_return.due, wish.in_return.amount) == ("A free check-up", "2026-12-07", 2_500)
    assert "it needs the person's own yes" in page(inbox, person)
    assert inbox.act(person, "ask", **fields).status_code == 409, "nobody is asked the same twice"
    said(inbox, person, messages.Refuse, of=person.heard_ids[-1], reason="purpose")
    assert "marketing refused" in page(inbox, person)


def test_a_contact_is_a_row_of_its_own_and_needs_no_offer(inbox: InboxVisitor) -> None:
    older = ordered(inbox)
    person = inbox.desk.person()
    proof = known_proof(older.conversation, older.signer, kid=person.signer.kid, vendor=person.vendor)
    inbox.send(person, person.contact(about="service", category="mobility.bicycle", known=proof))
    inbox.send(person, person.reveal())
    said(inbox, person, messages.Message, text="My bell is gone.")
    assert "Service · Bicycle made contact" in inbox.shown("/desk").text
    text = page(inbox, person)
    assert "Known customer since" in text
    assert "Make an offer" not in text
    assert "What it is about Service · Bicycle" in text
    assert inbox.act(person, "reply", text="We have one.").status_code == 303
    assert "Nothing waits for you" in inbox.shown("/desk").text
    assert "Known customer since" not in page(inbox, older)


def test_what_is_owed_sooner_stands_first(inbox: InboxVisitor) -> None:
    later, sooner = ordered(inbox), ordered(inbox)
    said(inbox, later, messages.Case, about="bill", what="Wrong.", want="answer", by="2026-12-20")
    said(inbox, sooner, messages.Notice, about="deadline", by="2026-11-24")
    text = inbox.get("/desk").text
    assert text.index(str(sooner.conversation.id)) < text.index(str(later.conversation.id))


@pytest.mark.parametrize(
    ("act", "answer"), [("sign", "accept"), ("counter-terms", "counter"), ("decline-terms", "decline")]
)
def test_a_contacts_terms_are_answered_by_hand_where_the_shop_wants_it_so(
    tmp_path: Path, act: str, answer: str
) -> None:
    inbox = InboxVisitor(tmp_path, settings=replace(sample_settings(), answers=AnswerRules(by=AnswerBy.HAND)))
    inbox.add("ada")
    inbox.sign_in("ada")
    terms = ("PDC-INTENT", "SD-BASE-DP") if answer == "counter" else ("PDC-INTENT", "SD-BASE")
    person = inbox.desk.person(terms=terms)
    inbox.send(person, person.contact(about="claim"))
    assert person.heard == []
    assert "A claim made contact" in inbox.shown("/desk").text
    assert "Answer the terms" in inbox.shown("/desk").text
    assert inbox.act(person, act, note="").status_code == 303
    assert person.answer().answer == answer
    assert "Nothing waits for you" in inbox.shown("/desk").text
    inbox.close()
