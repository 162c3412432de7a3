"""One case: what was said on either side, what is wanted, the law as a hint, and what can be done now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.ui.models.claims_view import CasePageView, TurnLine
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _

LONGEST = 4000
_NO = {"accept": "refuse", "resolved": "unresolved"}
"""What says the opposite of the move that comes next, and stands beside it."""


class CasePage(Page):
    """`moved` carries a move (`accept`, `go-on`, `resolved` …) and the words typed; `attached` a file's name."""

    moved = Signal(str, str)
    attached = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("A case"), parent)
        self._view: CasePageView | None = None
        self._dialog: QFileDialog | None = None
        self._back = Button(look, _("Back to the file"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self._state = Pill()
        self._notice = Notice(look)
        self._turns = QWidget()
        self._turn_lines = column(look, self._turns, gap=1.25)
        self._facts = KeyValues(look)
        self._hints = PlainLabel(kind=LabelKind.CAPTION, wrap=True, selectable=True)
        self._documents = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self.attach = Button(look, _("Add a document…"), icon=Icon.PLUS)
        self.words = TextArea(look, _("In your words"), most=LONGEST)
        self._words_row = FormRow(look, _("In your words"), self.words, _("Goes with what you choose next."))
        self.moves = {key: Button(look, words, role=ButtonRole.QUIET) for key, words in _moves()}
        self._first, self._rest = row(look, gap=1), Flow(look, gap=0.5)
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIP))
        self.attach.clicked.connect(self._choose)
        for key, button in self.moves.items():
            button.clicked.connect(lambda _checked=False, move=key: self._move(move))
        self.words.textChanged.connect(self._enable)

    @property
    def case_id(self) -> str | None:
        """Which case is shown."""
        return self._view.id if self._view else None

    def show_case(self, view: CasePageView) -> None:
        """Show all of it. What is being written stays, unless it is another case."""
        if self.case_id not in (None, view.id):
            self.words.clear()
        before, self._view = self._view, view
        self.show_title(view.title, view.subtitle)
        self._state.setText(view.standing)
        self._state.set_tone(view.tone)
        if view.notice:
            self._notice.say(view.notice, "", Tone.CAUTION)
        else:
            self._notice.hide()
        self._facts.show_facts([Fact(label=label, value=value) for label, value in view.facts])
        law = (*view.hints, _("These periods are a hint, no advice.")) if view.hints else ()
        self._hints.setText("\n".join(law))
        self._hints.setVisible(bool(law))
        self._documents.setText("\n".join(view.documents) or _("No documents yet. They stay here with the case."))
        if before is None or before.turns != view.turns:
            self._show_turns(view.turns)
        self._order_moves(view)
        self._words_row.setVisible(bool(view.may))
        self._enable()

    def sent(self) -> None:
        """It is said: begin anew."""
        self.words.clear()

    def take_file(self, path: str) -> None:
        """The document that was chosen."""
        self.attached.emit(path)

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _order_moves(self, view: CasePageView) -> None:
        """What comes next stands out and comes first, for the eye and the keyboard, with its no; the rest is quiet."""
        for layout in (self._first, self._rest):
            while layout.takeAt(0) is not None:
                pass
        roles = {view.main: ButtonRole.PRIMARY, _NO.get(view.main, ""): ButtonRole.SECONDARY}
        before: QWidget = self.words
        for key in sorted(self.moves, key=lambda one: [*roles].index(one) if one in roles else len(roles)):
            button = self.moves[key]
            button.take_role(roles.get(key, ButtonRole.QUIET))
            (self._first if key in roles else self._rest).addWidget(button)
            button.setVisible(key in view.may)
            QWidget.setTabOrder(before, button)
            before = button
        self._first.addStretch(1)

    def _show_turns(self, turns: tuple[TurnLine, ...]) -> None:
        with rebuilding(self._turns):
            while (item := self._turn_lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for number, turn in enumerate(turns):
                if number:
                    self._turn_lines.addWidget(Rule())
                self._turn_lines.addWidget(self._turn(turn))

    def _turn(self, turn: TurnLine) -> QWidget:
        made = QWidget()
        lines = column(self.look, made, gap=0.5)
        head = row(self.look, gap=1.5)
        head.addWidget(PlainLabel(turn.told, kind=LabelKind.STRONG, wrap=True), 1)
        head.addWidget(PlainLabel(turn.when, kind=LabelKind.CAPTION))
        lines.addLayout(head)
        if turn.words:
            lines.addWidget(PlainLabel(turn.words, wrap=True, selectable=True))
        if turn.warning:
            lines.addWidget(PlainLabel(turn.warning, kind=LabelKind.ERROR, wrap=True))
        return made

    def _enable(self) -> None:
        self.moves["go-on"].setEnabled(bool(self.words.words.strip()))
        self.moves["note"].setEnabled(bool(self.words.words.strip()))

    def _move(self, move: str) -> None:
        self.moved.emit(move, self.words.words.strip())

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("A document for this case"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        said = Card(look, _("What was said"), gap=1.25)
        said.body.addWidget(self._turns)
        said.body.addWidget(self._words_row)
        said.body.addLayout(self._first)
        said.body.addLayout(self._rest)
        said.body.addStretch(1)
        beside = Card(look, _("How it stands"), gap=1.25)
        head = row(look, gap=1)
        head.addWidget(self._state)
        head.addStretch(1)
        beside.body.addLayout(head)
        beside.body.addWidget(self._facts)
        beside.body.addWidget(self._hints)
        beside.body.addWidget(PlainLabel(_("Documents"), kind=LabelKind.OVERLINE))
        beside.body.addWidget(self._documents)
        foot = row(look, gap=1)
        foot.addWidget(self.attach)
        foot.addStretch(1)
        beside.body.addLayout(foot)
        beside.body.addStretch(1)
        self.body.addWidget(self._notice)
        self.body.addWidget(SideBySide(look, (said, beside), stacked_below=90))
        self.body.addStretch(1)


def _moves() -> tuple[tuple[str, str], ...]:
    return (
        ("accept", _("Accept the proposal")),
        ("refuse", _("Refuse it")),
        ("go-on", _("Remind them")),
        ("note", _("Note what they answered")),
        ("resolved", _("It is resolved")),
        ("unresolved", _("It is not resolved")),
        ("withdraw", _("Take it back")),
    )
