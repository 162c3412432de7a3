"""What I want: every want with where it stands and the next thing to do, and one of them in full."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.models.wants_view import WantsView, WantView
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.pages.want_details import WantDetails
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _, ngettext


class WantsPage(Page):
    """`step_requested`, `edit_requested`, `take_back_requested`, `put_away_requested` carry the id of a want.

    `shared` carries an id and the file it shall be written to; `handed_over` a file that a friend gave.
    """

    new_requested = Signal()
    file_wanted = Signal()
    step_requested = Signal(str)
    edit_requested = Signal(str)
    take_back_requested = Signal(str)
    put_away_requested = Signal(str)
    away_requested = Signal(bool)
    shared = Signal(str, str)
    handed_over = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What I want"), parent)
        self._view = WantsView()
        self.new = Button(look, _("New want"), role=ButtonRole.PRIMARY, icon=Icon.PLUS)
        self.away = Button(look, "", role=ButtonRole.QUIET, icon=Icon.HISTORY)
        self.away.setCheckable(True)
        self.take = Button(look, _("From a friend…"), role=ButtonRole.QUIET, icon=Icon.FILE_TEXT)
        self.file = Button(look, _("Open a file…"), role=ButtonRole.QUIET, icon=Icon.DOWNLOAD)
        self._dialog: QFileDialog | None = None
        self.table = DataTable(look, _("What I want"), _columns())
        self.details = WantDetails(look)
        self._empty = EmptyState(look, Icon.RADIO, _nothing_yet(), _("Say what you want"), Icon.PLUS)
        self._states = QStackedWidget()
        self._lay_out(look)
        self.new.clicked.connect(self.new_requested)
        self._empty.chosen.connect(self.new_requested)
        self.away.clicked.connect(self.away_requested)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(self.step_requested)
        self.details.step_requested.connect(self.step_requested)
        self.details.edit_requested.connect(self.edit_requested)
        self.details.take_back_requested.connect(self.take_back_requested)
        self.details.put_away_requested.connect(self.put_away_requested)
        self.details.share_requested.connect(self._share)
        self.take.clicked.connect(self._take)
        self.file.clicked.connect(self.file_wanted)
        self.show_wants(self._view)

    def show_wants(self, view: WantsView) -> None:
        """Show all of it; the chosen want stays chosen."""
        self._view = view
        self.table.show_rows([_row(want) for want in view.wants])
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._show_chosen()
        self.away.setChecked(view.with_away)
        self.away.setText(
            _("Hide what was put away")
            if view.with_away
            else ngettext("Show {count} put away", "Show {count} put away", view.away).format(count=view.away)
        )
        self.away.setVisible(bool(view.away))
        self.new.setVisible(bool(view.wants))
        self._states.setCurrentWidget(self._full if view.wants else self._empty)

    def choose(self, want_id: str) -> None:
        """Choose a want of the list."""
        self.table.choose(want_id)
        self._show_chosen()

    def take_file(self, path: str) -> None:
        """The file that was chosen: what a friend wants."""
        self.handed_over.emit(path)

    def first_field(self) -> QWidget:
        """The list, or the one button when it is empty."""
        return self.table if self._view.wants else self._empty.button

    def _share(self, want_id: str) -> None:
        dialog = QFileDialog(self, _("Save what you want for a friend"), _("want.intentcast"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda file: self.shared.emit(want_id, file))
        self._ask(dialog)

    def _take(self) -> None:
        dialog = QFileDialog(self, _("What a friend wants"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Wants (*.intentcast *.json)")])
        dialog.fileSelected.connect(self.take_file)
        self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _show_chosen(self) -> None:
        chosen = next((want for want in self._view.wants if want.id == self.table.chosen_id), None)
        self.details.setVisible(chosen is not None)
        if chosen is not None:
            self.details.show_want(chosen)

    def _lay_out(self, look: Look) -> None:
        self.buttons.addWidget(self.away)
        self.buttons.addWidget(self.take)
        self.buttons.addWidget(self.new)
        surface = Card(look, margins=(1.5, 0.5))
        surface.body.addWidget(self.table)
        surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._full = QWidget()
        parts = column(look, self._full, gap=1.5)
        parts.addWidget(surface, 1)
        parts.addWidget(self.details)
        self._states.addWidget(self._full)
        self._states.addWidget(self._empty)
        self.body.addWidget(self._states, 1)
        handing = row(look, gap=1)
        handing.addWidget(self.file)
        handing.addWidget(PlainLabel(_file_words(), kind=LabelKind.CAPTION, wrap=True), 1)
        self.body.addLayout(handing)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="title", title=_("What"), narrowest=20, widest=48, stretches=True),
        Column(key="state", title=_("How it stands"), narrowest=17.5, widest=26),
        Column(key="offers", title=_("Offers"), narrowest=8, widest=10, right=True),
        Column(key="next", title=_("Next"), narrowest=20, widest=32),
        Column(key="made", title=_("Since"), narrowest=17, widest=18),
    )


def _row(want: WantView) -> Row:
    return Row(
        id=want.id,
        cells=(
            Cell(main=want.title, sub=want.about, strong=True, order=want.title.casefold()),
            Cell(main=want.state, tone=want.tone, order=want.state),
            Cell(main=str(want.offers) if want.offers else "–", order=want.offers),
            Cell(main=want.step_words, order=want.step_words),
            Cell(main=want.made, order=want.made_order),
        ),
    )


def _file_words() -> str:
    return _("A saved page of a shop, or a mail. You can drop it on this window, too (Ctrl+O).")


def _nothing_yet() -> str:
    return _(
        "Say what you want, and vendors answer on your conditions.\n"
        "For example: “used 54 cm road bike, under 800 EUR, Cologne, by Friday”"
    )
