"""Whether a text holds bank details: a number that checks as an IBAN, or the words for an account with digits.

They are looked for to warn of them. Never here: reading them out, for nothing is ever paid by a mail's word.
"""

import re

_IBAN = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]){11,30})(?![A-Za-z0-9])")
_ACCOUNT = re.compile(
    r"\b(?:iban|bic|swift|kontonummer|konto-?nr|kto\.?|blz|account (?:no|number)|sort code|bankverbindung|"
    r"bank details|"
    r"routing number)\b[^\n]{0,40}[0-9]{4}",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST, _MODULUS = 15, 34, 97


def holds_bank_details(text: str) -> bool:
    """Whether there is an IBAN, or an account by another name, in it."""
    return _ACCOUNT.search(text) is not None or any(_holds_iban(found[1]) for found in _IBAN.finditer(text))


def _holds_iban(text: str) -> bool:
    """Whether the text begins with an IBAN: what follows it may look like more of it."""
    plain = "".join(text.split())
    return any(_checks(plain[:length]) for length in range(_SHORTEST, min(len(plain), _LONGEST) + 1))


def _checks(iban: str) -> bool:
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % _MODULUS == 1
