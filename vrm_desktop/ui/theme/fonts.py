"""The bundled typeface, handed to Qt. Whole static files: subsets of one family do not merge in Qt."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-Medium.woff2", "Inter-SemiBold.woff2", "Inter-Bold.ttf")


def load_fonts(folder: Path) -> None:
    """Register the files of `folder` with Qt; needs a running application.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: Qt cannot read one.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFontFromData((folder / name).read_bytes()) < 0:
            raise ValueError(f"Qt cannot read the font {name}")


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, for amounts and dates that stand under each other."""
    aligned = QFont(font)
    aligned.setFeature(QFont.Tag("tnum"), 1)
    return aligned
