"""A vendor's counter on terms, asked in place: what it would change, and the person's yes or no."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from vrm_desktop.ui.models.cast_view import CounterView, TermsChange
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _


class CastCounter(QFrame):
    """`accepted` and `refused` carry the id of the relationship."""

    accepted = Signal(str)
    refused = Signal(str)

    def __init__(self, look: Look, counter: CounterView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counter = counter
        self.setProperty("kind", "message")
        self.setProperty("tone", "caution")
        self.refuse = Button(look, _("Refuse"), icon=Icon.X)
        self.accept = Button(look, _("Agree this once"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        lines = column(look, self, gap=1.5, margins=2)
        lines.addWidget(
            PlainLabel(
                _("{vendor} does not sign your conditions as they are. It proposes others, once.").format(
                    vendor=counter.vendor
                ),
                kind=LabelKind.STRONG,
                wrap=True,
            )
        )
        for change in counter.changes:
            lines.addWidget(_change(look, change))
        lines.addWidget(PlainLabel(_what_follows(counter.vendor), kind=LabelKind.CAPTION, wrap=True))
        acts = row(look, gap=1)
        acts.addStretch(1)
        acts.addWidget(self.refuse)
        acts.addWidget(self.accept)
        lines.addLayout(acts)
        self.accept.clicked.connect(lambda: self._tell(agreed=True))
        self.refuse.clicked.connect(lambda: self._tell(agreed=False))

    def _tell(self, *, agreed: bool) -> None:
        for button in (self.accept, self.refuse):
            button.setEnabled(False)
        (self.accepted if agreed else self.refused).emit(self.counter.relationship)


def _change(look: Look, change: TermsChange) -> QWidget:
    mine = _side(look, _("Yours"), change.mine, change.mine_says)
    theirs = _side(look, _("Theirs"), change.theirs, change.theirs_says, change.newly_allowed)
    return SideBySide(look, (mine, theirs), gap=3, stacked_below=64)


def _side(look: Look, over: str, title: str, says: str, allowed: tuple[str, ...] = ()) -> QWidget:
    part = QWidget()
    lines = column(look, part, gap=0.5)
    lines.addWidget(PlainLabel(over, kind=LabelKind.OVERLINE))
    lines.addWidget(PlainLabel(title, kind=LabelKind.STRONG, wrap=True, cap=120))
    lines.addWidget(PlainLabel(says, wrap=True, cap=600))
    if allowed:
        new = _("New: {things}").format(things=", ".join(allowed))
        lines.addWidget(PlainLabel(new, kind=LabelKind.STRONG, wrap=True))
    lines.addStretch(1)
    return part


def _what_follows(vendor: str) -> str:
    return _(
        "If you agree, {vendor} gets what your plan says it learns after signing, and nothing else. "
        "If you refuse, it learns nothing more."
    ).format(vendor=vendor)
