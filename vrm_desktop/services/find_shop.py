"""Whether a shop can be asked by the Universal Commerce Protocol: looked up once at its domain, and kept.

A look tells the shop's server that somebody came, as any visit does, and is written down as one. The page about whoever
asks is a setting: nothing is asked without one. Never here: asking the shop for anything.
"""

from dataclasses import replace
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.shop import Can, Edition, Endpoint, Shop, ShopProfile
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import FoundBy, KnownWay, Way
from vrm_desktop.formats.errors import NotAShopAnswer, NotAShopProfile
from vrm_desktop.formats.ucp.members import LARGEST_ANSWER
from vrm_desktop.formats.ucp.profile import read_profile
from vrm_desktop.formats.web_address import asked_address, same_owner, site_of
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services.errors import NotFound, NotKnownAsShop
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.visit_pages import look_at_file, vendor_at

PLACE: Final = "/.well-known/ucp"
PROFILE: Final = "shop-profile"
_OK: Final = 200
_NOT_THERE: Final = frozenset({301, 302, 307, 308, 404, 405, 410})
_LONGEST: Final = 500


async def find_shop(means: Means, key: VendorId) -> KnownWay:
    """Look whether a counterparty's site is a shop that can be asked this way. Keeps the answer, also a bad one.

    Raises:
        NotFound: no such counterparty. NotKnownAsShop: nothing is known of a site of its own.
        ChannelError: nobody was reached, or `shop-not-here`, `shop-unspoken`, `shop-unprotected`.
        PageElsewhere: it leads on to another owner's site.
    """
    vendor = await means.vault.read(lambda tx: tx.vendor(key))
    if vendor is None:
        raise NotFound(key)
    if not (vendor.web or vendor.address):
        raise NotKnownAsShop(vendor.name)
    site = _site(vendor.web or vendor.address)
    try:
        profile = await _profile(means, site)
    except ChannelError as error:
        code = error.code
        await means.vault.write(lambda tx: _trouble(tx, means, key, code))
        raise
    return await means.vault.write(lambda tx: _keep(tx, means, key, site, profile))


async def find_shop_at(means: Means, domain: str) -> Counterparty:
    """The same for a domain; the shop becomes a counterparty if none is known at its site.

    Raises:
        InvalidValue: no domain. ChannelError, PageElsewhere: see `find_shop`; then nobody was added.
    """
    site = _site(domain)
    profile = await _profile(means, site)

    def change(tx: Transaction) -> Counterparty:
        vendor = vendor_at(tx, site) or next((one for one in tx.vendors() if one.web and _lives(one, site)), None)
        if vendor is None:
            vendor = Counterparty(
                id=VendorId(means.new_id("vendor")),
                name=host_of(site),
                kind=OrganisationKind.SHOP,
                added=means.clock.now(),
                web=site,
            )
            tx.save_vendor(vendor)
        _keep(tx, means, vendor.id, site, profile)
        return vendor

    return await means.vault.write(change)


def shop_of(tx: Transaction, key: VendorId) -> Shop | None:
    """The shop that was found at this counterparty's."""
    return next(iter(tx.papers(Shop, vendor=key)), None)


def own_page(tx: Transaction, edition: Edition) -> str:
    """The page about whoever asks that is named to shops, for this edition; "" where none is set."""
    return (tx.setting(PROFILE) or "").replace("{edition}", edition.value)


async def set_own_page(means: Means, address: str) -> Changes:
    """Name this page to shops; "" for none. `{edition}` in it stands for the edition that is spoken.

    Raises:
        InvalidValue: not a plain https address.
    """
    text = address.strip()
    if text:
        shown = text.replace("{edition}", Edition.FIRST.value)
        parts = urlsplit(shown)
        plain = shown.isascii() and shown.isprintable() and not set(shown) & set(' "\\<>{}#')
        host = parts.hostname or ""
        if not plain or len(text) > _LONGEST or parts.scheme != "https" or "." not in host or "@" in parts.netloc:
            raise InvalidValue("the page has an https address of up to 500 plain characters")

    def change(tx: Transaction) -> Changes:
        tx.set_setting(PROFILE, text)
        return Changes.of(("settings", "all"))

    return await means.vault.write(change)


async def own_page_set(means: Means) -> str:
    """The page that is named to shops, as it was set."""
    return await means.vault.read(lambda tx: tx.setting(PROFILE) or "")


def _site(text: str) -> str:
    asked = asked_address(text)
    if asked is None:
        raise InvalidValue("not a domain or a web address")
    return site_of(asked.address)


def _lives(vendor: Counterparty, site: str) -> bool:
    there = asked_address(vendor.web)
    return there is not None and same_owner(there.address, site)


async def _profile(means: Means, site: str) -> ShopProfile:
    """The shop's page about itself: some servers know it with a slash at the end only."""
    for place in (PLACE, f"{PLACE}/"):
        page = await look_at_file(means, f"{site}{place}", VisitFor.DISCOVERY, most=LARGEST_ANSWER)
        if page.status == _OK:
            return _protected(_read(page.body), site)
        if page.status not in _NOT_THERE:
            code = "shop-not-admitted" if page.status in {401, 403} else "answered-badly"
            raise ChannelError(code, str(page.status), may_have_arrived=True, final=False)
    raise ChannelError("shop-not-here", "no page about a shop", may_have_arrived=True, final=True)


def _read(body: bytes) -> ShopProfile:
    try:
        return read_profile(body)
    except NotAShopAnswer as error:
        # Many sites answer any address with a page of their own.
        raise ChannelError("shop-not-here", str(error), may_have_arrived=True, final=True) from error
    except NotAShopProfile as error:
        raise ChannelError("shop-unspoken", str(error), may_have_arrived=True, final=True) from error


def _protected(profile: ShopProfile, site: str) -> ShopProfile:
    """The profile with the endpoints that may be asked: what leaves goes to protected addresses alone.

    A shop on this computer, which alone is looked for without protection, may have its endpoints here as well.
    """
    here = site.startswith("http://")
    kept = tuple(
        one for one in profile.endpoints if one.address.startswith("https://") or (here and _is_here(one.address))
    )
    if not kept:
        raise ChannelError("shop-unprotected", "plain http elsewhere", may_have_arrived=True, final=True)
    return replace(profile, endpoints=kept)


def _is_here(address: str) -> bool:
    host = host_of(address)
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _keep(tx: Transaction, means: Means, key: VendorId, site: str, profile: ShopProfile) -> KnownWay:
    endpoint = profile.endpoint()
    there = shop_of(tx, key)
    now = means.clock.now()
    shop = Shop(
        id=there.id if there is not None else means.new_id("shop"),
        vendor=key,
        at=now,
        domain=site,
        says=profile.says,
        speaks=profile.speaks,
        endpoint=endpoint.address,
        transport=endpoint.transport,
        abilities=tuple(can for can in Can if can in profile.abilities),
        newer=profile.newer,
        keys=profile.keys,
    )
    tx.keep_paper(shop)
    known = KnownWay(
        id=_way_id(key),
        vendor=key,
        at=now,
        way=Way.UCP,
        address=endpoint.address,
        found=FoundBy.DISCOVERY,
        versions=(profile.says,),
        detail=f"{shop.transport.value} {elsewhere(shop)}".strip(),
    )
    tx.keep_paper(known)
    return known


def elsewhere(shop: Shop) -> str:
    """The host that what is asked goes to, if it is another owner's than the shop's; else ""."""
    return "" if same_owner(shop.domain, shop.endpoint) else host_of(shop.endpoint)


def _trouble(tx: Transaction, means: Means, key: VendorId, code: str) -> None:
    """A shop that was found once and fails now stays known, with what went wrong."""
    known = tx.paper(KnownWay, _way_id(key))
    if known is not None:
        tx.keep_paper(replace(known, trouble=code, at=means.clock.now()))


def _way_id(key: VendorId) -> str:
    return f"{key}-{Way.UCP.value}"


def endpoint_of(shop: Shop) -> Endpoint:
    """Where the shop is spoken to."""
    return Endpoint(transport=shop.transport, address=shop.endpoint, edition=shop.speaks.value)
