"""Things from one counterparty, with their returns and warranties; one can be written down by hand. Only shows."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.belongings_view import ThingLine
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_MOST_ROWS = 6
LONGEST_LINE = 200


class ThingsCard(Card):
    """`added` carries a name, a serial number and the warranty's last day or None; `turned` an id, gone or back."""

    added = Signal(str, str, object)
    turned = Signal(str, bool)
    struck = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Things from them"), gap=1.25, parent=parent)
        self._gone: frozenset[str] = frozenset()
        self._nothing = PlainLabel(_none_yet(), kind=LabelKind.MUTED, wrap=True)
        self.table = DataTable(look, _("Things from them"), _columns())
        self.turn = Button(look, "", icon=Icon.LOG_OUT)
        self.strike = Button(look, _("Strike this thing"), role=ButtonRole.QUIET, icon=Icon.TRASH_2)
        self.name, self.serial = QLineEdit(), QLineEdit()
        for field in (self.name, self.serial):
            field.setMaxLength(LONGEST_LINE)
        self.warranty = DayField(look, _("Warranty until"), _("The warranty's last day"))
        self.add = Button(look, _("Write this thing down"), icon=Icon.PLUS)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.table)
        foot = Flow(look)
        foot.addWidget(self.turn)
        foot.addWidget(self.strike)
        self.body.addLayout(foot)
        fields = (FormRow(look, _("What it is"), self.name), FormRow(look, _("Serial number"), self.serial))
        self.body.addWidget(SideBySide(look, fields, gap=1.5))
        self.body.addWidget(self.warranty)
        self.body.addWidget(self.add)
        self.table.row_chosen.connect(self._enable)
        self.turn.clicked.connect(self._turn)
        self.strike.clicked.connect(lambda: self.struck.emit(self.table.chosen_id or ""))
        self.name.textChanged.connect(self._enable)
        self.add.clicked.connect(self._add)
        self._enable()

    def show_things(self, lines: tuple[ThingLine, ...], today: date) -> None:
        """Show all of them. What is being written stays."""
        self._gone = frozenset(line.id for line in lines if line.gone)
        if self.warranty.day is None:
            self.warranty.show_day(None, earliest=date(1970, 1, 1), usual=_in_two_years(today))
        self._nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.make_room_for(max(1, min(_MOST_ROWS, len(lines))))
        self.table.show_rows(
            [
                Row(
                    id=line.id,
                    cells=(
                        Cell(main=line.title, sub=line.numbers, strong=not line.gone, order=line.title.casefold()),
                        Cell(main=line.bought, order=line.bought_day),
                        Cell(main=line.state, tone=line.tone, order=line.state),
                    ),
                )
                for line in lines
            ]
        )
        self._enable()

    def written(self) -> None:
        """The thing is kept: begin anew."""
        self.name.clear()
        self.serial.clear()

    def _add(self) -> None:
        if self.add.isEnabled():
            self.added.emit(self.name.text().strip(), self.serial.text().strip(), self.warranty.day)

    def _turn(self) -> None:
        chosen = self.table.chosen_id
        if chosen is not None:
            self.turned.emit(chosen, chosen in self._gone)

    def _enable(self) -> None:
        chosen = self.table.chosen_id
        self.add.setEnabled(bool(self.name.text().strip()))
        self.turn.setVisible(chosen is not None)
        self.strike.setVisible(chosen is not None)
        self.turn.setText(_("It is here again") if chosen in self._gone else _("It is not here any more"))


def _in_two_years(today: date) -> date:
    return date(today.year + 2, today.month, min(today.day, 28))


def _none_yet() -> str:
    return _("Whatever is delivered to you will stand here, with its last day to go back and its warranty.")


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="what", title=_("What"), narrowest=22, widest=48, stretches=True),
        Column(key="bought", title=_("Bought"), narrowest=14, widest=20),
        Column(key="state", title=_("How it stands"), narrowest=20, widest=36),
    )
