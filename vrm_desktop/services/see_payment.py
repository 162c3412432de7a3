"""What an order says about paying it, as far as it can be handed over: amount, ways, and what stands against it.

Only what the signed order says is a way to pay. Never here: handing over, what anybody else says about where to pay
(hand_over_payment), and opening a link.
"""

from dataclasses import dataclass, replace
from typing import Final

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.payment import PAID, Agreed, AlarmSource, PaymentHandover, PayWay, differences
from vrm_desktop.domain.relationship import OrderRecord, OrderState, PaymentDetails, Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.clean_link import clean_link
from vrm_desktop.formats.errors import NoPaymentForm
from vrm_desktop.formats.payment_forms import epc_qr_svg, payto
from vrm_desktop.formats.payment_texts import link_stated, site_of
from vrm_desktop.services.errors import NotFound, NotPossibleNow, PaymentBlocked
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

BLOCKING: Final = frozenset({"payment-changed", "record-differs"})
"""Troubles of a relationship that stand in the way of paying."""
_CHECKOUT = "continue-url"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WayShown:
    """One way to pay: `uri` opens it ("" for a code to scan), `site` is where a link goes."""

    way: PayWay
    uri: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paying:
    """The payment of one order as it stands. `ways` are there even while an alarm blocks them."""

    order: OrderRecord
    vendor_name: str
    amount: Money
    payment: PaymentDetails
    handover: PaymentHandover
    ways: tuple[WayShown, ...]
    trouble: str = ""

    @property
    def blocked(self) -> bool:
        """Whether nothing is handed over."""
        return self.handover.blocked or bool(self.trouble)

    @property
    def signed(self) -> bool:
        """Whether a confirmation says how to pay; by e-mail nobody signs one, and nothing is handed over."""
        return self.order.payment is not None

    @property
    def paid(self) -> bool:
        """Whether the person said that it is paid."""
        return self.order.paid is not None or self.handover.state in PAID


async def payments(means: Means) -> tuple[Paying, ...]:
    """The payments of all confirmed orders, the newest first."""

    def look(tx: Transaction) -> tuple[Paying, ...]:
        found = (paying_of(tx, means, one.relationship) for one in tx.orders())
        return tuple(sorted((one for one in found if one), key=lambda one: one.order.placed, reverse=True))

    return await means.vault.read(look)


async def payment(means: Means, key: RelationshipId) -> Paying:
    """The payment of one order.

    Raises:
        NotFound: nothing was ordered. NotPossibleNow: there is nothing to pay, or not yet.
    """
    return await means.vault.read(lambda tx: paying_in(tx, means, key))


async def named(means: Means, text: str) -> RelationshipId:
    """The relationship that an order's own id, or its relationship's, names.

    Raises:
        NotFound: nothing was ordered under it.
    """

    def look(tx: Transaction) -> RelationshipId:
        for one in tx.orders():
            if text in {one.hash, one.relationship}:
                return one.relationship
        raise NotFound(text)

    return await means.vault.read(look)


async def code(means: Means, key: RelationshipId) -> bytes:
    """The bank code of the order as SVG.

    Raises:
        NotFound, NotPossibleNow: as for `payment`. PaymentBlocked: an alarm waits. NoPaymentForm: it has none.
    """
    paying = await payment(means, key)
    if paying.blocked:
        raise PaymentBlocked(paying.trouble or "an alarm waits for a decision")
    return epc_qr_svg(paying.payment, paying.amount)


def payee_of(payment: PaymentDetails, way: WayShown) -> str:
    """Who is paid that way, as a limit names it."""
    return f"payto://iban/{payment.iban}" if way.way in {PayWay.TRANSFER, PayWay.BANK_CODE} else way.site or way.uri


def paying_of(tx: Transaction, means: Means, key: RelationshipId) -> Paying | None:
    """Inside one transaction: the payment of an order, None where there is nothing to pay, or not yet."""
    order, relationship = tx.order(key), tx.relationship(key)
    if order is None or relationship is None or order.price is None:
        return None
    payment = order.payment or _unsigned(order, relationship)
    if payment is None:
        return None
    vendor = tx.vendor(relationship.vendor)
    own = f"payment-{order.hash}"
    handover = tx.paper(PaymentHandover, own) or PaymentHandover(
        id=own, vendor=relationship.vendor, relationship=key, at=means.clock.now(), order=order.hash
    )
    paying = Paying(
        order=order,
        vendor_name=vendor.name if vendor is not None else "",
        amount=order.price.all_in,
        payment=payment,
        handover=handover,
        ways=_ways(payment, order.price.all_in),
        trouble=relationship.trouble if relationship.trouble in BLOCKING else "",
    )
    link = next((one.uri for one in paying.ways if one.site), "")
    if not link:
        return paying
    # The order's own link is looked at like any other: where it goes elsewhere, the person says so first.
    found = differences(agreed_in(tx, paying), link_stated(link, sites_of(tx, handover)))
    return replace(paying, handover=handover.heard(found, AlarmSource.LINK, means.clock.now()))


def _unsigned(order: OrderRecord, relationship: Relationship) -> PaymentDetails | None:
    """A confirmed order beyond our own wire says how it is paid in words at most, which nothing here goes by."""
    stands = order.state in {OrderState.CONFIRMED, OrderState.FULFILLED}
    return PaymentDetails(method=order.payment_method) if stands and relationship.way is not Way.NATIVE else None


def paying_in(tx: Transaction, means: Means, key: RelationshipId) -> Paying:
    """Inside one transaction: the same; raises as `payment` does."""
    if tx.order(key) is None:
        raise NotFound(key)
    found = paying_of(tx, means, key)
    if found is None or found.order.state is OrderState.CANCELLED:
        raise NotPossibleNow("there is nothing to pay")
    return found


def _ways(payment: PaymentDetails, amount: Money) -> tuple[WayShown, ...]:
    found = []
    try:
        found.append(WayShown(way=PayWay.TRANSFER, uri=payto(payment, amount)))
        epc_qr_svg(payment, amount)
        found.append(WayShown(way=PayWay.BANK_CODE))
    except NoPaymentForm:
        pass
    if payment.link.casefold().startswith(("http://", "https://")):
        if clean_link(payment.link) is not None:
            way = PayWay.CHECKOUT if payment.method == _CHECKOUT else PayWay.VENDOR_PAGE
            found.append(WayShown(way=way, uri=payment.link, site=site_of(payment.link)))
    elif payment.link.isprintable() and " " not in payment.link and ":" in payment.link:
        found.append(WayShown(way=PayWay.WALLET, uri=payment.link))
    if payment.method in {"cash", "on-delivery"}:
        found.append(WayShown(way=PayWay.IN_PERSON))
    return tuple(found)


def agreed_in(tx: Transaction, paying: Paying) -> Agreed:
    """What was agreed about paying it, which everything else that is said is held against."""
    one = paying.payment
    return Agreed(
        amount=paying.amount,
        payee=one.payee,
        iban=one.iban,
        bic=one.bic,
        link=one.link,
        sites=sites_of(tx, paying.handover),
    )


def sites_of(tx: Transaction, handover: PaymentHandover) -> frozenset[str]:
    """The domains that are known to be the vendor's: by its card, by hand, and where the conversation is held."""
    vendor, relationship = tx.vendor(handover.vendor), tx.relationship(handover.relationship)
    addresses = [*_addresses(vendor)] if vendor is not None else []
    if relationship is not None:
        addresses.append(relationship.endpoint)
    return frozenset(site_of(one) for one in addresses if one) - {""}


def _addresses(vendor: Counterparty) -> tuple[str, ...]:
    card = vendor.card
    return (vendor.web, vendor.address, *((card.url, card.endpoint) if card is not None else ()))
