"""My profile: what I keep about myself, how each thing may leave, and who has it. A vCard can be dropped on it."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.models.profile_view import FieldRow, ProfileView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.profile_field import FieldCard
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.wording.catalogue import _, ngettext

_CARD_ENDINGS = (".vcf", ".vcard")


class ProfilePage(Page):
    """`import_requested` carries a file's path; `saved` (key, value, share); `removed` and `copy_requested` a text."""

    import_requested = Signal(str)
    saved = Signal(str, str, str)
    removed = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("My profile"), parent)
        self._view = ProfileView(rows=(), shares=())
        self.take = Button(look, _("Import a vCard…"), role=ButtonRole.PRIMARY, icon=Icon.UPLOAD)
        self.change = Button(look, _("Change once…"), icon=Icon.USERS)
        self._problem = Notice(look)
        self._first = Notice(look)
        self.filled_only = FilterChip(look, _("Only what is filled in"))
        self.table = DataTable(look, _("My profile"), _columns())
        self.field = FieldCard(look)
        self._dialog: QFileDialog | None = None
        self.setAcceptDrops(True)
        self._lay_out()
        self.take.clicked.connect(self._choose_file)
        self.change.clicked.connect(lambda: self.going.emit(PageId.CHANGE))
        self.filled_only.toggled.connect(self._filter)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(self._begin)
        self.field.saved.connect(self.saved)
        self.field.removed.connect(self.removed)
        self.field.copy_requested.connect(self.copy_requested)
        self.field.hide()

    def show_profile(self, view: ProfileView) -> None:
        """Show all of it. The chosen field stays, and what is being typed into it."""
        self._view = view
        told = ngettext("{count} field, kept encrypted.", "{count} fields, kept encrypted.", view.filled)
        self.show_title(_("My profile"), told.format(count=view.filled) if view.filled else "")
        self.change.setVisible(bool(view.filled))
        self.take.take_role(ButtonRole.SECONDARY if view.filled else ButtonRole.PRIMARY)
        if view.filled:
            self._first.hide()
        else:
            self._first.say(_("Your profile is empty."), _first_words())
        self.table.show_rows([_row(one) for one in view.rows])
        self._filter()

    def show_problem(self, title: str, words: str = "") -> None:
        """Say why a file was not taken, or take the notice away when `title` is empty."""
        if title:
            self._problem.say(title, words, Tone.BAD)
        else:
            self._problem.hide()

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file that is a vCard by its name; what is in it is checked when it is read."""
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the file to be imported."""
        file = _dropped(event.mimeData().urls())
        if file is not None:
            event.acceptProposedAction()
            self.import_requested.emit(str(file))

    def _begin(self) -> None:
        self.field.begin()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Import a vCard"), "", _("vCards (*.vcf *.vcard)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_requested)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _filter(self) -> None:
        filled = self.filled_only.isChecked()
        kept = {one.key for one in self._view.rows if one.id or not filled}
        self.table.keep(lambda shown: shown.id in kept)
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.table.chosen_id
        field = next((one for one in self._view.rows if one.key == chosen), None)
        self.field.setVisible(field is not None)
        if field is not None:
            self.field.show_field(field, self._view.shares)

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self.change)
        self.buttons.addWidget(self.take)
        bar = row(look, gap=2)
        bar.addWidget(self.filled_only)
        bar.addStretch(1)
        surface = Card(look, margins=(1.5, 0.5))
        surface.body.addWidget(self.table)
        surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._first)
        self.body.addLayout(bar)
        self.body.addWidget(surface, 1)
        self.body.addWidget(self.field)


def _dropped(urls: list[QUrl]) -> Path | None:
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.suffix.lower() in _CARD_ENDINGS else None


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="what", title=_("What"), narrowest=18, widest=28),
        Column(key="value", title=_("As I keep it"), narrowest=22, widest=60, stretches=True),
        Column(key="share", title=_("May be told"), narrowest=13, widest=18),
        Column(key="coarse", title=_("In part"), narrowest=12, widest=20),
        Column(key="known", title=_("Who has it"), narrowest=16, widest=30),
    )


def _row(field: FieldRow) -> Row:
    known = ", ".join(field.known_to)
    if len(field.known_to) > 1:
        known = ngettext("{count} vendor", "{count} vendors", len(field.known_to)).format(count=len(field.known_to))
    share = Cell(main=field.share_words, tone=field.share_tone, order=field.share_words) if field.id else Cell(main="")
    return Row(
        id=field.key,
        cells=(
            Cell(main=field.label, sub=field.section, strong=bool(field.id), order=field.label.casefold()),
            Cell(main=field.value if field.id else _("not filled in"), order=field.value.casefold() or None),
            share,
            Cell(main=field.coarse if field.id else "", order=field.coarse or None),
            Cell(main=known or (_("nobody") if field.id else ""), order=len(field.known_to)),
        ),
    )


def _first_words() -> str:
    return _(
        "Import a vCard, drop one here, or fill in what you like. "
        "Nothing of it leaves before you have confirmed a plan."
    )
