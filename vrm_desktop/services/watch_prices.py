"""Watched prices: looked at again by themselves because the person asked, politely, and told of when they fall.

At most once a day and page, one page after the other, never against a site's `robots.txt`, with longer pauses after
refusals and none after four. Nothing of it runs while the vault is locked. Off until the person asks for one.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.price_watch import (
    MOST_DAYS,
    USUAL_DAYS,
    USUAL_FALL,
    PriceWatch,
    SeenPrice,
    WatchState,
    has_fallen,
)
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats import robots_file
from vrm_desktop.formats.clean_link import CleanLink
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.formats.product_page.found import PagePrice, PageRead
from vrm_desktop.formats.web_address import path_of, site_of
from vrm_desktop.services.errors import (
    NotFound,
    NotPossibleNow,
    PageElsewhere,
    PageForbidsPrograms,
    WatchedPriceGone,
)
from vrm_desktop.services.keep_pages import read_visited, seen_now
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.visit_pages import Visited, look_at_file, visit_page

MOST_AT_ONCE: Final = 20
MOST_OF_A_SITE: Final = 3
JITTER_HOURS: Final = 5.0
_OFFLINE: Final = 2
"""After so many in a row that nobody was reached for, the computer is taken to be offline."""
_OPEN: Final = frozenset({IntentcastState.DRAFT, IntentcastState.CAST})
_ALLOWS, _SERVER_FAILS = 200, 500


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Watched:
    """A watched price: what is seen of it, as it is now, and the want that it is for."""

    watch: PriceWatch
    price: PublicPrice | None
    want: str
    fallen: bool


async def watch(means: Means, key: str, *, until: date | None = None, fall: int = USUAL_FALL) -> PriceWatch:
    """Look at this public price again, day by day, until the end of `until` (30 days, if it is not said).

    Raises:
        NotFound: no such price.
        NotPossibleNow: the page has no address, or the price is no page's.
        InvalidValue: a fall of less than 1 or more than 90 per cent.
    """

    def change(tx: Transaction) -> PriceWatch:
        price = tx.paper(PublicPrice, key)
        if price is None:
            raise NotFound(key)
        now, today = means.clock.now(), means.clock.today()
        last = until or today + timedelta(days=USUAL_DAYS)
        if not price.link or price.way is not Way.PAGE:
            raise NotPossibleNow("it has no address")
        if not today <= last <= today + timedelta(days=MOST_DAYS):
            raise NotPossibleNow("from today, and a year at most")
        there = _of_price(tx, key)
        made = there or PriceWatch(
            id=means.new_id("watch"),
            price=key,
            intentcast=price.intentcast,
            address=price.link,
            at=now,
            until=last,
            next_look=now + timedelta(days=1),
            seen=(SeenPrice(at=price.at, low=price.low, high=price.high),),
            vendor=price.vendor,
        )
        begun = replace(made, until=last, fall=fall, state=WatchState.WATCHING, refusals=0, trouble="")
        tx.keep_paper(begun)
        return begun

    return await means.vault.write(change)


async def unwatch(means: Means, key: str) -> Changes:
    """Look no more; `key` is the price's or the watch's. What was seen stays until the price is struck off.

    Raises:
        NotFound: it is not watched.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.paper(PriceWatch, key) or _of_price(tx, key)
        if found is None:
            raise NotFound(key)
        tx.keep_paper(found.ended())
        _no_news(tx, found)
        return Changes.of(("price-watch", found.id))

    return await means.vault.write(change)


async def watched(means: Means) -> tuple[Watched, ...]:
    """All that are or were watched, the newest first."""

    def look(tx: Transaction) -> tuple[Watched, ...]:
        return tuple(_view(tx, one) for one in reversed(tx.papers(PriceWatch)))

    return await means.vault.read(look)


async def look(means: Means) -> Changes:
    """Look at every watched price whose time has come, one after the other; stop where nobody can be reached."""
    if means.outside is None:
        return Changes()
    now, today = means.clock.now(), means.clock.today()
    changes = await means.vault.write(lambda tx: _end_past(tx, today))
    every = await means.vault.read(lambda tx: tx.papers(PriceWatch))
    due = sorted((one for one in every if one.due(now, today)), key=lambda one: (one.next_look, one.id))
    asked: Counter[str] = Counter()
    robots: dict[str, bytes] = {}
    unreached = 0
    for one in due[:MOST_AT_ONCE]:
        site = site_of(one.address)
        if asked[site] >= MOST_OF_A_SITE:
            continue
        asked[site] += 1
        done = await _look_at(means, one, robots)
        changes |= Changes.of(("price-watch", done.id), ("public-price", done.price), ("agenda", done.id))
        unreached = unreached + 1 if done.trouble and not done.refusals else 0
        if unreached >= _OFFLINE:
            break
    return changes


async def _look_at(means: Means, one: PriceWatch, robots: dict[str, bytes]) -> PriceWatch:
    jitter = timedelta(hours=means.random.uniform(0, JITTER_HOURS))
    leaving = one.leaving(means.clock.now(), jitter)
    await means.vault.write(lambda tx: tx.keep_paper(leaving))
    try:
        await _ask_leave(means, leaving.address, robots)
        found = await visit_page(means, leaving.address, VisitFor.WATCH, etag=leaving.etag, modified=leaving.modified)
        if found.unchanged:
            return await means.vault.write(lambda tx: _unchanged(tx, means, leaving))
        read = read_visited(found)
    except ChannelError as error:
        if not error.may_have_arrived:
            code = error.code
            return await means.vault.write(lambda tx: _kept(tx, leaving.unreached(code)))
        return await _refused(means, leaving, error.code, error.retry_after)
    except (PageElsewhere, PageForbidsPrograms, FormatError) as error:
        return await _refused(means, leaving, error.code, None)
    return await means.vault.write(lambda tx: _saw(tx, means, leaving, found, read))


async def _ask_leave(means: Means, address: str, known: dict[str, bytes]) -> None:
    """Make sure that the site lets programs ask for the page. One round asks each site for its `robots.txt` once.

    Where there is no such file all is allowed; where it fails, nothing is.

    Raises:
        PageForbidsPrograms: it does not. ChannelError: nobody was reached.
    """
    site = site_of(address)
    if site not in known:
        try:
            page = await look_at_file(means, f"{site}/robots.txt", VisitFor.ROBOTS, most=robots_file.LARGEST)
        except PageElsewhere:
            known[site] = b""
        else:
            if page.status >= _SERVER_FAILS:
                raise PageForbidsPrograms(str(page.status))
            known[site] = page.body if page.status == _ALLOWS else b""
    if not robots_file.may_visit(known[site], path_of(address)):
        raise PageForbidsPrograms(site)


async def _refused(means: Means, one: PriceWatch, code: str, retry_after: int | None) -> PriceWatch:
    wish = timedelta(seconds=retry_after or 0)
    refused = one.refused(code, means.clock.now(), retry_after=wish)
    return await means.vault.write(lambda tx: _kept(tx, refused))


def _kept(tx: Transaction, one: PriceWatch) -> PriceWatch:
    tx.keep_paper(one)
    return one


def _unchanged(tx: Transaction, means: Means, one: PriceWatch) -> PriceWatch:
    price = tx.paper(PublicPrice, one.price)
    if price is None:
        return _kept(tx, one.ended())
    again = replace(price, at=means.clock.now())
    tx.keep_paper(again)
    return _told(tx, means, one.unchanged(), again)


def _saw(tx: Transaction, means: Means, one: PriceWatch, found: Visited, read: PageRead) -> PriceWatch:
    before = tx.paper(PublicPrice, one.price)
    if before is None:
        return _kept(tx, one.ended())
    try:
        same = _same(before, read.prices)
    except WatchedPriceGone as error:
        return _kept(tx, one.refused(error.code, means.clock.now()))
    own = CleanLink(link=before.link, stripped=before.stripped)
    now = replace(
        seen_now(tx, means, before.intentcast, same, own, found.address),
        id=before.id,
        link=before.link,
        host=before.host,
        stripped=before.stripped,
    )
    tx.keep_paper(now)
    return _told(tx, means, one.saw(now, etag=found.page.etag, modified=found.page.modified), now)


def _same(before: PublicPrice, prices: tuple[PagePrice, ...]) -> PagePrice:
    """The page's price of the same product: by its number, else by its name.

    Raises:
        WatchedPriceGone: there is none, or more than one.
    """
    fitting = [one for one in prices if one.low.currency == before.low.currency and one.condition is before.condition]
    for name in ("gtin", "sku", "title"):
        value = getattr(before, name)
        found = [one for one in fitting if value and getattr(one, name) == value]
        if len(found) == 1:
            return found[0]
    raise WatchedPriceGone(before.id)


def _told(tx: Transaction, means: Means, one: PriceWatch, price: PublicPrice) -> PriceWatch:
    """Put a fall on the agenda: once for each lower price, and up to date while it lasts."""
    want = tx.intentcast(one.intentcast)
    if want is None or want.state not in _OPEN or not has_fallen(one, price, want):
        _no_news(tx, one)
        return _kept(tx, replace(one, told=None))
    lower = one.told is None or price.low.minor < one.told.minor
    news = _news(tx, one)
    if lower or (news is not None and not news.done):
        tx.put_agenda(
            AgendaItem(
                kind=AgendaKind.PRICE_FELL,
                due=means.clock.today(),
                key=one.id,
                intentcast=one.intentcast,
                vendor=price.vendor,
                text=f"{price.title[:160]}, {price.low.decimal()} {price.low.currency}",
            )
        )
    return _kept(tx, replace(one, told=price.low if lower else one.told))


def _news(tx: Transaction, one: PriceWatch) -> AgendaItem | None:
    return next((item for item in tx.agenda() if (item.kind, item.key) == (AgendaKind.PRICE_FELL, one.id)), None)


def _no_news(tx: Transaction, one: PriceWatch) -> None:
    news = _news(tx, one)
    if news is not None and not news.done:
        tx.put_agenda(replace(news, done=True))


def _end_past(tx: Transaction, today: date) -> Changes:
    changes = Changes()
    for one in tx.papers(PriceWatch):
        want: Intentcast | None = tx.intentcast(one.intentcast)
        settled = want is None or want.state not in _OPEN
        if one.state is WatchState.WATCHING and (one.until < today or settled):
            tx.keep_paper(one.over())
            _no_news(tx, one)
            changes |= Changes.of(("price-watch", one.id))
    return changes


def _of_price(tx: Transaction, key: str) -> PriceWatch | None:
    return next((one for one in tx.papers(PriceWatch) if one.price == key), None)


def _view(tx: Transaction, one: PriceWatch) -> Watched:
    price, want = tx.paper(PublicPrice, one.price), tx.intentcast(one.intentcast)
    fallen = price is not None and has_fallen(one, price, want)
    return Watched(watch=one, price=price, want=want.title if want is not None else "", fallen=fallen)
