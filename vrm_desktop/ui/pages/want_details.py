"""One want in full, with the one thing to do next and what else can be done with it."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.models.wants_view import Step, WantView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_ICONS = {
    Step.CHOOSE: Icon.USERS,
    Step.WATCH: Icon.LIST_CHECKS,
    Step.ANSWER: Icon.REPLY,
    Step.COMPARE: Icon.SCALE,
    Step.ORDER: Icon.RECEIPT,
    Step.AGAIN: Icon.REFRESH_CW,
}


class WantDetails(Card):
    """Each signal carries the id of the want."""

    step_requested = Signal(str)
    edit_requested = Signal(str)
    take_back_requested = Signal(str)
    put_away_requested = Signal(str)
    share_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.5, margins=(2.5, 2), parent=parent)
        self._want: WantView | None = None
        self._title = ElidedLabel(kind=LabelKind.HEADING)
        self._state = Pill()
        self._left, self._right = KeyValues(look), KeyValues(look)
        self.step = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.USERS)
        self.edit = Button(look, _("Change"), icon=Icon.PENCIL)
        self.take_back = Button(look, _("Take it back"), icon=Icon.UNDO_2)
        self.put_away = Button(look, _("Put away"), icon=Icon.CHECK)
        self.share = Button(look, _("Share…"), role=ButtonRole.QUIET, icon=Icon.DOWNLOAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = row(look, gap=1.5)
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        others = Flow(look)
        for button in (self.take_back, self.put_away, self.edit, self.share):
            others.addWidget(button)
        acts = row(look, gap=1)
        acts.addLayout(others, 1)
        acts.addWidget(self.step)
        self.body.addLayout(head)
        self.body.addWidget(SideBySide(look, (self._left, self._right), gap=4, stacked_below=60))
        self.body.addLayout(acts)
        self.step.clicked.connect(lambda: self._tell(self.step_requested))
        self.edit.clicked.connect(lambda: self._tell(self.edit_requested))
        self.take_back.clicked.connect(lambda: self._tell(self.take_back_requested))
        self.put_away.clicked.connect(lambda: self._tell(self.put_away_requested))
        self.share.clicked.connect(lambda: self._tell(self.share_requested))

    def show_want(self, want: WantView) -> None:
        """Show a want in full."""
        self._want = want
        self._title.setText(want.title)
        self._state.setText(want.state)
        self._state.set_tone(want.tone)
        facts = [Fact(label=label, value=value) for label, value in want.facts]
        half = (len(facts) + 1) // 2
        self._left.show_facts(facts[:half])
        self._right.show_facts(facts[half:])
        self.step.setText(want.step_words)
        self.step.show_icon(_ICONS[want.step])
        self.edit.setVisible(want.can_edit)
        self.take_back.setVisible(want.can_take_back)
        self.put_away.setVisible(want.can_put_away)

    def _tell(self, signal: SignalInstance) -> None:
        if self._want is not None:
            signal.emit(self._want.id)
