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
from vrm_desktop.formats.web_address import asked_address, site_of
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services import choose_vendors
from vrm_desktop.services.errors import NotFound, PageElsewhere
from vrm_desktop.services.find_shop import PLACE, find_shop
from vrm_desktop.services.import_organisations import counterparty_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import ways_of
from vrm_desktop.services.ports import ChannelError, Transaction
from vrm_desktop.services.visit_pages import CARD, look_at_signals, vendor_at, visit_of

AGAIN: Final = timedelta(days=1)
_NO_SHOP: Final = frozenset({"shop-not-here", "shop-unspoken"})
_NOBODY: Final = frozenset({"name-not-found", "address-refused"})
_NO_ANSWER: Final = frozenset({"timed-out", "connection-lost"})


async def discover(means: Means, whom: str, *, again: bool = False) -> VendorWays:
    """Ask the site of a counterparty how it can be reached: its id, an entry of an imported list, or a domain.

    Of a list's entry or an unknown domain a counterparty is made first.

    What was asked within a day is not asked again, unless `again`. A site that is not reached is asked no further.

    Raises:
        NotFound: none of these. ChannelError: there is no such domain, or none to go to, and nobody was added.
    """
    vendor, site, new = await means.vault.write(lambda tx: _whom(tx, means, whom))
    if not site:
        return await ways(means, vendor.id)
    last = await means.vault.read(lambda tx: _looked(tx, site))
    if not (new or again) and last is not None and means.clock.now() - last < AGAIN:
        return await ways(means, vendor.id)
    key, asked, trouble = await _ask(means, vendor, site, new=new)
    found = await ways(means, key)
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
    return site_of_address(vendor.address) or site_of_address(vendor.web)


def site_of_address(text: str) -> str:
    """The site of an address as it is written down, "" where it is none."""
    found = asked_address(text) if text else None
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


def _whom(tx: Transaction, means: Means, whom: str) -> tuple[Counterparty, str, bool]:
    """Who is meant, where its site is, and whether it is one that is not kept yet."""
    known = tx.vendor(VendorId(whom))
    if known is None and tx.paper(Organisation, whom) is not None:
        known = counterparty_of(tx, means, whom)
    if known is not None:
        return known, site_to_ask(known), False
    asked = asked_address(whom)
    if asked is None or not _is_host(host_of(asked.address)):
        raise NotFound(whom)
    site = site_of(asked.address)
    there = vendor_at(tx, site) or next((one for one in tx.vendors() if site_to_ask(one) == site), None)
    if there is not None:
        return there, site, False
    made = Counterparty(
        id=VendorId(means.new_id("vendor")),
        name=host_of(site),
        kind=OrganisationKind.SHOP,
        added=means.clock.now(),
        web=site,
    )
    return made, site, True


def _is_host(host: str) -> bool:
    return "." in host and not host.startswith(".")


def _looked(tx: Transaction, site: str) -> datetime | None:
    visit = visit_of(tx, site + CARD, VisitFor.DISCOVERY)
    return visit.last if visit is not None else None


async def _ask(means: Means, vendor: Counterparty, site: str, *, new: bool) -> tuple[VendorId, tuple[str, ...], str]:
    """Card, words about terms, shop profile: one after the other; whose, what was asked for, and what went wrong.

    Raises:
        ChannelError: a new one is not kept, as there is nobody at its address.
    """
    asked, trouble = [site + CARD], ""
    try:
        carded = await choose_vendors.add_vendor(means, site, vendor.id, why=VisitFor.DISCOVERY)
        vendor = replace(carded, web=site) if new and not carded.web else carded
        await means.vault.write(lambda tx: tx.save_vendor(vendor))
    except ChannelError as error:
        if new and error.code in _NOBODY:
            raise
        vendor = await means.vault.write(lambda tx: _kept(tx, vendor, site))
        if not error.may_have_arrived or error.code in _NO_ANSWER:
            return vendor.id, tuple(asked), error.code
        trouble = "" if error.code == "no-card" else error.code
        signals = await look_at_signals(means, site)
        await means.vault.write(lambda tx: tx.save_vendor(replace(_there(tx, vendor), signals=signals)))
    for signal in (await means.vault.read(lambda tx: _there(tx, vendor))).signals:
        asked.append(f"{site}/.well-known/{signal.place.value}")
        if signal.state is SignalState.UNREACHED:  # from there on nothing was asked
            break
    shop = site_of_address(vendor.web) or site
    asked.append(shop + PLACE)
    return vendor.id, tuple(asked), await _shop(means, vendor.id) or trouble


async def _shop(means: Means, key: VendorId) -> str:
    """Look whether it is a shop that programs can ask; the code of what went wrong, which its absence is not."""
    try:
        await find_shop(means, key)
    except (ChannelError, PageElsewhere) as error:
        return "" if error.code in _NO_SHOP else error.code
    return ""


def _kept(tx: Transaction, vendor: Counterparty, site: str) -> Counterparty:
    """The counterparty as it is kept, from now on if it was not yet."""
    there = tx.vendor(vendor.id) or vendor_at(tx, site)
    if there is None:
        tx.save_vendor(vendor)
    return there or vendor


def _there(tx: Transaction, vendor: Counterparty) -> Counterparty:
    return tx.vendor(vendor.id) or vendor
