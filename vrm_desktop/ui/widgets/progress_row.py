"""One line of progress: who, how far, and what happened last."""

from dataclasses import dataclass

from PySide6.QtWidgets import QProgressBar, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, restyle
from vrm_desktop.ui.widgets.layouts import column, row


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`done` of `total` steps; `state` is a word or two, `detail` the last thing that happened."""

    title: str
    state: str
    detail: str
    done: int
    total: int
    tone: Tone = Tone.ACCENT

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.total or self.total < 1:
            raise ValueError(f"{self.done} of {self.total} is not a progress")


class ProgressRow(QWidget):
    """Shows a `Progress`; show another one to move on."""

    def __init__(self, look: Look, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(kind=LabelKind.STRONG)
        self._state = Pill()
        self._detail = ElidedLabel(kind=LabelKind.CAPTION)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        head = row(look, gap=1)
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        lines = column(look, self, gap=0.75, margins=(0, 1))
        lines.addLayout(head)
        lines.addWidget(self._bar)
        lines.addWidget(self._detail)
        self.show_progress(progress)

    def show_progress(self, progress: Progress) -> None:
        """Show where it stands now."""
        self._title.setText(progress.title)
        self._state.setText(progress.state)
        self._state.set_tone(progress.tone)
        self._detail.setText(progress.detail)
        self._bar.setMaximum(progress.total)
        self._bar.setValue(progress.done)
        self._bar.setAccessibleName(f"{progress.title}: {progress.state}")
        restyle(self._bar, tone=progress.tone.value)
