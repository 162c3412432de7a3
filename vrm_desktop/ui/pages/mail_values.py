"""The values that a mail proposes, each to correct, beside the words that it was read from."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.mails_view import OfferValues, Passage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_LONGEST = 40
_USUAL = timedelta(days=14)


class MailValues(QWidget):
    """`pointed` carries the key of the field that has the keyboard; `changed` when anything was typed."""

    pointed = Signal(str)
    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total, self.items, self.shipping = QLineEdit(), QLineEdit(), QLineEdit()
        self.returns, self.warranty = QLineEdit(), QLineEdit()
        self.tax = Select(look, _taxes())
        self.valid_until = DayField(look, _("Until"), _("Valid until"))
        self.by = DayField(look, _("By"), _("Delivered by"))
        self.binding = CheckBox(look, _("The vendor says to be bound by it"))
        self._fields: dict[str, QWidget] = {
            "total": self.total,
            "items": self.items,
            "shipping": self.shipping,
            "tax": self.tax,
            "valid_until": self.valid_until,
            "by": self.by,
            "returns": self.returns,
            "warranty": self.warranty,
        }
        labels = _labels()
        self._rows = {key: FormRow(look, labels[key], field, _hint(key)) for key, field in self._fields.items()}
        self._shown: tuple[OfferValues, tuple[Passage, ...]] | None = None
        self._watched: dict[QObject, str] = {}
        lines = column(look, self, gap=1.25)
        lines.addWidget(self._rows["total"])
        for left, right in (("items", "shipping"), ("returns", "warranty")):
            lines.addWidget(
                SideBySide(look, (_top(look, self._rows[left]), _top(look, self._rows[right])), stacked_below=44)
            )
            if left == "items":
                for key in ("tax", "valid_until", "by"):
                    lines.addWidget(self._rows[key])
        lines.addWidget(self.binding)
        for key, field in self._fields.items():
            if isinstance(field, QLineEdit):
                field.setMaxLength(_LONGEST)
                field.textEdited.connect(self._tell)
            self._watch(field, key)
        self._watch(self.binding, "binding")
        self.tax.chosen.connect(self._tell)
        self.binding.clicked.connect(self._tell)
        for day in (self.valid_until, self.by):
            day.changed.connect(self._tell)

    @property
    def values(self) -> OfferValues:
        """What stands in the form."""
        return OfferValues(
            total=self.total.text().strip(),
            items=self.items.text().strip(),
            shipping=self.shipping.text().strip(),
            tax=self.tax.key,
            valid_until=self.valid_until.day,
            by=self.by.day,
            returns=self.returns.text().strip(),
            warranty=self.warranty.text().strip(),
            binding=self.binding.isChecked(),
        )

    def show_values(self, values: OfferValues, passages: tuple[Passage, ...], today: date) -> None:
        """Show what was read. What is being corrected stays while what was read is the same."""
        if (values, passages) == self._shown:
            return
        self._shown = (values, passages)
        told = {one.key: one.told for one in passages}
        for key, line in self._rows.items():
            line.show_hint(told.get(key, _hint(key)))
        self.total.setText(values.total)
        self.items.setText(values.items)
        self.shipping.setText(values.shipping)
        self.returns.setText(values.returns)
        self.warranty.setText(values.warranty)
        self.tax.choose(values.tax)
        self.binding.setChecked(values.binding)
        for field, day in ((self.valid_until, values.valid_until), (self.by, values.by)):
            field.show_day(day, earliest=min(today, day or today), usual=today + _USUAL)

    def show_error(self, key: str, words: str) -> None:
        """Say what is wrong with one field, and with no other."""
        for name, line in self._rows.items():
            line.show_error(words if name == key else "")
        if key in self._fields:
            self._fields[key].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The passage of the field that has the keyboard is stressed."""
        if event.type() is QEvent.Type.FocusIn and watched in self._watched:
            self.pointed.emit(self._watched[watched])
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.changed.emit()

    def _watch(self, field: QWidget, key: str) -> None:
        target = field.focusProxy() or field
        self._watched[target] = key
        target.installEventFilter(self)


def _top(look: Look, line: FormRow) -> QWidget:
    """The row on top of what room there is, however high its neighbour is."""
    made = QWidget()
    lines = column(look, made)
    lines.addWidget(line)
    lines.addStretch(1)
    return made


def _labels() -> dict[str, str]:
    return {
        "total": _("All that I would pay"),
        "items": _("Of it for the goods"),
        "shipping": _("Of it for shipping"),
        "tax": _("Tax"),
        "valid_until": _("Valid until"),
        "by": _("Delivered by"),
        "returns": _("Days to return it"),
        "warranty": _("Months of warranty"),
    }


def _hint(key: str) -> str:
    return {
        "total": _("With everything, such as 718.00 EUR. It was not found in the mail; say it if you read one."),
        "valid_until": _("The mail names no last day. An offer needs one, so ask, or choose a day."),
    }.get(key, "")


def _taxes() -> list[tuple[str, str]]:
    return [("", _("Not said")), ("gross", _("Tax is in these prices")), ("net", _("Tax comes on top of the goods"))]
