"""Offers: shows them in the person's order, and carries accept, another price, no, and the payment that follows."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.payment import Decision, PayWay
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import NotAnAmount
from vrm_desktop.services import accept_offer, compare_offers, hand_over_payment, keep_profile
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.see_payment import WayShown
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, words_of
from vrm_desktop.ui.controllers.next_ways_desk import NextWaysDesk
from vrm_desktop.ui.controllers.offers_reading import OffersRead, read_offers
from vrm_desktop.ui.controllers.order_reading import read_acceptance, read_order
from vrm_desktop.ui.controllers.receipts import receipt_from
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.next_ways_view import NextStep
from vrm_desktop.ui.models.offers_view import Weight
from vrm_desktop.ui.models.order_view import AcceptView, MissingView, OrderView, PriceView
from vrm_desktop.ui.models.weights_view import weights_of
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.presenters.accepting import after_accepting
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _

_SEEN = frozenset({"relationship", "intentcast", "offer", "act"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    read: OffersRead
    order: OrderView | None


class OffersController(QObject):
    """One page and the offers to the want in question; new ones wait until asked for. `copied` carries a text."""

    copied = Signal(str)

    def __init__(self, at_home: AtHome, asked: AskedWant, page: OffersPage) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._shown: frozenset[MessageId] | None = None
        self._read: OffersRead | None = None
        self._over = False  # whether the person was told that no limit allows what is about to be accepted
        self._reading = Reading(at_home, self._look, self._show, page)
        self._next = NextWaysDesk(at_home, asked, page, page.next_ways)
        page.next_ways.chosen.connect(self._show_price)
        asked.chosen.connect(self.begin)
        page.newest_requested.connect(self.show_newest)
        page.weights_changed.connect(self._weigh)
        page.accept_requested.connect(self._ask_accept)
        page.counter_requested.connect(self._ask_price)
        page.decline_requested.connect(self._ask_reason)
        page.answers.accepted.connect(self._accept)
        page.answers.filled.connect(self._fill)
        page.answers.priced.connect(self._price)
        page.answers.declined.connect(self._decline)
        page.order.paid.connect(self._paid)
        page.order.copied.connect(self._copy)
        page.order.handed.connect(self._hand_over)
        page.order.unpaid.connect(self._not_paid)
        page.order.receipted.connect(self._receipt)
        page.order.decided.connect(self._decide)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        self._next.refresh(changes)
        if any(kind in _SEEN for kind, _key in changes):
            self._reading.again()

    def begin(self) -> None:
        """Begin with the offers to the want in question."""
        self._shown, self._read = None, None
        self._page.answers.close_answer()
        self._page.show_order(None)
        self._reading.forget()
        self._reading.again()

    def _look(self) -> Coroutine[Any, Any, _Found] | None:
        key = self._asked.key
        if key is None:
            return None
        means, shown = self._at_home.home.means, self._shown

        async def look() -> _Found:
            return _Found(read=await read_offers(means, key, shown), order=await read_order(means, key))

        return look()

    def _show(self, found: _Found) -> None:
        self._read = found.read
        self._shown = found.read.shown or None
        self._page.show_offers(found.read.view)
        self._page.show_order(found.order)

    def show_newest(self) -> None:
        """Show what has come since, too."""
        self._shown = None
        self._reading.again()

    def _show_price(self, step: NextStep) -> None:
        if step.kind is NextKind.USE_PRICE:
            self._page.show_part(self._page.prices)

    def _offer(self, key: str) -> Offer | None:
        return self._read.offers.get(key) if self._read is not None else None

    def _weigh(self, sliders: tuple[Weight, ...]) -> None:
        if self._read is None:
            return
        weights = weights_of(sliders, self._read.want.weights)
        if weights is None:
            self._page.noticed.emit(Message(text=_("Something has to matter."), tone=Tone.CAUTION))
            self._reading.again()
            return
        self._at_home.act(compare_offers.weigh(self._at_home.home.means, self._read.want.id, weights), owner=self._page)

    def _ask_accept(self, key: str) -> None:
        offer = self._offer(key)
        if offer is not None:
            self._at_home.read(read_acceptance(self._at_home.home.means, offer), self._asked_accept, owner=self._page)

    def _asked_accept(self, view: AcceptView | MissingView) -> None:
        if isinstance(view, MissingView):
            self._page.answers.ask_missing(view)
        else:
            self._over = view.over
            self._page.answers.ask_accept(view)

    def _ask_price(self, key: str) -> None:
        offer = self._offer(key)
        if offer is not None and offer.price is not None:
            total = values.money(offer.price.all_in)
            view = PriceView(offer=key, vendor=offer.vendor_name, total=total, currency=offer.price.currency)
            self._page.answers.ask_price(view)

    def _ask_reason(self, key: str) -> None:
        offer = self._offer(key)
        if offer is not None:
            self._page.answers.ask_reason(key, offer.vendor_name)

    def _accept(self, key: str, way: str) -> None:
        offer = self._offer(key)
        if offer is None:
            return
        work = accept_offer.accept(self._at_home.home.means, MessageId(key), way or None, over_limit=self._over)
        self._answer(work, after_accepting(offer))

    def _fill(self, key: str, path: str, value: str) -> None:
        async def keep() -> Changes:
            kept = await keep_profile.set_field(self._at_home.home.means, FieldPath(path), value)
            return Changes.of(("profile", kept.id))

        self._at_home.act(keep(), lambda: self._ask_accept(key), self._refused, owner=self._page)

    def _price(self, key: str, text: str, note: str) -> None:
        offer = self._offer(key)
        if offer is None or offer.price is None:
            return
        currency = offer.price.currency
        try:
            price = read_amount(text if any(sign.isalpha() or sign in "€£" for sign in text) else f"{text} {currency}")
        except NotAnAmount:
            self._page.answers.show_error(_("Please type an amount, such as 650.00."))
            return
        if price.currency != currency:
            self._page.answers.show_error(_("The offer is in {currency}.").format(currency=currency))
            return
        work = accept_offer.counter(self._at_home.home.means, MessageId(key), price, note)
        told = _("You proposed {money} to {vendor}.").format(money=values.money(price), vendor=offer.vendor_name)
        self._answer(work, told)

    def _decline(self, key: str, reason: DeclineReason) -> None:
        offer = self._offer(key)
        if offer is not None:
            work = accept_offer.decline(self._at_home.home.means, MessageId(key), reason)
            self._answer(work, _("Declined {vendor}’s offer.").format(vendor=offer.vendor_name))

    def _answer(self, work: Coroutine[Any, Any, Changes], told: str) -> None:
        def done() -> None:
            self._page.answers.close_answer()
            self._page.noticed.emit(Message(text=told, tone=Tone.GOOD))

        self._at_home.act(work, done, self._refused, owner=self._page)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValueError):
            self._page.answers.show_error(words_of(error))
        else:
            self._page.answers.close_answer()
            self._at_home.say_why(error, self._page)
        self._reading.again()

    def _paid(self, relationship: str) -> None:
        work = hand_over_payment.done(self._at_home.home.means, RelationshipId(relationship))
        told = Message(text=_("It is noted that you have paid; the vendor is told, where it can be."), tone=Tone.GOOD)
        self._at_home.act(work, lambda: self._page.noticed.emit(told), self._refused, owner=self._page)

    def _receipt(self, relationship: str, file: str) -> None:
        means, key = self._at_home.home.means, RelationshipId(relationship)

        async def keep() -> Changes:
            return await hand_over_payment.done(means, key, await receipt_from(file))

        told = Message(text=_("The receipt is kept in your vault, with the order."), tone=Tone.GOOD)
        self._at_home.act(keep(), lambda: self._page.noticed.emit(told), self._refused, owner=self._page)

    def _copy(self, link: str) -> None:
        self.copied.emit(link)
        self._page.noticed.emit(Message(text=_("The payment link is copied."), tone=Tone.GOOD))

    def _hand_over(self, relationship: str, way: str, over: bool) -> None:  # noqa: FBT001 - a signal's argument
        work = hand_over_payment.hand_over(
            self._at_home.home.means, RelationshipId(relationship), PayWay(way), over_limit=over
        )

        def handed(found: WayShown) -> None:
            self._copy(found.uri)
            self._at_home.notice(Changes.of(("relationship", relationship)))

        self._at_home.read(work, handed, self._refused, owner=self._page)

    def _not_paid(self, relationship: str) -> None:
        work = hand_over_payment.not_done(self._at_home.home.means, RelationshipId(relationship))
        self._at_home.act(work, self._reading.again, self._refused, owner=self._page)

    def _decide(self, relationship: str, as_signed: bool) -> None:  # noqa: FBT001 - a signal's argument
        decision = Decision.AS_SIGNED if as_signed else Decision.STOP
        work = hand_over_payment.decide(self._at_home.home.means, RelationshipId(relationship), decision)
        self._at_home.act(work, self._reading.again, self._refused, owner=self._page)
