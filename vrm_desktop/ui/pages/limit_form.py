"""The form of a new limit: of whom, up to how much each time and in all, from when until when, how often."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.limits import Frequency
from vrm_desktop.ui.models.limits_view import LimitForm
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.limit_words import frequency_label

_LONGEST_TITLE = 200
_LONGEST = 40
_USUAL = timedelta(days=90)


class LimitFormCard(Card):
    """`made` carries a `LimitForm`."""

    made = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("A new limit"), gap=1.25, parent=parent)
        self._look = look
        self._chosen: dict[str, str] = {}
        self._today: date | None = None
        self.title, self.highest, self.budget, self.times = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        for field in (self.highest, self.budget, self.times):
            field.setMaxLength(_LONGEST)
        self.highest.setPlaceholderText(_("80.00 EUR"))
        self.budget.setPlaceholderText(_("200.00 EUR"))
        self.starts = DayField(look, _("Not before"), _("First day"))
        self.ends = DayField(look, _("Until"), _("Last day"))
        self.vendor = Select(look, [("", _("anybody"))])
        self.often = Select(
            look, [("", _("as often as I like")), *((one.value, frequency_label(one)) for one in Frequency)]
        )
        self.make = Button(look, _("Make this limit"), role=ButtonRole.PRIMARY, icon=Icon.PLUS)
        self._names = QWidget()
        self._flow = Flow(look, self._names)
        self._rows = {
            "title": FormRow(look, _("What for"), self.title, _("For you; it is not part of what is signed.")),
            "highest": FormRow(look, _("One purchase costs at most"), self.highest),
            "budget": FormRow(look, _("All of them together"), self.budget, _("Leave it empty for no budget.")),
            "vendors": FormRow(look, _("Only of"), self.vendor, _("Choose one after the other.")),
            "starts": FormRow(look, _("First day"), self.starts),
            "ends": FormRow(look, _("Last day"), self.ends),
            "often": FormRow(look, _("How often"), self.often),
            "times": FormRow(look, _("How many times at most"), self.times),
        }
        for key, line in self._rows.items():
            self.body.addWidget(line)
            if key == "vendors":
                self.body.addWidget(self._names)
        acts = Flow(look)
        acts.addWidget(self.make)
        self.body.addLayout(acts)
        self.body.addStretch(1)
        self.vendor.chosen.connect(self._name)
        self.often.chosen.connect(self._enable)
        self.make.clicked.connect(lambda: self.made.emit(self.form))
        self._show_names()
        self._enable()

    @property
    def form(self) -> LimitForm:
        """What stands in it."""
        return LimitForm(
            title=self.title.text().strip(),
            highest=self.highest.text().strip(),
            budget=self.budget.text().strip(),
            starts=self.starts.day,
            ends=self.ends.day,
            vendors=tuple(self._chosen),
            frequency=self.often.key,
            times=self.times.text().strip() if self.often.key else "",
        )

    def show_vendors(self, vendors: tuple[tuple[str, str], ...], today: date) -> None:
        """Whom it can name. What is being typed stays."""
        self.vendor.offer([("", _("anybody")), *vendors])
        if today != self._today:
            self._today = today
            self.starts.show_day(self.starts.day, earliest=today, usual=today)
            self.ends.show_day(self.ends.day or today + _USUAL, earliest=today, usual=today + _USUAL)

    def show_error(self, field: str, words: str) -> None:
        """Say what is wrong with one field, and with no other."""
        for key, line in self._rows.items():
            line.show_error(words if key == field else "")
        if field in self._rows:
            self._rows[field].field.setFocus()

    def begin(self) -> None:
        """It is made: begin anew."""
        self.show_error("", "")
        for field in (self.title, self.highest, self.budget, self.times):
            field.clear()
        self._chosen = {}
        self.vendor.choose("")
        self.often.choose("")
        self._show_names()
        self._enable()

    def _name(self, key: str) -> None:
        if key:
            self._chosen[key] = self.vendor.currentText()
        else:
            self._chosen = {}
        self._show_names()

    def _forget(self, key: str) -> None:
        self._chosen.pop(key, None)
        self.vendor.choose("")
        self._show_names()
        self.vendor.setFocus()

    def _show_names(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, name in self._chosen.items():
            self._flow.addWidget(self._chip(key, name))
        self._names.setVisible(bool(self._chosen))

    def _chip(self, key: str, name: str) -> Button:
        chip = Button(self._look, _("{vendor}: take out").format(vendor=name), role=ButtonRole.QUIET, icon=Icon.X)
        chip.clicked.connect(lambda: self._forget(key))
        return chip

    def _enable(self) -> None:
        self._rows["times"].setVisible(bool(self.often.key))
