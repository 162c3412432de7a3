"""The agenda in the window: grouped by how near, ticked off, opened, added to and saved; only what the person asks."""

from datetime import date

import pytest

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind, When
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.services.agenda import AgendaEntry
from vrm_desktop.ui.gallery.agenda_pictures import USUAL
from vrm_desktop.ui.models.agenda_view import AgendaLine, AgendaView
from vrm_desktop.ui.pages.agenda_page import AgendaPage
from vrm_desktop.ui.presenters.agenda import agenda_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import IconButton

TODAY = date(2026, 6, 8)


@pytest.fixture
def page(probe: Probe, look: Look) -> AgendaPage:
    made = AgendaPage(look)
    made.show_agenda(USUAL, TODAY)
    probe.show(made)
    return made


def _press(page: AgendaPage, words: str) -> None:
    next(one for one in page.findChildren(IconButton) if one.accessibleName() == words).click()


def test_each_date_can_be_ticked_off_and_opened(page: AgendaPage) -> None:
    ticked: list[AgendaLine] = []
    opened: list[AgendaLine] = []
    page.ticked.connect(ticked.append)
    page.opened.connect(opened.append)
    _press(page, "Done: Delivery is due")
    _press(page, "Open: Delivery is due")
    assert [line.whom for line in (*ticked, *opened)] == ["Radhaus Ehrenfeld"] * 2


def test_what_is_gone_is_shown_when_asked_for(page: AgendaPage) -> None:
    assert "Answers are due: Road bike" not in texts(page)
    page.gone.click()
    assert "Answers are due: Road bike" in texts(page)
    _press(page, "Not done yet: Answers are due: Road bike")
    page.gone.click()
    assert "Answers are due: Road bike" not in texts(page)


def test_a_date_of_ones_own_needs_a_text(page: AgendaPage) -> None:
    added: list[tuple[date, str]] = []
    page.added.connect(lambda day, text: added.append((day, text)))
    assert not page.add.isEnabled()
    page.text.setText("Ask again")
    page.text.returnPressed.emit()
    assert added == [(date(2026, 6, 9), "Ask again")]
    page.date_added()
    assert not page.text.text()


def test_the_calendar_file_holds_names_only_if_ticked(page: AgendaPage) -> None:
    saved: list[tuple[str, bool]] = []
    page.saved.connect(lambda file, names: saved.append((file, names)))
    page.take_file("a.ics")
    page.names.click()
    page.take_file("b.ics")
    assert saved == [("a.ics", False), ("b.ics", True)]


def test_an_empty_agenda_says_so(page: AgendaPage) -> None:
    page.show_agenda(AgendaView(coming=()), TODAY)
    assert any(text.startswith("Nothing falls due.") for text in texts(page))
    assert page.first_field() is page.text


def test_dates_stand_in_groups_and_say_what_they_open() -> None:
    def entry(when: When, **members: object) -> AgendaEntry:
        item = AgendaItem(
            kind=AgendaKind.ANSWERS_BY, due=TODAY, key=when.value, intentcast=IntentcastId("want-1"), done=False
        )
        return AgendaEntry(item=item, when=when, want="Bike", **members)  # type: ignore[arg-type]

    view = agenda_view(
        (entry(When.PAST), entry(When.TODAY, file=RelationshipId("rel-1"), vendor_name="Velo"), entry(When.LATER))
    )
    assert [(group.title, len(group.lines)) for group in view.coming] == [("Today", 1), ("Later", 1)]
    assert [(line.file, line.want, line.whom) for group in view.coming for line in group.lines] == [
        ("rel-1", "", "Velo"),
        ("", "want-1", ""),
    ]
    assert [group.title for group in view.gone] == ["Past"]
    assert view.summary == "1 date needs you now."
    assert agenda_view(()).summary == "Nothing needs you today."
