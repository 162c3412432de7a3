"""Paying in words: what a confirmed order says, by which ways, how far it is, and what differs. No decisions here.

The forms themselves (links, codes) are made by callers.
"""

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.payment import AlarmSource, Difference, PayAlarm, PayState, PayWay
from vrm_desktop.domain.relationship import OrderRecord, OrderState, PaymentDetails
from vrm_desktop.domain.ways import Way
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import payment_way_label
from vrm_desktop.wording.catalogue import _


def account_number(iban: str) -> str:
    """An account's number in groups of four, as banks print it, so that two can be compared."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def payment_lines(payment: PaymentDetails, amount: Money) -> tuple[str, ...]:
    """The lines that tell how to pay `amount`."""
    pay = _("To pay: {amount}").format(amount=values.money(amount))
    if payment.method == "sepa-transfer":
        lines = [pay, _("to {payee}, {iban}").format(payee=payment.payee, iban=account_number(payment.iban))]
        if payment.reference:
            lines.append(_("reference: {reference}").format(reference=payment.reference))
        return tuple(lines)
    if payment.method == "vendor-link":
        return (pay, _("on the vendor's page: {link}").format(link=payment.link))
    return (pay, payment_way_label(payment.method))


def unsigned_lines(amount: Money) -> tuple[str, ...]:
    """The lines for an order of which nobody has signed how it is paid."""
    return (
        _("To pay: {amount}").format(amount=values.money(amount)),
        _("Nobody has signed where to pay. Check the account with them in another way, then pay it yourself."),
    )


def ordered_words(order: OrderRecord, way: Way, vendor: str) -> str:
    """What an order beyond our own wire is worth; "" for one by our own."""
    if way is Way.NATIVE:
        return ""
    if order.state is OrderState.CANCELLED:
        return _("It did not come about; nobody has signed anything.")
    if way is not Way.MAIL:
        return _("{vendor} took your order by its own system; nobody has signed it. Keep its answer.").format(
            vendor=vendor
        )
    if order.state is OrderState.PLACED:
        return _("You ordered by e-mail; nobody has signed it. Keep their confirmation.")
    return _("Confirmed by e-mail, as you say; nobody has signed it. Keep their confirmation.")


def pay_way_label(way: PayWay, site: str = "") -> str:
    """A way to pay, and whose page it opens."""
    if way in {PayWay.VENDOR_PAGE, PayWay.CHECKOUT}:
        return _("in your browser, on {site}").format(site=site)
    return {
        PayWay.TRANSFER: _("bank transfer, opened in your bank's app"),
        PayWay.BANK_CODE: _("bank code, scanned with your bank's app"),
        PayWay.WALLET: _("opens in your wallet"),
        PayWay.IN_PERSON: _("when you get it"),
    }[way]


def pay_state_label(state: PayState) -> str:
    """How far a payment is."""
    return {
        PayState.OFFERED: _("not handed over yet"),
        PayState.HANDED_OVER: _("handed over; not known yet whether it went through"),
        PayState.UNSURE: _("you do not know yet whether it went through"),
        PayState.NOT_PAID: _("not paid"),
        PayState.SAID_PAID: _("you said that it is paid"),
        PayState.RECEIPT_KEPT: _("paid, and the receipt is kept"),
        PayState.DISPUTED: _("stopped by you"),
    }[state]


def alarm_words(alarm: PayAlarm) -> str:
    """What differs, in one sentence, with both sides."""
    return differing_words(alarm.difference, alarm.agreed, alarm.seen) + f" ({source_label(alarm.source)})"


def differing_words(difference: Difference, agreed: str, seen: str) -> str:
    """One difference in a sentence."""
    sentence = {
        Difference.ACCOUNT: _("Another account: {seen}. The order says {agreed}."),
        Difference.UNSOUND_ACCOUNT: _("An account number that is none: {seen}. The order says {agreed}."),
        Difference.BANK: _("Another bank: {seen}. The order says {agreed}."),
        Difference.PAYEE: _("Another name is paid: {seen}. The order says {agreed}."),
        Difference.AMOUNT: _("Another amount: {seen}. The order says {agreed}."),
        Difference.SITE: _("A page that is not known to be the vendor's: {seen}. The vendor's are {agreed}."),
        Difference.LOOKALIKE_SITE: _("A page that only looks like the vendor's: {seen}. The vendor's is {agreed}."),
        Difference.NOT_HTTPS: _("A page that others on the way can read and change: {seen}"),
        Difference.ANOTHER_WAY: _("Another way to pay than you agreed on: {seen}. The order says {agreed}."),
    }[difference]
    if difference is Difference.ACCOUNT:
        seen, agreed = account_number(seen), account_number(agreed)
    return sentence.format(seen=seen, agreed=agreed or _("nothing of that kind"))


def source_label(source: AlarmSource) -> str:
    """Where what differs was seen."""
    return {
        AlarmSource.CONFIRMATION: _("in a later confirmation"),
        AlarmSource.MESSAGE: _("in a message of the vendor"),
        AlarmSource.MAIL: _("in an e-mail"),
        AlarmSource.LINK: _("in the order's own link"),
        AlarmSource.TYPED: _("in what you checked"),
    }[source]
