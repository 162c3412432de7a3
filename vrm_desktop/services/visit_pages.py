"""Going to a web page: the one place from which shop pages and well-known files are asked for, each written down first.

A visit tells a site the network address and which page was asked for, and nothing else. Redirects are followed on the
same owner's site only, a few at most, each cleaned, written down and checked like the first. Never here: when to go,
what the page says.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from urllib.parse import urljoin

from vrm_desktop.canon import hashes
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.page_visit import LEAVING, LONGEST_ADDRESS, PageVisit, VisitFor
from vrm_desktop.domain.signals import SignalState, VendorSignal
from vrm_desktop.domain.vendor import Counterparty, VendorCard
from vrm_desktop.formats.web_address import asked_address, same_owner
from vrm_desktop.formats.web_domains import registrable
from vrm_desktop.services.errors import PageElsewhere
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError, Transaction
from vrm_desktop.services.ports_outside import WebPage, WebPages

T = TypeVar("T")
MOST_HOPS: Final = 4
CARD: Final = "/.well-known/intentcast.json"
LARGEST: Final = 4 * 1024 * 1024
_OK, _UNCHANGED = 200, 304
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", ""})
_FAILING: Final = frozenset({500, 502, 504})
_WENT: Final = {SignalState.UNREADABLE: "answered-badly", SignalState.UNREACHED: "connection-lost"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Visited:
    """A page that answered; `address` is where it was in the end, `stripped` what was taken out of addresses."""

    page: WebPage
    address: str
    stripped: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether it is still the copy that was had."""
        return self.page.status == _UNCHANGED


async def visit_page(means: Means, address: str, why: VisitFor, *, etag: str = "", modified: str = "") -> Visited:
    """The page at `address`, which is cleaned before it is asked for.

    Raises:
        ChannelError: nobody was reached, or the shop did not give the page: `page-refused`, `page-gone`,
            `page-not-html`.
        PageElsewhere: it leads on to another owner's site, where nothing was asked.
    """
    found = await _followed(means, address, why, most=LARGEST, etag=etag, modified=modified)
    page = found.page
    if page.status == _UNCHANGED and (etag or modified):
        return found
    refusal = _refusal(page)
    if refusal is not None:
        code = refusal.code
        await means.vault.write(lambda tx: _settle(tx, found.address, why, code))
        raise refusal
    return found


async def look_at_file(means: Means, address: str, why: VisitFor, *, most: int) -> WebPage:
    """A small file of a site, whatever its status is.

    Raises:
        ChannelError: nobody was reached, or the answer is not used.
        PageElsewhere: see `visit_page`.
    """
    return (await _followed(means, address, why, most=most)).page


async def fetch_signed(
    means: Means, address: str, why: VisitFor, *, most: int, seconds: float, judge: Callable[[WebPage], bytes]
) -> bytes:
    """What `judge` takes of what stands at exactly this address, as somebody signed it: not cleaned, nothing followed.

    Raises:
        ChannelError: nobody was reached, or `judge` takes nothing of it.
    """
    page = await _once(means, pages_of(means), address, why, most=most, seconds=seconds)
    try:
        return judge(page)
    except ChannelError as error:
        code = error.code
        await means.vault.write(lambda tx: _settle(tx, address, why, code))
        raise


async def written_down(means: Means, address: str, why: VisitFor, ask: Callable[[], Awaitable[T]]) -> T:
    """What `ask` comes to, which asks for `address`: written down before it leaves, and how it went afterwards.

    Raises:
        ChannelError: as `ask` raises it, or the address is too long to be one.
    """
    await _write_down(means, address, why)
    try:
        found = await ask()
    except ChannelError as error:
        code = error.code
        await means.vault.write(lambda tx: _settle(tx, address, why, code))
        raise
    await means.vault.write(lambda tx: _settle(tx, address, why, ""))
    return found


async def look_at_card(
    means: Means, url: str, why: VisitFor, *, pinned: Kid | None, last_serial: int | None
) -> tuple[VendorCard, bytes]:
    """The verified card of the vendor at `url` (its site, or the card's own address), and its bytes.

    Raises:
        ChannelError: the vendor could not be reached, or its card does not hold.
    """
    place = url if url.endswith(CARD) else url.rstrip("/") + CARD
    channel = means.channels["native"]
    return await written_down(
        means, place, why, lambda: channel.fetch_card(place, pinned=pinned, last_serial=last_serial)
    )


async def look_at_signals(means: Means, address: str) -> tuple[VendorSignal, ...]:
    """What the site of `address` says about terms and privacy elsewhere than on its card, each file written down."""
    asked: list[str] = []

    async def leaving(place: str) -> None:
        asked.append(place)
        await _write_down(means, place, VisitFor.TERMS)

    signals = await means.channels["native"].read_signals(address, leaving)

    def change(tx: Transaction) -> None:
        for place, signal in zip(asked, signals, strict=False):
            _settle(tx, place, VisitFor.TERMS, _WENT.get(signal.state, ""))

    await means.vault.write(change)
    return signals


async def visits(means: Means) -> tuple[PageVisit, ...]:
    """What was asked for, the last first."""
    return await means.vault.read(
        lambda tx: tuple(sorted(tx.papers(PageVisit), key=lambda one: (one.last, one.id), reverse=True))
    )


def visit_of(tx: Transaction, address: str, why: VisitFor) -> PageVisit | None:
    """When and with what outcome an address was asked for last, for that reason."""
    return tx.paper(PageVisit, _key(address, why))


def vendor_at(tx: Transaction, address: str) -> Counterparty | None:
    """The known counterparty whose site an address lies on; the first known where there are several."""
    site = registrable(address)
    owned = (one for one in tx.vendors() if site and site in {registrable(one.web), registrable(one.address)})
    return min(owned, key=lambda one: (one.added, one.id), default=None)


def pages_of(means: Means) -> WebPages:
    """What fetches pages.

    Raises:
        ChannelError: this program has no way to them.
    """
    if means.outside is None:
        raise ChannelError("address-refused", "no way to web pages", may_have_arrived=False, final=True)
    return means.outside.web()


async def _followed(
    means: Means, address: str, why: VisitFor, *, most: int, etag: str = "", modified: str = ""
) -> Visited:
    asked = asked_address(address)
    if asked is None:
        raise ChannelError("address-refused", "no web address", may_have_arrived=False, final=True)
    web, first, stripped = pages_of(means), asked.address, asked.stripped
    for _hop in range(MOST_HOPS + 1):
        page = await _once(means, web, asked.address, why, most=most, etag=etag, modified=modified)
        if page.status not in _REDIRECTS or not page.location:
            return Visited(page=page, address=asked.address, stripped=stripped)
        following = asked_address(_joined(asked.address, page.location))
        if following is None:
            break
        if not same_owner(first, following.address):
            raise PageElsewhere(following.address)
        stripped = tuple(dict.fromkeys((*stripped, *following.stripped)))
        asked = following
    await means.vault.write(lambda tx: _settle(tx, asked.address, why, "page-refused"))
    raise ChannelError("page-refused", "it leads in circles", may_have_arrived=True, final=False)


async def _once(
    means: Means,
    web: WebPages,
    address: str,
    why: VisitFor,
    *,
    most: int,
    etag: str = "",
    modified: str = "",
    seconds: float | None = None,
) -> WebPage:
    return await written_down(
        means,
        address,
        why,
        lambda: web.fetch(address, most=most, etag=etag, modified=modified, seconds=seconds),
    )


async def _write_down(means: Means, address: str, why: VisitFor) -> None:
    if len(address) > LONGEST_ADDRESS:
        raise ChannelError("address-refused", "too long", may_have_arrived=False, final=True)
    await means.vault.write(lambda tx: _leaving(tx, means, address, why))


def _leaving(tx: Transaction, means: Means, address: str, why: VisitFor) -> None:
    now, known, owner = means.clock.now(), visit_of(tx, address, why), vendor_at(tx, address)
    first = PageVisit(id=_key(address, why), at=now, last=now, address=address, why=why, outcome=LEAVING)
    made = known.again(now) if known is not None else first
    tx.keep_paper(replace(made, vendor=owner.id if owner is not None else None))


def _settle(tx: Transaction, address: str, why: VisitFor, outcome: str) -> None:
    known = visit_of(tx, address, why)
    if known is not None:
        tx.keep_paper(replace(known, outcome=outcome))


def _refusal(page: WebPage) -> ChannelError | None:
    told, later = str(page.status), page.retry_after
    if page.status in _GONE:
        return ChannelError("page-gone", told, may_have_arrived=True, final=True)
    if page.status in _FAILING:
        return ChannelError("answered-badly", told, may_have_arrived=True, final=False, retry_after=later)
    if page.status != _OK:
        return ChannelError("page-refused", told, may_have_arrived=True, final=False, retry_after=later)
    if page.kind not in _PAGES:
        return ChannelError("page-not-html", page.kind, may_have_arrived=True, final=True)
    return None


def _key(address: str, why: VisitFor) -> str:
    return f"visit-{hashes.digest(f'{why.value} {address}'.encode())[:22]}"


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return ""
