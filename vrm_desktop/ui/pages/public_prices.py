"""Public prices below the offers for a want: their own table, never ranked, and what can be done about each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.models.prices_view import PricesView
from vrm_desktop.ui.pages.checkout_card import CheckoutCard
from vrm_desktop.ui.pages.price_adding import PriceAdding
from vrm_desktop.ui.pages.price_details import PriceDetails
from vrm_desktop.ui.pages.price_rows import price_columns, price_row
from vrm_desktop.ui.pages.shop_asking import ShopAsking
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _, ngettext

_MOST_ROWS = 6


class PublicPrices(QWidget):
    """`opened` when one of its forms was opened. All else is told by its parts."""

    opened = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PricesView | None = None
        self._heading = PlainLabel(_("Public prices"), kind=LabelKind.HEADING)
        self._told = PlainLabel(_what_they_are(), kind=LabelKind.MUTED, wrap=True)
        self.add = Button(look, _("Add a shop's page…"), icon=Icon.PLUS)
        self.look_in = Button(look, _("Look in a shop's list…"), icon=Icon.STORE)
        self.adding = PriceAdding(look)
        self.asking = ShopAsking(look)
        self.searches = Points(look, LabelKind.MUTED)
        self.alarm = Notice(look)
        self.table = DataTable(look, _("Public prices"), price_columns())
        self.details = PriceDetails(look)
        self.checkout = CheckoutCard(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out(look)
        self.table.row_chosen.connect(self._show_chosen)
        self.add.clicked.connect(lambda: self.open_form(self.adding))
        self.look_in.clicked.connect(lambda: self.open_form(self.asking))
        self.adding.left.connect(lambda: self.close_form(self.add))
        self.asking.left.connect(lambda: self.close_form(self.look_in))

    def show_prices(self, view: PricesView) -> None:
        """Show all of them. The chosen one stays, and so does what is being typed."""
        self._view = view
        count = len(view.prices)
        self._heading.setText(
            ngettext("{count} public price", "{count} public prices", count).format(count=count)
            if count
            else _("Public prices")
        )
        self._told.setText(_what_they_are() if count else _none_kept())
        codes = [one.currency for one in view.prices]
        currency = min(set(codes), key=lambda code: (-codes.count(code), code), default="")
        self.table.make_room_for(max(1, min(count, _MOST_ROWS)))
        self.table.show_rows([price_row(one, currency) for one in view.prices])
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._surface.setVisible(bool(count))
        self.searches.show_points(view.searches)
        self.searches.setVisible(bool(view.searches))
        if view.alarm:
            self.alarm.say(view.alarm, _("Nothing is bought by that list before you say so."), Tone.BAD)
        else:
            self.alarm.hide()
        self.asking.offer(view.shops)
        self.checkout.show_checkouts(view.checkouts)
        self._show_chosen()

    def open_form(self, form: PriceAdding | ShopAsking) -> None:
        """Open one of the forms, with the keyboard in it; the other closes."""
        for one in (self.adding, self.asking):
            one.setVisible(one is form)
        form.begin()
        (form.address if isinstance(form, PriceAdding) else form.first_field()).setFocus()
        self.opened.emit()

    def close_form(self, back_to: QWidget | None = None) -> None:
        """Close whichever is open."""
        self.adding.hide()
        self.asking.hide()
        if back_to is not None:
            back_to.setFocus()

    def _show_chosen(self) -> None:
        view = self._view
        chosen = next((one for one in view.prices if one.id == self.table.chosen_id), None) if view else None
        self.details.setVisible(chosen is not None)
        if view is not None and chosen is not None:
            self.details.show_price(chosen, today=view.today, quantity=view.quantity)
            self.details.show_face(known=view.known, can_be_known=view.can_be_known)

    def _lay_out(self, look: Look) -> None:
        lines = column(look, self, gap=1.5)
        head = row(look, gap=1)
        head.addWidget(self._heading, 1)
        buttons = Flow(look)
        buttons.addWidget(self.add)
        buttons.addWidget(self.look_in)
        head.addLayout(buttons)
        words = column(look, gap=0.5)
        words.addLayout(head)
        words.addWidget(self._told)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        lines.addLayout(words)
        for part in (self.adding, self.asking, self.searches, self.alarm, self.checkout, self._surface, self.details):
            lines.addWidget(part)
        for part in (self.searches, self.alarm, self.checkout, self._surface, self.details):
            part.hide()
        self.close_form()


def _what_they_are() -> str:
    return _(
        "What shops tell everybody, with the day it was seen. No offers made for you: nobody is bound by them, and "
        "they are not ranked. Your limit is compared here and told to nobody."
    )


def _none_kept() -> str:
    return _(
        "None are kept for this yet. Paste the address of a shop's page, drop a saved page on this window, or look in "
        "the price list of a shop that programs can ask."
    )
