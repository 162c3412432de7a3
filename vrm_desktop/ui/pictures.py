"""Pictures of every page: each state, theme and size as a PNG, without a screen.

Run as `vrm-desktop`'s own console role or `python -m vrm_desktop.ui.pictures FOLDER`. Never part of a running window.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from vrm_desktop.ui.application import create_application
from vrm_desktop.ui.gallery.picture import Picture
from vrm_desktop.ui.gallery.pictures_of_pages import pictures
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice

SIZES = (QSize(1280, 800), QSize(960, 640))
USAGE = "usage: python -m vrm_desktop.ui.pictures FOLDER\n"
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)


def render(
    shown: Sequence[Picture],
    folder: Path,
    *,
    application: QApplication,
    look: Look,
    sizes: Sequence[QSize] = SIZES,
    themes: Sequence[ThemeChoice] = THEMES,
    text_scale: float = 1.0,
) -> tuple[Path, ...]:
    """Write `NAME-THEME-WIDTHxHEIGHT.png` for each state into `folder` and return the files.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for theme in themes:
        look.choose(theme, text_scale)
        for picture in shown:
            for size in sizes:
                file = folder / f"{picture.name}-{theme.value}-{size.width()}x{size.height()}.png"
                if not grab(application, picture.make(look), size).save(str(file)):
                    raise OSError(f"could not write {file}")
                written.append(file)
    return tuple(written)


def grab(application: QApplication, widget: QWidget, size: QSize) -> QPixmap:
    """What `widget` looks like at `size`; the widget is gone afterwards."""
    widget.resize(size)
    widget.show()
    application.processEvents()
    application.processEvents()
    seen = widget.grab()
    widget.close()
    widget.deleteLater()
    application.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    return seen


def main(arguments: list[str]) -> int:
    """Render everything into the folder named first. Exit status: 0 done or usage asked for, 2 no folder named."""
    if arguments in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write(USAGE)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application, look = create_application(["vrm-desktop"], theme=ThemeChoice.LIGHT)
    for file in render(pictures(), Path(arguments[0]), application=application, look=look):
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
