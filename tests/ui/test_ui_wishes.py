"""The cards of wishes and consents, the page of rules, and what the ledger is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from vrm_desktop.domain.acts import ActState, OutboxEntry, Refuse
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentFrom, ConsentItem, ConsentWord
from vrm_desktop.domain.contact_budget import fold
from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, LedgerState, PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.wish import InReturn, RuleWord, Verdict, Wish, WishedField, WishState
from vrm_desktop.domain.wish_rules import standard_rules
from vrm_desktop.services.answer_wishes import WishView
from vrm_desktop.services.contact_budgets import ContactBudget
from vrm_desktop.services.renew_consents import Renewal
from vrm_desktop.services.who_knows_what import GroupBy, LedgerEntry, LedgerQuery, grouped, names
from vrm_desktop.services.wish_values import Offered
from vrm_desktop.ui.gallery.data_pictures import BUDGET, CONSENTS, RULES, WISHES
from vrm_desktop.ui.models.ledger_view import LedgerFilter
from vrm_desktop.ui.pages.consents_page import ConsentsPage
from vrm_desktop.ui.pages.ledger_page import LedgerPage
from vrm_desktop.ui.pages.unasked_card import UnaskedCard
from vrm_desktop.ui.pages.wish_cards import ConsentsCard, WishesCard
from vrm_desktop.ui.presenters.ledger import ledger_view
from vrm_desktop.ui.presenters.wishes import budget_view, consent_line, data_rules_view, wishes_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import PlainLabel


class Emitted:
    """What a signal carried."""

    def __init__(self, signal: SignalInstance) -> None:
        self.values: list[object] = []
        signal.connect(self.values.append)


NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = NOW.date()
FIELD = WishedField(name="profile.phone", purpose=Purpose.SERVICE, days=30, verdict=Verdict.WITHIN, rule=RuleWord.YES)
WISH = Wish(
    id="w1",
    vendor=VendorId("v1"),
    relationship=RelationshipId("r1"),
    at=NOW,
    fields=(FIELD,),
    why="To ring",
    roster="SD-BASE",
    in_return=InReturn(what="A bell", due=TODAY),
)
PROMISE = Promise(id="p1", vendor=VendorId("v1"), of=PromiseOf.RETURN, what="A bell", at=NOW, due=TODAY, source="w1")


def view(wish: Wish = WISH, **members: object) -> WishView:
    offers = (Offered(field=FIELD, value="+49 221 7391846", pd="TelephoneNumber"),)
    return replace(WishView(wish=wish, vendor_name="Radhaus", offers=offers), **members)  # type: ignore[arg-type]


def test_a_wish_that_waits_can_be_granted_in_part_with_what_was_typed(qtbot: QtBot, look: Look) -> None:
    card = WishesCard(look)
    qtbot.addWidget(card)
    card.show_wishes(WISHES)
    granted: list[tuple[object, ...]] = []
    refused, undone = Emitted(card.refused), Emitted(card.undone)
    came: list[tuple[object, ...]] = []
    card.granted.connect(lambda *values: granted.append(values))
    card.came.connect(lambda *values: came.append(values))
    first, second, third, fourth = card.blocks
    first.typed["profile.birthday"].setText("1970-01-01")
    first.boxes["profile.phone"].setChecked(False)
    first.yes.click()
    first.no.click()
    second.undo.click()
    fourth.got.click()
    fourth.missing.click()
    assert granted == [("1", ["profile.birthday"], {"profile.birthday": "1970-01-01"})]
    assert refused.values == ["1"]
    assert undone.values == ["act-1"]
    assert came == [("4", True), ("4", False)]
    assert not third.boxes
    card.show_wishes(WISHES)
    assert card.blocks[0] is first  # what is being typed stays


def test_consents_are_taken_back_with_one_click(qtbot: QtBot, look: Look) -> None:
    card = ConsentsCard(look)
    qtbot.addWidget(card)
    card.show_lines(CONSENTS)
    withdrawn = Emitted(card.withdrawn)
    card.list.rows[0].withdraw.click()
    assert withdrawn.values == ["c1"]
    assert not hasattr(card.list.rows[1], "withdraw")
    renewed, undone = Emitted(card.renewed), Emitted(card.undone)
    card.show_lines((replace(CONSENTS[0], renew="Renew"), replace(CONSENTS[0], id="c3", act="act-1")))
    card.list.rows[0].renew.click()
    card.list.rows[1].undo.click()
    assert (renewed.values, undone.values) == (["c1"], ["act-1"])
    card.show_lines(())
    assert card.isHidden()


def test_rules_are_made_and_taken_back_on_their_page(qtbot: QtBot, look: Look) -> None:
    page = ConsentsPage(look)
    qtbot.addWidget(page)
    page.show_rules(RULES)
    made: list[tuple[str, ...]] = []
    page.made.connect(lambda *values: made.append(values))
    dropped, withdrawn = Emitted(page.dropped), Emitted(page.withdrawn)
    renewed, undone = Emitted(page.renewed), Emitted(page.undone)
    page.make.click()
    page.drops[0].click()
    page.consents.rows[0].withdraw.click()
    page.consents.rows[0].renew.click()
    page.consents.rows[2].undo.click()
    assert (renewed.values, undone.values) == (["c1"], ["act-1"])
    assert not hasattr(page.consents.rows[1], "renew")
    assert made == [("ASK", "", "", "", "")]
    assert dropped.values == ["r1"]
    assert withdrawn.values == ["c1"]


def test_what_may_be_said_unasked_is_shown_set_and_opened(qtbot: QtBot, look: Look) -> None:
    card = UnaskedCard(look)
    qtbot.addWidget(card)
    card.show_budget(BUDGET)
    taken: list[tuple[object, ...]] = []
    card.taken.connect(lambda *values: taken.append(values))
    given_back = Emitted(card.given_back)
    assert card.talk.isHidden()
    card.open.click()
    assert not card.talk.isHidden()
    assert "Haben Sie unsere Nachricht gesehen?" in [label.text() for label in card.talk.findChildren(PlainLabel)]
    card.number.setValue(9)
    card.show_budget(replace(BUDGET, used="3 of 4", folded=BUDGET.folded[:1]))
    assert card.number.value() == 9  # what is being typed stays
    assert not card.talk.isHidden()
    card.take.click()
    card.back.click()
    assert taken == [("rel-1", 9)]
    assert given_back.values == ["rel-1"]
    card.open.click()
    assert card.talk.isHidden()
    card.show_budget(replace(BUDGET, relationship="rel-2", messages=6, folded=(), back=""))
    assert (card.number.value(), card.open.isHidden(), card.back.isHidden()) == (6, True, True)


def test_how_much_was_said_unasked_is_counted_in_words() -> None:
    def note(hour: int, kind: str, text: str) -> Note:
        at = NOW + timedelta(hours=hour)
        return Note(relationship=RelationshipId("r1"), at=at, sender=Side.VENDOR, kind=kind, text=text)

    story = fold([note(0, "message", "Buy"), note(1, "message", "Buy more"), note(2, "wish", "Your birthday")], 1)
    budget = ContactBudget(messages=1, usual=6, own=True, used=1, story=story)
    shown = budget_view("r1", budget)
    assert shown.used == "1 of 1 thing said unasked in the last thirty days. 2 are folded away."
    assert [one.text for one in shown.folded] == ["Buy more", "Would like to know more: Your birthday"]
    assert shown.back == "As for everybody (6)"
    none = budget_view("r1", replace(budget, messages=6, own=False, story=fold([], 6), used=0))
    assert none.used == "0 of 6 things said unasked in the last thirty days."
    assert (none.folded, none.back) == ((), "")


def test_what_everybody_may_say_unasked_is_set_on_the_page_of_rules(qtbot: QtBot, look: Look) -> None:
    page = ConsentsPage(look)
    qtbot.addWidget(page)
    page.show_rules(RULES)
    budgeted = Emitted(page.budgeted)
    page.budget.setValue(3)
    page.show_rules(RULES)
    page.take.click()
    assert budgeted.values == [3]
    page.show_rules(replace(RULES, budget=2))
    assert page.budget.value() == 2


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (WISH, "Waits for your answer"),
        (replace(WISH, state=WishState.FOLDED), "Folded away, beyond the contact budget"),
        (replace(WISH, state=WishState.REFUSED, reason=RefusalReason.LATER), "Refused: not now"),
        (replace(WISH, state=WishState.GRANTED), "Given"),
        (replace(WISH, state=WishState.LATE), "Came too late to be answered"),
    ],
)
def test_a_wish_says_where_it_stands(wish: Wish, expected: str) -> None:
    shown = wishes_view((view(wish),), TODAY)
    assert shown.lines[0].state == expected
    assert bool(shown.folded) == (wish.state is WishState.FOLDED)


def test_a_return_is_asked_for_on_its_day_and_says_what_became_of_it() -> None:
    granted = replace(WISH, state=WishState.GRANTED, promise="p1")
    due = wishes_view((view(granted, promise=PROMISE),), TODAY).lines[0]
    assert due.due
    assert "A bell" in due.back
    assert not wishes_view((view(granted, promise=PROMISE),), TODAY - timedelta(days=1)).lines[0].due
    kept = wishes_view((view(granted, promise=PROMISE.kept(TODAY)),), TODAY).lines[0]
    assert kept.back.startswith("You got")
    broken = wishes_view((view(granted, promise=PROMISE.broken(TODAY)),), TODAY).lines[0]
    assert broken.back.startswith("It did not come")


def test_records_and_rules_are_told_in_words() -> None:
    consent = Consent(
        id="c1",
        vendor=VendorId("v1"),
        relationship=RelationshipId("r1"),
        at=NOW,
        items=(ConsentItem(name="2 - Contact", purpose="To market services"),),
        events=(ConsentEvent(word=ConsentWord.GIVEN, at=NOW),),
        origin=ConsentFrom.KANTARA,
        confirmed=TODAY,
    )
    line = consent_line(consent)
    assert "To market services" in line.detail
    assert "Kantara" in line.detail
    assert "erased, it says" in line.story
    vendor = Counterparty(id=VendorId("v1"), name="Radhaus", kind=OrganisationKind.SHOP, added=NOW)
    shown = data_rules_view((consent,), standard_rules(NOW), (vendor,))
    assert shown.consents[0].what.startswith("Radhaus: ")
    assert [rule.own for rule in shown.rules] == [False, False, False]


def test_a_renewal_says_until_when_and_what_it_means() -> None:
    consent = Consent(
        id="c1",
        vendor=VendorId("v1"),
        relationship=RelationshipId("r1"),
        at=NOW,
        items=(ConsentItem(name="profile.email", purpose="marketing", until=TODAY),),
        events=(ConsentEvent(word=ConsentWord.GIVEN, at=NOW),),
    )
    field = PlannedField(
        name="profile.email",
        value="zwiebelfisch@example.org",
        stage=Stage.LATER,
        purpose=Purpose.MARKETING,
        until=date(2027, 1, 21),
        source=Source.PROFILE,
    )
    line = consent_line(consent, "Radhaus", Renewal(consent="c1", fields=(field,)))
    assert line.renew == "Renew until Thu, 21 Jan 2027"
    assert "tells the vendor anew" in line.meaning
    assert "e-mail; to advertise to you, until Thu, 21 Jan 2027" in line.meaning
    refuse = Refuse(of=MessageId("w1"), reason=RefusalReason.LATER)
    entry = OutboxEntry(
        id=ActId("a1"), relationship=RelationshipId("r1"), act=refuse, state=ActState.HELD, made=NOW, not_before=NOW
    )
    waits = consent_line(consent, "Radhaus", Renewal(consent="c1", waits=entry))
    assert (waits.renew, waits.act) == ("", "a1")
    assert waits.meaning.startswith("Your answer leaves at")
    assert consent_line(consent, "Radhaus", Renewal(consent="c1")).renew == ""


def told(name: str, vendor: str, until: date, state: LedgerState = LedgerState.SENT, seq: int = 1) -> LedgerEntry:
    row = LedgerRow(
        relationship=RelationshipId("r1"),
        vendor=VendorId(vendor),
        intentcast=None,
        name=name,
        value=f"value {seq}",
        stage=Stage.LATER,
        purpose=Purpose.SERVICE,
        until=until,
        source=Source.PROFILE,
        basis=BasisKind.SIGNED_AGREEMENT,
        agreement=None,
        at=NOW,
        message=MessageId(f"m{seq}"),
        state=state,
        seq=seq,
    )
    return LedgerEntry(row=row, vendor_name=vendor.title())


ENTRIES = (
    told("profile.phone", "anna", TODAY, seq=3),
    told("profile.phone", "berta", date(2027, 3, 1), LedgerState.ERASED, seq=2),
    told("profile.address.street", "berta", date(2027, 3, 1), seq=1),
)


def asked(**members: object) -> list[int]:
    query = replace(LedgerQuery(), **members)  # type: ignore[arg-type]
    return [one.row.seq for one in ENTRIES if query.fits(one)]


def test_the_ledger_is_asked_by_field_vendor_purpose_month_and_words() -> None:
    assert asked(field="phone") == [3, 2]
    assert asked(field="profile.address") == [1]
    assert asked(field="add") == []
    assert asked(vendor=VendorId("berta")) == [2, 1]
    assert asked(purpose=Purpose.DELIVERY) == []
    assert asked(subject="me", held=True) == [3, 1]
    assert asked(lapses=date(2027, 3, 31)) == [2, 1]
    assert asked(words="BERTA street") == [1]
    assert names("profile.phone", " phone ")


def test_the_ledger_is_put_together() -> None:
    assert list(grouped(ENTRIES, GroupBy.VENDOR)) == ["Anna", "Berta"]
    assert list(grouped(ENTRIES, GroupBy.FIELD)) == ["profile.address.street", "profile.phone"]
    assert list(grouped(ENTRIES, GroupBy.PURPOSE)) == ["service"]
    assert list(grouped(ENTRIES, GroupBy.SUBJECT)) == ["me"]
    assert {key: len(group) for key, group in grouped(ENTRIES, GroupBy.MONTH).items()} == {"2026-11": 1, "2027-03": 2}


def test_the_page_says_who_has_a_thing_and_why_and_what_lapses_this_month(qtbot: QtBot, look: Look) -> None:
    page = LedgerPage(look)
    qtbot.addWidget(page)
    page.show_ledger(ledger_view(ENTRIES, {}, TODAY))
    page.resize(960, 640)
    page.show()
    page.what.choose("Phone")
    page.what.chosen.emit("Phone")
    assert list(page.table.shown_ids) == ["3", "2"]
    assert page._who.isVisible()
    assert ("Phone", "Who has this now (phone): Anna (to serve you).") in ledger_view(ENTRIES, {}, TODAY).who
    page.ask(frozenset({LedgerFilter.THIS_MONTH}))
    assert list(page.table.shown_ids) == ["3"]
    page.ask(frozenset())
    for by, first in (("vendor", "3"), ("what", "3"), ("purpose", "3"), ("about", "3"), ("month", "3"), ("", "3")):
        page.by.choose(by)
        page.by.chosen.emit(by)
        assert page.table.shown_ids[0] == first


def test_a_waiting_answer_can_be_taken_back() -> None:
    refuse = Refuse(of=MessageId("w1"), reason=RefusalReason.LATER)
    entry = OutboxEntry(
        id=ActId("a1"), relationship=RelationshipId("r1"), act=refuse, state=ActState.HELD, made=NOW, not_before=NOW
    )
    line = wishes_view((view(leaving=entry),), TODAY).lines[0]
    assert line.act == "a1"
    assert not line.asks
    assert line.state.startswith("you answered")
