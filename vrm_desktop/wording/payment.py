"""How to pay, in words: what a confirmed order says, ready to copy. The forms themselves are made by callers."""

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import payment_way_label
from vrm_desktop.wording.catalogue import _


def payment_lines(payment: PaymentDetails, amount: Money) -> tuple[str, ...]:
    """The lines that tell how to pay `amount`."""
    pay = _("To pay: {amount}").format(amount=values.money(amount))
    if payment.method == "sepa-transfer":
        iban = " ".join(payment.iban[i : i + 4] for i in range(0, len(payment.iban), 4))
        lines = [pay, _("to {payee}, {iban}").format(payee=payment.payee, iban=iban)]
        if payment.reference:
            lines.append(_("reference: {reference}").format(reference=payment.reference))
        return tuple(lines)
    if payment.method == "vendor-link":
        return (pay, _("on the vendor's page: {link}").format(link=payment.link))
    return (pay, payment_way_label(payment.method))
