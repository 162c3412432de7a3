"""Contracts: what each costs, by when notice has to be given, and the end of it in one act."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.ui.models.contracts_view import ContractLine, ContractsView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.contract_form import ContractForm
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_ROWS = 6


class ContractsPage(Page):
    """`kept` carries a `TypedContract`; `cancelled`, `confirmed`, `decided`, `dropped`, `opened` a contract's id.

    `priced` carries the id and the price as typed.
    """

    kept = Signal(object)
    cancelled = Signal(str)
    confirmed = Signal(str)
    decided = Signal(str)
    dropped = Signal(str)
    opened = Signal(str)
    priced = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Contracts"), parent)
        self._view = ContractsView(lines=(), summary="", vendors=())
        self._today = date.min
        self.add = Button(look, _("Add a contract"), role=ButtonRole.PRIMARY, icon=Icon.PLUS)
        self.form = ContractForm(look)
        self.this_month = FilterChip(look, _("Can be cancelled this month"))
        self.table = DataTable(look, _("Contracts"), _columns())
        self.details = _Details(look)
        self._none_yet = EmptyState(look, Icon.FILE_TEXT, _none_yet(), _("Add a contract"), Icon.PLUS)
        self._none_fit = EmptyState(look, Icon.CALENDAR, _none_fit(), _("Show all of them"), Icon.LIST_CHECKS)
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()
        self.form.hide()
        self.details.hide()

    def show_contracts(self, view: ContractsView, today: date) -> None:
        """Show all of them. What is being typed, the filter and the chosen one stay."""
        self._view, self._today = view, today
        self.show_title(_("Contracts"), view.summary)
        self.table.show_rows([_row(one) for one in view.lines])
        self.table.make_room_for(min(max(len(view.lines), 2), _ROWS))
        self._filter()

    def contract_kept(self, key: str) -> None:
        """What was typed is kept: put the form away, and choose it."""
        self._close_form()
        self.table.choose(key)
        self._show_chosen()

    def choose(self, key: str) -> None:
        """Choose one."""
        self.table.choose(key)

    def first_field(self) -> QWidget | None:
        """The table, where there is something in it."""
        return self.table if self._view.lines else self._none_yet.button

    def open_form(self) -> None:
        """Type in a contract."""
        self.form.show()
        self._states.setVisible(bool(self._view.lines))
        self.form.begin(self._view.vendors, self._today)
        self.to_top()

    def _correct(self) -> None:
        """Correct the one that is chosen."""
        line = next((one for one in self._view.lines if one.id == self.details.key), None)
        if line is not None:
            self.form.show()
            self.form.correct(line.typed, line.vendor, self._today)
            self.to_top()

    def _close_form(self) -> None:
        self.form.hide()
        self._states.show()

    def _filter(self) -> None:
        fitting = {one.id for one in self._view.lines if one.this_month or not self.this_month.isChecked()}
        self.table.keep(lambda shown: shown.id in fitting)
        if self.table.chosen_id is None:
            self.table.choose_first()
        state = self._none_yet if not self._view.lines else self._none_fit if not fitting else self._surface
        self._states.setCurrentWidget(state)
        self.this_month.setVisible(bool(self._view.lines))
        self.add.setVisible(bool(self._view.lines))  # while there are none, the empty page has its own button
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.table.chosen_id
        line = next((one for one in self._view.lines if one.id == chosen), None)
        self.details.setVisible(line is not None and self._states.currentWidget() is self._surface)
        if line is not None:
            self.details.show_contract(line)

    def _connect(self) -> None:
        self.add.clicked.connect(self.open_form)
        self._none_yet.chosen.connect(self.open_form)
        self._none_fit.chosen.connect(lambda: self.this_month.setChecked(False))
        self.form.closed.connect(self._close_form)
        self.form.kept.connect(self.kept)
        self.this_month.toggled.connect(self._filter)
        self.table.row_chosen.connect(self._show_chosen)
        details = self.details
        for button, signal in (
            (details.cancel, self.cancelled),
            (details.confirm, self.confirmed),
            (details.keep, self.decided),
            (details.drop, self.dropped),
            (details.open_file, self.opened),
        ):
            button.clicked.connect(lambda *_clicked, told=signal: told.emit(details.key))
        details.edit.clicked.connect(self._correct)
        details.add_price.clicked.connect(self._price)
        details.price.returnPressed.connect(self._price)

    def _price(self) -> None:
        if self.details.price.text().strip():
            self.priced.emit(self.details.key, self.details.price.text().strip())

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self.add)
        bar = row(look)
        bar.addWidget(self.this_month)
        bar.addStretch(1)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for state in (self._surface, self._none_yet, self._none_fit):
            self._states.addWidget(state)
        self.body.addWidget(self.form)
        self.body.addLayout(bar)
        self.body.addWidget(self._states, 1)
        self.body.addWidget(self.details)
        self.body.addStretch(0)


class _Details(Card):
    """One contract: its dates, its prices, and what can be done about it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, gap=1.25, margins=(2.5, 2))
        self.key = ""
        self._name = ElidedLabel(kind=LabelKind.HEADING)
        self._state = Pill()
        self._rise = Pill(tone=Tone.CAUTION)
        self._facts = KeyValues(look)
        self._history = PlainLabel(_("What it has cost"), kind=LabelKind.OVERLINE)
        self._prices = Points(look)
        self.price = QLineEdit()
        self.price.setMaxLength(20)
        self.price.setAccessibleName(_("A new price from today"))
        self.price.setPlaceholderText(_("34.90 EUR from today"))
        self.add_price = Button(look, _("Add this price"), icon=Icon.PLUS)
        self.cancel = Button(look, "", role=ButtonRole.DANGER, icon=Icon.LOG_OUT)
        self.confirm = Button(look, _("They confirmed the end"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.keep = Button(look, _("Keep it"), icon=Icon.UNDO_2)
        self.open_file = Button(look, _("Open the file"), icon=Icon.HANDSHAKE)
        self.edit = Button(look, _("Correct it"), icon=Icon.PENCIL)
        self.drop = Button(look, _("Remove"), role=ButtonRole.QUIET, icon=Icon.TRASH_2)
        self._lay_out(look)

    def show_contract(self, line: ContractLine) -> None:
        """Show one. What is being typed stays while it is the same."""
        if line.id != self.key:
            self.price.clear()
        self.key = line.id
        self._name.setText(_("{title}, {vendor}").format(title=line.title, vendor=line.vendor))
        self._state.setText(line.state)
        self._state.set_tone(line.tone)
        self._rise.setText(line.rise)
        self._rise.setVisible(bool(line.rise))
        self._facts.show_facts([Fact(label=label, value=value) for label, value in line.facts])
        self._prices.show_points(line.prices or (_("No price is noted yet."),))
        self.cancel.setText(line.cancel)
        self.cancel.setVisible(bool(line.cancel))
        self.confirm.setVisible(line.can_confirm)
        self.keep.setVisible(line.can_keep)

    def price_added(self) -> None:
        """The price is kept: begin anew."""
        self.price.clear()

    def _lay_out(self, look: Look) -> None:
        head = row(look, gap=1.5)
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addWidget(self._rise)
        head.addStretch(1)
        costs = QWidget()
        lines = column(look, costs, gap=1)
        lines.addWidget(self._history)
        lines.addWidget(self._prices)
        typing = row(look, gap=1)
        typing.addWidget(self.price, 1)
        typing.addWidget(self.add_price)
        lines.addLayout(typing)
        lines.addStretch(1)
        foot = QWidget()
        buttons = Flow(look, foot)
        for button in (self.confirm, self.keep, self.edit, self.open_file, self.cancel, self.drop):
            buttons.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(SideBySide(look, (self._facts, costs), stacked_below=70))
        self.body.addWidget(foot)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="title", title=_("Contract"), narrowest=20, widest=40, stretches=True),
        Column(key="price", title=_("Costs"), narrowest=16, widest=26),
        Column(key="notice", title=_("What comes next"), narrowest=23, widest=30),
        Column(key="state", title=_("Where it stands"), narrowest=16, widest=30),
    )


def _row(line: ContractLine) -> Row:
    costs = "".join(part for part in (line.rise and f"{line.rise_short}, ", line.yearly) if part)
    return Row(
        id=line.id,
        cells=(
            Cell(main=line.title, sub=line.vendor, strong=True, order=line.title.casefold()),
            Cell(main=line.price, sub=costs, order=line.yearly_order),
            Cell(main=line.notice, tone=line.notice_tone, order=(line.notice_day or date.max).isoformat()),
            Cell(main=line.state, tone=line.tone, order=line.state),
        ),
    )


def _none_yet() -> str:
    return _(
        "No contracts yet. Add your electricity, your insurance, a subscription: "
        "the last day to give notice will never pass unseen."
    )


def _none_fit() -> str:
    return _("None of them can be cancelled this month.")
