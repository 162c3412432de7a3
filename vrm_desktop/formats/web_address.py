"""A pasted web address as it is asked for: without followers and fragment, and in the letters that addresses have.

Never here: whether one may go there (the courier decides that), nor going.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from vrm_desktop.formats.clean_link import clean_link
from vrm_desktop.formats.web_domains import host_of, registrable

_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PLACE = re.compile(r"(?:\[[0-9a-f:.]+\]|[A-Za-z0-9.\-_]+)(?::[0-9]{1,5})?", re.ASCII)
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskedAddress:
    """What is asked for, and the names of the parameters that were taken out before."""

    address: str
    stripped: tuple[str, ...] = ()


def asked_address(text: str) -> AskedAddress | None:
    """The address as it is asked for, or None: no absolute http(s) address (a bare domain is taken for https)."""
    plain = text.strip()
    cleaned = clean_link(plain if "://" in plain else f"https://{plain}")
    if cleaned is None:
        return None
    parts = urlsplit(cleaned.link)
    place = _place(parts)
    if not place:
        return None
    asked = urlunsplit((parts.scheme, place, _spelt(parts.path, _PATH) or "/", _spelt(parts.query, _QUERY), ""))
    return AskedAddress(address=asked, stripped=cleaned.stripped)


def site_of(address: str) -> str:
    """The site that an address lies on: scheme, host and port, without a path."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def same_owner(one: str, other: str) -> bool:
    """Whether two addresses belong to one owner: the same registrable domain, or the very same host and port."""
    if registrable(one) and registrable(one) == registrable(other):
        return True
    return bool(host_of(one)) and (host_of(one), _port(one)) == (host_of(other), _port(other))


def path_of(address: str) -> str:
    """Path and query of an address, as `robots.txt` means them."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _place(parts: SplitResult) -> str:
    """Host and port in the letters that addresses have; "" where they cannot be written so."""
    name = parts.hostname or ""
    try:
        host = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    place = host + (f":{parts.port}" if parts.port is not None else "")
    return place if _PLACE.fullmatch(place) and (":" not in name or place == parts.netloc.lower()) else ""


def _spelt(text: str, plain: str) -> str:
    return quote(_STRAY.sub("%25", text), safe=plain)


def _port(address: str) -> int | None:
    parts = urlsplit(address)
    return parts.port or _DEFAULT_PORTS.get(parts.scheme)
