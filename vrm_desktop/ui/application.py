"""Makes the one QApplication: fonts, look, limits, and what happens with an error nobody caught.

Never here: the vault, the engine, a page. Whoever starts the program (the wiring) puts those together.
"""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from vrm_desktop.logs import log_uncaught
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.ui.theme.fonts import load_fonts
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice

_IMAGE_LIMIT_MB = 32


def create_application(
    argv: Sequence[str], *, theme: ThemeChoice = ThemeChoice.SYSTEM, text_scale: float = 1.0
) -> tuple[QApplication, Look]:
    """The application and its look. Call once, on the main thread, before any widget is made."""
    application = QApplication(list(argv))
    return application, dress(application, theme=theme, text_scale=text_scale)


def dress(application: QApplication, *, theme: ThemeChoice = ThemeChoice.SYSTEM, text_scale: float = 1.0) -> Look:
    """Give a running application our style, fonts, limits and look."""
    application.setApplicationName("vrm-desktop")
    application.setApplicationDisplayName("VRM Desktop")
    application.setDesktopFileName("vrm-desktop")
    application.setStyle("Fusion")
    application.setLayoutDirection(QLocale().textDirection())
    QImageReader.setAllocationLimit(_IMAGE_LIMIT_MB)
    folder = resources_folder()
    load_fonts(folder / "fonts")
    look = Look(application, folder / "icons")
    look.choose(theme, text_scale)
    return look


def install_excepthook() -> None:
    """Let `log_uncaught` hear of every error that a slot or an event let through."""
    sys.excepthook = log_uncaught
