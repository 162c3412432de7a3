"""What a shop publishes about itself, in all the shapes that editions and shops have given it.

The document stands under `ucp` or is flat; services and capabilities are objects of lists, lists of objects, or single
objects; keys stand in `signing_keys` or `keys`. Never here: fetching it, and whether its endpoints may be called.
"""

import re
from collections.abc import Iterator
from typing import Final

from vrm_desktop.domain.shop import NEWEST, Can, Edition, Endpoint, ShopKey, ShopProfile, Transport
from vrm_desktop.formats.clean_link import clean_link
from vrm_desktop.formats.errors import NotAShopProfile
from vrm_desktop.formats.ucp.members import Object, inner, line, name_of, objects, read_object

SERVICE: Final = "dev.ucp.shopping"
_MOST: Final = 50
_DAY: Final = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", re.ASCII)
_CATALOGUE: Final = "dev.ucp.shopping.catalog"
"""What some shops list for search and look-up together."""


def read_profile(data: bytes) -> ShopProfile:
    """What a shop's `/.well-known/ucp` says.

    Raises:
        NotAShopAnswer: no JSON object.
        NotAShopProfile: no edition or no endpoint of a kind that can be spoken to.
    """
    whole = read_object(data)
    nested = isinstance(whole.get("ucp"), dict)
    told = inner(whole, "ucp") if nested else whole
    says = line(told, "version")
    if _DAY.fullmatch(says) is None:
        raise NotAShopProfile("no version")
    speaks = spoken(says)
    endpoints = tuple(_endpoints(told, says))
    if speaks is None or not endpoints:
        raise NotAShopProfile(f"version {says}, {len(endpoints)} endpoints")
    return ShopProfile(
        says=says,
        speaks=speaks,
        newer=says > NEWEST,
        endpoints=endpoints,
        abilities=frozenset(_abilities(told)),
        keys=tuple({one.kid: one for one in (*_keys(told), *_keys(whole))}.values()),
    )


def spoken(says: str) -> Edition | None:
    """The edition to speak to a shop that says this version: the same, or the latest that is no newer."""
    known = [edition for edition in Edition if edition.value <= says]
    return known[-1] if known else None


def _endpoints(told: Object, says: str) -> Iterator[Endpoint]:
    for entry in _entries(told, "services", SERVICE):
        edition = line(entry, "version") or says
        kind = line(entry, "transport")
        found = [(kind, entry)] if kind else [(one.value, inner(entry, one.value)) for one in Transport]
        for transport, where in found:
            address = _address(where)
            if address and transport in set(Transport):
                yield Endpoint(transport=Transport(transport), address=address, edition=edition)


def _address(where: Object) -> str:
    value = where.get("endpoint")
    found = clean_link(value) if isinstance(value, str) else None
    if found is None or "?" in found.link or "#" in found.link:
        return ""
    return found.link.rstrip("/")


def _entries(told: Object, name: str, wanted: str) -> Iterator[Object]:
    """The entries of this name: in an object by names, or in a list in which each says its name."""
    if isinstance(told.get(name), dict):
        yield from objects(inner(told, name), wanted, _MOST)
    else:
        yield from (one for one in objects(told, name, _MOST) if line(one, "name") == wanted)


def _abilities(told: Object) -> Iterator[Can]:
    both = _listed(told, _CATALOGUE)
    for can in Can:
        if _listed(told, can.value) or (both and can in {Can.SEARCH, Can.LOOK_UP}):
            yield can


def _listed(told: Object, name: str) -> bool:
    """Whether there is an entry of this name, though it may say nothing."""
    return next(_entries(told, "capabilities", name), None) is not None


def _keys(members: Object) -> Iterator[ShopKey]:
    """Its public keys, of whatever kind: a key that cannot be used is no fault of the others."""
    for place in ("signing_keys", "keys"):
        for one in objects(members, place, _MOST):
            kid = name_of(one, "kid")
            if kid:
                yield ShopKey(kid=kid, curve=line(one, "crv"), x=line(one, "x"), y=line(one, "y"))
