"""What the shop's people do by hand, from page to message; and what they see of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor, Shown
from tests.fakes.open_desk import sample_settings
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.messages import Closure, Message, Offer, OfferWithdrawn, Receipt, Status
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules
from vrm_desktop.vendor.settings import DeskSettings, Template

OFFER = {
    "title": "A bike",
    "items": "500,00",
    "shipping": "20.00",
    "quantity": "1",
    "condition": "used",
    "fulfilment": "delivered",
    "by": "2026-11-28",
    "valid_days": "7",
    "returns_days": "14",
    "warranty_months": "12",
    "note": "As seen.",
}


def by_hand() -> DeskSettings:
    templates = (Template(name="Ready", note="Ready to ride."), Template(name="Less", discount_percent=10))
    return replace(sample_settings(), answers=AnswerRules(by=AnswerBy.HAND), templates=templates)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[InboxVisitor]:
    visitor = InboxVisitor(tmp_path, settings=by_hand())
    visitor.add("ada")
    visitor.sign_in("ada")
    yield visitor
    visitor.close()


def asked(inbox: InboxVisitor) -> AskingPerson:
    person = inbox.desk.person()
    inbox.send(person, person.ping())
    return person


def agreed(inbox: InboxVisitor) -> AskingPerson:
    person = asked(inbox)
    assert inbox.act(person, "sign").status_code == 303
    inbox.send(person, person.reveal())
    return person


def offered(inbox: InboxVisitor, **changes: str) -> AskingPerson:
    person = agreed(inbox)
    assert inbox.act(person, "offer", **{**OFFER, "binding": "on", **changes}).status_code == 303
    return person


def ordered(inbox: InboxVisitor) -> AskingPerson:
    person = offered(inbox)
    inbox.send(person, person.accept())
    return person


def test_nothing_is_answered_before_somebody_does(inbox: InboxVisitor) -> None:
    person = asked(inbox)
    assert person.heard == []
    page = inbox.shown("/desk")
    assert "1 enquiry" in page.text
    assert "Answer the terms" in page.text
    assert "in 2 days" in page.text
    assert "at most 5 shops were asked" in page.text
    assert "fits best: 2 of 2 wishes are known to be met." in page.text
    assert "The words come after the terms are signed." in inbox.shown(f"/desk/c/{person.conversation.id}").text


def test_who_wishes_for_nothing_in_particular_is_not_said_to_miss_anything(inbox: InboxVisitor) -> None:
    person = inbox.desk.person()
    inbox.send(person, person.ping(attributes={}))
    text = inbox.shown("/desk").text
    assert "fits best." in text
    assert "wishes are known" not in text


def test_the_terms_are_signed_by_hand_whatever_the_lists_say(inbox: InboxVisitor) -> None:
    person = inbox.desk.person(terms=("PDC-INTENT", "SD-BASE-DP"))
    inbox.send(person, person.ping())
    assert inbox.act(person, "sign").status_code == 303
    assert person.answer().answer == "accept"
    assert "Nothing waits for you" in inbox.shown("/desk").text


def test_terms_are_countered_and_declined_by_hand(inbox: InboxVisitor) -> None:
    first = inbox.desk.person(terms=("PDC-INTENT", "SD-BASE-DP"))
    inbox.send(first, first.ping())
    inbox.act(first, "counter-terms")
    assert first.answer().answer == "counter"
    second = asked(inbox)
    inbox.act(second, "decline-terms", note="Sorry.")
    assert (second.answer().answer, second.answer().note) == ("decline", "Sorry.")


def test_the_offer_form_is_filled_with_what_fits_best(inbox: InboxVisitor) -> None:
    person = agreed(inbox)
    place = f"/desk/c/{person.conversation.id}"
    page = inbox.get(place).text
    assert 'value="Brevet Carbon 54, used road bike, 54 cm"' in page
    assert "fits best: 2 of 2 wishes are known to be met" in Shown(page).text
    assert "Ready to ride." in inbox.get(f"{place}?template=Ready").text
    assert 'value="1071.00"' in inbox.get(f"{place}?template=Less").text
    other = inbox.get(f"{place}?article=RR-1005").text
    assert 'name="article" value="RR-1005"' in other


def test_an_offer_by_hand_says_what_the_form_said(inbox: InboxVisitor) -> None:
    person = offered(inbox)
    offer = person.offer()[1]
    assert (offer.lines[0].title, person.total(), offer.binding, offer.note) == ("A bike", 52000, True, "As seen.")
    assert (offer.by, offer.returns_days, offer.warranty_months) == ("2026-11-28", 14, 12)
    assert inbox.desk.dossier(person).conversation.state is State.OFFERED
    assert "Your offer stands at €520.00." in inbox.shown(f"/desk/c/{person.conversation.id}").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("items", "about 5"),
        ("items", "-5"),
        ("shipping", ""),
        ("quantity", "0"),
        ("quantity", "1000"),
        ("quantity", "٣"),
        ("condition", "old"),
        ("fulfilment", "any"),
        ("fulfilment", "by drone"),
        ("by", "soon"),
        ("valid_days", "0"),
        ("note", "x" * 4001),
    ],
)
def test_an_offer_that_cannot_be_is_refused_and_names_the_field(inbox: InboxVisitor, field: str, value: str) -> None:
    person = agreed(inbox)
    answer = inbox.act(person, "offer", **{**OFFER, field: value})
    assert answer.status_code == 409
    assert f"That was not done: {field}:" in Shown(answer.text).text
    assert inbox.desk.dossier(person).conversation.state is State.REVEALED


def test_another_price_is_answered_with_another_offer(inbox: InboxVisitor) -> None:
    person = offered(inbox)
    inbox.send(person, person.counter(50000))
    page = inbox.get(f"/desk/c/{person.conversation.id}").text
    assert "The person names €500.00." in Shown(page).text
    assert 'name="items" inputmode="decimal" required value="480.00"' in page
    inbox.act(person, "offer", **{**OFFER, "items": "480.00"})
    assert person.total() == 50000
    assert "Nothing waits for you" in inbox.shown("/desk").text


def test_a_price_to_answer_comes_before_words_to_read(inbox: InboxVisitor) -> None:
    person = offered(inbox)
    inbox.send(person, person.message("Is it blue?"))
    inbox.send(person, person.counter(50000))
    assert "Answer the price" in inbox.shown("/desk").text
    inbox.act(person, "offer", **OFFER)
    assert "Read the message" in inbox.shown("/desk").text


def test_a_counter_below_the_shipping_leaves_the_price_as_it_was(inbox: InboxVisitor) -> None:
    person = offered(inbox)
    inbox.send(person, person.counter(100))
    assert 'required value="500.00"' in inbox.get(f"/desk/c/{person.conversation.id}").text


def test_only_an_offer_that_does_not_bind_is_taken_back(inbox: InboxVisitor) -> None:
    bound = offered(inbox)
    assert inbox.act(bound, "take-back").status_code == 409
    person = agreed(inbox)
    inbox.act(person, "offer", **OFFER)
    assert "Take the offer back" in inbox.shown(f"/desk/c/{person.conversation.id}").text
    assert inbox.act(person, "take-back", note="Sold.").status_code == 303
    assert isinstance(person.last(), OfferWithdrawn)


def test_an_order_is_confirmed_told_about_and_receipted(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    page = inbox.shown(f"/desk/c/{person.conversation.id}")
    assert "Rheinweg 5" in page.text
    assert "Confirm the order" in inbox.shown("/desk?folder=orders").text
    assert inbox.act(person, "confirm").status_code == 303
    assert person.confirmed().text.payment == "sepa-transfer"
    inbox.act(person, "progress", state="shipped", by="2026-11-27", note="With the parcel service")
    status = person.last()
    assert isinstance(status, Status)
    assert (status.state, status.by, status.note) == ("shipped", "2026-11-27", "With the parcel service")
    assert "on its way" in inbox.shown("/desk?folder=orders").text
    inbox.send(person, person.paid(52000))
    assert "Check the payment" in inbox.shown("/desk").text
    inbox.act(person, "receipt", number="R-1")
    receipt = person.last()
    assert isinstance(receipt, Receipt)
    assert (receipt.number, receipt.price.total, receipt.order) == ("R-1", 52000, person.confirmed().hash)
    inbox.act(person, "progress", state="delivered", by="", note="")
    assert "Nothing here" in inbox.shown("/desk?folder=orders").text
    assert inbox.act(person, "progress", state="lost").status_code == 409
    assert inbox.act(person, "nothing").status_code == 409


def test_an_order_that_cannot_be_taken_is_refused_and_its_values_go(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    inbox.act(person, "nothing", note="Sorry, it broke.")
    closure = person.last()
    assert isinstance(closure, Closure)
    assert (closure.note, closure.erased) == ("Sorry, it broke.", True)
    assert inbox.desk.dossier(person).held == ()


def test_words_are_answered_or_only_seen(inbox: InboxVisitor) -> None:
    person = agreed(inbox)
    inbox.act(person, "offer", **OFFER)
    inbox.send(person, person.message("Is it still there?"))
    assert kind_of(person.last()) is Kind.ACKNOWLEDGEMENT
    assert "Read the message" in inbox.shown("/desk").text
    inbox.act(person, "reply", text="Yes.\r\nCome by.")
    said = person.last()
    assert isinstance(said, Message)
    assert said.text == "Yes.\nCome by."
    inbox.send(person, person.message("Good."))
    inbox.act(person, "seen")
    assert "Nothing waits for you" in inbox.shown("/desk").text
    assert inbox.act(person, "reply", text="  ").status_code == 409


def test_what_was_done_on_an_old_page_is_refused(inbox: InboxVisitor) -> None:
    person = agreed(inbox)
    place = f"/desk/c/{person.conversation.id}"
    hidden = inbox.shown(place).hidden
    assert inbox.post(f"{place}/offer", {**hidden, **OFFER}).status_code == 303
    again = inbox.post(f"{place}/offer", {**hidden, **OFFER})
    assert again.status_code == 409
    assert "something new has come" in Shown(again.text).text
    inbox.desk.tell(person)
    assert len([message for message in person.heard if isinstance(message, Offer)]) == 1


@pytest.mark.parametrize(
    "act", ["sign", "counter-terms", "decline-terms", "confirm", "receipt", "progress", "take-back"]
)
def test_what_cannot_be_said_now_is_refused(inbox: InboxVisitor, act: str) -> None:
    person = agreed(inbox)
    assert inbox.act(person, act, state="shipped").status_code == 409
    assert inbox.act(person, "steal").status_code == 409


def test_an_enquiry_that_is_none_is_not_found(inbox: InboxVisitor) -> None:
    asked(inbox)
    for strange in ("A" * 43, "x", "%00" * 43):
        assert inbox.get(f"/desk/c/{strange}").status_code == 404
    hidden = inbox.shown("/desk").hidden
    answer = inbox.post(f"/desk/c/{'A' * 43}/seen", {**hidden, "peer": "1", "own": "0"})
    assert answer.status_code == 404


def test_pages_of_a_long_list_follow_each_other(inbox: InboxVisitor) -> None:
    for _ in range(51):
        asked(inbox)
    assert "Further down the list" in inbox.shown("/desk").text
    second = inbox.shown("/desk?folder=all&page=1")
    assert "Earlier on the list" in second.text
    assert inbox.get("/desk?page=-1").status_code == 409
    assert "Waiting for you" in inbox.shown("/desk?folder=stolen").text


def test_the_data_the_shop_holds_stands_with_its_last_day(inbox: InboxVisitor) -> None:
    assert "You hold nothing about anybody" in inbox.shown("/desk/data").text
    ordered(inbox)
    page = inbox.shown("/desk/data").text
    assert "Wed, 23 Dec 2026" in page
    assert "in 30 days" in page


def test_what_fewer_than_five_asked_for_in_vain_is_not_shown(inbox: InboxVisitor) -> None:
    def turn_down(count: int) -> None:
        for _ in range(count):
            person = agreed(inbox)
            inbox.act(person, "nothing", note="")

    turn_down(4)
    assert "Nothing yet" in inbox.shown("/desk/unmet").text
    assert inbox.get("/desk/unmet.csv").text == "category,wish,area,reason,count\r\n"
    turn_down(1)
    page = inbox.shown("/desk/unmet").text
    assert "Bicycle" in page
    assert "Somebody of the shop said no." in page
    answer = inbox.get("/desk/unmet.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.splitlines()[1] == "mobility.bicycle,Frame: 53–55\u00a0cm · Type: road · used,DE-NW,said-no,5"


HOSTILE = '<script>alert(1)</script><b onclick="x">&lt;{{ 7*7 }}{% raw %}\u202e\x1b[31m\u200bhidden'


def test_what_people_write_is_text_everywhere(inbox: InboxVisitor) -> None:
    person = inbox.desk.person(want={"want.title": HOSTILE, "want.details": HOSTILE})
    inbox.send(person, person.ping())
    inbox.act(person, "sign")
    inbox.send(person, person.reveal())
    inbox.act(person, "offer", **OFFER)
    inbox.send(person, person.message(HOSTILE))
    inbox.send(person, person.accept(values={"profile.name": HOSTILE}))
    answer = inbox.get(f"/desk/c/{person.conversation.id}")
    page = Shown(answer.text)
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert "\u202e" not in answer.text
    assert "\x1b" not in answer.text
    assert page.text.count("<script>alert(1)</script>") >= 4
    assert "{{ 7*7 }}{% raw %}" in page.text
    assert "script" not in Shown(inbox.get("/desk").text).tags


def test_terms_that_the_shop_does_not_know_by_that_text_are_marked_as_such(inbox: InboxVisitor) -> None:
    from tests.fakes.asking_person import published_roster
    from vrm_desktop.canon.hashes import digest
    from vrm_desktop.domain.ids import Digest
    from vrm_desktop.protocol.roster import Roster

    genuine = published_roster()
    redefined = replace(genuine.get("PDC-INTENT"), entry=Digest(digest(b"another text")))
    unknown = replace(genuine.get("SD-BASE"), id="SD-ALL", entry=Digest(digest(b"made up")))
    person = inbox.desk.person(terms=("PDC-INTENT", "SD-ALL"))
    person.roster = Roster([redefined, unknown])
    inbox.send(person, person.ping())
    place = f"/desk/c/{person.conversation.id}"
    words = inbox.shown(place).text
    assert "PDC-INTENT not the text that we know by this name: it cannot be signed" in words
    assert "SD-ALL we do not know these terms: they cannot be signed" in words
    usual = asked(inbox)
    assert "cannot be signed" not in inbox.shown(f"/desk/c/{usual.conversation.id}").text
