"""The main way: offer, price, decline, order, confirmation, payment, end. What is said there is checked."""

from functools import partial

from vrm_desktop.conformance.chapters.leaving import end_order
from vrm_desktop.conformance.chapters.living import live
from vrm_desktop.conformance.errors import Broken, NotToBeHad
from vrm_desktop.conformance.hearing import CARD_CURRENCY
from vrm_desktop.conformance.rules import Rule, core, full
from vrm_desktop.conformance.talk import Bench, Talk
from vrm_desktop.conformance.vectors.orders import latest_offer
from vrm_desktop.domain.ids import Digest
from vrm_desktop.protocol.errors import BadOrder, ProtocolError, RecordDiffers
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    AnyMessage,
    Closure,
    Confirmation,
    Counter,
    Decline,
    Message,
    Offer,
    OfferWithdrawn,
    Paid,
    Payment,
    PriceClaim,
    Receipt,
)
from vrm_desktop.protocol.orders import SignedOrder, check_confirmation
from vrm_desktop.protocol.sealing import Sealed
from vrm_desktop.protocol.shapes import read_instant
from vrm_desktop.protocol.stamping import Stamp

VALIDITY = core("offer-validity", "7", "`valid_until` is to come")
BINDING = core("binding-stands", "7", "A binding offer is not withdrawn before its `valid_until`")
COUNTERED = core("counter-answered", "7", "Another price is answered with an offer, or acknowledged")
FIVE_HELD = full("five-offers-held", "7", "Five offers at most, however often another price is named")
DECLINED = core("decline-taken", "7", "A declined offer ends nothing: it can still be accepted")
CONFIRMED = core("accept-answered", "7", "An accept of a standing offer is answered with a confirmation")
SAME_ORDER = core("confirmation-same-order", "7", "The confirmation bears the very order text that was sent")
BOTH_SIGNED = core(
    "confirmation-signed", "1", "The confirmed order has the person's signature first, the desk's second"
)
RECORD = core("confirmation-record", "7", "`record` is the hash of the conversation up to the accept")
PAYABLE = core("confirmation-payment", "7", "The confirmation says how to pay, in the way that was ordered")
RECEIPT = full("receipt-order", "7", "A receipt names the order and its currency")
PAID_TAKEN = full("paid-taken", "7", "`paid` is taken")
RULES: tuple[Rule, ...] = (
    VALIDITY, BINDING, COUNTERED, FIVE_HELD, DECLINED, CONFIRMED, SAME_ORDER, BOTH_SIGNED, RECORD, PAYABLE, RECEIPT,
    PAID_TAKEN,
)  # fmt: skip
_PRICED = (COUNTERED, FIVE_HELD, CARD_CURRENCY)
_MOST_OFFERS = 5


async def orders(bench: Bench) -> None:
    """From the ping to a paid order, and to its end."""
    talk = bench.talk()
    await talk.agree()
    offer = await talk.offered()
    _look_at_offer(bench, offer)
    await _bargain(bench, talk, rounds=_MOST_OFFERS if bench.marks.wants(FIVE_HELD) else 1)
    await _decline(talk)
    offer_id, offer = latest_offer(talk.asker)
    accept = talk.asker.accept(offer_id, offer)
    await talk.say(accept)
    answer = await talk.listen(
        lambda message: isinstance(message, Confirmation | Closure), CONFIRMED, "no confirmation came"
    )
    if not isinstance(answer, Confirmation):
        bench.marks.judge(CONFIRMED, "the desk closed instead of confirming")
        raise Broken("the desk closed instead of confirming")
    order = _confirmed(bench, talk, accept, answer)
    bench.marks.judge(DECLINED)
    bench.marks.judge(PAYABLE, _unpayable(answer.payment))
    await _pay(bench, talk, order)
    await live(talk, order)
    _look_back(bench, talk, order)
    await end_order(talk)


async def _bargain(bench: Bench, talk: Talk, *, rounds: int) -> None:
    offer_id, offer = latest_offer(talk.asker)
    if not isinstance(offer.price, PriceClaim):
        bench.marks.not_applicable(_PRICED, "the offer has no price")
        return
    for _ in range(rounds):
        offer_id, offer = latest_offer(talk.asker)
        price = offer.price
        if not isinstance(price, PriceClaim):
            break
        lower = partial(_counter, offer=offer_id, total=price.total * 99 // 100, currency=price.currency)
        await talk.say(talk.asker.seal(lower))
        answer = await talk.listen(
            lambda heard: isinstance(heard, Offer | Acknowledgement | Message | Closure),
            COUNTERED,
            "neither an offer nor an acknowledgement came",
        )
        if isinstance(answer, Closure):
            raise NotToBeHad("the desk closed after another price was named")
        if isinstance(answer, Offer):
            _look_at_offer(bench, answer)
    made = sum(isinstance(message, Offer) for _, message in talk.asker.heard)
    bench.marks.judge(FIVE_HELD, "" if made <= _MOST_OFFERS else f"{made} offers")


def _counter(claims: Stamp, *, offer: str, total: int, currency: str) -> Counter:
    return Counter(**claims, offer=offer, total=total, currency=currency)


async def _decline(talk: Talk) -> None:
    of = latest_offer(talk.asker)[0]
    await talk.say(talk.asker.seal(lambda claims: Decline(**claims, offer=of, reason="price")))
    await talk.chat()


def _look_at_offer(bench: Bench, offer: Offer) -> None:
    until = read_instant(offer.valid_until)
    bench.marks.judge(VALIDITY, "" if until > bench.now() else f"an offer until {offer.valid_until}")


def _confirmed(bench: Bench, talk: Talk, accept: Sealed, confirmation: Confirmation) -> SignedOrder:
    asker = talk.asker
    order = asker.order_of(accept)
    try:
        signed = check_confirmation(confirmation, order=order, record=Digest(asker.record(accept)))
    except ProtocolError as error:
        match error:
            case RecordDiffers():
                rule = RECORD
            case BadOrder():
                rule = PAYABLE if confirmation.order.payload == order.payload else SAME_ORDER
            case _:
                rule = BOTH_SIGNED
        bench.marks.judge(rule, f"{error.code}: {error}")
        raise Broken(f"the confirmation: {error.code}") from error
    for rule in (SAME_ORDER, BOTH_SIGNED, RECORD):
        bench.marks.judge(rule)
    return signed


def _unpayable(payment: Payment) -> str:
    match payment.method:
        case "sepa-transfer":
            return "" if payment.iban and payment.payee else "a transfer without payee and IBAN"
        case "vendor-link":
            return "" if payment.link.startswith("https://") else "a link to pay that is not https"
        case _:
            return "" if not payment.iban else "an IBAN for another way to pay"


async def _pay(bench: Bench, talk: Talk, order: SignedOrder) -> None:
    price = order.text.price
    if price is None:
        bench.marks.not_applicable((PAID_TAKEN, RECEIPT), "the order has no price")
        return
    paid = talk.asker.seal(
        lambda claims: Paid(
            **claims, order=order.hash, amount=price.total, currency=price.currency, method=order.text.payment
        )
    )
    await talk.say(paid)
    bench.marks.judge(PAID_TAKEN)
    await talk.chat()


def _look_back(bench: Bench, talk: Talk, order: SignedOrder) -> None:
    """What only the whole conversation shows."""
    heard = [message for _, message in talk.asker.heard]
    bench.marks.judge(BINDING, _taken_back(bench, talk))
    receipts = [message for message in heard if isinstance(message, Receipt)]
    if not receipts:
        bench.marks.not_applicable((RECEIPT,), "the desk sent no receipt in this time")
    for receipt in receipts:
        price = order.text.price
        fits = receipt.order == order.hash and price is not None and receipt.price.currency == price.currency
        bench.marks.judge(RECEIPT, "" if fits else "a receipt for another order, or in another currency")


def _taken_back(bench: Bench, talk: Talk) -> str:
    made: dict[str, AnyMessage] = {str(id_): message for id_, message in talk.asker.heard}
    for _, message in talk.asker.heard:
        taken = made.get(message.offer) if isinstance(message, OfferWithdrawn) else None
        if isinstance(taken, Offer) and taken.binding and read_instant(taken.valid_until) > bench.now():
            return f"an offer that is binding until {taken.valid_until} was withdrawn"
    return ""
