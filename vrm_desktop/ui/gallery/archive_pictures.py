"""Pictures of taking everything along, bringing it back, and removing the vault."""

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery.picture import Picture
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.pages.archive_card import ArchiveCard
from vrm_desktop.ui.pages.archive_gate_page import ArchiveGatePage
from vrm_desktop.ui.pages.archive_wipe_card import WipeCard
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.scroller import Scroller
from vrm_desktop.ui.widgets.side_by_side import SideBySide

_FILE = "/media/sam/a stick with a long name/everything that I keep, " + "and more " * 20 + ".age"


def archive_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="archive-cards", make=_cards),
        Picture(name="archive-cards-open", make=lambda look: _cards(look, encrypted=False)),
        Picture(name="gate-import", make=_gate),
        Picture(name="gate-import-slip", make=lambda look: _gate(look, slip=True)),
    )


def _cards(look: Look, *, encrypted: bool = True) -> QWidget:
    archive, wipe = ArchiveCard(look), WipeCard(look)
    archive.encrypt.setChecked(encrypted)
    if not encrypted:
        archive.finish("Everything is written.", f"It was read back and compared: {_FILE}", Tone.GOOD)
        wipe.word.setText("wipe")
    inside = QWidget()
    column(look, inside, margins=3).addWidget(SideBySide(look, (archive, wipe)))
    whole = QWidget()
    column(look, whole).addWidget(Scroller(inside))
    return whole


def _gate(look: Look, *, slip: bool = False) -> QWidget:
    page = ArchiveGatePage(look, sets_aside=slip)
    if slip:
        page.show_file(_FILE, encrypted=True)
        page.show_slip("That passphrase does not open the archive. It is the one that was chosen for the archive.")
    window = MainWindow(look, {})
    window.show_gate(page)
    return window
