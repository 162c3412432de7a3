"""What every page shares: a title, room for actions, and a body that scrolls when there is too little height."""

from enum import Enum

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.scroller import Scroller

_LONGEST_TITLE = 120
_STACKED_BELOW = 80  # steps of the grid


class PageId(Enum):
    """Every place in the window. The value is also the key of its section in the sidebar."""

    WANTS = "wants"
    COMPOSE = "compose"
    FILE = "file"
    PLAN = "plan"
    CAST = "cast"
    OFFERS = "offers"
    RELATIONSHIPS = "relationships"
    RELATIONSHIP = "relationship"
    COUNTERPARTY = "counterparty"
    CONVERSATION = "conversation"
    QUOTE_DESK = "quote-desk"
    CASE = "case"
    CASE_FORM = "case-form"
    AGENDA = "agenda"
    MAILS = "mails"
    MAIL = "mail"
    CONTRACTS = "contracts"
    CHANGE = "change"
    LEDGER = "ledger"
    RIGHTS = "rights"
    RIGHTS_ASK = "rights-ask"
    LETTERS = "letters"
    VENDORS = "vendors"
    PROFILE = "profile"
    FIND = "find"
    CONSENTS = "consents"
    SETTINGS = "settings"
    SAFETY = "safety"
    MAIL_ACCOUNT = "mail-account"
    LIMITS = "limits"
    SHOP_FACE = "shop-face"

    @property
    def section(self) -> "PageId":
        """The page in the sidebar this one belongs to."""
        if self in (PageId.COMPOSE, PageId.FILE, PageId.PLAN, PageId.CAST, PageId.OFFERS):
            return PageId.WANTS
        if self is PageId.CHANGE:
            return PageId.PROFILE
        if self in (PageId.RIGHTS_ASK, PageId.LETTERS):
            return PageId.RIGHTS
        if self is PageId.MAIL:
            return PageId.MAILS
        if self is PageId.CONSENTS:
            return PageId.LEDGER
        if self in (PageId.SAFETY, PageId.MAIL_ACCOUNT, PageId.LIMITS, PageId.SHOP_FACE):
            return PageId.SETTINGS
        in_a_file = (PageId.RELATIONSHIP, PageId.COUNTERPARTY, PageId.CONVERSATION, PageId.CASE, PageId.CASE_FORM)
        return PageId.RELATIONSHIPS if self in (*in_a_file, PageId.QUOTE_DESK) else self


class Page(QWidget):
    """`noticed` carries a `Message` for the bar; `going` the PageId the person wants to see next."""

    noticed = Signal(object)
    going = Signal(object)

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._place = title
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = PlainLabel(title, kind=LabelKind.TITLE, wrap=True, cap=_LONGEST_TITLE)
        self._subtitle = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._subtitle.hide()
        self.buttons = row(look, gap=1)
        self._head = row(look, gap=2)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(self.buttons)
        words = column(look, gap=0.5)
        words.addLayout(self._head)
        words.addWidget(self._subtitle)
        inside = QWidget()
        lines = column(look, inside, gap=1.5, margins=(3, 2.5, 3, 2))
        lines.addLayout(words)
        self.body = column(look, gap=1.5)
        lines.addLayout(self.body, 1)
        self._inside = inside
        self._scroller = Scroller(inside)
        column(look, self).addWidget(self._scroller)

    @property
    def place(self) -> str:
        """What kind of page it is, in words that say nothing of the person: for the window's own title."""
        return self._place

    @property
    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    def show_title(self, title: str, subtitle: str = "") -> None:
        """The title, and a sentence under it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def to_top(self) -> None:
        """Scroll back to the beginning."""
        self._scroller.verticalScrollBar().setValue(0)

    def show_part(self, part: QWidget) -> None:
        """Scroll so far that `part` begins at the top, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._scroll_to(part))

    def _scroll_to(self, part: QWidget) -> None:
        self._scroller.verticalScrollBar().setValue(part.mapTo(self._inside, QPoint(0, 0)).y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little width, the actions go under the title."""
        super().resizeEvent(event)
        narrow = self.width() < self.look.steps(_STACKED_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if direction is not self._head.direction():
            self._head.setDirection(direction)
            side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
            self._head.setAlignment(self.buttons, side)

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page opens, or None for nothing in particular."""
        return None
