"""What the window remembers beside the vault, because it is needed before unlocking: theme, text size, its own size.

Never here: anything about the person or a vendor; the file is readable text.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from vrm_desktop.ui.theme.metrics import MAX_SCALE, MIN_SCALE
from vrm_desktop.ui.theme.tokens import ThemeChoice

_FILE = "window.ini"
_THEME, _SCALE, _GEOMETRY = "look/theme", "look/text-percent", "window/geometry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """The person's theme and text scale (1.0 to 1.6)."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_scale: float = 1.0


class WindowMemory:
    """One small file in the home folder; what cannot be read is as at the first start."""

    def __init__(self, home: Path) -> None:
        self._settings = QSettings(str(home / _FILE), QSettings.Format.IniFormat)

    def appearance(self) -> Appearance:
        """How the window looked last."""
        try:
            theme = ThemeChoice(str(self._settings.value(_THEME, ThemeChoice.SYSTEM.value)))
            scale = int(str(self._settings.value(_SCALE, "100"))) / 100
        except ValueError:
            return Appearance()
        return Appearance(theme=theme, text_scale=min(max(scale, MIN_SCALE), MAX_SCALE))

    def keep_appearance(self, appearance: Appearance) -> None:
        """Remember how it looks."""
        self._settings.setValue(_THEME, appearance.theme.value)
        self._settings.setValue(_SCALE, str(round(appearance.text_scale * 100)))

    def geometry(self) -> QByteArray | None:
        """Where the window was, if that was ever kept."""
        found = self._settings.value(_GEOMETRY)
        return found if isinstance(found, QByteArray) and not found.isEmpty() else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window is, and write everything."""
        self._settings.setValue(_GEOMETRY, geometry)
        self._settings.sync()
