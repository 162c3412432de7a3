"""Messages in words, as people know them: mine on one side, theirs on the other. Always as plain text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from vrm_desktop.ui.models.relationship_view import Said
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _

_MOST = 50
_LONGEST = 4000


class Talk(QWidget):
    """The messages in the order given; beyond fifty only the newest (the story has them all)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = column(look, self, gap=1)
        self._shown: tuple[Said, ...] | None = None

    def show_talk(self, said: Sequence[Said]) -> None:
        """Replace what is shown."""
        if self._shown == tuple(said):
            return
        self._shown = tuple(said)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not said:
            self._lines.addWidget(PlainLabel(_("Nothing has been said in words."), kind=LabelKind.MUTED, wrap=True))
        for one in said[-_MOST:]:
            self._lines.addWidget(self._bubble(one))

    def _bubble(self, said: Said) -> QWidget:
        look = self._look
        bubble = QFrame()
        bubble.setProperty("kind", "bubble")
        bubble.setProperty("mine", "true" if said.mine else "false")
        inside = column(look, bubble, gap=0.25, margins=(1.5, 0.75))
        words = PlainLabel(said.text, wrap=True, selectable=True, cap=_LONGEST)
        who = _("You") if said.mine else _("They")
        words.setAccessibleName(f"{who}: {said.text[:_LONGEST]}")
        inside.addWidget(words)
        told = " · ".join(part for part in (said.when, said.state) if part)
        inside.addWidget(PlainLabel(told, kind=LabelKind.CAPTION))
        bubble.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        whole = QWidget()
        across = row(look, whole)
        if said.mine:
            across.addStretch(1)
        across.addWidget(bubble, 4)
        if not said.mine:
            across.addStretch(1)
        return whole
