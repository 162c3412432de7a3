"""My rights: every data request with its clocks, what came of it, and the next step in one click."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.domain.rights import Demand, RequestEvent
from vrm_desktop.ui.models.rights_view import AuthorityView, RequestLine, RightsView
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
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.story import Story
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.rights import demand_label

_DEMAND = "demand:"
_EVENT_CHARACTERS = 18  # of the select, at the least


class RightsPage(Page):
    """`stepped` carries a request's id and which act; `answered` id, word and text; `attached` id and a file.

    `letter_opened` and `file_opened` carry ids; `withdrawn` the request's. `complained` carries a request's id and an
    authority's; `authorities_wanted` a request's.
    """

    stepped = Signal(str, str)
    answered = Signal(str, str, str)
    attached = Signal(str, str)
    letter_opened = Signal(str)
    file_opened = Signal(str)
    withdrawn = Signal(str)
    complained = Signal(str, str)
    authorities_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("My rights"), parent)
        self._view = RightsView(lines=())
        self._dialog: QFileDialog | None = None
        self.ask = Button(look, _("Ask an organisation"), role=ButtonRole.PRIMARY, icon=Icon.PLUS)
        self.letters = Button(look, _("Letters"), icon=Icon.MAIL)
        self.table = DataTable(look, _("My requests"), _columns())
        self._what = ElidedLabel(kind=LabelKind.HEADING)
        self._state = Pill()
        self._next = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._clocks = PlainLabel(kind=LabelKind.MUTED, wrap=True, selectable=True)
        self._story = Story(look)
        self.authority = Select(look)
        self.whom = FormRow(look, _("To which authority"), self.authority)
        self._authorities: AuthorityView | None = None
        self.step = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.FILE_PEN)
        self.letter = Button(look, _("Its newest letter"), icon=Icon.MAIL)
        self.file = Button(look, _("The organisation's file"), icon=Icon.HANDSHAKE)
        self.attach = Button(look, _("Attach a file…"), icon=Icon.UPLOAD)
        self.withdraw = Button(look, _("Let this request go"), role=ButtonRole.QUIET, icon=Icon.X)
        self.word = Select(look, _words(), name=_("What the organisation did"))
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("What it said, in short"))
        self.text.setAccessibleName(_("What it said"))
        self.text.setMaxLength(2000)
        self.note = Button(look, _("Note this"), icon=Icon.CHECK)
        self._answer = QWidget()
        self._details = Card(look, gap=1.25, margins=(2.5, 2))
        self._none = EmptyState(look, Icon.SCALE, _none_yet(), _("Ask an organisation"), Icon.PLUS)
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()
        self._details.hide()

    def show_rights(self, view: RightsView) -> None:
        """Show all requests. The chosen one, and what is being written, stay."""
        self._view = view
        self.show_title(_("My rights"), view.summary)
        self.table.show_rows([_row(one) for one in view.lines])
        self._states.setCurrentWidget(self._surface if view.lines else self._none)
        self.ask.setVisible(bool(view.lines))
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._show_chosen()

    def choose(self, key: str) -> None:
        """Show this request's details."""
        self.table.choose(key)
        self._show_chosen()

    def noted(self) -> None:
        """The answer is noted: begin anew."""
        self.text.clear()

    def first_field(self) -> QWidget | None:
        """The table, or the one button while it is empty."""
        return self.table if self._view.lines else self._none.button

    @property
    def _chosen(self) -> RequestLine | None:
        key = self.table.chosen_id
        return next((one for one in self._view.lines if one.id == key), None)

    def _show_chosen(self) -> None:
        line = self._chosen
        self._details.setVisible(line is not None)
        if line is None:
            return
        self._what.setText(f"{line.vendor}: {line.what} ({line.reference})")
        self._state.setText(line.state)
        self._state.set_tone(line.tone)
        self._next.setText(line.next)
        self._clocks.setText("\n".join(line.clocks))
        self._clocks.setVisible(bool(line.clocks))
        self._story.show_story(line.story)
        self._story.setVisible(bool(line.story))
        self.step.setText(line.act_words)
        self.step.setVisible(bool(line.act))
        self.letter.setVisible(bool(line.letter) and line.act != "open-letter")
        self._answer.setVisible(line.answerable)
        self.attach.setVisible(line.answerable)
        self.withdraw.setVisible(line.open)
        if line.complains:
            self.authorities_wanted.emit(line.id)
        self._enable()

    def show_authorities(self, view: AuthorityView) -> None:
        """Who may take the complaint. What the person chose stays while the same are there."""
        fresh = self._authorities is None or self._authorities.request != view.request
        self._authorities = view
        self.authority.offer(view.options)
        if fresh:
            self.authority.choose(view.chosen)
        self.whom.show_hint(view.why)
        self._enable()

    def _enable(self) -> None:
        """A complaint needs somebody to go to. Without any list it says so when it is tried."""
        line, view = self._chosen, self._authorities
        complains = line is not None and line.complains
        there = view if complains and view is not None and line is not None and view.request == line.id else None
        self.whom.setVisible(there is not None and bool(there.options))
        self.step.setEnabled(not complains or (there is not None and (not there.options or bool(self.authority.key))))

    def _connect(self) -> None:
        self.ask.clicked.connect(lambda: self.going.emit(PageId.RIGHTS_ASK))
        self._none.chosen.connect(lambda: self.going.emit(PageId.RIGHTS_ASK))
        self.letters.clicked.connect(lambda: self.going.emit(PageId.LETTERS))
        self.table.row_chosen.connect(self._show_chosen)
        self.step.clicked.connect(self._step)
        self.authority.chosen.connect(self._enable)
        self.letter.clicked.connect(lambda: self._with(lambda line: self.letter_opened.emit(line.letter)))
        self.file.clicked.connect(lambda: self._with(lambda line: self.file_opened.emit(line.file)))
        self.withdraw.clicked.connect(lambda: self._with(lambda line: self.withdrawn.emit(line.id)))
        self.note.clicked.connect(self._note)
        self.text.returnPressed.connect(self._note)
        self.attach.clicked.connect(self._choose_file)

    def _with(self, act: Callable[[RequestLine], None]) -> None:
        line = self._chosen
        if line is not None:
            act(line)

    def _step(self) -> None:
        line = self._chosen
        if line is None:
            return
        if line.act == "open-letter":
            self.letter_opened.emit(line.letter)
        elif line.complains:
            self.complained.emit(line.id, "" if self.whom.isHidden() else self.authority.key)
        else:
            self.stepped.emit(line.id, line.act)

    def _note(self) -> None:
        self._with(lambda line: self.answered.emit(line.id, self.word.key, self.text.text().strip()))

    def _choose_file(self) -> None:
        line = self._chosen
        if line is None:
            return
        dialog = QFileDialog(self, _("Attach a file to this request"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.attached.emit(line.id, path))
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self.letters)
        self.buttons.addWidget(self.ask)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        head = row(look, gap=1.5)
        head.addWidget(self._what)
        head.addWidget(self._state)
        head.addStretch(1)
        acts = Flow(look)
        for button in (self.step, self.letter, self.attach, self.file, self.withdraw):
            acts.addWidget(button)
        self.word.setMinimumContentsLength(_EVENT_CHARACTERS)
        answer = row(look, self._answer, gap=1.5)
        answer.addWidget(self.word, 2)
        answer.addWidget(self.text, 3)
        answer.addWidget(self.note)
        self._details.body.addLayout(head)
        self._details.body.addWidget(self._next)
        self._details.body.addWidget(self._clocks)
        self._details.body.addWidget(self.whom)
        self._details.body.addLayout(acts)
        self._details.body.addWidget(self._answer)
        self._details.body.addWidget(self._story)
        self._states.addWidget(self._surface)
        self._states.addWidget(self._none)
        self.body.addWidget(self._states, 1)
        self.body.addWidget(self._details)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="vendor", title=_("Whom you asked"), narrowest=18, widest=34, stretches=True),
        Column(key="state", title=_("How it stands"), narrowest=16, widest=28),
        Column(key="due", title=_("By"), narrowest=14, widest=20),
        Column(key="next", title=_("Next step"), narrowest=18, widest=34),
    )


def _row(line: RequestLine) -> Row:
    return Row(
        id=line.id,
        cells=(
            Cell(main=line.vendor, sub=line.what, strong=True, order=line.vendor.casefold()),
            Cell(main=line.state, tone=line.tone, order=line.state),
            Cell(main=line.due, order=line.due_order),
            Cell(main=line.next, order=line.next),
        ),
    )


def _words() -> tuple[tuple[str, str], ...]:
    return (
        (RequestEvent.ACKNOWLEDGED.value, _("It confirmed having the request")),
        (RequestEvent.FULFILLED.value, _("It did what I asked")),
        (RequestEvent.PARTLY.value, _("It did a part of it")),
        (RequestEvent.REFUSED.value, _("It refused")),
        (RequestEvent.EXTENDED.value, _("It needs more time")),
        *((f"{_DEMAND}{one.value}", _("It asks for: {what}").format(what=demand_label(one))) for one in Demand),
    )


def _none_yet() -> str:
    return _("Every organisation must tell you what it holds about you, correct it, erase it. Ask one.")
