"""How a counterparty can be reached: asked of its site on demand, a handful of requests in series, once a day at most.

The vendor card of our own wire, what it says about terms, and a shop's profile; whatever is found is kept with its
day. Never because of a cast, and never here: asking for anything else, or what a way can do.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.reaching import TermsKnown, VendorWays
from vrm_desktop.domain.signals import SignalState
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import FoundBy, KnownWay, Way
from vrm_desktop.formats.errors import NotAShopAnswer, NotAShopProfile
from vrm_desktop.formats.ucp.profile import read_profile
from vrm_desktop.formats.web_address import asked_address, site_of
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services import choose_vendors
from vrm_desktop.services.errors import NotFound, PageElsewhere
from vrm_desktop.services.import_organisations import counterparty_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import ways_of
from vrm_desktop.services.ports import ChannelError, Transaction
from vrm_desktop.services.visit_pages import look_at_file, vendor_at, visit_of, written_down

CARD: Final = "/.well-known/intentcast.json"
PROFILE: Final = "/.well-known/ucp"
AGAIN: Final = timedelta(days=1)
_LARGEST: Final = 256 * 1024
_OK: Final = 200
_NO_ANSWER: Final = frozenset({"timed-out", "connection-lost"})


async def discover(means: Means, whom: str, *, again: bool = False) -> VendorWays:
    """Ask the site of a counterparty how it can be reached: its id, an entry of an imported list, or a domain.

    Of a list's entry or an unknown domain a counterparty is made first.

    What was asked within a day is not asked again, unless `again`. A site that is not reached is asked no further.

    Raises:
        NotFound: none of these.
    """
    vendor, site = await means.vault.write(lambda tx: _whom(tx, means, whom))
    if not site:
        return await ways(means, vendor.id)
    last = await means.vault.read(lambda tx: _looked(tx, site))
    if not again and last is not None and means.clock.now() - last < AGAIN:
        return await ways(means, vendor.id)
    asked, trouble = await _ask(means, vendor, site)
    found = await ways(means, vendor.id)
    return replace(found, asked=asked, trouble=trouble)


async def ways(means: Means, key: VendorId) -> VendorWays:
    """What is known about how a counterparty can be reached. Nothing is asked.

    Raises:
        NotFound: no such counterparty.
    """

    def look(tx: Transaction) -> VendorWays:
        vendor = tx.vendor(key)
        if vendor is None:
            raise NotFound(key)
        return _view(tx, means, vendor)

    return await means.vault.read(look)


async def directory(means: Means) -> tuple[VendorWays, ...]:
    """Every known counterparty with its ways, by name. Nothing is asked."""

    def look(tx: Transaction) -> tuple[VendorWays, ...]:
        return tuple(_view(tx, means, one) for one in sorted(tx.vendors(), key=lambda one: (one.name, one.id)))

    return await means.vault.read(look)


def site_to_ask(vendor: Counterparty) -> str:
    """The site that would be asked about a counterparty, "" where none is known."""
    found = asked_address(vendor.address or vendor.web) if vendor.address or vendor.web else None
    return site_of(found.address) if found is not None else ""


def all_ways(tx: Transaction, vendor: Counterparty) -> tuple[KnownWay, ...]:
    """Inside one transaction: every way that a counterparty is known by; our own wire first."""
    kept = ways_of(tx, vendor)
    card = vendor.card
    if card is None or any(one.way is Way.NATIVE for one in kept):
        return kept
    own = KnownWay(
        id=f"{vendor.id}-{Way.NATIVE.value}",
        vendor=vendor.id,
        at=vendor.refreshed or vendor.added,
        way=Way.NATIVE,
        address=card.endpoint,
        found=FoundBy.DISCOVERY,
        versions=tuple(str(one) for one in card.versions),
    )
    return (own, *kept)


def _view(tx: Transaction, means: Means, vendor: Counterparty) -> VendorWays:
    site = site_to_ask(vendor)
    return VendorWays(
        vendor=vendor,
        ways=all_ways(tx, vendor),
        terms=_terms(means, vendor),
        site=site,
        looked=_looked(tx, site) if site else None,
    )


def _terms(means: Means, vendor: Counterparty) -> TermsKnown:
    if choose_vendors.signs_usual_terms(vendor, means.roster):
        return TermsKnown.SIGNS
    named = vendor.card is not None and vendor.card.terms
    said = any(one.state is SignalState.FOUND and one.terms for one in vendor.signals)
    return TermsKnown.NAMES if named or said else TermsKnown.UNKNOWN


def _whom(tx: Transaction, means: Means, whom: str) -> tuple[Counterparty, str]:
    known = tx.vendor(VendorId(whom))
    if known is None and tx.paper(Organisation, whom) is not None:
        known = counterparty_of(tx, means, whom)
    if known is not None:
        return known, site_to_ask(known)
    asked = asked_address(whom)
    if asked is None or not _is_host(host_of(asked.address)):
        raise NotFound(whom)
    site = site_of(asked.address)
    there = vendor_at(tx, site) or next((one for one in tx.vendors() if site_to_ask(one) == site), None)
    if there is not None:
        return there, site
    made = Counterparty(
        id=VendorId(means.new_id("vendor")),
        name=host_of(site),
        kind=OrganisationKind.SHOP,
        added=means.clock.now(),
        web=site,
    )
    tx.save_vendor(made)
    return made, site


def _is_host(host: str) -> bool:
    return "." in host and not host.startswith(".")


def _looked(tx: Transaction, site: str) -> datetime | None:
    visit = visit_of(tx, site + CARD)
    return visit.last if visit is not None else None


async def _ask(means: Means, vendor: Counterparty, site: str) -> tuple[tuple[str, ...], str]:
    """Card, words about terms, shop profile: one after the other; what was asked for, and what went wrong."""
    asked, trouble = [site + CARD], ""
    try:
        await written_down(
            means, site + CARD, VisitFor.DISCOVERY, lambda: choose_vendors.add_vendor(means, site, vendor.id)
        )
    except ChannelError as error:
        if not error.may_have_arrived or error.code in _NO_ANSWER:
            return tuple(asked), error.code
        trouble = "" if error.code == "no-card" else error.code
        signals = await means.channels["native"].read_signals(site)
        await means.vault.write(lambda tx: tx.save_vendor(replace(_there(tx, vendor), signals=signals)))
    asked.append(site + PROFILE)
    return tuple(asked), await _shop(means, vendor.id, site) or trouble


async def _shop(means: Means, key: VendorId, site: str) -> str:
    """Look for a shop's profile and keep what it says; the code of what went wrong."""
    now = means.clock.now()
    try:
        page = await look_at_file(means, site + PROFILE, VisitFor.DISCOVERY, most=_LARGEST)
        profile = read_profile(page.body) if page.status == _OK else None
    except (ChannelError, PageElsewhere) as error:
        code = error.code
        await means.vault.write(lambda tx: _troubled(tx, key, code, now))
        return code
    except (NotAShopAnswer, NotAShopProfile):
        profile = None  # a page for people stands there, or nothing that can be spoken to
    endpoint = profile.endpoint() if profile is not None else None
    if profile is None or endpoint is None:
        await means.vault.write(lambda tx: tx.drop_paper(KnownWay, _key(key)))
        return ""
    way = KnownWay(
        id=_key(key),
        vendor=key,
        at=now,
        way=Way.UCP,
        address=endpoint.address,
        found=FoundBy.DISCOVERY,
        versions=(profile.says,),
        detail=", ".join((endpoint.transport.value, *sorted(profile.abilities))),
    )
    await means.vault.write(lambda tx: tx.keep_paper(way))
    return ""


def _troubled(tx: Transaction, key: VendorId, code: str, now: datetime) -> None:
    known = tx.paper(KnownWay, _key(key))
    if known is not None:
        tx.keep_paper(replace(known, trouble=code, at=now))


def _key(key: VendorId) -> str:
    return f"{key}-{Way.UCP.value}"


def _there(tx: Transaction, vendor: Counterparty) -> Counterparty:
    return tx.vendor(vendor.id) or vendor
