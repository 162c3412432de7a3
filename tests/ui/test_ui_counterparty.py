"""A counterparty in the real window on a real vault: written down, written to, with money and things."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import keep_profile, keep_relationship
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.models.relationship_view import StoryAbout
from vrm_desktop.ui.pages.agenda_page import AgendaPage
from vrm_desktop.ui.pages.conversation_page import ConversationPage
from vrm_desktop.ui.pages.counterparty_page import CounterpartyPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_contact import ContactCard
from vrm_desktop.ui.pages.relationship_money import MoneyCard
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.relationship_things import ThingsCard
from vrm_desktop.ui.pages.relationships_page import RelationshipsPage
from vrm_desktop.ui.theme.look import Look


@pytest.fixture
def run(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", look, qtbot) as made:
        made.create()
        made.unlock()
        made.wait(lambda: made.program.is_open)
        made.settle()
        yield made


def _page(run: RunningWindow, page_id: PageId, kind: type) -> object:
    found = run.window.page(page_id)
    assert isinstance(found, kind)
    return found


def _file(run: RunningWindow) -> RelationshipFile:
    [one] = run.do(keep_relationship.relationships(run.home.means))
    return run.do(keep_relationship.relationship(run.home.means, one.relationship.id))


def _written_down(run: RunningWindow) -> RelationshipPage:
    listed = _page(run, PageId.RELATIONSHIPS, RelationshipsPage)
    assert isinstance(listed, RelationshipsPage)
    listed.add.click()
    form = _page(run, PageId.COUNTERPARTY, CounterpartyPage)
    assert isinstance(form, CounterpartyPage)
    assert not form.keep.isEnabled()
    form.lines["name"].setText("Stadtwerke Sülzhafen")
    form.lines["email"].setText("nobody")
    form.lines["number"].setText("K-4711")
    form.kind.choose("utility")
    form.keep.click()
    assert "Something here does not fit." in "\n".join(texts(form))
    form.lines["email"].setText("post@works.example")
    form.keep.click()
    run.wait(lambda: run.window.page_id is PageId.RELATIONSHIP)
    run.settle()
    file = _page(run, PageId.RELATIONSHIP, RelationshipPage)
    assert isinstance(file, RelationshipPage)
    run.wait(lambda: file.relationship_id is not None)
    return file


def test_an_organisation_is_written_down_and_changed(run: RunningWindow) -> None:
    page = _written_down(run)
    assert page.title == "Stadtwerke Sülzhafen"
    shown = texts(page)
    assert {"post@works.example", "K-4711", "A utility"} <= set(shown)
    assert "Their key" not in shown
    page.findChildren(ContactCard)[0].edit.click()
    form = _page(run, PageId.COUNTERPARTY, CounterpartyPage)
    assert isinstance(form, CounterpartyPage)
    assert form.lines["number"].text() == "K-4711"
    form.lines["phone"].setText("+49 221 1")
    form.keep.click()
    run.wait(lambda: run.window.page_id is PageId.RELATIONSHIP)
    run.settle()
    run.wait(lambda: "+49 221 1" in texts(page))
    assert _file(run).vendor.phone == "+49 221 1"


def test_writing_to_them_shows_what_they_learn_and_drafts_a_letter(run: RunningWindow) -> None:
    run.do(keep_profile.set_field(run.home.means, FieldPath.NAME, "Ottilie Zwiebelfisch"))
    run.do(keep_profile.set_field(run.home.means, FieldPath.PHONE, "+49 221 7391846"))
    page = _written_down(run)
    page.findChildren(ContactCard)[0].write.click()
    run.settle()
    talk = _page(run, PageId.CONVERSATION, ConversationPage)
    assert isinstance(talk, ConversationPage)
    run.wait(lambda: "Ottilie Zwiebelfisch" in texts(talk))
    assert "K-4711" not in texts(talk)
    talk.number.click()
    talk.fields["phone"].click()
    run.settle()
    run.wait(lambda: {"K-4711", "+49 221 7391846"} <= set(texts(talk)))
    assert not talk.begin.isEnabled()
    talk.words.setPlainText("Please send the final bill.")
    talk.begin.click()
    run.wait(lambda: run.window.page_id is PageId.RELATIONSHIP)
    run.settle()
    [letter] = _file(run).papers_of(Letter)
    assert letter.body == "Please send the final bill.\n\n+49 221 7391846"
    assert not _file(run).disclosures
    page.open_tab(RelationshipTab.STORY)
    run.wait(lambda: "You drafted a letter: Stadtwerke Sülzhafen" in texts(page))
    assert "You began a file" in texts(page)
    page.chips[StoryAbout.PAPERS].click()
    assert "You began a file" not in texts(page)


def test_money_and_things_are_written_down_and_struck(run: RunningWindow) -> None:
    page = _written_down(run)
    page.open_tab(RelationshipTab.ORDERS)
    [money], [things] = page.findChildren(MoneyCard), page.findChildren(ThingsCard)
    money.what.setText("Final bill")
    money.amount.setText("many")
    money.add.click()
    assert any("amount" in text.casefold() for text in texts(money))
    money.amount.setText("80,00 €")
    money.add.click()
    run.settle()
    run.wait(lambda: len(_file(run).bookings) == 1 and money.table.isVisible())
    assert not money.what.text()
    run.wait(lambda: any(text.startswith("€80.00 to pay") for text in texts(money)))
    money.table.choose_first()
    money.strike.click()
    run.settle()
    run.wait(lambda: not _file(run).bookings)

    things.name.setText("Meter")
    things.serial.setText("WX 1183")
    things.add.click()
    run.settle()
    run.wait(things.table.isVisible)
    things.table.choose_first()
    things.turn.click()
    run.settle()
    run.wait(lambda: things.turn.text().strip() == "It is here again")
    things.turn.click()
    run.settle()
    run.wait(lambda: things.turn.text().strip() == "It is not here any more")
    things.strike.click()
    run.settle()
    run.wait(lambda: not things.table.isVisible())


def test_a_date_is_kept_shown_in_the_agenda_and_ticked_off(run: RunningWindow, tmp_path: Path) -> None:
    run.window.show_page(PageId.AGENDA)
    page = _page(run, PageId.AGENDA, AgendaPage)
    assert isinstance(page, AgendaPage)
    run.settle()
    page.text.setText("Ask the works")
    page.add.click()
    run.settle()
    run.wait(lambda: "Ask the works" in texts(page))
    page.take_file(str(tmp_path / "dates.ics"))
    run.settle()
    run.wait((tmp_path / "dates.ics").exists)
    assert b"Ask the works" not in (tmp_path / "dates.ics").read_bytes()
    page.names.click()
    page.take_file(str(tmp_path / "dates.ics"))
    run.settle()
    run.wait(lambda: b"Ask the works" in (tmp_path / "dates.ics").read_bytes())
    page.take_file(str(tmp_path / "nowhere" / "dates.ics"))
    run.settle()
    assert run.window.messages.isVisible()
