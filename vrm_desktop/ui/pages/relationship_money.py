"""Money both ways with one counterparty: what the signed record says, and lines written down by hand. Only shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.booking import BookingKind
from vrm_desktop.ui.models.belongings_view import MoneyView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.bookings import booking_label
from vrm_desktop.wording.catalogue import _

_MOST_ROWS = 6
LONGEST_LINE = 200


class MoneyCard(Card):
    """`added` carries a kind, an amount as typed and what it was for; `struck` the id of a line written by hand."""

    added = Signal(str, str, str)
    struck = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Money both ways"), gap=1.25, parent=parent)
        self._by_hand: frozenset[str] = frozenset()
        self._nothing = PlainLabel(_("No money went either way yet."), kind=LabelKind.MUTED, wrap=True)
        self._balances = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self.table = DataTable(look, _("Money both ways"), _columns())
        self.strike = Button(look, _("Strike this line"), icon=Icon.TRASH_2)
        self.kind = Select(look, [(one.value, booking_label(one)) for one in BookingKind], name=_("What happened"))
        self.amount, self.what = QLineEdit(), QLineEdit()
        self.amount.setPlaceholderText(_("such as 49.90 EUR"))
        for field in (self.amount, self.what):
            field.setMaxLength(LONGEST_LINE)
        self._amount_row = FormRow(look, _("How much"), self.amount)
        self.add = Button(look, _("Write it down"), icon=Icon.PLUS)
        for part in (self._nothing, self._balances, self.table):
            self.body.addWidget(part)
        foot = row(look, gap=1)
        foot.addStretch(1)
        foot.addWidget(self.strike)
        self.body.addLayout(foot)
        fields = (
            FormRow(look, _("What happened"), self.kind),
            self._amount_row,
            FormRow(look, _("What for"), self.what),
        )
        self.body.addWidget(SideBySide(look, fields, gap=1.5))
        self.body.addWidget(self.add)
        self.table.row_chosen.connect(self._enable)
        self.strike.clicked.connect(lambda: self.struck.emit(self.table.chosen_id or ""))
        self.add.clicked.connect(self._add)
        for field in (self.amount, self.what):
            field.textChanged.connect(self._enable)
            field.returnPressed.connect(self._add)
        self._enable()

    def show_money(self, view: MoneyView) -> None:
        """Show all of it. What is being written stays."""
        self._by_hand = frozenset(line.id for line in view.lines if line.by_hand)
        self._nothing.setVisible(not view.lines)
        self._balances.setVisible(bool(view.balances))
        self._balances.setText("\n".join(view.balances))
        self.table.setVisible(bool(view.lines))
        self.table.make_room_for(max(1, min(_MOST_ROWS, len(view.lines))))
        self.table.show_rows(
            [
                Row(
                    id=line.id,
                    cells=(
                        Cell(main=line.on, order=line.on_day),
                        Cell(main=line.what, sub=line.number, strong=True, order=line.what.casefold()),
                        Cell(main=line.kind, tone=line.tone, order=line.kind),
                        Cell(main=line.amount, order=line.minor),
                    ),
                )
                for line in view.lines
            ]
        )
        self._enable()

    def show_error(self, words: str) -> None:
        """Say what is wrong with the amount."""
        self._amount_row.show_error(words)

    def written(self) -> None:
        """The line is kept: begin anew."""
        self.show_error("")
        self.amount.clear()
        self.what.clear()

    def _add(self) -> None:
        if self.add.isEnabled():
            self.added.emit(self.kind.key, self.amount.text().strip(), self.what.text().strip())

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.amount.text().strip()) and bool(self.what.text().strip()))
        self.strike.setVisible(self.table.chosen_id in self._by_hand)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="on", title=_("On"), narrowest=14, widest=20),
        Column(key="what", title=_("What for"), narrowest=20, widest=44, stretches=True),
        Column(key="kind", title=_("What happened"), narrowest=14, widest=22),
        Column(key="amount", title=_("How much"), narrowest=12, widest=18),
    )
