"""Columns beside each other where there is room, under each other where there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.layouts import row


class SideBySide(QWidget):
    """`parts` share the width evenly, and stack below `stacked_below` steps of the grid."""

    def __init__(
        self,
        look: Look,
        parts: Sequence[QWidget],
        *,
        stacked_below: float = 90,
        gap: float = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._parts, self._stacked_below = look, tuple(parts), stacked_below
        self._box = row(look, self, gap=gap)
        for part in self._parts:
            self._box.addWidget(part, 1)
        look.changed.connect(self._turn)

    @property
    def stacked(self) -> bool:
        """Whether the parts stand under each other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part, since it can stack."""
        return QSize(max(part.minimumSizeHint().width() for part in self._parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width asks for it."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        stacked = self.width() < self._look.steps(self._stacked_below)
        if stacked is not self.stacked:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
