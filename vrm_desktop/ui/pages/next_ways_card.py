"""The next best ways, where nobody can be asked or nobody answered: what each would tell, and a button for it.

Never here: doing it (controllers/next_ways_desk).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.ui.models.next_ways_view import NextStep, NextWaysView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.wording.catalogue import _

_ICONS = {
    NextKind.ASK: Icon.SEND,
    NextKind.USE_PRICE: Icon.RECEIPT,
    NextKind.LOOK: Icon.COPY,
    NextKind.DISCOVER: Icon.SEARCH,
    NextKind.WRITE: Icon.FILE_PEN,
    NextKind.CHOOSE_FROM_LIST: Icon.BOOK_USER,
    NextKind.ADD: Icon.PLUS,
}


class _Step(QWidget):
    """One way on."""

    def __init__(self, look: Look, step: NextStep, *, first: bool) -> None:
        super().__init__()
        self.step = step
        role = ButtonRole.PRIMARY if first else ButtonRole.SECONDARY
        self.button = Button(look, step.action, role=role, icon=_ICONS[step.kind])
        self.button.setAccessibleDescription(" ".join(filter(None, (step.words, step.told))))
        words = column(look, gap=0.25)
        words.addWidget(PlainLabel(step.words, kind=LabelKind.STRONG, wrap=True, cap=300))
        if step.told:
            words.addWidget(PlainLabel(step.told, kind=LabelKind.CAPTION, wrap=True, cap=600))
        line: QBoxLayout = row(look, self, gap=2, margins=(0, 0.5))
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)


class NextWaysCard(Card):
    """Hidden until there is a way on to show. `chosen` carries the `NextStep` whose button was pressed."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, parent=parent)
        self._look = look
        self._view = NextWaysView()
        self._because = PlainLabel(kind=LabelKind.HEADING, wrap=True)
        self._lines = column(look, gap=1)
        self.rows: tuple[_Step, ...] = ()
        self.body.addWidget(self._because)
        self.body.addLayout(self._lines)
        self.hide()

    def show_ways(self, view: NextWaysView) -> None:
        """Show these; the same ways stay the same buttons."""
        if view != self._view:
            self._view = view
            self._because.setText(view.because)
            with rebuilding(self):
                self._fill()
        self.setVisible(bool(view.steps))

    def button(self, step_id: str) -> Button:
        """The button of one way on.

        Raises:
            KeyError: no such way is shown.
        """
        return {one.step.id: one.button for one in self.rows}[step_id]

    def show_working(self, step_id: str) -> None:
        """One of them is being done; "" again when it is over."""
        for one in self.rows:
            busy = one.step.id == step_id
            one.button.setText(_("Looking…") if busy else one.step.action)
            one.button.setEnabled(not step_id)

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = tuple(_Step(self._look, one, first=not at) for at, one in enumerate(self._view.steps))
        widest = max((one.button.sizeHint().width() for one in self.rows), default=0)
        for at, made in enumerate(self.rows):
            made.button.setMinimumWidth(widest)
            if at:
                self._lines.addWidget(Rule())
            made.button.clicked.connect(lambda _checked=False, step=made.step: self.chosen.emit(step))
            self._lines.addWidget(made)
