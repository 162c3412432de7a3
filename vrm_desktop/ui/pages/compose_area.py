"""Where, as coarse as the person likes, with the very words that the first question will say of it."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.gazetteer import PLACES, PlaceKind
from vrm_desktop.domain.regions import Area
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_PREFIX = "[A-Za-z0-9]{0,3}"


class ComposeArea(QWidget):
    """`changed` carries an `Area`, or None while no country is chosen."""

    changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area: Area | None = None
        self.country = Select(look, (("", _("Choose a country")), *_countries()))
        self.region = Select(look)
        self.prefix = QLineEdit()
        self.prefix.setMaxLength(3)
        self.prefix.setValidator(QRegularExpressionValidator(QRegularExpression(_PREFIX), self.prefix))
        self.prefix.setPlaceholderText(_("leave empty to say less"))
        self._says = Notice(look)
        self._row = FormRow(look, _("Country"), self.country)
        lines = column(look, self, gap=1.5)
        lines.addWidget(self._row)
        finer = (
            FormRow(look, _("Region"), self.region),
            FormRow(look, _("Postcode begins with"), self.prefix),
        )
        lines.addWidget(SideBySide(look, finer, stacked_below=44))
        lines.addWidget(self._says)
        self.setFocusProxy(self.country)
        self.country.chosen.connect(self._tell_country)
        self.region.chosen.connect(self._tell)
        self.prefix.textEdited.connect(self._tell)
        self.show_area(None, "")

    def show_area(self, area: Area | None, says: str) -> None:
        """Show an area, and `says`, which is what the first question will say of it."""
        self._area = area
        self.country.choose(area.country if area else "")
        self.region.offer(_regions(area.country if area else ""))
        self.region.choose((area.region if area else None) or "")
        prefix = (area.postal_prefix if area else None) or ""
        if self.prefix.text().upper() != prefix:
            self.prefix.setText(prefix)
        for finer in (self.region, self.prefix):
            finer.setEnabled(area is not None)
        if says:
            self._says.say(
                _("The first question says: {area}").format(area=says),
                _("Nothing finer. Leave out the region or the postcode to say less."),
                Tone.ACCENT,
            )
        else:
            self._says.hide()

    def show_error(self, error: str) -> None:
        """Say under the country what is missing."""
        self._row.show_error(error)

    def _tell_country(self) -> None:
        self.region.offer(_regions(self.country.key))
        self.region.choose("")
        self.prefix.clear()
        self._tell()

    def _tell(self) -> None:
        country = self.country.key
        if not country:
            self.changed.emit(None)
            return
        prefix = self.prefix.text().upper() or None
        self.changed.emit(Area(country=country, region=self.region.key or None, postal_prefix=prefix))


def _countries() -> tuple[tuple[str, str], ...]:
    found = [(place.area.country, place.names[0]) for place in PLACES if place.kind is PlaceKind.COUNTRY]
    return tuple(sorted(found, key=lambda option: option[1]))


def _regions(country: str) -> tuple[tuple[str, str], ...]:
    found = [
        (place.area.region or "", place.names[0])
        for place in PLACES
        if place.kind is PlaceKind.REGION and place.area.country == country
    ]
    return (("", _("The whole country")), *sorted(found, key=lambda option: option[1]))
