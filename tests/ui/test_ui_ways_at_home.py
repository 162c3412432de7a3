"""From the pages of asking to the rest of the window: the letter that was written, and writing to somebody by hand."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.people import WANT
from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import keep_counterparty, say_what_i_want
from vrm_desktop.ui.models.cast_view import RowDeed
from vrm_desktop.ui.pages.cast_page import CastPage
from vrm_desktop.ui.pages.conversation_page import ConversationPage
from vrm_desktop.ui.pages.letters_page import LettersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.ui.theme.look import Look


def test_a_request_by_mail_opens_as_a_letter_and_others_are_written_to_by_hand(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means, main = window.home.means, window.window
        mail = ContactDetails(name="Radhaus", kind=OrganisationKind.SHOP, email="verkauf@radhaus.example")
        post = ContactDetails(name="Zweirad Meyer", kind=OrganisationKind.SHOP, postal="Weg 1\n50667 Köln")
        radhaus, _file = window.do(keep_counterparty.add(means, mail))
        window.do(keep_counterparty.add(means, post))
        want = window.do(say_what_i_want.save_want(means, WANT))
        opened = window.program._home
        assert opened is not None
        opened.show_want(want.id, PageId.PLAN)
        plan = main.page(PageId.PLAN)
        assert isinstance(plan, PlanPage)
        window.wait(lambda: len(plan.next_ways.rows) > 1)

        written = next(row for row in plan.next_ways.rows if row.step.kind is NextKind.WRITE)
        written.button.click()
        window.wait(lambda: main.page_id is PageId.CONVERSATION)
        talk = main.page(PageId.CONVERSATION)
        assert isinstance(talk, ConversationPage)
        window.wait(lambda: any("Zweirad Meyer" in text for text in texts(talk)))

        main.show_page(PageId.PLAN)
        window.wait(lambda: radhaus.id in plan.vendors._rows)
        plan.vendors.box(radhaus.id).click()
        window.wait(plan.confirm.isEnabled)
        plan.confirm.click()
        window.wait(lambda: main.page_id is PageId.CAST)
        cast = main.page(PageId.CAST)
        assert isinstance(cast, CastPage)
        window.wait(lambda: any(RowDeed.OPEN_LETTER in part.deeds for part in cast.parts.values()))
        next(iter(cast.parts.values())).deeds[RowDeed.OPEN_LETTER].click()
        window.wait(lambda: main.page_id is PageId.LETTERS)
        letters = main.page(PageId.LETTERS)
        assert isinstance(letters, LettersPage)
        window.wait(lambda: any("Radhaus" in text for text in texts(letters)))
