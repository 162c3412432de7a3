"""The way around: one button per section, "Lock now" at the foot. Narrow windows get icons only."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.plain_text import tip
from vrm_desktop.wording.catalogue import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One way to go; `keys` is its shortcut as people read it."""

    key: str
    label: str
    icon: Icon
    keys: str = ""


class NavButton(QPushButton):
    """An icon, a word, and a count when something waits there."""

    def __init__(self, look: Look, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._section = look, section
        self.setProperty("kind", "nav")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip(f"{section.label}  {section.keys}".strip()))
        self._count = Pill("", Tone.ACCENT)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count.hide()
        line = row(look, self, margins=(0, 0, 1, 0))
        line.addStretch(1)
        line.addWidget(self._count)
        self._compact = False
        self._number = 0
        self.toggled.connect(self.redraw)
        look.changed.connect(self.redraw)
        self.show_count(0)

    def show_count(self, number: int) -> None:
        """How many things wait there; 0 shows nothing."""
        self._number = number
        self._count.setText(str(number))
        spoken = self._section.label if not number else f"{self._section.label}, {number}"
        self.setAccessibleName(spoken)
        self.redraw()

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon only, or the word too."""
        self._compact = compact
        self.redraw()

    def redraw(self) -> None:
        """Draw again in the colours and sizes in force."""
        side = self._look.steps(2.25)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._look.icon(self._section.icon, "accent" if self.isChecked() else "muted", side))
        self.setText("" if self._compact else f"  {self._section.label}")
        self._count.setVisible(bool(self._number) and not self._compact)


class Sidebar(QFrame):
    """`chosen` carries the key of a section; `lock_requested` when the person locks."""

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(
        self,
        look: Look,
        product: str,
        sections: Sequence[Section],
        feet: Sequence[Section],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "sidebar")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        self._mark = PlainLabel()
        self._name = PlainLabel(product, kind=LabelKind.HEADING)
        brand = row(look, gap=1, margins=(1, 0, 0, 2))
        brand.addWidget(self._mark)
        brand.addWidget(self._name, 1)
        lines = column(look, self, gap=0.5, margins=(1.5, 2.5, 1.5, 1.5))
        lines.addLayout(brand)
        for section in sections:
            lines.addWidget(self._added(section))
        lines.addStretch(1)
        for section in feet:
            lines.addWidget(self._added(section))
        self.lock = NavButton(look, Section(key="lock", label=_("Lock now"), icon=Icon.LOCK, keys="Ctrl+L"))
        self.lock.clicked.connect(self.lock_requested)
        lines.addWidget(self.lock)
        self._compact = False
        self._redraw()
        look.changed.connect(self._redraw)

    @property
    def compact(self) -> bool:
        """Whether only icons are shown."""
        return self._compact

    def button(self, key: str) -> NavButton:
        """The button of a section."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        """Show which section is open, without telling."""
        self._buttons[key].setChecked(True)

    def set_compact(self, *, compact: bool) -> None:
        """Icons only, or words too."""
        if compact != self._compact:
            self._compact = compact
            for button in (*self._buttons.values(), self.lock):
                button.set_compact(compact=compact)
            self._redraw()

    def _added(self, section: Section) -> NavButton:
        button = NavButton(self._look, section)
        button.setCheckable(True)
        self._group.addButton(button)
        self._buttons[section.key] = button
        button.clicked.connect(lambda _checked=False, key=section.key: self.chosen.emit(key))
        return button

    def _redraw(self) -> None:
        self._name.setVisible(not self._compact)
        self._mark.setPixmap(self._look.pixmap(Icon.MARK, "accent", self._look.steps(2.75), self.devicePixelRatioF()))
        words = max(
            button.fontMetrics().horizontalAdvance(button.accessibleName()) for button in self._buttons.values()
        )
        self.setFixedWidth(self._look.steps(8) if self._compact else words + self._look.steps(15))
