"""The rows of "Change once": one counterparty on the plan, and one that was told."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.change_view import ChangeLine, HolderLine, ToldLine
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.progress_row import Progress, ProgressRow
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.wording.catalogue import _


class HolderRow(QWidget):
    """One counterparty on the plan; `chosen` when the person decides otherwise."""

    chosen = Signal()

    def __init__(self, look: Look, line: HolderLine, choice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = line.key
        self._ways = dict(line.ways)
        self._way = PlainLabel(kind=LabelKind.CAPTION)
        self.choice = Segmented(look, _("What {name} gets").format(name=line.name), line.choices)
        self.choice.choose(choice if choice in dict(line.choices) else line.chosen)
        held = Points(look, LabelKind.MUTED)
        head = row(look, gap=1.5)
        head.addWidget(ElidedLabel(line.name, kind=LabelKind.STRONG), 1)
        head.addWidget(self._way)
        lines = column(look, self, gap=0.75, margins=(0, 1))
        lines.addLayout(head)
        lines.addWidget(held)
        held.show_points((*line.values, *line.reasons))
        if line.warning:
            warning = PlainLabel(line.warning, kind=LabelKind.CAPTION, wrap=True)
            warning.set_tone(Tone.CAUTION)
            lines.addWidget(warning)
        choosing = row(look)
        choosing.addWidget(self.choice)
        choosing.addStretch(1)
        lines.addLayout(choosing)
        self.choice.chosen.connect(self._follow)
        self._say()

    def _follow(self) -> None:
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        self._way.setText(self._ways[self.choice.key])


class ToldRow(QWidget):
    """One counterparty that was told; `opened` carries its file, `confirmed` its key."""

    opened = Signal(str)
    confirmed = Signal(str)

    def __init__(self, look: Look, line: ToldLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = row(look, gap=1.5)
        head.addWidget(ElidedLabel(line.name, kind=LabelKind.STRONG), 1)
        head.addWidget(Pill(line.state, line.tone))
        lines = column(look, self, gap=0.5, margins=(0, 0.75))
        lines.addLayout(head)
        foot = row(look, gap=1)
        foot.addWidget(PlainLabel(line.detail, kind=LabelKind.CAPTION, wrap=True), 1)
        if line.can_confirm:
            self.confirm = Button(look, _("They confirmed it"), role=ButtonRole.QUIET, icon=Icon.CHECK)
            self.confirm.clicked.connect(lambda: self.confirmed.emit(line.key))
            foot.addWidget(self.confirm)
        self.open_file = Button(look, line.action, role=ButtonRole.QUIET, icon=Icon.ARROW_RIGHT)
        self.open_file.clicked.connect(lambda: self.opened.emit(line.file))
        foot.addWidget(self.open_file)
        lines.addLayout(foot)


class ChangeCard(Card):
    """One change and how far it has come. `undone` carries its id; `confirmed` its id and a key."""

    undone = Signal(str)
    opened = Signal(str)
    confirmed = Signal(str, str)

    def __init__(self, look: Look, line: ChangeLine, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=0.75, margins=(2.5, 1.5), parent=parent)
        state = _("Done") if line.finished else _("Under way")
        tone = Tone.GOOD if line.finished else Tone.ACCENT
        progress = Progress(
            title=line.title, state=state, detail=line.summary, done=line.done, total=line.total, tone=tone
        )
        self.body.addWidget(ProgressRow(look, progress))
        for one in line.rows:
            self.body.addWidget(Rule())
            told = ToldRow(look, one)
            told.opened.connect(self.opened)
            told.confirmed.connect(lambda key: self.confirmed.emit(line.id, key))
            self.body.addWidget(told)
        if line.can_undo:
            foot = QWidget()
            buttons = Flow(look, foot)
            self.undo = Button(look, _("Take back what has not left"), icon=Icon.UNDO_2)
            self.undo.clicked.connect(lambda: self.undone.emit(line.id))
            buttons.addWidget(self.undo)
            self.body.addWidget(foot)
