"""Reads what accepting needs, and the order of a want with how to pay it, on the engine's thread."""

from dataclasses import replace
from datetime import UTC

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.payment import PayState
from vrm_desktop.domain.plan import MissingField
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import OrderRecord, OrderState, PaymentDetails
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.errors import NoPaymentForm
from vrm_desktop.formats.payment_forms import epc_qr_svg, payto
from vrm_desktop.services import (
    accept_offer,
    collect_offers,
    keep_limits,
    say_what_i_want,
    see_payment,
)
from vrm_desktop.services.alarms import ALARMS
from vrm_desktop.services.collect_offers import VendorProgress
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.see_payment import Paying
from vrm_desktop.ui.models.order_view import AcceptView, MissingView, OrderView
from vrm_desktop.ui.pages.thing_words import payment_label
from vrm_desktop.ui.presenters.accepting import before_accepting
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import asked_field_label, field_label, order_state_label, purpose_label
from vrm_desktop.wording.limit_words import breaches_words
from vrm_desktop.wording.payment import alarm_words, ordered_words, unsigned_lines


async def read_acceptance(means: Means, offer: Offer) -> AcceptView | MissingView:
    """What this vendor alone would get, or the field that delivery needs and the profile does not have.

    Raises:
        NotFound: no such offer.
    """
    try:
        plan = await accept_offer.what_delivery_needs(means, offer.id)
    except MissingField as error:
        path = FieldPath(str(error))
        return MissingView(offer=offer.id, vendor=offer.vendor_name, path=path.value, label=field_label(path))
    gets = tuple((_capital(asked_field_label(one.name)), one.value) for one in plan.order)
    use = ""
    if plan.order:
        use = _("To be used only {purpose}, until {day}.").format(
            purpose=purpose_label(plan.order[0].purpose), day=values.day(plan.order[0].until)
        )
    found = await keep_limits.judge_offer(means, offer)
    if found.asks:
        why = " ".join(breaches_words(one.title, reasons) + "." for one, reasons in found.broken)
        told = _("None of your limits allows this; accepting says that you want it all the same.")
        use = "\n".join(line for line in (use, told, why) if line)
    return AcceptView(
        over=found.asks,
        offer=offer.id,
        vendor=offer.vendor_name,
        total=values.money(offer.price.all_in) if offer.price else _("no price"),
        gets=gets,
        use=use,
        ways=tuple((way, payment_label(way)) for way in offer.payment if way != "none"),
        sentence=before_accepting(offer),
    )


async def read_order(means: Means, key: IntentcastId) -> OrderView | None:
    """The order of a want, or None while nothing was accepted."""
    want = await say_what_i_want.want(means, key)
    if want.state not in {IntentcastState.ORDERED, IntentcastState.CLOSED}:
        return None
    fallen: OrderView | None = None
    for row in (await collect_offers.progress(means, key)).vendors:
        try:
            order = await accept_offer.order(means, row.relationship.id)
        except NotFound:
            continue
        if order.state is OrderState.CANCELLED:
            fallen = fallen or _order(row, order)  # another one may stand in its place
            continue
        try:
            paying = await see_payment.payment(means, row.relationship.id)
            return await _within_limits(means, _with_payment(_order(row, order), paying), paying)
        except NotPossibleNow:
            return _order(row, order)
    return fallen


def _order(row: VendorProgress, order: OrderRecord) -> OrderView:
    payable = order.payment is not None and order.price is not None and order.state is not OrderState.CANCELLED
    alarm = advice(row.trouble).title if row.trouble in ALARMS else ""
    return OrderView(
        relationship=order.relationship,
        vendor=row.vendor_name,
        state=_state(order),
        tone=Tone.GOOD if order.paid or order.state is not OrderState.PLACED else Tone.ACCENT,
        explained=_explained(order, row),
        total=values.money(order.price.all_in) if order.price else "",
        lines=_lines(order, row.relationship.way),
        link=_link(order) if payable and order.paid is None else "",
        code=_code(order) if payable and order.paid is None else b"",
        can_tell_paid=payable and order.paid is None and _something_to_pay(order.payment),
        alarm=alarm,
    )


def _with_payment(view: OrderView, paying: Paying) -> OrderView:
    """With how far the payment is, and what differs: while that waits for the person, there is nothing to pay by."""
    if not paying.signed:
        view = replace(view, signed=False, can_tell_paid=not paying.paid)
    if paying.paid:
        return _with_receipt(view, paying)
    if not paying.signed:
        view = replace(view, explained=f"{view.explained} {unsigned_lines(paying.amount)[-1]}")
    told = tuple(alarm_words(one) for one in paying.handover.undecided)
    if paying.blocked:
        stopped = paying.handover.state is PayState.DISPUTED
        named = advice("payment-blocked").title if paying.signed else _("They name where to pay; nobody has signed it.")
        alarm = view.alarm or (_("You stopped this payment.") if stopped else named)
        return replace(view, link="", code=b"", alarm=alarm, differing=told, can_decide=True, can_tell_paid=False)
    way = next((one.way.value for one in paying.ways if one.uri), "")
    view = _with_receipt(view, paying)
    asked = {PayState.HANDED_OVER, PayState.UNSURE} | (set() if paying.signed else {PayState.OFFERED})
    return replace(view, way=way, asks=paying.handover.state in asked)


async def _within_limits(means: Means, view: OrderView, paying: Paying) -> OrderView:
    """With what a limit says of the payee; where it names others, there is no code that would be scanned in passing."""
    way = next((one for one in paying.ways if one.uri), None)
    if way is None or not view.link:
        return view
    found = await keep_limits.judge_payee(means, paying.order.offer, see_payment.payee_of(paying.payment, way))
    if not found.asks:
        return view
    return replace(view, code=b"", over=" ".join(breaches_words(one.title, why) + "." for one, why in found.broken))


def _with_receipt(view: OrderView, paying: Paying) -> OrderView:
    if paying.handover.state is PayState.RECEIPT_KEPT:
        return replace(view, lines=(*view.lines, (_("Receipt"), _("kept in your vault, with the order"))))
    return replace(view, can_attach=view.can_tell_paid or paying.paid)


def _state(order: OrderRecord) -> str:
    return _("paid") if order.paid else order_state_label(order.state)


def _explained(order: OrderRecord, row: VendorProgress) -> str:
    words = ordered_words(order, row.relationship.way, row.vendor_name)
    if order.paid is not None and words:
        return _("You noted on {moment} that you have paid.").format(moment=values.instant(order.paid, zone=UTC))
    if words:
        return words
    if order.paid is not None:
        return _("You told {vendor} that you have paid, on {moment}.").format(
            vendor=row.vendor_name, moment=values.instant(order.paid, zone=UTC)
        )
    if order.state is OrderState.PLACED:
        return _("Your order bears your signature and is with {vendor}. It confirms next.").format(
            vendor=row.vendor_name
        )
    return _("Confirmed: both of you hold the same record. This program never touches your money; your bank does.")


def _lines(order: OrderRecord, way: Way) -> tuple[tuple[str, str], ...]:
    rows = [(_("Ordered"), line.title) for line in order.lines]
    payment = order.payment
    if payment is None and way is not Way.NATIVE and order.payment_method == "none":
        return tuple(rows)  # nothing was said about how it is paid, which is not that nothing is to pay
    if payment is None:
        return (*rows, (_("Payment"), payment_label(order.payment_method)))
    rows.append((_("Payment"), payment_label(payment.method)))
    if payment.method == "sepa-transfer":
        iban = " ".join(payment.iban[at : at + 4] for at in range(0, len(payment.iban), 4))
        rows += [(_("To"), payment.payee), (_("Account"), iban)]
    rows += [(_("Reference"), payment.reference)] if payment.reference else []
    rows += [(_("Its page"), payment.link)] if payment.link else []
    if order.record:
        rows.append((_("Record"), order.record))
    return tuple(rows)


def _something_to_pay(payment: PaymentDetails | None) -> bool:
    return payment is not None and payment.method != "none"


def _link(order: OrderRecord) -> str:
    if order.payment is None or order.price is None:
        return ""
    try:
        return payto(order.payment, order.price.all_in)
    except NoPaymentForm:
        return order.payment.link


def _code(order: OrderRecord) -> bytes:
    if order.payment is None or order.price is None:
        return b""
    try:
        return epc_qr_svg(order.payment, order.price.all_in)
    except NoPaymentForm:
        return b""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
