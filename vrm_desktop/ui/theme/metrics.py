"""Sizes: type and spacing, both from the font's real height times the person's text scale. Never a fixed pixel."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontInfo, QFontMetrics

MIN_SCALE, MAX_SCALE = 1.0, 1.6
_SMALLEST_BODY = 14
_LINE_PER_UNIT = 17 / 8  # Inter at 14 px is 17 px high and stands on an 8 px grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """`body` is the text size and `unit` one step of the grid, both in device-independent pixels."""

    body: int
    unit: int

    def __post_init__(self) -> None:
        if self.body < 1 or self.unit < 1:
            raise ValueError("sizes are at least one pixel")

    @property
    def small(self) -> int:
        """Captions, hints, pills."""
        return round(self.body * 0.89)

    @property
    def heading(self) -> int:
        """Headings of cards and sections."""
        return round(self.body * 1.15)

    @property
    def title(self) -> int:
        """The one title of a page."""
        return round(self.body * 1.72)

    @property
    def icon(self) -> int:
        """Side of an icon beside body text."""
        return round(self.body * 1.28)

    def steps(self, count: float) -> int:
        """`count` steps of the grid in pixels; halves are allowed."""
        return round(self.unit * count)


def metrics_for(family: str, system_font: QFont, scale: float) -> Metrics:
    """Sizes for `family` at the desktop's own text size times `scale` (clamped to 1.0 to 1.6)."""
    clamped = min(max(scale, MIN_SCALE), MAX_SCALE)
    body = round(max(_SMALLEST_BODY, QFontInfo(system_font).pixelSize()) * clamped)
    font = QFont(family)
    font.setPixelSize(body)
    return Metrics(body=body, unit=max(1, round(QFontMetrics(font).height() / _LINE_PER_UNIT)))
