"""The shop's bank account as it stands in a signed confirmation. Check digits are verified, nothing is looked up."""

import re
from dataclasses import dataclass

from vrm_desktop.vendor.errors import BadSettings

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z0-9]{8}|[A-Z0-9]{11}")
_PAYEE_LENGTH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A SEPA account. `iban` is without spaces; `bic` may be empty (not needed inside the EEA)."""

    payee: str
    iban: str
    bic: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.payee) <= _PAYEE_LENGTH:
            raise BadSettings(f"payment.payee has 1 to {_PAYEE_LENGTH} characters")
        if not _IBAN.fullmatch(self.iban) or _check_digits(self.iban) != 1:
            raise BadSettings("payment.iban is not an IBAN: its check digits do not fit")
        if self.bic and not _BIC.fullmatch(self.bic):
            raise BadSettings("payment.bic has 8 or 11 characters")


def _check_digits(iban: str) -> int:
    """ISO 7064 MOD 97-10 of the rearranged IBAN: 1 when it is right."""
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97
