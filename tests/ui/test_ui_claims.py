"""Cases, changes of orders and voices in the window: what is typed reaches the file, and every answer is shown."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QDateEdit, QLabel
from pytestqt.qtbot import QtBot

from vrm_desktop.domain.case import CaseStanding
from vrm_desktop.services.show_cases import CaseMove
from vrm_desktop.ui.gallery.claim_pictures import CASE, FORM, LIES
from vrm_desktop.ui.models.claims_view import ClaimLine, TypedCase
from vrm_desktop.ui.pages.case_form_page import CaseFormPage
from vrm_desktop.ui.pages.case_page import CasePage
from vrm_desktop.ui.pages.claim_cards import ChangesCard, VoicesCard
from vrm_desktop.ui.presenters.claims import next_move
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.claim_list import ClaimList


@pytest.fixture
def form(look: Look, qtbot: QtBot) -> CaseFormPage:
    page = CaseFormPage(look)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    page.begin(FORM)
    return page


def words_of(page: CasePage | ClaimList) -> str:
    return "\n".join(
        label.text().replace("\u200b", "") for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


def test_a_case_is_opened_with_all_that_was_typed(form: CaseFormPage, qtbot: QtBot) -> None:
    form.what.setPlainText("It squeaks.")
    form.want.choose("refund")
    next(iter(form._boxes.values())).setChecked(True)
    with qtbot.waitSignal(form.opened) as opened:
        form.open_it.click()
    assert opened.args == [
        TypedCase(
            about="order",
            what="It squeaks.",
            want="refund",
            about_order=True,
            amount="640.00 EUR",
            by=date(2026, 12, 7),
            received=None,
            evidence=("a",),
        )
    ]


def test_a_case_that_says_nothing_is_not_opened(form: CaseFormPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.opened):
        form.open_it.click()
    form.show_hints(("Until then.",))
    assert form._hints.text().startswith("Until then.")


def test_a_chosen_day_can_be_read(form: CaseFormPage) -> None:
    for field in form.findChildren(QDateEdit):
        assert field.lineEdit().width() > field.fontMetrics().horizontalAdvance(field.text())


def test_a_case_shows_every_turn_and_only_what_can_be_done(look: Look, qtbot: QtBot) -> None:
    page = CasePage(look)
    qtbot.addWidget(page)
    page.show_case(CASE)
    assert page.moves["accept"].isVisibleTo(page)
    page.words.setPlainText("On Friday.")
    with qtbot.waitSignal(page.moved) as moved:
        page.moves["accept"].click()
    assert moved.args == ["accept", "On Friday."]
    page.show_case(LIES)
    assert page.words.words == ""
    assert not page.moves["accept"].isVisibleTo(page)
    assert not page.moves["go-on"].isEnabled()
    told = words_of(page)
    assert "You did not ask for that." in told
    assert "That is another currency than your case is about." in told
    with qtbot.waitSignal(page.attached) as attached:
        page.take_file("/tmp/photo.png")  # noqa: S108 - nothing is opened
    assert attached.args == ["/tmp/photo.png"]  # noqa: S108 - the same


def by_keyboard(page: CasePage) -> list[str]:
    """The moves in the order in which the tab key comes by."""
    keys = {button: key for key, button in page.moves.items()}
    passed: list[str] = []
    widget = page.words.nextInFocusChain()
    while widget is not page.words:
        if isinstance(widget, Button) and widget in keys:
            passed.append(keys[widget])
        assert widget is not None  # the chain is a ring
        widget = widget.nextInFocusChain()
    return passed


def test_what_comes_next_in_a_case_stands_out_and_comes_first_with_its_no(look: Look, qtbot: QtBot) -> None:
    page = CasePage(look)
    qtbot.addWidget(page)
    for view, first in ((CASE, ["accept", "refuse"]), (LIES, ["resolved", "unresolved"]), (CASE, ["accept", "refuse"])):
        page.show_case(view)
        roles = {key: button.property("role") for key, button in page.moves.items()}
        assert [key for key in page.moves if roles[key] != "quiet"] == first
        assert (roles[first[0]], roles[first[1]]) == ("primary", "secondary")
        assert by_keyboard(page)[:2] == first
    page.show_case(replace(LIES, main=""))
    assert {button.property("role") for button in page.moves.values()} == {"quiet"}


@pytest.mark.parametrize(
    ("standing", "may", "by_wire", "overdue", "main"),
    [
        (CaseStanding.PROPOSED, set(CaseMove), True, False, "accept"),
        (CaseStanding.DONE, set(CaseMove) - {CaseMove.ACCEPT}, True, False, "resolved"),
        (CaseStanding.PROMISED, set(CaseMove) - {CaseMove.ACCEPT}, True, False, "resolved"),
        (CaseStanding.PROMISED, set(CaseMove) - {CaseMove.ACCEPT}, False, True, "go-on"),
        (CaseStanding.OPEN, set(CaseMove) - {CaseMove.ACCEPT}, True, False, "go-on"),
        (CaseStanding.OPEN, set(CaseMove) - {CaseMove.ACCEPT}, False, False, "note"),
        (CaseStanding.UNRESOLVED, {CaseMove.GO_ON}, False, False, "go-on"),
        (CaseStanding.OPEN, {CaseMove.WITHDRAW}, True, False, ""),
        (CaseStanding.RESOLVED, set(), True, False, ""),
    ],
)
def test_what_comes_next_in_a_case_follows_from_how_it_stands(
    *, standing: CaseStanding, may: set[CaseMove], by_wire: bool, overdue: bool, main: str
) -> None:
    assert next_move(standing, frozenset(may), by_wire=by_wire, overdue=overdue) == main


def test_a_list_opens_what_is_chosen(look: Look, qtbot: QtBot) -> None:
    lines = ClaimList(look, "Look at it")
    qtbot.addWidget(lines)
    lines.show_lines([ClaimLine(id="case-1", what="It squeaks.", standing="open", tone=Tone.NEUTRAL, told=("Soon.",))])
    [button] = lines.findChildren(Button)
    with qtbot.waitSignal(lines.opened) as opened:
        button.click()
    assert opened.args == ["case-1"]
    assert "Soon." in words_of(lines)


def test_changes_and_voices_carry_what_was_typed(look: Look, qtbot: QtBot) -> None:
    changes, voices = ChangesCard(look), VoicesCard(look)
    for card in (changes, voices):
        qtbot.addWidget(card)
    changes.what.choose("pause")
    changes.text.setPlainText("Until May.")
    with qtbot.waitSignal(changes.asked) as asked:
        changes.ask.click()
    assert asked.args == ["pause", "Until May.", False]
    changes.sent()
    assert changes.text.words == ""
    assert not voices.tell.isEnabled()
    voices.text.setPlainText("A bell would be nice.")
    with qtbot.waitSignal(voices.told) as told:
        voices.tell.click()
    assert told.args == ["idea", "A bell would be nice."]
    voices.sent()
    assert not voices.tell.isEnabled()
