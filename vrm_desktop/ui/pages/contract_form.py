"""Typing in a contract: with whom, what, from when, how it runs, what it costs."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vrm_desktop.ui.models.contracts_view import Pair, TypedContract
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _

_LONGEST_TITLE, _LONGEST_NUMBER = 200, 20


class ContractForm(Card):
    """`kept` carries a `TypedContract`; `closed` puts the form away."""

    kept = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("A contract"), gap=1.5, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._problem = Notice(look)
        self._id = ""
        self.vendor = Select(look, name=_("With whom"))
        self.title = _line(_LONGEST_TITLE)
        self.number = _line(100)
        self.starts = DayField(look, _("On"), _("It began"))
        self.months = _line(3, "12")
        self.renewal = Select(look, _renewals(), name=_("And then"))
        self.renews = _line(3, "12")
        self.notice = _line(4, "1")
        self.unit = Select(look, _units(), name=_("Days, weeks, months or years"))
        self.price = _line(_LONGEST_NUMBER, _("29.90 EUR"))
        self.every = Select(look, _rhythms(), name=_("How often it is paid"))
        self.keep = Button(look, _("Keep this contract"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.close_it = Button(look, _("Not now"), role=ButtonRole.QUIET)
        self._prices = QWidget()
        self._renews_row = FormRow(look, _("By how many months"), self.renews)
        self._lay_out(look)
        self.keep.clicked.connect(self._keep)
        self.close_it.clicked.connect(self.closed)
        self.renewal.chosen.connect(self._follow)
        self.title.returnPressed.connect(self._keep)
        self._follow()

    def begin(self, vendors: tuple[Pair, ...], today: date) -> None:
        """Begin anew."""
        self.vendor.offer(vendors)
        self._show(_blank(today), today)

    def correct(self, typed: TypedContract, vendor: str, today: date) -> None:
        """Begin with what is kept. With whom it is stays (`vendor` is the name); what it costs is noted beside it."""
        self.vendor.offer(((typed.vendor, vendor),))
        self._show(typed, today)

    def _show(self, typed: TypedContract, today: date) -> None:
        self._id = typed.id
        for select, key in ((self.vendor, typed.vendor), (self.renewal, typed.renewal), (self.unit, typed.unit)):
            select.choose(key)
        for line, text in (
            (self.title, typed.title),
            (self.number, typed.number),
            (self.months, typed.months),
            (self.renews, typed.renews),
            (self.notice, typed.notice),
            (self.price, typed.price),
        ):
            line.setText(text)
        self.starts.show_day(typed.starts, earliest=date(1970, 1, 1), usual=today)
        self.vendor.setEnabled(not typed.id)
        self._prices.setVisible(not typed.id)
        self._problem.hide()
        self._follow()
        self.title.setFocus()

    def show_problem(self, words: str) -> None:
        """Say what is wrong with what was typed."""
        self._problem.say(words, "", Tone.BAD)

    def _follow(self) -> None:
        self._renews_row.setVisible(self.renewal.key == "renews")

    def _keep(self) -> None:
        starts = self.starts.day
        if not self.title.text().strip() or starts is None or not self.vendor.key:
            self.show_problem(_("Please say with whom, what it is, and when it began."))
            return
        self.kept.emit(
            TypedContract(
                vendor=self.vendor.key,
                title=self.title.text().strip(),
                number=self.number.text().strip(),
                starts=starts,
                months=self.months.text().strip(),
                renewal=self.renewal.key,
                renews=self.renews.text().strip(),
                notice=self.notice.text().strip(),
                unit=self.unit.key,
                price=self.price.text().strip(),
                every=self.every.key,
                id=self._id,
            )
        )

    def _lay_out(self, look: Look) -> None:
        self.body.addWidget(self._problem)
        lines: tuple[tuple[QWidget, ...], ...] = (
            (FormRow(look, _("With whom"), self.vendor), FormRow(look, _("What it is"), self.title)),
            (FormRow(look, _("Their number for it"), self.number), FormRow(look, _("It began"), self.starts)),
            (
                FormRow(look, _("First term in months"), self.months, _("Empty: it runs on from the start.")),
                FormRow(look, _("And then"), self.renewal),
                self._renews_row,
            ),
            (FormRow(look, _("Notice period"), self.notice), FormRow(look, _("Counted in"), self.unit)),
            (self._prices,),
        )
        prices = row(look, self._prices, gap=1.5)
        for part in (FormRow(look, _("Price"), self.price), FormRow(look, _("How often"), self.every)):
            prices.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        for widgets in lines:
            line = row(look, gap=1.5)
            for widget in widgets:
                line.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)
        foot = row(look, gap=1)
        foot.addStretch(1)
        foot.addWidget(self.close_it)
        foot.addWidget(self.keep)
        self.body.addLayout(foot)


def _blank(today: date) -> TypedContract:
    return TypedContract(
        vendor="",
        title="",
        number="",
        starts=today,
        months="",
        renewal="",
        renews="",
        notice="",
        unit="",
        price="",
        every="",
    )


def _line(most: int, example: str = "") -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(most)
    line.setPlaceholderText(example)
    return line


def _renewals() -> tuple[Pair, ...]:
    return (("renews", _("it renews")), ("runs-on", _("it runs on")), ("ends", _("it ends")))


def _units() -> tuple[Pair, ...]:
    return (("months", _("months")), ("weeks", _("weeks")), ("days", _("days")), ("years", _("years")))


def _rhythms() -> tuple[Pair, ...]:
    return (
        ("month", _("a month")),
        ("quarter", _("a quarter")),
        ("half-year", _("half a year")),
        ("year", _("a year")),
        ("week", _("a week")),
        ("once", _("once")),
    )
