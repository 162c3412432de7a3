"""Offers side by side: all-in, in the order of what matters to the person, each place explained."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.ui.models.offers_view import OfferFilter, OffersView
from vrm_desktop.ui.models.order_view import OrderView
from vrm_desktop.ui.pages.next_ways_card import NextWaysCard
from vrm_desktop.ui.pages.offer_answers import OfferAnswers
from vrm_desktop.ui.pages.offer_details import OfferDetails
from vrm_desktop.ui.pages.offer_rows import offer_columns, offer_row
from vrm_desktop.ui.pages.order_card import OrderCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.public_prices import PublicPrices
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.weight_slider import WeightSlider
from vrm_desktop.wording.catalogue import _, ngettext


class OffersPage(Page):
    """`accept_requested`, `counter_requested`, `decline_requested` carry the id of an offer.

    `weights_changed` carries a tuple of `Weight`; `newest_requested` asks to show what has come in since.
    """

    accept_requested = Signal(str)
    counter_requested = Signal(str)
    decline_requested = Signal(str)
    weights_changed = Signal(object)
    newest_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Offers"), parent)
        self._view: OffersView | None = None
        self._chips = {one: FilterChip(look, words) for one, words in _filters()}
        self._sliders: list[WeightSlider] = []
        self._matters = Button(look, _("What matters to me"), icon=Icon.SLIDERS_HORIZONTAL)
        self._matters.setCheckable(True)
        self._weights = Card(look, margins=2)
        self._weights_flow = Flow(look, gap=2)
        self._newest = Button(look, "", role=ButtonRole.QUIET, icon=Icon.REFRESH_CW)
        self.see_order = Button(look, _("See my order"), role=ButtonRole.PRIMARY, icon=Icon.RECEIPT)
        self.see_offers = Button(look, _("See all offers"), icon=Icon.SCALE)
        self._count = PlainLabel(kind=LabelKind.MUTED)
        self.table = DataTable(look, _("Offers"), offer_columns())
        self.details = OfferDetails(look)
        self.answers = OfferAnswers(look)
        self.order = OrderCard(look)
        self.next_ways = NextWaysCard(look)
        self.prices = PublicPrices(look)
        self.to_prices = Button(look, _("Public prices"), role=ButtonRole.QUIET, icon=Icon.ARROW_DOWN)
        self._ordered: OrderView | None = None
        self._compare_again = False
        self._none_yet = EmptyState(look, Icon.INBOX, "", _("See how it is going"), Icon.LIST_CHECKS)
        self._none_fit = EmptyState(look, Icon.SEARCH, _nothing_fits(), _("Show all offers"), Icon.LIST_CHECKS)
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_offers(self, view: OffersView) -> None:
        """Show all of it. Filters, order and the chosen offer stay."""
        self._view = view
        self.show_title(view.title, " · ".join(part for part in (view.summary, view.standing) if part))
        self._chips[OfferFilter.WITHIN_LIMIT].setVisible(view.limit_minor is not None)
        self._chips[OfferFilter.WITHIN_LIMIT].setToolTip(_("Total up to {limit}").format(limit=view.limit))
        self._chips[OfferFilter.IN_TIME].setVisible(bool(view.needed_by))
        self._chips[OfferFilter.IN_TIME].setToolTip(_("Arrives by {day}").format(day=view.needed_by))
        self._newest.setVisible(view.new_waiting > 0)
        self._newest.setText(
            ngettext("Show {count} new offer", "Show {count} new offers", view.new_waiting).format(
                count=view.new_waiting
            )
        )
        self._fill_weights(view)
        self._none_yet.say(_("No offers yet. {standing}").format(standing=view.standing))
        ranked = sorted(view.offers, key=lambda offer: (offer.place is None, offer.place or 0))
        self.table.show_rows([offer_row(view, offer) for offer in ranked])
        self._filter()

    def show_order(self, order: OrderView | None) -> None:
        """Show what was ordered in place of the comparison, until the person asks for the offers again."""
        if order is None or self._ordered is None or order.relationship != self._ordered.relationship:
            self._compare_again = False
        self._ordered = order
        if order is not None:
            self.order.show_order(order)
        self._filter()

    def ask(self, asked: frozenset[OfferFilter]) -> None:
        """Switch the filters to exactly these."""
        for one, chip in self._chips.items():
            chip.setChecked(one in asked)

    def show_weights(self, *, shown: bool) -> None:
        """Open or close the sliders."""
        self._matters.setChecked(shown)

    def first_field(self) -> QWidget:
        """The table, or what is to be done about the order."""
        if self._ordered is None or self._compare_again:
            return self.table
        return self.see_offers if self.order.pay.isHidden() else self.order.pay

    def _asked(self) -> frozenset[OfferFilter]:
        return frozenset(one for one, chip in self._chips.items() if chip.isChecked() and not chip.isHidden())

    def _filter(self) -> None:
        view = self._view
        if view is None:
            return
        asked = self._asked()
        fitting = {offer.id for offer in view.offers if view.passes(offer, asked)}
        self.table.keep(lambda shown: shown.id in fitting)
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._show_chosen()
        self._say_count()
        state = self._none_yet if not view.offers else self._none_fit if not fitting else self._comparison
        ordered = self._ordered is not None and not self._compare_again
        self._show_state(self._order_state if ordered else state)
        self._bar.setVisible(bool(view.offers) and not ordered)
        self._matters.setVisible(bool(view.offers and view.weights) and not ordered)
        self._weights.setVisible(self._matters.isChecked() and not self._matters.isHidden())
        self.see_order.setVisible(self._ordered is not None and self._compare_again)
        self.see_offers.setVisible(ordered)
        self._newest.setVisible(view.new_waiting > 0 and not ordered)
        self.prices.setVisible(not ordered)
        self.to_prices.setVisible(bool(view.offers) and not ordered)

    def _show_state(self, state: QWidget) -> None:
        """Only what is shown takes room; else public prices would stand below the height of a comparison."""
        for one in (self._comparison, self._none_yet, self._none_fit, self._order_state):
            policy = QSizePolicy.Policy.Preferred if one is state else QSizePolicy.Policy.Ignored
            one.setSizePolicy(policy, policy)
        self._states.setCurrentWidget(state)

    def _say_count(self) -> None:
        if self._view is None:
            return
        counted = ngettext("{shown} of {all} offer", "{shown} of {all} offers", len(self._view.offers)).format(
            shown=len(self.table.shown_ids), all=len(self._view.offers)
        )
        title = next((column.title for column in offer_columns() if column.key == self.table.sorted_by), "")
        order = _("sorted by {column}").format(column=title) if title else _("best for me first")
        self._count.setText(f"{counted} · {order}")

    def _show_chosen(self) -> None:
        chosen = self.table.chosen_id
        offer = next((offer for offer in (self._view.offers if self._view else ()) if offer.id == chosen), None)
        if self.answers.offer_id not in (None, chosen):
            self.answers.close_answer()
        self.details.setVisible(offer is not None and self.answers.isHidden())
        if offer is not None:
            self.details.show_offer(offer)

    def _fill_weights(self, view: OffersView) -> None:
        if tuple(slider.weight for slider in self._sliders) == view.weights:
            return
        for slider in self._sliders:
            self._weights_flow.removeWidget(slider)
            slider.deleteLater()
        self._sliders = [WeightSlider(self.look, weight) for weight in view.weights]
        for slider in self._sliders:
            self._weights_flow.addWidget(slider)
            slider.changed.connect(self._tell_weights)

    def _tell_weights(self) -> None:
        self.weights_changed.emit(tuple(slider.weight for slider in self._sliders))

    def _connect(self) -> None:
        for chip in self._chips.values():
            chip.toggled.connect(self._filter)
        self._matters.toggled.connect(self._weights.setVisible)
        self.answers.opened.connect(self._show_chosen)
        self.answers.left.connect(self._back_to_details)
        self.see_offers.clicked.connect(lambda: self._look_again(offers=True))
        self.see_order.clicked.connect(lambda: self._look_again(offers=False))
        self._newest.clicked.connect(self.newest_requested)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.order_changed.connect(self._say_count)
        self.to_prices.clicked.connect(self._go_to_prices)
        self.prices.opened.connect(lambda: self.show_part(self.prices))
        self._none_yet.chosen.connect(lambda: self.going.emit(PageId.CAST))
        self._none_fit.chosen.connect(lambda: self.ask(frozenset()))
        self.details.accept_requested.connect(self.accept_requested)
        self.details.counter_requested.connect(self.counter_requested)
        self.details.decline_requested.connect(self.decline_requested)

    def _back_to_details(self) -> None:
        self._show_chosen()
        self.details.accept.setFocus()

    def _go_to_prices(self) -> None:
        self.show_part(self.prices)
        (self.prices.add if self.prices.table.isHidden() else self.prices.table).setFocus()

    def _look_again(self, *, offers: bool) -> None:
        self._compare_again = offers
        self._filter()
        self.first_field().setFocus()

    def _lay_out(self) -> None:
        look = self.look
        for button in (self.see_offers, self.see_order):
            self.buttons.addWidget(button)
            button.hide()
        self.buttons.addWidget(self._newest)
        self.buttons.addWidget(self._matters)
        self._newest.hide()
        self._weights.body.addLayout(self._weights_flow)
        self._weights.hide()
        chips = Flow(look)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addWidget(self.to_prices)
        self._bar = QWidget()
        bar = row(look, self._bar, gap=2)
        bar.addLayout(chips, 1)
        bar.addWidget(self._count)
        surface = Card(look, margins=(1.5, 0.5))
        surface.body.addWidget(self.table)
        surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._comparison = QWidget()
        parts = column(look, self._comparison, gap=1.5)
        parts.addWidget(surface, 1)
        parts.addWidget(self.details)
        parts.addWidget(self.answers)
        self._order_state = QWidget()
        ordered = column(look, self._order_state)
        ordered.addWidget(self.order)
        ordered.addStretch(1)
        for state in (self._comparison, self._none_yet, self._none_fit, self._order_state):
            self._states.addWidget(state)
        self.body.addWidget(self._weights)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._states, 1)
        self.body.addWidget(self.next_ways)
        self.body.addWidget(self.prices)


def _filters() -> tuple[tuple[OfferFilter, str], ...]:
    return (
        (OfferFilter.WITHIN_LIMIT, _("Within my limit")),
        (OfferFilter.IN_TIME, _("In time")),
        (OfferFilter.BINDING, _("Binding")),
        (OfferFilter.ASKS_NOTHING, _("Asks nothing more")),
    )


def _nothing_fits() -> str:
    return _("No offer fits all of this.")
