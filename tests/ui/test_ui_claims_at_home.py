"""A case, a voice and a change in the real window over a real vault: typed, kept, shown, ended."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from vrm_desktop.domain.case import CaseStanding
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, show_cases, tell_vendor, write_letters
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.ui.pages.case_form_page import CaseFormPage
from vrm_desktop.ui.pages.case_page import CasePage
from vrm_desktop.ui.pages.claim_cards import CasesCard, ChangesCard, VoicesCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look


def test_a_case_is_typed_answered_and_resolved(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means

        async def begin() -> RelationshipId:
            works = await choose_vendors.add_organisation(means, "Stadtwerke", OrganisationKind.UTILITY)
            return (await means.vault.write(lambda tx: file_of(tx, means, works.id))).id

        owner = window.do(begin())
        window.window.page(PageId.RELATIONSHIP)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(owner)
        window.settle()
        cases, voices = window.window.findChild(CasesCard), window.window.findChild(VoicesCard)
        changes = window.window.findChild(ChangesCard)
        assert cases is not None
        assert voices is not None
        assert changes is not None
        assert changes.isHidden()
        cases.begin.click()
        form = window.window.findChild(CaseFormPage)
        assert form is not None
        window.settle()
        form.what.setPlainText("The meter is not mine.")
        form.want.choose("answer")
        form.amount.setText("a lot")
        form.open_it.click()
        assert window.window.page_id is PageId.CASE_FORM
        form.amount.setText("29.90 EUR")
        form.open_it.click()
        window.wait(lambda: window.window.page_id is PageId.CASE)
        page = window.window.findChild(CasePage)
        assert page is not None
        window.wait(lambda: page.case_id is not None)
        assert len(window.do(write_letters.letters(means))) == 1
        page.words.setPlainText("They will look into it.")
        page.moves["note"].click()
        window.wait(page.moves["accept"].isVisible)
        photo = tmp_path / "photo.png"
        photo.write_bytes(b"\x89PNG")
        page.take_file(str(photo))
        window.wait(lambda: page._view is not None and page._view.documents == ("photo.png",))
        page.moves["accept"].click()
        window.wait(lambda: not page.moves["accept"].isVisible())
        page.moves["resolved"].click()
        window.wait(lambda: not page.moves["resolved"].isVisible())
        [view] = window.do(show_cases.cases(means))
        assert view.case.standing is CaseStanding.RESOLVED
        voices.text.setPlainText("Green power, please.")
        voices.tell.click()
        window.wait(lambda: voices.text.words == "")
        [told] = window.do(tell_vendor.voices(means))
        assert told.voice.letter
