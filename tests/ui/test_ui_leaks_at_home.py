"""Leaks, what is still held and documents in the real window over a real vault: noted, tied, cut off, asked, saved."""

import stat
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, cut_off, exercise_rights, letter_folders, reply_references
from vrm_desktop.services.exercise_rights import Asking
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.ui.pages.documents_card import DocumentsCard
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


def test_a_document_is_copied_out_of_the_file_byte_for_byte(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        data = bytes(range(256))

        async def begin() -> RelationshipId:
            works = await choose_vendors.add_organisation(means, "Stadtwerke", OrganisationKind.UTILITY)
            shelves = await letter_folders.shelves(means, "en")
            (key,) = await exercise_rights.ask(means, (works.id,), Asking(right=DataRight.ACCESS), shelves)
            await exercise_rights.attach(means, key, "answer.pdf", "application/pdf", data)
            return (await means.vault.write(lambda tx: file_of(tx, means, works.id))).id

        owner = window.do(begin())
        window.window.page(PageId.RELATIONSHIP)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(owner)
        card = window.window.findChild(DocumentsCard)
        assert card is not None
        window.wait(lambda: bool(card.which.key))
        assert card.which.currentText().startswith("answer.pdf")
        copy = tmp_path / "copy.pdf"
        card.take_file(str(copy))
        window.wait(copy.exists)
        window.settle()
        assert copy.read_bytes() == data
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        card.show_documents(())
        assert card.isHidden()
