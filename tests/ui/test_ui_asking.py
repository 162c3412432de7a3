"""Asking in the window, beside the great road: drafts, putting away, taking back, weights, news, refusals."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.ui_probes import Probe, texts
from tests.fakes.vendor_process import serving
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast, IntentcastState
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.services import choose_vendors, say_what_i_want, send_intentcast, unfinished_want
from vrm_desktop.ui.controllers.compose_controller import START_AFRESH
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.chip import FactChip

SOFA = WantDraft(title="A soft sofa", category="furniture.sofa", area=Area.from_code("DE-NW"), details="blue, soft")
BIKE = WantDraft(
    title="Road bike",
    category="mobility.bicycle",
    area=Area.from_code("DE-NW"),
    condition=Condition.USED,
    fulfilment=Fulfilment.COLLECTED,
    price_cap=Money(minor=90000, currency="EUR"),
)


@pytest.fixture
def person(tmp_path: Path, look: Look, probe: Probe) -> Iterator[AskingWindow]:
    """Somebody who knows nobody yet."""
    with asking_window(tmp_path / "home", look, probe) as made:
        made.window.page(PageId.WANTS).noticed.connect(made.said.append)
        yield made


def kept(person: AskingWindow, draft: WantDraft = SOFA) -> Intentcast:
    """A want kept by another part of the program, and shown in the list."""
    want = person.run(say_what_i_want.save_want(person.home.means, draft))
    person.bridge.notice([("intentcast", want.id)])
    person.window.show_page(PageId.WANTS)
    person.until(lambda: want.id in person.wants.table.shown_ids)
    person.wants.choose(want.id)
    return want


def state(person: AskingWindow, want: Intentcast) -> IntentcastState:
    """How a want stands in the vault."""
    return person.run(say_what_i_want.want(person.home.means, IntentcastId(want.id))).state


def test_a_want_said_by_form_alone_is_kept_as_a_draft(person: AskingWindow) -> None:
    person.window.show_page(PageId.WANTS)
    person.window.new_want_requested.emit()
    thing, terms = person.compose.thing, person.compose.terms
    assert person.asking._compose is not None
    today = person.asking._compose.desk.today
    QTest.keyClicks(thing.title, "Sofa")
    thing.category.choose("furniture.sofa")
    thing.category.activated.emit(thing.category.currentIndex())
    thing.attributes["seats"].choose("3")
    thing.attributes["seats"].activated.emit(1)
    QTest.keyClicks(thing.details, "blue")
    thing.quantity.setValue(2)
    thing.condition._buttons["new"].click()
    terms.area.country.choose("DE")
    terms.area.country.activated.emit(1)
    QTest.keyClicks(terms.area.prefix, "5-0")
    QTest.keyClicks(terms.place, "Cologne")
    terms.fulfilment._buttons["delivered"].click()
    QTest.keyClick(terms.needed_by._box, Qt.Key.Key_Space)
    QTest.keyClick(terms.answers_by._box, Qt.Key.Key_Space)
    QTest.keyClicks(terms.price, "500 EUR")
    terms.ways["cash"].click()
    terms.sealed.click()
    QTest.keyClick(terms.sliders[0]._slider, Qt.Key.Key_Right)
    assert "The first question says: 50…, Germany" in texts(terms)
    person.compose.save.click()
    person.until(lambda: person.window.page_id is PageId.WANTS and len(person.wants.table.shown_ids) == 1)
    want = person.run(say_what_i_want.wants(person.home.means))[0]
    assert (want.title, want.category, want.attributes, want.details) == (
        "Sofa",
        "furniture.sofa",
        {"seats": "3"},
        "blue",
    )
    assert (want.quantity, want.condition, want.fulfilment, want.place) == (
        2,
        Condition.NEW,
        Fulfilment.DELIVERED,
        "Cologne",
    )
    assert want.area == Area(country="DE", postal_prefix="50")
    assert (want.needed_by, want.answers_by) == (today + timedelta(days=7), today + timedelta(days=3))
    assert want.price_cap == Money(minor=50000, currency="EUR")
    assert want.payment == ("sepa-transfer", "cash")
    assert want.sealed_offers
    assert want.weights.cost == 10
    assert want.state is IntentcastState.DRAFT


def test_everything_that_mattered_cannot_stop_mattering(person: AskingWindow) -> None:
    person.asking.new_want()
    sliders = person.compose.terms.sliders
    for slider in sliders:
        for _press in range(4):
            QTest.keyClick(slider._slider, Qt.Key.Key_Left)
    assert [slider.weight.level for slider in sliders] != [0, 0, 0, 0]


def test_what_is_being_written_is_kept_without_saving_it(person: AskingWindow) -> None:
    person.asking.new_want()
    QTest.keyClicks(person.compose.thing.title, "Hammock")
    QTest.keyClicks(person.compose.thing.details, "for two")
    person.until(lambda: person.run(unfinished_want.unfinished(person.home.means, None)) is not None)
    person.window.forget_pages()
    person.window.show_page(PageId.COMPOSE)
    person.until(lambda: person.compose.thing.title.text() == "Hammock")
    assert person.compose.thing.details.toPlainText() == "for two"
    person.until(lambda: "This is where you stopped." in texts(person.window))
    assert person.asking.acted(START_AFRESH)
    person.until(lambda: person.compose.thing.title.text() == "")
    assert person.run(unfinished_want.unfinished(person.home.means, None)) is None


def test_the_last_words_before_the_lock_are_kept(person: AskingWindow) -> None:
    person.asking.new_want()
    QTest.keyClicks(person.compose.thing.title, "Hammock")
    person.run(person.asking.finish())
    found = person.run(unfinished_want.unfinished(person.home.means, None))
    assert found is not None
    assert found.title == "Hammock"


def test_the_last_words_before_going_elsewhere_are_kept(person: AskingWindow) -> None:
    want = kept(person)
    person.asking.new_want()
    QTest.keyClicks(person.compose.thing.title, "Hammock")
    person.asking.show_want(want.id, PageId.COMPOSE)
    person.until(lambda: person.compose.thing.title.text() == "A soft sofa")
    person.asking.new_want()
    person.until(lambda: person.compose.thing.title.text() == "Hammock")


def test_a_draft_that_is_being_changed_waits_for_its_own_page(person: AskingWindow) -> None:
    want = kept(person)
    person.wants.details.edit.click()
    person.until(lambda: person.compose.thing.title.text() == "A soft sofa")
    person.compose.thing.title.setText("")
    QTest.keyClicks(person.compose.thing.title, "A hard sofa")
    person.run(person.asking.finish())
    assert person.run(unfinished_want.unfinished(person.home.means, None)) is None
    person.asking.new_want()
    assert person.compose.thing.title.text() == ""
    person.asking.show_want(want.id, PageId.COMPOSE)
    person.until(lambda: person.compose.thing.title.text() == "A hard sofa")
    person.compose.save.click()
    person.until(lambda: person.run(unfinished_want.unfinished(person.home.means, IntentcastId(want.id))) is None)


def test_a_draft_is_changed_in_place(person: AskingWindow) -> None:
    want = kept(person)
    person.wants.details.edit.click()
    person.until(lambda: person.compose.thing.title.text() == "A soft sofa")
    assert "Change what you want" in texts(person.compose)
    person.compose.thing.title.setText("")
    QTest.keyClicks(person.compose.thing.title, "A hard sofa")
    person.compose.save.click()
    person.until(lambda: person.window.page_id is PageId.WANTS and "A hard sofa" in texts(person.wants))
    assert len(person.run(say_what_i_want.wants(person.home.means))) == 1
    assert state(person, want) is IntentcastState.DRAFT


def test_chips_lead_to_their_field_and_go_with_delete(person: AskingWindow) -> None:
    person.asking.new_want()
    QTest.keyClicks(person.compose.line.edit, "used 54 cm road bike, under 800 EUR, Cologne")
    person.until(lambda: person.compose.terms.price.text() == "800.00 EUR")
    chips = {chip.accessibleName(): chip for chip in person.compose.line.findChildren(FactChip)}
    chips["Frame: 53–55\u00a0cm"].click()
    assert person.compose.thing.attributes["frame_cm"].hasFocus()
    chips["Up to €800.00, only you see this"].click()
    assert person.compose.terms.price.hasFocus()
    person.compose.line.edit.setFocus()
    QTest.keyClick(chips["Up to €800.00, only you see this"], Qt.Key.Key_Delete)
    assert person.compose.terms.price.text() == ""
    assert "Up to €800.00, only you see this" not in texts(person.compose)


def test_a_question_is_answered_by_a_ready_answer_or_left_unsaid(person: AskingWindow) -> None:
    person.asking.new_want()
    QTest.keyClicks(person.compose.line.edit, "bike by friday or monday, Cologne")
    person.until(lambda: "Leave it unsaid" in texts(person.compose.line))
    assert not person.compose.go_on.isEnabled()
    buttons = {button.text().strip(): button for button in person.compose.line.findChildren(Button)}
    buttons["Leave it unsaid"].click()
    assert person.compose.go_on.isEnabled()
    person.compose.line.edit.clear()
    QTest.keyClicks(person.compose.line.edit, "bike under 500 EUR under 600 EUR, Cologne")
    person.until(lambda: "€600.00" in texts(person.compose.line))
    buttons = {button.text().strip(): button for button in person.compose.line.findChildren(Button)}
    buttons["€600.00"].click()
    assert person.compose.terms.price.text() == "600.00 EUR"


def test_a_day_that_has_passed_meanwhile_is_refused_in_words(person: AskingWindow) -> None:
    heard: list[str] = []
    person.asking.new_want()
    person.compose.noticed.connect(lambda message: heard.append(message.text))
    QTest.keyClicks(person.compose.line.edit, "sofa, Cologne")
    person.until(person.compose.save.isEnabled)
    yesterday = person.home.means.clock.now().date() - timedelta(days=1)
    person.compose.terms.edited.emit("needed_by", yesterday)
    person.compose.save.click()
    person.until(lambda: bool(heard))
    assert "a day is past" in heard[0]
    assert person.compose.save.isEnabled()


def test_somebody_who_knows_nobody_is_led_to_vendors(person: AskingWindow) -> None:
    kept(person)
    went: list[PageId] = []
    person.plan.going.disconnect()
    person.plan.going.connect(went.append)
    person.wants.details.step.click()
    person.until(lambda: "Add a vendor" in texts(person.plan) and not person.plan.confirm.isVisible())
    assert "You know nobody yet who answers for this directly. What you can do:" in texts(person.plan)
    person.plan.next_ways.rows[0].button.click()
    person.plan.vendors.add_requested.emit()
    assert went == [PageId.VENDORS, PageId.VENDORS]


def test_what_is_put_away_is_out_of_the_list_until_asked_for(person: AskingWindow) -> None:
    want = kept(person)
    person.wants.details.put_away.click()
    person.until(lambda: person.wants.table.shown_ids == () and person.wants.away.isVisible())
    assert state(person, want) is IntentcastState.CLOSED
    person.wants.away.click()
    person.until(lambda: person.wants.table.shown_ids == (want.id,))
    assert "Put away" in texts(person.wants)
    person.wants.details.step.click()
    person.until(lambda: person.compose.thing.title.text() == "A soft sofa")
    assert len(person.run(say_what_i_want.wants(person.home.means))) == 2


def test_a_message_that_is_not_ours_is_left_to_others(person: AskingWindow) -> None:
    assert not person.asking.acted("undo-something-else")
    assert not person.asking.acted("undo-cast:want-1")  # no plan was ever shown


def test_news_for_a_page_that_is_gone_are_dropped(person: AskingWindow) -> None:
    want = kept(person)
    shiboken6.delete(person.wants)
    person.asking.refresh(frozenset({("intentcast", want.id)}))
    assert person.asking._tended == []


def test_a_want_that_is_not_there_is_said_in_words(person: AskingWindow) -> None:
    heard: list[str] = []
    person.cast.noticed.connect(lambda message: heard.append(message.text))
    person.asking.show_want("want-nowhere")
    person.asking.refresh(frozenset({("intentcast", "want-nowhere")}))
    person.until(lambda: len(heard) == 2)  # what was told while it failed is read after it
    assert all("nothing under that name" in one for one in heard)


def test_offers_come_in_when_asked_for_and_move_with_what_matters(tmp_path: Path, look: Look, probe: Probe) -> None:
    with serving(tmp_path / "desk") as desk, asking_window(tmp_path / "home", look, probe) as person:
        vendor = person.run(choose_vendors.add_vendor(person.home.means, desk.url))
        want = kept(person, BIKE)
        person.wants.details.step.click()
        person.until(person.plan.confirm.isEnabled)
        person.plan.vendors.box(vendor.id).click()
        person.until(lambda: person.plan.confirm.text().strip() == "Choose somebody to ask")
        assert not person.plan.confirm.isEnabled()
        person.plan.vendors.box(vendor.id).click()
        person.until(person.plan.confirm.isEnabled)
        person.plan.confirm.click()
        person.until(lambda: person.window.page_id is PageId.CAST)
        person.until(lambda: "Everybody has answered." in texts(person.cast))
        person.window.show_page(PageId.OFFERS)
        person.until(lambda: len(person.offers.table.shown_ids) == 1)
        shown = person.offers.table.shown_ids
        assert any(text.startswith("Accepting tells") for text in texts(person.offers))
        person.offers.show_weights(shown=True)
        QTest.keyClick(person.offers._sliders[0]._slider, Qt.Key.Key_Right)
        person.until(lambda: person.run(say_what_i_want.want(person.home.means, want.id)).weights.cost == 10)
        assert set(person.offers.table.shown_ids) == set(shown)
        person.window.show_page(PageId.WANTS)
        person.until(person.wants.details.take_back.isVisible)
        person.wants.details.take_back.click()
        person.until(lambda: "Taken back" in texts(person.wants))
        assert state(person, want) is IntentcastState.WITHDRAWN


def _noted(seen: list[bool], value: bool) -> bool:  # noqa: FBT001 - what was seen, in a condition
    seen.append(value)
    return True


def test_a_cast_is_taken_back_where_it_is_watched(tmp_path: Path, look: Look, probe: Probe) -> None:
    with serving(tmp_path / "desk") as desk, asking_window(tmp_path / "home", look, probe, pause=600) as person:
        person.run(choose_vendors.add_vendor(person.home.means, desk.url))
        want = kept(person, BIKE)
        person.wants.details.step.click()
        person.until(person.plan.confirm.isEnabled)
        enabled: list[bool] = []
        told: list[str] = []
        person.plan.noticed.connect(lambda message: told.append(message.text))
        person.asking.refresh(frozenset({("profile", "all")}))
        person.plan.confirm.click()
        person.asking.refresh(frozenset({("profile", "all")}))
        person.until(lambda: _noted(enabled, person.plan.confirm.isEnabled()) and person.window.page_id is PageId.CAST)
        assert not any(enabled), "it cannot be confirmed twice"
        person.until(lambda: "0 of 1 answered" in texts(person.cast))
        assert told == ["Your questions leave in 600 seconds."], "and no plan is read of what is on its way"
        person.run(send_intentcast.withdraw(person.home.means, want.id))
        heard: list[str] = []
        person.cast.noticed.connect(lambda message: heard.append(message.text))
        person.cast.take_back.click()
        person.until(lambda: "That is not possible now. Look how it stands first." in heard)
        person.cast.terms_accepted.emit("rel-nowhere")
        person.cast.terms_refused.emit("rel-nowhere")
        person.until(lambda: len(heard) == 3)
        person.asking.acted(f"undo-cast:{want.id}")
        person.until(lambda: person.bridge.waiting == 0)
