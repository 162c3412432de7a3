"""By which ways one vendor can be reached, as far as is known, and looking for more on demand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.vendors_view import VendorRow
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _


class VendorWaysPart(QWidget):
    """A part of the card about a vendor. `look_requested` comes when its site shall be asked."""

    look_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vendor = ""
        self._points = Points(look)
        self._none = PlainLabel(_("No way is known."), kind=LabelKind.MUTED, wrap=True)
        self._when = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._asked = PlainLabel(kind=LabelKind.CAPTION, wrap=True, cap=1000)
        self.look_for = Button(look, "", icon=Icon.SEARCH)
        lines = column(look, self, gap=0.75)
        lines.addWidget(PlainLabel(_("How it can be reached"), kind=LabelKind.OVERLINE))
        for part in (self._points, self._none, self._when, self._asked, self.look_for):
            lines.addWidget(part)
        lines.addStretch(1)
        self._asked.hide()
        self.look_for.clicked.connect(self.look_requested)

    def show_vendor(self, vendor: VendorRow, *, working: bool) -> None:
        """Show its ways."""
        if vendor.id != self._vendor:
            self._vendor = vendor.id
            self.show_asked(())
        self._points.show_points(vendor.way_lines)
        self._points.setVisible(bool(vendor.way_lines))
        self._none.setVisible(not vendor.way_lines)
        self._when.setText(vendor.when)
        self._when.setVisible(bool(vendor.when))
        self.look_for.setVisible(bool(vendor.site))
        self.look_for.setEnabled(not working)
        again = _("Look again") if vendor.looked_before else _("Look for ways")
        self.look_for.setText(_("Looking…") if working else again)

    def show_asked(self, asked: tuple[str, ...]) -> None:
        """What was asked for just now, in order."""
        self._asked.setText(_("Asked for: {addresses}").format(addresses=", ".join(asked)))
        self._asked.setVisible(bool(asked))
