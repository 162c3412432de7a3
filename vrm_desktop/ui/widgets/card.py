"""Cards: a soft surface for things that belong together. A card never stands in a card."""

from PySide6.QtWidgets import QFrame, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import Margins, column


class Card(QFrame):
    """A surface with a column `body`, and a heading if one is given."""

    def __init__(
        self, look: Look, heading: str = "", *, gap: float = 1, margins: Margins = 2.5, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = column(look, self, gap=gap, margins=margins)
        if heading:
            self.body.addWidget(PlainLabel(heading, kind=LabelKind.HEADING))


class Rule(QFrame):
    """A hairline between two groups of one surface."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rule")
