"""Mails: the answers that came, to open; looked for in the folder, or handed in as files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.models.mails_view import MailLine, MailsView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.wording.catalogue import _


class MailsPage(Page):
    """`opened` carries a mail's id, `handed_in` the names of files; `fetched` asks for a look into the folder."""

    opened = Signal(str)
    handed_in = Signal(list)
    fetched = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Mails"), parent)
        self._reads = False
        self._lines: tuple[MailLine, ...] = ()
        self._dialog: QFileDialog | None = None
        self.account = Button(look, _("My mail account"), role=ButtonRole.QUIET, icon=Icon.SETTINGS)
        self.hand_in = Button(look, _("Read a saved mail…"), icon=Icon.UPLOAD)
        self.fetch = Button(look, _("Fetch mails now"), icon=Icon.REFRESH_CW)
        for button in (self.hand_in, self.fetch):
            self.buttons.addWidget(button)
        self.table = DataTable(look, _("Mails"), _columns())
        self._card = Card(look, margins=(1.5, 0.5))
        self._card.body.addWidget(self.table)
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._how = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._none = EmptyState(look, Icon.MAIL, "", _("My mail account"), Icon.SETTINGS)
        self.body.addWidget(self._card, 1)
        self.body.addWidget(self._none, 1)
        foot = row(look, gap=1.5)
        foot.addWidget(self._how, 1)
        foot.addStretch(0)
        foot.addWidget(self.account)
        self.body.addLayout(foot)
        self.table.row_opened.connect(self.opened)
        self.table.clicked.connect(lambda _index: self._open_chosen())
        self.fetch.clicked.connect(self._fetch)
        self.hand_in.clicked.connect(self._choose_files)
        self.account.clicked.connect(lambda: self.going.emit(PageId.MAIL_ACCOUNT))
        self._none.chosen.connect(self._fill)
        self.show_mails(MailsView(lines=(), reads=False))

    def show_mails(self, view: MailsView) -> None:
        """Show all of them, the newest first."""
        self._lines, self._reads = view.lines, view.reads
        self.table.show_rows([_row(one) for one in view.lines])
        self._card.setVisible(bool(view.lines))
        self._how.setText(_how(view))
        self._how.setVisible(bool(view.lines))
        self.account.setVisible(view.reads or bool(view.lines))
        self._none.setVisible(not view.lines)
        self._none.say(_none_read(view) if view.reads else _none_yet())
        self._none.button.setText(_("Fetch mails now") if view.reads else _("Set my mail account"))
        self._none.button.show_icon(Icon.REFRESH_CW if view.reads else Icon.SETTINGS)
        self.fetch.setVisible(view.reads and bool(view.lines))
        self.fetched_all()

    def fetched_all(self) -> None:
        """The look into the folder is over."""
        self.fetch.setEnabled(True)
        self._none.button.setEnabled(True)

    def first_field(self) -> QWidget | None:
        """The table, or the one button while it is empty."""
        return self.table if self._lines else self._none.button

    def _open_chosen(self) -> None:
        if self.table.chosen_id is not None:
            self.opened.emit(self.table.chosen_id)

    def _fill(self) -> None:
        if self._reads:
            self._fetch()
        else:
            self.going.emit(PageId.MAIL_ACCOUNT)

    def _fetch(self) -> None:
        self.fetch.setEnabled(False)
        self._none.button.setEnabled(False)
        self.fetched.emit()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, _("Read saved mails"), "", f"{_('Mails')} (*.eml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.handed_in)
        self._dialog = dialog
        dialog.open()


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="subject", title=_("Mail"), narrowest=16, widest=50, stretches=True),
        Column(key="whose", title=_("Whose answer"), narrowest=10, widest=34, stretches=True),
        Column(key="state", title=_("How it stands"), narrowest=12, widest=28),
        Column(key="day", title=_("Came"), narrowest=10, widest=20),
    )


def _row(line: MailLine) -> Row:
    return Row(
        id=line.id,
        cells=(
            Cell(main=line.subject, sub=line.sender, strong=True, order=line.subject.casefold()),
            Cell(main=line.whose, order=line.whose.casefold()),
            Cell(main=line.state, tone=line.tone, order=line.state),
            Cell(main=line.day, order=line.order),
        ),
    )


def _how(view: MailsView) -> str:
    if not view.reads:
        return _("No mail account is read. Save an answer in your mail program as a file, and read it in here.")
    return _(
        "Of your folder “{folder}”, only mails that answer you are taken. Nothing in your mailbox is ever changed, not "
        "even marked as read."
    ).format(folder=view.folder)


def _none_read(view: MailsView) -> str:
    return _("No answers yet. Your folder “{folder}” is only looked into while requests by mail are open.").format(
        folder=view.folder
    )


def _none_yet() -> str:
    return _(
        "No mails yet. Set your mail account, and answers to you are found in the one folder that you choose; or save "
        "an answer in your mail program as a file and read it in here."
    )
