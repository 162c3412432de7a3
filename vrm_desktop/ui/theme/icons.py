"""Icons: the bundled outline drawings, tinted with a colour of the theme. One member per file."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_RATIOS = (1.0, 2.0)


class Icon(Enum):
    """The drawings there are; the value is the file's name without its ending. `MARK` is our own, the rest Lucide's."""

    ARROW_DOWN = "arrow-down"
    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    ARROW_UP = "arrow-up"
    BELL = "bell"
    BOOK_USER = "book-user"
    CALENDAR = "calendar"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_RIGHT = "chevron-right"
    CIRCLE = "circle"
    CIRCLE_ALERT = "circle-alert"
    CIRCLE_CHECK = "circle-check"
    CIRCLE_HELP = "circle-help"
    CIRCLE_X = "circle-x"
    CLOCK = "clock"
    CONTRAST = "contrast"
    COPY = "copy"
    DATABASE_BACKUP = "database-backup"
    DOWNLOAD = "download"
    EXTERNAL_LINK = "external-link"
    EYE = "eye"
    EYE_OFF = "eye-off"
    FILE_PEN = "file-pen"
    FILE_SEARCH = "file-search"
    FILE_TEXT = "file-text"
    HANDSHAKE = "handshake"
    HISTORY = "history"
    INBOX = "inbox"
    INFO = "info"
    KEY_ROUND = "key-round"
    LANDMARK = "landmark"
    LIST_CHECKS = "list-checks"
    LOCK = "lock"
    LOCK_OPEN = "lock-open"
    LOG_OUT = "log-out"
    MAIL = "mail"
    MAP_PIN = "map-pin"
    MARK = "mark"
    MESSAGE_SQUARE = "message-square"
    MOON = "moon"
    PACKAGE = "package"
    PENCIL = "pencil"
    PLUS = "plus"
    QR_CODE = "qr-code"
    RADIO = "radio"
    RECEIPT = "receipt"
    REFRESH_CW = "refresh-cw"
    REPLY = "reply"
    SCALE = "scale"
    SCROLL_TEXT = "scroll-text"
    SEARCH = "search"
    SEND = "send"
    SETTINGS = "settings"
    SHIELD_ALERT = "shield-alert"
    SHIELD_CHECK = "shield-check"
    SLIDERS_HORIZONTAL = "sliders-horizontal"
    SPARKLES = "sparkles"
    STORE = "store"
    SUN = "sun"
    TRASH_2 = "trash-2"
    TRIANGLE_ALERT = "triangle-alert"
    TRUCK = "truck"
    UNDO_2 = "undo-2"
    UPLOAD = "upload"
    USER_ROUND = "user-round"
    USERS = "users"
    WALLET = "wallet"
    WIFI_OFF = "wifi-off"
    X = "x"


class Icons:
    """Draws icons and remembers them. One per application; forgets all when the theme changes (`forget`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[Icon, str, int, float], QPixmap] = {}

    def forget(self) -> None:
        """Drop what was drawn, after the colours changed."""
        self._drawn.clear()

    def pixmap(self, icon: Icon, colour: str, side: int, ratio: float) -> QPixmap:
        """`icon` in `colour` (`#rrggbb`), `side` device-independent pixels square, drawn for device pixel `ratio`.

        Raises:
            FileNotFoundError: the program was installed without this drawing.
        """
        key = (icon, colour, side, ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._draw(icon, colour, side, ratio)
        return found

    def icon(self, icon: Icon, colour: str, disabled: str, side: int) -> QIcon:
        """A QIcon for a button: `colour` when it can be used, `disabled` when it cannot, sharp at 1x and 2x."""
        made = QIcon()
        for ratio in _RATIOS:
            made.addPixmap(self.pixmap(icon, colour, side, ratio), QIcon.Mode.Normal)
            made.addPixmap(self.pixmap(icon, disabled, side, ratio), QIcon.Mode.Disabled)
        return made

    def _draw(self, icon: Icon, colour: str, side: int, ratio: float) -> QPixmap:
        drawing = (self._folder / f"{icon.value}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
        pixmap = QPixmap(QSize(side, side) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing)).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
