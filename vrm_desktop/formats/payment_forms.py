"""A confirmed payment as a bank reads it: `payto:` (RFC 8905) and the EPC QR code (EPC069-12).

Only what the vendor's signed confirmation says goes in. No card, no account of the person, no sending of money.
"""

from typing import TYPE_CHECKING

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.formats.epc_text import EpcTransfer, write_epc
from vrm_desktop.formats.errors import NoPaymentForm, NotAnEpcCode
from vrm_desktop.formats.iban import iban_is_sound
from vrm_desktop.formats.payto import Payto, write_payto
from vrm_desktop.formats.qr_drawing import half_blocks, svg

if TYPE_CHECKING:
    import segno


def payto(payment: PaymentDetails, amount: Money) -> str:
    """The `payto://iban/…` link of a transfer.

    Raises:
        NoPaymentForm: not a transfer, or its IBAN does not check.
    """
    if payment.method != "sepa-transfer" or not iban_is_sound(payment.iban):
        raise NoPaymentForm("not a transfer to a sound IBAN")
    account = (payment.bic, payment.iban) if payment.bic else (payment.iban,)
    return write_payto(
        Payto(target="iban", path=account, amount=amount, receiver=payment.payee, message=payment.reference)
    )


def epc_qr_svg(payment: PaymentDetails, amount: Money) -> bytes:
    """The bank QR code of a euro transfer, as SVG: version 002, UTF-8, error correction M.

    Raises:
        NoPaymentForm: not a euro transfer to a sound IBAN, or the amount is outside 0.01 to 999,999,999.99.
    """
    return svg(_epc(payment, amount))


def epc_qr_text(payment: PaymentDetails, amount: Money) -> str:
    """The bank QR code for a terminal, in half blocks.

    Raises:
        NoPaymentForm: as for `epc_qr_svg`.
    """
    return half_blocks(_epc(payment, amount))


def _epc(payment: PaymentDetails, amount: Money) -> "segno.QRCode":
    if payment.method != "sepa-transfer":
        raise NoPaymentForm("a bank QR code is for transfers")
    transfer = EpcTransfer(
        name=payment.payee[:70], iban=payment.iban, bic=payment.bic, amount=amount, reference=payment.reference
    )
    try:
        data = write_epc(transfer)
    except NotAnEpcCode as error:
        raise NoPaymentForm("a bank QR code has no place for these details") from error
    import segno

    # Error correction M and no other; 331 bytes fit version 13, the largest that banking apps must read.
    return segno.make_qr(data, error="m", boost_error=False)
