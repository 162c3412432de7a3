"""Data rights in the real window over a real vault: ask, look at the letter, hand it out, note what came, press on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.letter import LetterState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.rights import RequestState
from vrm_desktop.services import exercise_rights, keep_profile, write_letters
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.ui.pages.letters_page import LettersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.rights_ask_page import RightsAskPage
from vrm_desktop.ui.pages.rights_card import RightsCard
from vrm_desktop.ui.pages.rights_page import RightsPage
from vrm_desktop.ui.theme.look import Look

ENTRY = {
    "slug": "stadtwerke",
    "relevant-countries": ["de"],
    "name": "Stadtwerke Sülzhafen GmbH",
    "address": "Am Gaswerk 4\n50937 Sülzhafen\nDeutschland",
    "email": "datenschutz@stadtwerke.example",
    "web": "https://stadtwerke.example",
    "quality": "verified",
}
AUTHORITY = {**ENTRY, "slug": "aufsicht", "name": "Aufsicht", "web": "https://aufsicht.example"}
SITES = [{"name": "Stadtwerke", "url": "https://stadtwerke.example/weg", "difficulty": "hard"}]


class RightsWindow:
    """The running window's pages of data rights."""

    def __init__(self, running: RunningWindow) -> None:
        self.running = running
        running.create()
        running.unlock()
        running.do(keep_profile.set_field(running.home.means, FieldPath.NAME, "Ottilie Zwiebelfisch"))

    @property
    def ask(self) -> RightsAskPage:
        """Where somebody is asked."""
        page = self.running.window.page(PageId.RIGHTS_ASK)
        assert isinstance(page, RightsAskPage)
        return page

    @property
    def rights(self) -> RightsPage:
        """The requests."""
        page = self.running.window.page(PageId.RIGHTS)
        assert isinstance(page, RightsPage)
        return page

    @property
    def letters(self) -> LettersPage:
        """The letters."""
        page = self.running.window.page(PageId.LETTERS)
        assert isinstance(page, LettersPage)
        return page

    def request(self) -> RequestView:
        """The newest request as the services see it."""
        return self.running.do(exercise_rights.requests(self.running.home.means))[0]

    def asked(self, folder: Path) -> None:
        """Ask the one organisation of a list, by clicks."""
        for name, value in (("companies.jsonl", ENTRY), ("authorities.jsonl", AUTHORITY), ("deletion.json", SITES)):
            (folder / name).write_text(json.dumps(value), encoding="utf-8")
            self.running.window.show_page(PageId.RIGHTS_ASK)
            self.ask.listed.emit(str(folder / name))
            self.running.settle()
        self.ask.search.setText("sülzhafen")
        self.running.wait(lambda: self.ask.table.shown_ids == ("entry:stadtwerke",))
        self.ask.add.click()
        self.ask.ask.click()
        self.running.settle()
        self.running.wait(lambda: self.running.window.page_id is PageId.RIGHTS and self.rights.step.isVisible())


@pytest.fixture
def window(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RightsWindow]:
    with running_window(tmp_path / "home", look, qtbot) as running:
        yield RightsWindow(running)


def test_a_letter_is_looked_at_changed_saved_and_sent(window: RightsWindow, tmp_path: Path) -> None:
    window.asked(tmp_path)
    window.rights.step.click()
    window.running.wait(lambda: window.letters.subject.text().startswith("Was Sie über mich"))
    page = window.letters
    page.mine.click()
    window.running.wait(lambda: "What you hold about me" in "\n".join(texts(page)))
    page.subject.setText("Auskunft")
    assert not page.pdf.isEnabled()
    page.keep.click()
    window.running.settle()
    window.running.wait(page.pdf.isEnabled)
    file = tmp_path / "brief.pdf"
    page.saved.emit(window.request().request.letter, "pdf", str(file))
    window.running.settle()
    assert file.read_bytes().startswith(b"%PDF")
    window.running.wait(page.went.isVisible)
    page.went.click()
    window.running.settle()
    assert window.request().request.state is RequestState.WAITING
    assert window.running.do(write_letters.letters(window.running.home.means))[0].state is LetterState.SENT


def test_what_came_is_noted_and_pressed_for(window: RightsWindow, tmp_path: Path) -> None:
    window.asked(tmp_path)
    means, request = window.running.home.means, window.request().request
    window.running.do(write_letters.hand_out(means, request.letter))
    window.running.do(write_letters.sent(means, request.letter))
    window.rights.answered.emit(request.id, "demand:id-copy", "Ausweis bitte")
    window.running.settle()
    window.running.wait(lambda: "Write the reply" in texts(window.rights))
    window.rights.step.click()
    window.running.wait(lambda: "Ausweiskopie" in window.letters.subject.text())
    (tmp_path / "antwort.txt").write_text("nein", encoding="utf-8")
    window.rights.attached.emit(request.id, str(tmp_path / "antwort.txt"))
    window.rights.answered.emit(request.id, "refused", "nein")
    window.running.settle()
    assert [one.name for one in window.request().attachments] == ["antwort.txt"]
    window.running.window.show_page(PageId.RIGHTS)
    window.running.wait(lambda: "Not enough: set a last term" in texts(window.rights))
    window.rights.step.click()
    window.running.wait(lambda: "überfällig" in window.letters.subject.text())
    window.rights.stepped.emit(request.id, "complain")
    window.running.wait(lambda: window.letters.subject.text().startswith("Beschwerde über"))
    window.letters.dropped.emit(window.letters.table.chosen_id)
    window.running.settle()


def test_the_card_in_the_file_shows_requests_and_hints(window: RightsWindow, tmp_path: Path) -> None:
    window.asked(tmp_path)
    window.rights.file.click()
    window.running.settle()
    page = window.running.window.page(PageId.RELATIONSHIP)
    window.running.wait(lambda: bool(page.findChildren(RightsCard)))
    [card] = page.findChildren(RightsCard)
    window.running.wait(lambda: "Hard: https://stadtwerke.example/weg (deletion.json)" in texts(card))
    assert any("Not sent yet" in text for text in texts(card))
    card.open.click()
    assert window.running.window.page_id is PageId.RIGHTS
    card.ask.click()
    window.running.wait(lambda: any("Stadtwerke" in text for text in texts(window.ask)))
    window.rights.withdrawn.emit(window.request().request.id)
    window.running.settle()
    assert window.request().request.state is RequestState.WITHDRAWN


def test_a_file_that_is_no_list_is_said(window: RightsWindow, tmp_path: Path) -> None:
    window.running.window.show_page(PageId.RIGHTS_ASK)
    window.ask.listed.emit(str(tmp_path / "nowhere.jsonl"))
    window.running.settle()
    assert any("cannot be read" in text for text in texts(window.running.window.messages))
