"""How a confirmed order is paid, as the command line shows it: in words, as `payto:` link and as a bank code."""

import contextlib

from vrm_desktop.domain.relationship import OrderRecord
from vrm_desktop.formats.errors import NoPaymentForm
from vrm_desktop.wording.payment import payment_lines


def payto_of(order: OrderRecord) -> str | None:
    """The `payto:` link of the order; None while it is not confirmed, or where it is not paid by transfer."""
    from vrm_desktop.formats.payment_forms import payto

    if order.payment is None or order.price is None:
        return None
    try:
        return payto(order.payment, order.price.all_in)
    except NoPaymentForm:
        return None


def paying_lines(order: OrderRecord) -> tuple[str, ...]:
    """The lines that tell how to pay, with the code to scan where there is one; none while it is not confirmed."""
    from vrm_desktop.formats.payment_forms import epc_qr_text

    if order.payment is None or order.price is None:
        return ()
    amount, link = order.price.all_in, payto_of(order)
    lines = [*payment_lines(order.payment, amount), *([link] if link else [])]
    with contextlib.suppress(NoPaymentForm):
        lines += epc_qr_text(order.payment, amount).splitlines()
    return tuple(f"    {line}" for line in lines)
