"""The typed line: what was understood as chips, what is not clear as questions with ready answers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.compose_view import ChipView, QuestionView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FactChip
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.plain_text import tip
from vrm_desktop.wording.catalogue import _

_LONGEST_LINE = 300


class ComposeLine(Card):
    """`typed` on every change; `chip_chosen`, `chip_removed` carry a key.

    `answered` carries a question's key and which of its ready answers, `left_unsaid` the key alone.
    """

    typed = Signal(str)
    chip_chosen = Signal(str)
    chip_removed = Signal(str)
    answered = Signal(str, int)
    left_unsaid = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.5, parent=parent)
        self._look = look
        self._chips_shown: tuple[ChipView, ...] = ()
        self._questions_shown: tuple[QuestionView, ...] = ()
        self.edit = QLineEdit()
        self.edit.setMaxLength(_LONGEST_LINE)
        self.edit.setClearButtonEnabled(False)
        self.edit.setPlaceholderText(_("used 54 cm road bike, under 800 EUR, Cologne, by Friday"))
        self._chips_box = QWidget()
        inside = column(look, self._chips_box, gap=0.75)
        inside.addWidget(PlainLabel(_("Understood"), kind=LabelKind.OVERLINE))
        self._chips = Flow(look)
        inside.addLayout(self._chips)
        self._questions_box = QWidget()
        self._questions = column(look, self._questions_box, gap=1)
        self.body.addWidget(FormRow(look, _("In one line"), self.edit, _("In your own words, English or German.")))
        self.body.addWidget(self._chips_box)
        self.body.addWidget(self._questions_box)
        self.edit.textEdited.connect(self.typed)
        self.show_chips(())
        self.show_questions(())

    def show_chips(self, chips: Sequence[ChipView]) -> None:
        """Show what was understood; the same chips stay the same buttons."""
        if tuple(chips) == self._chips_shown and self._chips.count():
            return
        self._chips_shown = tuple(chips)
        with rebuilding(self._chips_box):
            self._fill_chips()
        self._chips_box.setVisible(bool(chips))

    def _fill_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            _drop(item.widget())
        for chip in self._chips_shown:
            button = FactChip(self._look, chip.text)
            button.setToolTip(tip(_("From “{words}”. Delete takes it away.").format(words=chip.source)))
            button.setAccessibleDescription(_("from “{words}”").format(words=chip.source))
            button.clicked.connect(lambda _on=False, key=chip.key: self.chip_chosen.emit(key))
            button.removed.connect(lambda key=chip.key: self.chip_removed.emit(key))
            self._chips.addWidget(button)

    def show_questions(self, questions: Sequence[QuestionView]) -> None:
        """Show what is asked back."""
        if tuple(questions) == self._questions_shown:
            self._questions_box.setVisible(bool(questions))
            return
        self._questions_shown = tuple(questions)
        with rebuilding(self._questions_box):
            while (item := self._questions.takeAt(0)) is not None:
                _drop(item.widget())
            for question in questions:
                self._questions.addWidget(self._asked(question))
        self._questions_box.setVisible(bool(questions))

    def _asked(self, question: QuestionView) -> QWidget:
        whole = QWidget()
        lines = column(self._look, whole, gap=0.75)
        head = row(self._look, gap=1)
        mark = PlainLabel()
        mark.setPixmap(
            self._look.pixmap(Icon.CIRCLE_HELP, "caution", self._look.metrics.icon, self.devicePixelRatioF())
        )
        head.addWidget(mark)
        head.addWidget(PlainLabel(question.text, kind=LabelKind.STRONG, wrap=True, cap=200), 1)
        lines.addLayout(head)
        if question.answers or question.can_leave:
            answers = Flow(self._look)
            for at, words in enumerate(question.answers):
                button = Button(self._look, words)
                button.setAccessibleDescription(question.text)
                button.clicked.connect(lambda _on=False, key=question.key, one=at: self.answered.emit(key, one))
                answers.addWidget(button)
            if question.can_leave:
                leave = Button(self._look, _("Leave it unsaid"), role=ButtonRole.QUIET)
                leave.setAccessibleDescription(question.text)
                leave.clicked.connect(lambda _on=False, key=question.key: self.left_unsaid.emit(key))
                answers.addWidget(leave)
            lines.addLayout(answers)
        return whole


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
