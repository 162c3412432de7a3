"""Leaks, what is still held and documents in the real window over a real vault: noted, tied, cut off, asked, saved."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, cut_off, reply_references
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.ui.pages.leak_card import LeakCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look


def test_a_leak_is_noted_in_the_file_and_contact_is_cut_off_for_it(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means

        async def begin() -> tuple[RelationshipId, str]:
            works = await choose_vendors.add_organisation(means, "Stadtwerke", OrganisationKind.UTILITY)
            await reply_references.set_sources(means, ("me+*@mail.example",))
            address = await means.vault.write(lambda tx: reply_references.draw(tx, means, works.id))
            return (await means.vault.write(lambda tx: file_of(tx, means, works.id))).id, address

        owner, address = window.do(begin())
        window.window.page(PageId.RELATIONSHIP)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(owner)
        window.settle()
        card = window.window.findChild(LeakCard)
        assert card is not None
        card.open.click()
        card.address.setText("nobody@else.example")
        card.report.click()
        window.wait(lambda: "to nobody here" in card._address_row.note)
        card.address.setText(address)
        card.what.setText("A casino wrote to me.")
        card.report.click()
        window.wait(card.off.isVisible)
        (leak,) = window.do(cut_off.leaks(means))
        assert (leak.address, leak.what, leak.cut_off) == (address, "A casino wrote to me.", None)
        card.off.click()
        card.off.click()
        window.wait(card.off.isHidden)
        (leak,) = window.do(cut_off.leaks(means))
        assert leak.cut_off is not None
