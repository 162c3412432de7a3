"""What a text says about where to pay: `payto:` links, bank codes, account numbers, web links, wallet addresses.

A text of a vendor, a mail or the person's clipboard is data: bounded, read once, never followed. Never here: what was
agreed, and whether what is found fits it.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from vrm_desktop.domain.payment import Stated
from vrm_desktop.formats.epc_text import read_epc
from vrm_desktop.formats.errors import NotAnEpcCode, NotAPayto
from vrm_desktop.formats.iban import iban_is_sound, ibans_in
from vrm_desktop.formats.lookalikes import is_mixed, looks_like
from vrm_desktop.formats.payto import read_payto
from vrm_desktop.formats.web_domains import host_of, registrable

LONGEST: Final = 64 * 1024
MOST: Final = 40
_LINK = re.compile(r"\b(?:https?|payto)://[^\s<>\"'\\]{1,1900}", re.IGNORECASE)
_WALLET = re.compile(
    r"\b(?:(?:taler|taler\+http)://[^\s<>\"']{1,500}|(?:lightning|bitcoin|ethereum|monero):[^\s<>\"']{1,1500}"
    r"|ln(?:bc|tb|o1|url1)[02-9ac-hj-np-z]{20,1500})",
    re.IGNORECASE,
)
_EPC = re.compile(r"BCD\r?\n00[12]\r?\n[1-8]\r?\nSCT\r?\n(?:[^\r\n]*\r?\n){1,7}[^\r\n]*")
_PAYING: Final = ("pay", "checkout", "zahl", "kasse", "invoice", "rechnung", "bill", "transfer", "ueberweis")
_AFTER = ".,;:!?)]}»"


def stated_in(text: str, sites: Iterable[str]) -> Iterator[Stated]:
    """All that `text` (its first 64 KiB) says about where to pay, up to forty things.

    `sites` are the domains known to be the vendor's, as `site_of` gives them: links are compared with them.
    """
    known, read = frozenset(sites), text[:LONGEST]
    for count, one in enumerate(_all(read, known)):
        if count == MOST:
            return
        yield one


def is_about_paying(stated: Stated) -> bool:
    """Whether something found in a text that is not itself about paying asks for money: all but a plain link does."""
    link = stated.link.casefold()
    return not link or bool(stated.looks_like) or any(word in link for word in _PAYING)


def link_stated(link: str, sites: Iterable[str]) -> Stated:
    """One web link or wallet address as what it says about where to pay."""
    if not link.casefold().startswith(("http://", "https://")):
        return Stated(wallet=link)
    known = frozenset(sites)
    site = site_of(link)
    deceives = looks_like(link, known) or (min(known) if known and is_mixed(link) else "")
    return Stated(link=link, site=site, looks_like="" if site in known else deceives, secure=_secure(link))


def site_of(address: str) -> str:
    """Whose an address is: its registrable domain, or the whole host (with its port) where there is none."""
    own = registrable(address)
    if own:
        return own
    try:
        port = urlsplit(address).port
    except ValueError:
        return ""
    host = host_of(address)
    return f"{host}:{port}" if host and port else host


def _all(text: str, sites: frozenset[str]) -> Iterator[Stated]:
    rest = text
    for found in _EPC.finditer(text):
        try:
            code = read_epc(found[0])
        except NotAnEpcCode:
            continue
        rest = rest.replace(found[0], " ")
        yield Stated(iban=code.iban, bic=code.bic, payee=code.name, amount=code.amount)
    for found in _LINK.finditer(rest):
        link = found[0].rstrip(_AFTER)
        rest = rest.replace(link, " ")
        yield _payto(link) if link.casefold().startswith("payto:") else link_stated(link, sites)
    for found in _WALLET.finditer(rest):
        wallet = found[0].rstrip(_AFTER)
        rest = rest.replace(wallet, " ")
        yield Stated(wallet=wallet)
    for iban in ibans_in(rest):
        yield Stated(iban=iban, sound=iban_is_sound(iban))


def _payto(link: str) -> Stated:
    try:
        one = read_payto(link)
    except NotAPayto:
        return Stated(iban=link, sound=False)
    if not one.is_transfer:
        return Stated(wallet=link)
    return Stated(iban=one.iban, bic=one.bic, payee=one.receiver, amount=one.amount)


def _secure(link: str) -> bool:
    if link.casefold().startswith("https://"):
        return True
    host = host_of(link)
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
