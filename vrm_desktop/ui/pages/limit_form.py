"""The form of a new limit: of whom, what, up to how much each time and in all, paid to whom, until when, how often."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.limits import Frequency
from vrm_desktop.ui.models.limits_view import LimitForm
from vrm_desktop.ui.pages.limit_things import AccountsPart, ArticlesPart, from_top
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.added_ones import AddedOnes
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
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
        self.title, self.highest, self.lowest = QLineEdit(), QLineEdit(), QLineEdit()
        self.budget, self.times = QLineEdit(), QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        for field in (self.highest, self.lowest, self.budget, self.times):
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
        self.names, self.articles, self.accounts = AddedOnes(look), ArticlesPart(look), AccountsPart(look)
        budget = _("From the first day to the last. Leave it empty for no budget.")
        self._rows = {
            "title": FormRow(look, _("What for"), self.title, _("For you; it is not part of what is signed.")),
            "highest": FormRow(look, _("One purchase costs at most"), self.highest),
            "lowest": FormRow(look, _("And at least"), self.lowest),
            "budget": FormRow(look, _("All of them together"), self.budget, budget),
            "vendors": FormRow(look, _("Only of"), self.vendor, _("Choose one after the other.")),
            "articles": self.articles.line,
            "accounts": self.accounts.line,
            "starts": FormRow(look, _("First day"), self.starts),
            "ends": FormRow(look, _("Last day"), self.ends),
            "often": FormRow(look, _("How often"), self.often),
            "times": FormRow(look, _("How many times at most"), self.times),
        }
        rows = self._rows
        amounts = SideBySide(look, [from_top(look, rows[key]) for key in ("highest", "lowest")], stacked_below=48)
        days = SideBySide(look, [from_top(look, rows[key]) for key in ("starts", "ends")], stacked_below=64)
        for part in (rows["title"], amounts, rows["budget"], rows["vendors"], self.names, self.articles, self.accounts):
            self.body.addWidget(part)
        for part in (days, rows["often"], rows["times"]):
            self.body.addWidget(part)
        acts = Flow(look)
        acts.addWidget(self.make)
        self.body.addLayout(acts)
        self.body.addStretch(1)
        self.vendor.chosen.connect(self._name)
        self.names.removed.connect(self._forget)
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
            lowest=self.lowest.text().strip(),
            budget=self.budget.text().strip(),
            starts=self.starts.day,
            ends=self.ends.day,
            vendors=tuple(self._chosen),
            articles=self.articles.articles,
            accounts=self.accounts.accounts,
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
        for field in (self.title, self.highest, self.lowest, self.budget, self.times):
            field.clear()
        self.articles.begin()
        self.accounts.begin()
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
        self.names.show_ones(self._chosen.items())

    def _enable(self) -> None:
        self._rows["times"].setVisible(bool(self.often.key))
