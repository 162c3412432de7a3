"""The text of a bank QR code (EPC069-12), written and read: what a banking app would fill in. Draws nothing."""

import re
from dataclasses import dataclass

from vrm_desktop.domain.money import Money
from vrm_desktop.formats.errors import NotAnEpcCode
from vrm_desktop.formats.iban import bic_is_sound, iban_is_sound, plain

LARGEST_AMOUNT = 99_999_999_999
"""In cents."""
_LARGEST = 331
_NAME, _REFERENCE = 70, 140
_LINES = range(7, 13)
_AMOUNT = re.compile(r"EUR([0-9]{1,9})(?:\.([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EpcTransfer:
    """A euro transfer as the code says it. `amount` is None where the person fills it in."""

    name: str
    iban: str
    bic: str = ""
    amount: Money | None = None
    reference: str = ""


def write_epc(one: EpcTransfer) -> bytes:
    """The bytes of a code of version 002 in UTF-8. The reference may be empty; then its lines are left out.

    Raises:
        NotAnEpcCode: an amount that is none or out of range, details that are too long, more than one line, or a
            payee, account or bank that is none.
    """
    amount = one.amount
    if amount is None or amount.currency != "EUR" or not 1 <= amount.minor <= LARGEST_AMOUNT:
        raise NotAnEpcCode("an amount from 0.01 to 999,999,999.99 euro")
    if not all(text.isprintable() for text in (one.name, one.reference)):
        raise NotAnEpcCode("details are one line each")
    if not 1 <= len(one.name.strip()) <= _NAME or len(one.reference) > _REFERENCE or not iban_is_sound(one.iban):
        raise NotAnEpcCode("nobody who is paid, or details that are too long")
    if one.bic and not bic_is_sound(one.bic):
        raise NotAnEpcCode("a bank that does not check")
    decimal = amount.decimal().rstrip("0").rstrip(".")
    lines = ["BCD", "002", "1", "SCT", one.bic, one.name, one.iban, f"EUR{decimal}"]
    data = "\n".join([*lines, *(["", "", one.reference] if one.reference else [])]).encode()
    if len(data) > _LARGEST:
        raise NotAnEpcCode("a bank code has up to 331 bytes")
    return data


def read_epc(text: str) -> EpcTransfer:
    """The transfer in the text of a code.

    Raises:
        NotAnEpcCode: other lines than the guideline's, an account or a bank that does not check, or too large.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(text.encode()) > _LARGEST or len(lines) not in _LINES:
        raise NotAnEpcCode("a bank code has 7 to 12 lines in up to 331 bytes")
    lines += [""] * (_LINES[-1] - len(lines))
    if lines[0] != "BCD" or lines[1] not in {"001", "002"} or lines[2] not in set("12345678") or lines[3] != "SCT":
        raise NotAnEpcCode("not a code of EPC069-12")
    bic, iban = plain(lines[4]), plain(lines[6])
    if not lines[5] or not iban_is_sound(iban) or (bic and not bic_is_sound(bic)):
        raise NotAnEpcCode("an account or a bank that does not check, or nobody who is paid")
    found = _AMOUNT.fullmatch(lines[7])
    if found is None and lines[7]:
        raise NotAnEpcCode("an amount looks like EUR12.50")
    amount = Money(minor=int(found[1] + (found[2] or "").ljust(2, "0")), currency="EUR") if found else None
    return EpcTransfer(name=lines[5], iban=iban, bic=bic, amount=amount, reference=lines[9] or lines[10])
