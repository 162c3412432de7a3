"""What every page shares: a title, room for actions, and a body that scrolls when there is too little height."""

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row


class PageId(Enum):
    """Every place in the window. The value is also the key of its section in the sidebar."""

    WANTS = "wants"
    COMPOSE = "compose"
    PLAN = "plan"
    CAST = "cast"
    OFFERS = "offers"
    RELATIONSHIPS = "relationships"
    RELATIONSHIP = "relationship"
    LEDGER = "ledger"
    VENDORS = "vendors"
    PROFILE = "profile"
    SETTINGS = "settings"

    @property
    def section(self) -> "PageId":
        """The page in the sidebar this one belongs to."""
        if self in (PageId.COMPOSE, PageId.PLAN, PageId.CAST, PageId.OFFERS):
            return PageId.WANTS
        return PageId.RELATIONSHIPS if self is PageId.RELATIONSHIP else self


class Page(QWidget):
    """`noticed` carries a `Message` for the bar; `going` the PageId the person wants to see next."""

    noticed = Signal(object)
    going = Signal(object)

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(title, kind=LabelKind.TITLE)
        self._subtitle = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._subtitle.hide()
        words = column(look, gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self.buttons = row(look, gap=1)
        head = row(look, gap=2)
        head.addLayout(words, 1)
        side = column(look)
        side.addLayout(self.buttons)
        side.addStretch(1)
        head.addLayout(side)
        self._inside = QWidget()
        self._inside.setProperty("kind", "scrolled")
        lines = column(look, self._inside, gap=2, margins=3)
        lines.addLayout(head)
        self.body = column(look, gap=2)
        lines.addLayout(self.body, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column(look, self).addWidget(self._scroll)

    @property
    def title(self) -> str:
        """The title, uncut."""
        return self._title.whole_text

    def show_title(self, title: str, subtitle: str = "") -> None:
        """The title, and a sentence under it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page opens, or None for nothing in particular."""
        return None
