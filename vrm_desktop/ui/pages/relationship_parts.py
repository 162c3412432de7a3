"""The parts of a relationship's file: how it stands, the order, the terms, the key. Each only shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.relationship_view import OrderView, RelationshipView, TermsLine
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _

_MOST_ROWS = 6


class StandingCard(Card):
    """How it stands, and what waits to leave."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, parent=parent)
        self._state = Pill()
        self._standing = PlainLabel(kind=LabelKind.HEADING, wrap=True)
        self._waiting = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        head = row(look, gap=1.5)
        head.addWidget(self._standing, 1)
        head.addWidget(self._state)
        self.body.addLayout(head)
        self.body.addWidget(self._waiting)
        self.body.addStretch(1)

    def show_standing(self, view: RelationshipView) -> None:
        """Show where it is."""
        self._state.setText(view.state)
        self._state.set_tone(view.tone)
        self._standing.setText(view.standing)
        self._waiting.setText(_("Waits to leave: {what}.").format(what=", ".join(view.waiting)))
        self._waiting.setVisible(bool(view.waiting))


class OrderedCard(Card):
    """What was ordered, and how to pay it. `copy_requested` carries what to put on the clipboard."""

    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Your order"), gap=1.25, parent=parent)
        self._copied = ""
        self._nothing = PlainLabel(_("Nothing was ordered here."), kind=LabelKind.MUTED)
        self._state = Pill()
        self._facts = KeyValues(look)
        self._pay_title = PlainLabel(_("How to pay"), kind=LabelKind.OVERLINE)
        self._payment = PlainLabel(wrap=True, selectable=True)
        self._copy = Button(look, _("Copy the IBAN"), icon=Icon.COPY)
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self._copied))
        head = row(look, gap=1.5)
        head.addWidget(self._state)
        head.addStretch(1)
        self.body.addWidget(self._nothing)
        self.body.addLayout(head)
        for part in (self._facts, self._pay_title, self._payment, self._copy):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_order(self, order: OrderView | None) -> None:
        """Show it, or that there is none."""
        self._nothing.setVisible(order is None)
        self._state.setVisible(order is not None)
        self._facts.setVisible(order is not None)
        self._pay_title.setVisible(order is not None and bool(order.payment))
        self._payment.setVisible(order is not None and bool(order.payment))
        self._copied = order.copied if order is not None else ""
        self._copy.setVisible(bool(self._copied))
        if order is not None:
            self._state.setText(order.state)
            self._state.set_tone(order.tone)
            self._facts.show_facts([Fact(label=label, value=value) for label, value in order.facts])
            self._payment.setText("\n".join(order.payment))


class TermsCard(Card):
    """The agreements between us, and how each came about; what was not agreed stands here too."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What we agreed"), gap=1.25, parent=parent)
        self._look = look
        self._lines = column(look, gap=1.5)
        self._shown: tuple[TermsLine, ...] | None = None
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_terms(self, terms: tuple[TermsLine, ...]) -> None:
        """Show all of them."""
        if terms == self._shown:
            return
        self._shown = terms
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not terms:
            nothing = PlainLabel(_("Nothing was agreed, and so nothing was told."), kind=LabelKind.MUTED, wrap=True)
            self._lines.addWidget(nothing)
        for line in terms:
            self._lines.addWidget(self._line(line))

    def _line(self, line: TermsLine) -> QWidget:
        whole = QWidget()
        lines = column(self._look, whole, gap=0.25)
        head = row(self._look, gap=1.5)
        head.addWidget(PlainLabel(line.name, kind=LabelKind.STRONG, wrap=True), 1)
        head.addWidget(Pill(line.state, line.tone))
        lines.addLayout(head)
        lines.addWidget(PlainLabel(line.came_about, wrap=True))
        if line.words:
            lines.addWidget(PlainLabel(line.words, kind=LabelKind.CAPTION, wrap=True))
        return whole


class HeldCard(Card):
    """What the vendor has of me: each thing, for what, until when, and on what it rests."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What they hold of me"), gap=1, parent=parent)
        self._nothing = PlainLabel(_("Nothing at all."), kind=LabelKind.MUTED)
        self.table = DataTable(look, _("What they hold of me"), _columns())
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.table)

    def show_held(self, view: RelationshipView) -> None:
        """Show all of it."""
        self._nothing.setVisible(not view.held)
        self.table.setVisible(bool(view.held))
        self.table.make_room_for(max(1, min(_MOST_ROWS, len(view.held))))
        rows = [
            Row(
                id=one.id,
                cells=(
                    Cell(main=one.what, sub=one.value, strong=True, order=one.what.casefold()),
                    Cell(main=one.purpose, order=one.purpose),
                    Cell(main=one.until, order=one.until_day),
                    Cell(main=one.under, order=one.under),
                    Cell(main=one.state, tone=one.tone, order=one.state),
                ),
            )
            for one in view.held
        ]
        self.table.show_rows(rows)


class KeyCard(Card):
    """Who they are, and by which key each of their messages is checked."""

    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Who they are"), gap=1.25, parent=parent)
        self._facts = KeyValues(look)
        self._key = PlainLabel(kind=LabelKind.CODE, wrap=True, selectable=True)
        self._verified = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._copy = Button(look, _("Copy the key"), role=ButtonRole.SECONDARY, icon=Icon.COPY)
        self._whole = ""
        self._copy.clicked.connect(lambda: self.copy_requested.emit(self._whole))
        self._key_title = PlainLabel(_("Their key"), kind=LabelKind.OVERLINE)
        for part in (self._facts, self._key_title, self._key, self._verified):
            self.body.addWidget(part)
        self.body.addWidget(self._copy)
        self.body.addStretch(1)

    def show_key(self, view: RelationshipView) -> None:
        """Show who they are."""
        self._facts.show_facts([Fact(label=label, value=value) for label, value in view.about])
        self._whole = view.key.replace(" ", "")
        self._key.setText(view.key)
        for part in (self._key_title, self._key, self._copy):
            part.setVisible(bool(view.key))
        self._verified.setText(view.verified)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="what", title=_("What"), narrowest=20, widest=44, stretches=True),
        Column(key="purpose", title=_("What for"), narrowest=15, widest=22),
        Column(key="until", title=_("Until"), narrowest=14, widest=20),
        Column(key="under", title=_("It rests on"), narrowest=14, widest=24),
        Column(key="state", title=_("What became of it"), narrowest=16, widest=28),
    )
