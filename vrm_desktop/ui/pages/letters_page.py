"""Letters: drafts to look at and change, handed out as a file or for the mail program, and told to have gone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QWidget

from vrm_desktop.ui.models.rights_view import LetterLine
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _

_LONGEST_BODY = 20_000
_LEAST_TEXT = 32  # steps of the grid: some ten lines, also where the page scrolls


class LettersPage(Page):
    """`changed` carries id, subject and body; `saved` id, form and file; the others an id."""

    changed = Signal(str, str, str)
    saved = Signal(str, str, str)
    mailed = Signal(str)
    sent = Signal(str)
    dropped = Signal(str)
    translated = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Letters"), parent)
        self._lines: tuple[LetterLine, ...] = ()
        self._shown = ""
        self._dialog: QFileDialog | None = None
        self.table = DataTable(look, _("Letters"), _columns())
        self.subject = QLineEdit()
        self.subject.setMaxLength(300)
        self.body_text = TextArea(look, _("Text"), most=_LONGEST_BODY, lines=14)
        self.keep = Button(look, _("Keep the changes"), icon=Icon.CHECK)
        self.pdf = Button(look, _("Save as PDF…"), icon=Icon.DOWNLOAD)
        self.eml = Button(look, _("Save as e-mail draft…"), icon=Icon.MAIL)
        self.mail = Button(look, _("Open in my mail program"), icon=Icon.EXTERNAL_LINK)
        self.went = Button(look, _("I have sent it"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self.drop = Button(look, _("I will not send it"), role=ButtonRole.QUIET, icon=Icon.X)
        self.mine = Button(look, _("What it says in my language"), role=ButtonRole.QUIET, icon=Icon.FILE_TEXT)
        self._back = Button(look, _("My rights"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self._state = Pill()
        self._address = PlainLabel(kind=LabelKind.MUTED, wrap=True, selectable=True)
        self._tells = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._other = PlainLabel(wrap=True, selectable=True, cap=_LONGEST_BODY)
        self._none = EmptyState(look, Icon.MAIL, _none_yet(), _("Ask an organisation"), Icon.PLUS)
        self._lay_out()
        self._connect()

    def show_letters(self, lines: tuple[LetterLine, ...]) -> None:
        """Show all of them, the newest first."""
        self._lines = lines
        self.table.show_rows([_row(one) for one in lines])
        self._both.setVisible(bool(lines))
        self._none.setVisible(not lines)
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._show_chosen()

    def choose(self, key: str) -> None:
        """Show this letter."""
        self.table.choose(key)
        self._show_chosen()

    def show_other(self, text: str) -> None:
        """What the letter says in the person's own language."""
        self._other.setText(text)
        self._other.setVisible(bool(text))

    def first_field(self) -> QWidget | None:
        """The table, or the one button while it is empty."""
        return self.table if self._lines else self._none.button

    @property
    def _chosen(self) -> LetterLine | None:
        key = self.table.chosen_id
        return next((one for one in self._lines if one.id == key), None)

    def _show_chosen(self) -> None:
        line = self._chosen
        if line is None:
            return
        if line.id != self._shown:
            self._shown = line.id
            self.show_other("")
        if self.subject.text() != line.subject:
            self.subject.setText(line.subject)
            self.subject.setCursorPosition(0)
        if self.body_text.words != line.body:
            self.body_text.setPlainText(line.body)
        self._state.setText(line.state)
        self._state.set_tone(line.tone)
        self._address.setText(line.head)
        self._tells.setText(_("It tells about you: {what}").format(what=line.tells) if line.tells else "")
        for field in (self.subject, self.body_text):
            field.setReadOnly(not line.editable)
        alive = line.editable or line.may_send
        for button, shown in (
            (self.pdf, alive),
            (self.eml, alive and line.mailable),
            (self.mail, alive and line.mailable),
            (self.went, line.may_send),
            (self.drop, alive),
            (self.mine, line.translatable),
        ):
            button.setVisible(shown)
        self._enable()

    def _enable(self) -> None:
        line = self._chosen
        differs = line is not None and (self.subject.text(), self.body_text.words) != (line.subject, line.body)
        self.keep.setVisible(line is not None and line.editable)
        self.keep.setEnabled(differs and bool(self.subject.text().strip() and self.body_text.words.strip()))
        for button in (self.pdf, self.eml, self.mail):
            button.setEnabled(not differs)

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._show_chosen)
        self.subject.textChanged.connect(self._enable)
        self.body_text.textChanged.connect(self._enable)
        self.keep.clicked.connect(
            lambda: self._with(
                lambda line: self.changed.emit(line.id, self.subject.text().strip(), self.body_text.words.strip())
            )
        )
        self.pdf.clicked.connect(lambda: self._with(lambda line: self._choose_file(line, "pdf")))
        self.eml.clicked.connect(lambda: self._with(lambda line: self._choose_file(line, "eml")))
        self.mail.clicked.connect(lambda: self._with(lambda line: self.mailed.emit(line.id)))
        self.went.clicked.connect(lambda: self._with(lambda line: self.sent.emit(line.id)))
        self.drop.clicked.connect(lambda: self._with(lambda line: self.dropped.emit(line.id)))
        self.mine.clicked.connect(lambda: self._with(lambda line: self.translated.emit(line.id)))
        self._none.chosen.connect(lambda: self.going.emit(PageId.RIGHTS_ASK))
        self._back.clicked.connect(lambda: self.going.emit(PageId.RIGHTS))

    def _with(self, act: Callable[[LetterLine], None]) -> None:
        line = self._chosen
        if line is not None:
            act(line)

    def _choose_file(self, line: LetterLine, form: str) -> None:
        dialog = QFileDialog(self, _("Save this letter"), f"{_('letter')}.{form}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.saved.emit(line.id, form, path))
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        listed = Card(look, margins=(1.5, 0.5))
        listed.body.addWidget(self.table)
        listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        paper = Card(look, gap=1.25)
        top = row(look, gap=1.5)
        top.addWidget(self._address, 1)
        top.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        paper.body.addLayout(top)
        paper.body.addWidget(FormRow(look, _("Subject"), self.subject))
        text = FormRow(look, _("Text"), self.body_text)
        text.setMinimumHeight(look.steps(_LEAST_TEXT))
        paper.body.addWidget(text)
        paper.body.addWidget(self._tells)
        acts = Flow(look)
        for button in (self.keep, self.went, self.pdf, self.eml, self.mail, self.mine, self.drop):
            acts.addWidget(button)
        paper.body.addLayout(acts)
        paper.body.addWidget(self._other)
        paper.body.addStretch(1)
        self._other.hide()
        self._both = SideBySide(look, (listed, paper))
        self.body.addWidget(self._both, 1)
        self.body.addWidget(self._none, 1)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="subject", title=_("Letter"), narrowest=20, widest=40, stretches=True),
        Column(key="state", title=_("How it stands"), narrowest=14, widest=30),
    )


def _row(line: LetterLine) -> Row:
    return Row(
        id=line.id,
        cells=(
            Cell(main=line.subject, sub=f"{line.to} · {line.about} · {line.day}", strong=True, order=line.day_order),
            Cell(main=line.state, tone=line.tone, order=line.state),
        ),
    )


def _none_yet() -> str:
    return _("No letters yet. Whatever an organisation can only get on paper or by e-mail is drafted here.")
