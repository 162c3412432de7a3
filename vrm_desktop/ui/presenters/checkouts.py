"""Tries to buy at a shop as the window shows them. Pure: what the shop says stays its words and its numbers."""

from collections.abc import Mapping

from vrm_desktop.domain.checkout import OVER, Checkout, CheckoutStep, StopKind
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.shop import Can, Shop, Signed
from vrm_desktop.services.search_shop import Hits
from vrm_desktop.ui.models.prices_view import CheckoutView, Move
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.public_prices import site_host
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.shop_words import (
    message_lines,
    order_lines,
    said_lines,
    search_lines,
    signed_line,
    step_label,
    stop_line,
    total_amount,
    total_label,
)

_GRAVE = frozenset(
    {StopKind.SIGNATURE, StopKind.SUMS, StopKind.LINK_ELSEWHERE, StopKind.OTHER_THINGS, StopKind.OTHER_CURRENCY}
)


def checkout_view(one: Checkout, shop: Shop | None, name: str) -> CheckoutView:
    """One try, at the shop of this name."""
    basket = one.basket
    shown = tuple(total for total in basket.totals if total.kind != "total") if basket is not None else ()
    return CheckoutView(
        id=one.id,
        title=f"{one.quantity} × {one.title}",
        shop=name,
        state=sentence_case(step_label(one)),
        tone=_tone(one),
        move=_move(one, shop),
        lines=tuple((total_label(total), values.money(total_amount(total))) for total in shown),
        total=values.money(basket.total) if basket is not None and basket.total is not None else "",
        stops=tuple(stop_line(stop) for stop in one.stops),
        alarm=any(stop.kind in _GRAVE for stop in one.stops),
        can_go_on=bool(one.stops) and one.may_go_on,
        can_leave=not one.asking and one.step not in OVER,
        yes=_yes(one),
        said=tuple(line.strip() for line in message_lines(one.messages)),
        trouble=_trouble(one),
        leads_to=site_host(one.link),
        link=one.link,
        order=order_lines(one.order) if one.order is not None else (),
        signed="" if one.signed is Signed.WRONG or one.asking else next(iter(said_lines(one)), ""),
    )


def search_words(found: Hits, names: Mapping[VendorId, str]) -> tuple[str, ...]:
    """What each search came to, and what of it is not shown."""
    return tuple(
        " · ".join(line.strip() for line in search_lines(one, names.get(one.vendor, one.vendor)))
        for one in found.searches
    )


def _trouble(one: Checkout) -> str:
    """What went wrong; a wrong signature also where it stops nothing, as nothing follows."""
    if one.trouble:
        return advice(one.trouble).sentence
    stopped = any(stop.kind is StopKind.SIGNATURE for stop in one.stops)
    return signed_line(one.signed) if one.signed is Signed.WRONG and not stopped else ""


def search_alarm(found: Hits, names: Mapping[VendorId, str]) -> str:
    """Which searches came back with a wrong signature; "" for none."""
    wrong = [names.get(one.vendor, one.vendor) for one in found.searches if one.signed is Signed.WRONG]
    return f"{', '.join(wrong)}: {signed_line(Signed.WRONG)}" if wrong else ""


def _move(one: Checkout, shop: Shop | None) -> Move:
    if one.asking or one.stops:
        return Move.WAIT
    match one.step:
        case CheckoutStep.LOOK_UP:
            return Move.WAIT
        case CheckoutStep.CART:
            return Move.TO_CHECKOUT
        case CheckoutStep.CHECKOUT:
            return Move.OPEN if one.link else Move.WAIT
        case CheckoutStep.HANDED_OVER:
            return Move.SAY_OUTCOME
        case _:
            asks = one.order_id and shop is not None and shop.can(Can.ORDER)
            return Move.ASK_ORDER if asks else Move.OVER


def _tone(one: Checkout) -> Tone:
    if one.trouble or one.stops:
        return Tone.CAUTION
    return Tone.GOOD if one.step is CheckoutStep.BOUGHT else Tone.ACCENT


def _yes(one: Checkout) -> str:
    kinds = {stop.kind for stop in one.stops}
    if StopKind.LINK_ELSEWHERE in kinds:
        return _("Yes, I trust that site")
    if kinds == {StopKind.PRICE_CHANGED}:
        return _("Yes, at the new price")
    return _("Yes, go on all the same")
