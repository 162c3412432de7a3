"""Data rights in the real window over a real vault: ask, look at the letter, hand it out, note what came, press on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.drp import DrpEntry
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import LetterState, LetterWay
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.rights import RequestState
from vrm_desktop.domain.rights_choice import AskWay, RegimeReason
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, exercise_rights, keep_profile, write_letters
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.services.rights_ways import Askable
from vrm_desktop.ui.gallery.rights_pictures import AUTHORITIES, COMPLAINT
from vrm_desktop.ui.models.rights_view import AskedLine, AuthorityView
from vrm_desktop.ui.pages.drp_card import DrpCard
from vrm_desktop.ui.pages.letters_page import LettersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.rights_ask_page import RightsAskPage
from vrm_desktop.ui.pages.rights_card import RightsCard
from vrm_desktop.ui.pages.rights_page import RightsPage
from vrm_desktop.ui.presenters.rights import rights_view
from vrm_desktop.ui.presenters.rights_choices import ask_choices, authority_view
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
        self.running.wait(lambda: self.ask.way.findData("email") >= 0)
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
    window.rights.complained.emit(request.id, "")
    assert window.running.window.page_id is PageId.RIGHTS_ASK  # where lists are taken in
    window.rights.authorities_wanted.emit(request.id)
    window.running.wait(lambda: window.rights.authority.key == "aufsicht")
    assert window.rights.whom.note.startswith("Proposed, because it is the one of ")
    window.rights.complained.emit(request.id, window.rights.authority.key)
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


def test_the_law_and_the_way_that_were_chosen_are_those_of_the_request(window: RightsWindow, tmp_path: Path) -> None:
    (tmp_path / "companies.jsonl").write_text(json.dumps(ENTRY), encoding="utf-8")
    window.running.window.show_page(PageId.RIGHTS_ASK)
    window.ask.listed.emit(str(tmp_path / "companies.jsonl"))
    window.running.settle()
    window.ask.search.setText("sülzhafen")
    window.running.wait(lambda: window.ask.table.shown_ids == ("entry:stadtwerke",))
    window.ask.add.click()
    window.running.wait(lambda: window.ask.way.findData("post") >= 0)
    assert window.ask.regime.currentText() == "Proposed: European law (GDPR)"
    window.ask.regime.choose("ccpa")
    window.ask.way.choose("post")
    window.ask.ask.click()
    window.running.wait(lambda: window.running.window.page_id is PageId.RIGHTS and window.rights.step.isVisible())
    view = window.request()
    assert (view.request.regime, view.letters[0].way) == (Regime.CCPA, LetterWay.POST)
    assert (window.ask.regime.key, window.ask.way.key) == ("", "")


def test_the_protocol_goes_on_in_the_file_with_what_was_chosen(window: RightsWindow, tmp_path: Path) -> None:
    means = window.running.home.means

    async def begin() -> VendorId:
        broker = await choose_vendors.add_organisation(means, "Broker", OrganisationKind.OTHER)
        entry = DrpEntry(
            id="broker", vendor=broker.id, at=means.clock.now(), name="Broker", api_base="https://broker.example/drp"
        )
        await means.vault.write(lambda tx: tx.keep_paper(entry))
        return broker.id

    broker = window.running.do(begin())
    window.running.window.show_page(PageId.RIGHTS_ASK)
    window.ask.right.choose(DataRight.ERASURE.value)
    window.ask.take(AskedLine(id=f"vendor:{broker}", name="Broker", note=""))
    window.running.wait(lambda: window.ask.way.findData("drp") >= 0)
    window.ask.way.choose("drp")
    window.ask.regime.choose("ccpa")
    window.ask.ask.click()
    window.running.wait(lambda: window.running.window.page_id is PageId.RELATIONSHIP)
    [card] = window.running.window.page(PageId.RELATIONSHIP).findChildren(DrpCard)
    window.running.wait(lambda: (card.action.key, card.regime.key) == ("deletion", "ccpa"))
    assert window.running.do(exercise_rights.requests(means)) == ()


def test_what_there_is_to_choose_is_said_with_what_it_means(qtbot: QtBot, look: Look) -> None:
    page = RightsAskPage(look)
    qtbot.addWidget(page)
    one = Askable(
        name="Stadtwerke",
        regime=Regime.GDPR,
        reason=RegimeReason.ITS_COUNTRY,
        ways=frozenset({AskWay.EMAIL, AskWay.DRP}),
        usual=AskWay.EMAIL,
    )
    page.take(AskedLine(id="vendor:1", name="Stadtwerke", note=""))
    page.show_choices(ask_choices(DataRight.ACCESS, (one,)))
    assert "one month from receipt" in page._regime_row.note
    assert page._way_row.note == "A draft for your mail program, with your name. You send it."
    page.regime.choose("none")
    page.way.choose("drp")
    page.way.chosen.emit("drp")
    assert page._regime_row.note == "No clock runs then."
    assert page.ask.accessibleName() == "Go on in its file"
    assert page.mail.isHidden()
    assert page.typed.way == "drp"
    page.begin()
    assert (page.way.key, page.mail.isHidden()) == ("", False)


def test_several_at_once_have_the_ways_that_all_of_them_have() -> None:
    one = Askable(
        name="A",
        regime=Regime.GDPR,
        reason=RegimeReason.ITS_COUNTRY,
        ways=frozenset({AskWay.EMAIL, AskWay.POST, AskWay.DRP}),
        usual=AskWay.EMAIL,
    )
    other = replace(one, name="B", regime=Regime.CCPA, ways=frozenset(AskWay) - {AskWay.EMAIL}, usual=AskWay.WIRE)
    choices = ask_choices(DataRight.OBJECTION, (one, other))
    assert [choice.key for choice in choices.ways] == ["", "post"]
    assert choices.ways[0].hint == "A: by e-mail; B: directly, signed."
    assert choices.regimes[0].label == "As fits each of them"
    assert "15 business days" in choices.regimes[2].hint
    nobody = ask_choices(DataRight.OBJECTION, ())
    assert [len(nobody.ways), nobody.ways[0].hint, nobody.regimes[0].hint] == [1, "", ""]
    lost = ask_choices(DataRight.ACCESS, (replace(one, ways=frozenset(), usual=AskWay.POST),))
    assert lost.ways[0].label == "No way is known"


def test_a_complaint_waits_until_an_authority_is_chosen(qtbot: QtBot, look: Look) -> None:
    page = RightsPage(look)
    qtbot.addWidget(page)
    page.show_rights(rights_view((COMPLAINT,)))
    key = COMPLAINT.request.id
    wanted: list[tuple[str, str]] = []
    page.complained.connect(lambda *values: wanted.append(values))
    assert not page.step.isEnabled()
    choice = replace(AUTHORITIES, reason=None)
    page.show_authorities(authority_view(key, choice))
    assert (page.authority.key, page.step.isEnabled()) == ("", False)
    page.authority.choose("debaylda")
    page.authority.chosen.emit("debaylda")
    page.show_authorities(authority_view(key, choice))
    page.step.click()
    page.show_authorities(AuthorityView(request=key, options=(), chosen="", why=""))
    page.step.click()
    assert wanted == [(key, "debaylda"), (key, "")]
    page.show_authorities(authority_view("another", AUTHORITIES))
    assert page.whom.isHidden()


def test_authorities_that_are_called_alike_are_told_apart_by_their_state() -> None:
    shown = authority_view("rights-1", AUTHORITIES)
    assert shown.chosen == "denrwldi"
    assert shown.options[0][1].startswith("North Rhine-Westphalia: Landesbeauftragte")
    assert shown.options[1][1].startswith("Bavaria: Bayerisches Landesamt")
    assert shown.why.startswith("Proposed, because the organisation is in North Rhine-Westphalia. You may complain")
