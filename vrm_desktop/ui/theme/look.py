"""The look in force: theme, sizes and icons, changed live. Widgets are handed it and follow its `changed` signal."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from vrm_desktop.ui.theme.fonts import FAMILY, tabular
from vrm_desktop.ui.theme.icons import Icon, Icons
from vrm_desktop.ui.theme.metrics import Metrics, metrics_for
from vrm_desktop.ui.theme.palette import palette_for
from vrm_desktop.ui.theme.stylesheet import stylesheet
from vrm_desktop.ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme, ThemeChoice


class Look(QObject):
    """Lives on the main thread as long as the application. `changed` comes after everything has been switched."""

    changed = Signal()

    def __init__(self, application: QApplication, icons_folder: Path) -> None:
        super().__init__(application)
        self._application = application
        self._system_font = application.font()
        self._icons = Icons(icons_folder)
        self._choice = ThemeChoice.SYSTEM
        self._scale = 1.0
        self._theme = LIGHT
        self._metrics = metrics_for(FAMILY, self._system_font, self._scale)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme

    @property
    def metrics(self) -> Metrics:
        """The sizes in force."""
        return self._metrics

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose; `SYSTEM` follows the desktop."""
        return self._choice

    @property
    def text_scale(self) -> float:
        """The person's text scale, 1.0 to 1.6."""
        return self._scale

    def choose(self, choice: ThemeChoice, scale: float = 1.0) -> None:
        """Switch to a theme and a text scale (1.0 to 1.6), at once and everywhere."""
        self._choice, self._scale = choice, scale
        self._theme = _resolve(choice)
        self._metrics = metrics_for(FAMILY, self._system_font, scale)
        self._icons.forget()
        self._application.setPalette(palette_for(self._theme))
        font = QFont(FAMILY)  # figures of one width are for tables: they would set hyphens apart in running text
        font.setPixelSize(self._metrics.body)
        if self._application.font() != font:  # each of the three makes Qt look at every widget again
            self._application.setFont(font)
        self._application.setStyleSheet(stylesheet(self._theme, self._metrics))
        self.changed.emit()

    def steps(self, count: float) -> int:
        """`count` steps of the spacing grid, in pixels."""
        return self._metrics.steps(count)

    def font(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The typeface at `size` pixels with figures of one width, for painting by hand."""
        font = QFont(FAMILY)
        font.setPixelSize(size)
        font.setWeight(weight)
        return tabular(font)

    def icon(self, icon: Icon, token: str, side: int | None = None) -> QIcon:
        """`icon` in the colour of `token`, for a button."""
        return self._icons.icon(icon, self._theme.colour(token), self._theme.disabled, side or self._metrics.icon)

    def pixmap(self, icon: Icon, token: str, side: int, ratio: float) -> QPixmap:
        """`icon` in the colour of `token`, to paint or to show by itself on a screen of device pixel `ratio`."""
        return self._icons.pixmap(icon, self._theme.colour(token), side, ratio)

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.choose(self._choice, self._scale)


def _resolve(choice: ThemeChoice) -> Theme:
    match choice:
        case ThemeChoice.SYSTEM:
            return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        case ThemeChoice.LIGHT:
            return LIGHT
        case ThemeChoice.DARK:
            return DARK
        case ThemeChoice.CONTRAST_LIGHT:
            return CONTRAST_LIGHT
        case ThemeChoice.CONTRAST_DARK:
            return CONTRAST_DARK
