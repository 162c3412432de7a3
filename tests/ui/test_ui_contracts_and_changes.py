"""Contracts and changing once in the window: typed, priced, cancelled; a new address told to whoever holds the old."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.letters import DRAFT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import Probe
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, follow_changes, keep_contracts, keep_profile, write_letters
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.ui.gallery import contract_pictures
from vrm_desktop.ui.pages.change_page import ChangePage
from vrm_desktop.ui.pages.contracts_page import ContractsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look

TODAY = date(2026, 11, 22)


def works_know_the_address(window: RunningWindow) -> RelationshipId:
    """A utility without an endpoint got name and street by letter."""
    means = window.home.means

    async def work() -> RelationshipId:
        for path, value in ((FieldPath.NAME, "Ottilie Zwiebelfisch"), (FieldPath.STREET, "Querlenkerweg 1183")):
            await keep_profile.set_field(means, path, value)
        works = await choose_vendors.add_organisation(means, "Stadtwerke", OrganisationKind.UTILITY)
        owner = await means.vault.write(lambda tx: file_of(tx, means, works.id))
        until = means.clock.today() + timedelta(days=300)
        tells = tuple(replace(one, until=until) for one in DRAFT.tells)
        letter = replace(DRAFT, vendor=works.id, relationship=owner.id, dated=means.clock.today(), tells=tells)
        await write_letters.save(means, letter)
        await write_letters.hand_out(means, letter.id)
        await write_letters.sent(means, letter.id)
        return owner.id

    return window.do(work())


def test_a_contract_is_typed_priced_and_cancelled(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        owner = works_know_the_address(window)
        window.window.show_page(PageId.CONTRACTS)
        page = window.window.findChild(ContractsPage)
        assert page is not None
        window.wait(lambda: bool(page._view.vendors))
        page.add.click()
        page.form.keep.click()
        assert page.form._problem.isVisible()
        page.form.title.setText("Strom")
        page.form.months.setText("zwölf")
        page.form.keep.click()
        assert page.form.isVisible()
        page.form.months.setText("12")
        page.form.notice.setText("1")
        page.form.price.setText("29.90 EUR")
        page.form.keep.click()
        window.wait(lambda: len(page._view.lines) == 1 and not page.form.isVisible())
        page.details.edit.click()
        assert (page.form.title.text(), page.form.months.text(), page.form.renewal.key) == ("Strom", "12", "renews")
        assert not page.form.vendor.isEnabled()
        assert not page.form.price.isVisible()
        page.form.title.setText("Strom und Gas")
        page.form.renewal.choose("runs-on")
        page.form.keep.click()
        window.wait(lambda: page._view.lines[0].title == "Strom und Gas" and not page.form.isVisible())
        [corrected] = window.do(keep_contracts.contracts(window.home.means))
        assert (corrected.contract.renewal, corrected.contract.renews, corrected.contract.months) == ("runs-on", 0, 12)
        assert len(corrected.contract.prices) == 1
        page.add.click()
        assert (page.form.title.text(), page.form.vendor.isEnabled()) == ("", True)
        assert page.form.price.isVisible()
        page.form.close_it.click()
        page.details.price.setText("39.90 EUR")
        page.details.add_price.click()
        window.wait(lambda: "39.90" in page._view.lines[0].price)
        page.details.cancel.click()
        window.wait(lambda: page._view.lines[0].can_confirm)
        [letter, _] = window.do(write_letters.letters(window.home.means))
        assert letter.relationship == owner
        page.details.keep.click()
        window.wait(lambda: not page._view.lines[0].can_confirm)
        page.details.cancel.click()
        window.wait(lambda: page._view.lines[0].can_confirm)
        page.details.confirm.click()
        window.wait(lambda: not page._view.lines[0].can_keep)
        page.details.drop.click()
        window.wait(lambda: page._view.lines == ())
        assert window.do(keep_contracts.contracts(window.home.means)) == ()


def test_a_new_street_is_offered_told_taken_back_and_told_again(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        owner = works_know_the_address(window)
        window.window.show_page(PageId.CHANGE)
        page = window.window.findChild(ChangePage)
        assert page is not None
        window.wait(lambda: FieldPath.STREET.value in page.fields)
        page.fields[FieldPath.STREET.value].setText("Achsstand 2")
        page.ask.click()
        window.wait(lambda: len(page._rows) == 1)
        page._rows[0].choice.choose("leave")
        page._rows[0].chosen.emit()
        assert page.tell.text().strip() == "Change my profile"
        page._rows[0].choice.choose("tell")
        page._rows[0].chosen.emit()
        page.tell.click()
        window.wait(lambda: bool(page._view and page._view.changes))
        [view] = window.do(follow_changes.changes(window.home.means))
        page.undone.emit(view.change.id)
        window.wait(lambda: bool(page._view and page._view.plan.holders))
        page.tell.click()
        window.wait(lambda: bool(page._view and not page._view.plan.holders))
        later = window.do(follow_changes.changes(window.home.means))[0]
        page.confirmed.emit(later.change.id, owner)
        window.wait(lambda: bool(page._view and page._view.changes and page._view.changes[0].finished))


def test_a_change_of_the_profile_offers_to_tell_those_who_hold_what_was(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        works_know_the_address(window)
        window.do(keep_profile.set_field(window.home.means, FieldPath.STREET, "Achsstand 2"))
        window.bridge.notice({("profile", "all")})
        window.wait(lambda: window.window.messages.message is not None)
        said = window.window.messages.message
        assert said is not None
        assert said.text == "1 counterparty still has what was before."
        window.window.message_acted.emit(said.key)
        assert window.window.page_id is PageId.CHANGE
        page = window.window.findChild(ChangePage)
        assert page is not None
        window.wait(lambda: len(page._rows) == 1)
        assert page._order[0] == page._plan


def test_what_is_to_be_done_stands_on_top(look: Look, probe: Probe) -> None:
    page = ChangePage(look)
    probe.show(page, 960, 640)
    page.show_change(contract_pictures._CHANGE)
    for view, on_top in (
        (contract_pictures._CHANGE, page._plan),
        (contract_pictures._TRUE, page._so_far),
        (replace(contract_pictures._TRUE, changes=()), page._form),
    ):
        page.show_change(view)
        assert page._order[0] == on_top


def test_only_what_can_be_cancelled_this_month_is_shown_when_asked(look: Look, probe: Probe) -> None:
    page = ContractsPage(look)
    probe.show(page, 960, 640)
    page.show_contracts(contract_pictures._FEW, TODAY)
    assert len(list(page.table.shown_ids)) == 5
    page.this_month.click()
    assert list(page.table.shown_ids) == ["c3"]
