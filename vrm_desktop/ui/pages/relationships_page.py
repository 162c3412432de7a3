"""Everybody I have to do with: how it stands, what they hold of me. Opening a row opens its file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.ui.models.relationships_view import RelationshipFilter, RelationshipRow, RelationshipsView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.wording.catalogue import _, ngettext


class RelationshipsPage(Page):
    """`opened` carries the id of a relationship; `add_requested` wants to write an organisation down."""

    opened = Signal(str)
    add_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Relationships"), parent)
        self._view = RelationshipsView(rows=())
        self._chips = {one: FilterChip(look, words) for one, words in _filters()}
        self._count = PlainLabel(kind=LabelKind.MUTED)
        self.table = DataTable(look, _("Relationships"), _columns())
        self._open = Button(look, _("Open its file"), role=ButtonRole.PRIMARY, icon=Icon.ARROW_RIGHT)
        self.add = Button(look, _("Add an organisation"), icon=Icon.PLUS)
        self.add.clicked.connect(self.add_requested)
        self._none_yet = EmptyState(look, Icon.HANDSHAKE, _none_yet(), _("Say what I want"), Icon.RADIO)
        self._none_fit = EmptyState(look, Icon.SEARCH, _none_fit(), _("Show all of them"), Icon.LIST_CHECKS)
        self._states = QStackedWidget()
        self._lay_out()
        for chip in self._chips.values():
            chip.toggled.connect(self._filter)
        self.table.row_opened.connect(self.opened)
        self._open.clicked.connect(lambda: self.opened.emit(self.table.chosen_id or ""))
        self._none_yet.chosen.connect(lambda: self.going.emit(PageId.WANTS))
        self._none_fit.chosen.connect(lambda: self.ask(frozenset()))
        self._bar.hide()
        self._open.hide()

    def show_relationships(self, view: RelationshipsView) -> None:
        """Show all of them. Filters, order and the chosen one stay."""
        self._view = view
        self.show_title(_("Relationships"), view.summary)
        self.table.show_rows([_row(one) for one in view.rows])
        self._filter()

    def ask(self, asked: frozenset[RelationshipFilter]) -> None:
        """Switch the filters to exactly these."""
        for one, chip in self._chips.items():
            chip.setChecked(one in asked)

    def best_id(self) -> str | None:
        """The one there is most to see of: with an order if there is one, else the first."""
        ordered = [one.id for one in self._view.rows if RelationshipFilter.ORDERED in one.facts]
        return next(iter([*ordered, *(one.id for one in self._view.rows)]), None)

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def _filter(self) -> None:
        asked = {one for one, chip in self._chips.items() if chip.isChecked()}
        fitting = {one.id for one in self._view.rows if asked <= one.facts}
        self.table.keep(lambda shown: shown.id in fitting)
        if self.table.chosen_id is None:
            self.table.choose_first()
        count = len(self._view.rows)
        counted = ngettext("{shown} of {all} relationship", "{shown} of {all} relationships", count)
        self._count.setText(counted.format(shown=len(fitting), all=count))
        state = self._none_yet if not self._view.rows else self._none_fit if not fitting else self._surface
        self._states.setCurrentWidget(state)
        if state is self._none_yet and self.isVisible():
            self._none_yet.button.setFocus()
        self._bar.setVisible(bool(self._view.rows))
        self._open.setVisible(bool(fitting))

    def _lay_out(self) -> None:
        look = self.look
        chips = Flow(look)
        for chip in self._chips.values():
            chips.addWidget(chip)
        self._bar = QWidget()
        bar = row(look, self._bar, gap=2)
        bar.addLayout(chips, 1)
        bar.addWidget(self._count)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for state in (self._surface, self._none_yet, self._none_fit):
            self._states.addWidget(state)
        self.buttons.addWidget(self.add)
        self.buttons.addWidget(self._open)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._states, 1)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="vendor", title=_("Vendor"), narrowest=18, widest=34, stretches=True),
        Column(key="state", title=_("How it stands"), narrowest=14, widest=24),
        Column(key="standing", title=_("Last"), narrowest=20, widest=44, stretches=True),
        Column(key="holds", title=_("Holds of me"), narrowest=12, widest=18),
        Column(key="since", title=_("Since"), narrowest=14, widest=20),
    )


def _row(one: RelationshipRow) -> Row:
    holds = ngettext("{count} thing", "{count} things", one.holds).format(count=one.holds)
    trouble = RelationshipFilter.TROUBLE in one.facts
    return Row(
        id=one.id,
        cells=(
            Cell(main=one.vendor, sub=one.about, strong=True, order=one.vendor.casefold()),
            Cell(main=one.state, tone=one.tone, order=one.state),
            Cell(main=one.standing, sub=_("needs a look") if trouble else "", order=one.standing),
            Cell(main=holds if one.holds else _("Nothing"), tone=None if one.holds else Tone.GOOD, order=one.holds),
            Cell(main=one.since, order=one.since_order),
        ),
    )


def _filters() -> tuple[tuple[RelationshipFilter, str], ...]:
    return (
        (RelationshipFilter.OPEN, _("Still open")),
        (RelationshipFilter.ORDERED, _("With an order")),
        (RelationshipFilter.TROUBLE, _("Needs a look")),
    )


def _none_yet() -> str:
    return _("Everybody you ask for an offer gets a place here, with all that was agreed and said.")


def _none_fit() -> str:
    return _("No relationship fits all of this.")
