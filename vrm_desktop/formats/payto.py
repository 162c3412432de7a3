"""`payto:` links (RFC 8905), read and written whole. A target that is not known here is kept as it is, and not offered.

Never here: whether the details are the right ones, and no sending of money.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.formats.errors import NotAPayto
from vrm_desktop.formats.iban import bic_is_sound, iban_is_sound, plain

LONGEST: Final = 2000
_MOST_OPTIONS = 20
_TARGET = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_AMOUNT = re.compile(r"([A-Za-z]{3}):([0-9,]{1,16})(?:\.([0-9,]{1,8}))?")
_ONE_TEXT: Final = ("receiver-name", "sender-name", "message", "instruction")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Payto:
    """What a link says. `target` is the kind of account (`iban`, `bic`, `upi` …) and `path` what comes after it.

    `amount` is None where none is said. `others` are options that RFC 8905 does not name, in their order.
    """

    target: str
    path: tuple[str, ...]
    amount: Money | None = None
    receiver: str = ""
    sender: str = ""
    message: str = ""
    instruction: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def iban(self) -> str:
        """The account number; "" where the link names no such account."""
        return self.path[-1] if self.target == "iban" else ""

    @property
    def bic(self) -> str:
        """The bank, where the link names it."""
        if self.target == "bic":
            return self.path[0]
        return self.path[0] if self.target == "iban" and len(self.path) > 1 else ""

    @property
    def is_transfer(self) -> bool:
        """Whether it is one that this program offers: to an account number."""
        return self.target == "iban"


def read_payto(text: str) -> Payto:
    """The link as it is meant; an account number in upper case and without gaps.

    Raises:
        NotAPayto: another scheme, a target without an account, an account that does not check, an amount that is none
            (or finer than its currency), an option twice, user, port or fragment, or longer than 2,000.
    """
    if len(text) > LONGEST or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise NotAPayto("a payto link is one line of up to 2,000 characters")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise NotAPayto("no link") from error
    target = parts.netloc.lower()
    if parts.scheme.lower() != "payto" or not _TARGET.fullmatch(target) or parts.fragment:
        raise NotAPayto("a payto link is payto://target/account?options")
    path = tuple(_unquoted(one) for one in parts.path.split("/")[1:])
    options = _options(parts.query)
    known = {name: options.pop(name, "") for name in _ONE_TEXT}
    amount = options.pop("amount", None)
    return Payto(
        target=target,
        path=_account(target, path),
        amount=_amount(amount) if amount is not None else None,
        receiver=known["receiver-name"],
        sender=known["sender-name"],
        message=known["message"],
        instruction=known["instruction"],
        others=tuple(options.items()),
    )


def write_payto(one: Payto) -> str:
    """The link in ASCII; what is empty is left out."""
    account = "/".join(quote(part, safe="") for part in one.path)
    said = (
        ("amount", f"{one.amount.currency}:{one.amount.decimal()}" if one.amount is not None else ""),
        ("receiver-name", one.receiver),
        ("sender-name", one.sender),
        ("message", one.message),
        ("instruction", one.instruction),
        *one.others,
    )
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe=':')}" for name, value in said if value)
    return f"payto://{one.target}/{account}{'?' if query else ''}{query}"


def _account(target: str, path: tuple[str, ...]) -> tuple[str, ...]:
    if not path or not all(path):
        raise NotAPayto("a payto link names an account")
    match target, path:
        case "iban", (*bank, iban) if len(bank) <= 1:
            account = (*(plain(one) for one in bank), plain(iban))
            if iban_is_sound(account[-1]) and all(bic_is_sound(one) for one in account[:-1]):
                return account
        case "bic", (bic,) if bic_is_sound(plain(bic)):
            return (plain(bic),)
        case "iban" | "bic", _:
            pass
        case _:
            return path
    raise NotAPayto("an account or a bank that does not check")


def _options(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    pairs = query.split("&") if query else []
    if len(pairs) > _MOST_OPTIONS:
        raise NotAPayto("too many options")
    for pair in pairs:
        name, _equals, value = pair.partition("=")
        name = _unquoted(name).lower()
        if not name or name in found:
            raise NotAPayto("an option without a name, or twice")
        found[name] = _unquoted(value)
    return found


def _amount(text: str) -> Money:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise NotAPayto("an amount looks like EUR:12.50")
    currency = found[1].upper()
    whole, part = found[2].replace(",", ""), (found[3] or "").replace(",", "").rstrip("0")
    digits = exponent(currency)
    if not whole or len(part) > digits:
        raise NotAPayto(f"{currency} has {digits} decimals")
    try:
        return Money(minor=int(whole + part.ljust(digits, "0")), currency=currency)
    except InvalidValue as error:
        raise NotAPayto("an amount out of range") from error


def _unquoted(text: str) -> str:
    try:
        plain_text = unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise NotAPayto("not UTF-8") from error
    if not plain_text.isprintable():
        raise NotAPayto("signs that nobody sees")
    return plain_text
