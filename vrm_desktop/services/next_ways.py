"""Nobody to ask is never a dead end: the next best ways for a want that nobody answers, the best first.

Each says what it would tell and whom, and is only shown: nothing here asks, visits or changes anything.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.plan import plan_cast
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.reaching import Because, NextKind, NextWay, NextWays
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import CARRIES, KnownWay, Shown, Way
from vrm_desktop.services import collect_offers
from vrm_desktop.services.collect_offers import Answer, CastProgress, VendorProgress
from vrm_desktop.services.discover_ways import all_ways, site_to_ask
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_plans import ways_to_ask
from vrm_desktop.services.outside_table import OUTSIDE
from vrm_desktop.services.ports import Transaction

MOST_OF_A_KIND: Final = 3
_SELLING: Final = frozenset(
    {OrganisationKind.SHOP, OrganisationKind.MAKER, OrganisationKind.SERVICE, OrganisationKind.OTHER}
)
_SAID: Final = frozenset({Answer.OFFERED, Answer.COUNTERED, Answer.LISTED, Answer.DONE})
_OPEN: Final = frozenset({Answer.HELD, Answer.ASKED, Answer.AGREED, Answer.UNSURE})
_WRITTEN: Final = (Way.MAIL, Way.LETTER)


async def next_ways(means: Means, key: IntentcastId) -> NextWays:
    """What else can be done for a want: always something, where nobody has answered and nobody is waited for.

    Raises:
        NotFound: no such want.
    """
    progress = await collect_offers.progress(means, key)
    today = means.clock.today()
    return await means.vault.read(lambda tx: _next(tx, means, key, progress, today))


def _next(tx: Transaction, means: Means, key: IntentcastId, progress: CastProgress, today: date) -> NextWays:
    want = tx.intentcast(key)
    if want is None:
        raise NotFound(key)
    because = _because(tx, want, progress, today)
    if because is Because.NOTHING_WRONG:
        return NextWays(want=want, because=because, ways=())
    asked = {(one.relationship.vendor, one.relationship.way) for one in progress.vendors}
    others = _others(tx, asked)
    kinds = (
        _asks(tx, means, want, others, asked),
        _prices(tx, want),
        _looks(others, asked),
        _discoveries(others),
        _letters(others, asked),
    )
    found = [one for kind in kinds for one in islice(kind, MOST_OF_A_KIND)]
    listed = sum(not one.authority for one in tx.papers(Organisation))
    if listed:
        found.append(NextWay(kind=NextKind.CHOOSE_FROM_LIST, count=listed))
    return NextWays(want=want, because=because, ways=(*found, NextWay(kind=NextKind.ADD)))


def _because(tx: Transaction, want: Intentcast, progress: CastProgress, today: date) -> Because:
    if want.state is IntentcastState.DRAFT:
        anybody = any(_fits(want, one) for one in tx.vendors())
        return Because.NOTHING_WRONG if anybody else Because.NOBODY_KNOWN
    if want.state is not IntentcastState.CAST or any(one.answer in _SAID for one in progress.vendors):
        return Because.NOTHING_WRONG
    if today > want.answers_by:
        return Because.EXPIRED
    if any(_is_waited_for(one) for one in progress.vendors):
        return Because.NOTHING_WRONG
    answers = {one.answer for one in progress.vendors}
    if Answer.UNSURE in answers:
        return Because.UNSURE
    if Answer.DECLINED in answers:
        return Because.DECLINED
    reached = not progress.vendors or any(_was_reached(one) for one in progress.vendors)
    return Because.NO_OFFER if reached else Because.UNREACHABLE


def _is_waited_for(one: VendorProgress) -> bool:
    """Whether an answer may come: of those who are asked by other ways until the day to answer by is over."""
    return one.answer in _OPEN and not one.trouble and (one.expected or one.relationship.way is not Way.NATIVE)


def _was_reached(one: VendorProgress) -> bool:
    """Whether the request arrived there, whatever came of it."""
    native = one.relationship.way is Way.NATIVE
    return bool(one.relationship.address) if native else one.answer is Answer.ASKED


def _fits(want: Intentcast, vendor: Counterparty) -> bool:
    return vendor.card is not None and vendor.card.serves(category=want.category, area=want.area)


def _others(tx: Transaction, asked: set[tuple[VendorId, Way]]) -> list[tuple[Counterparty, tuple[KnownWay, ...]]]:
    """Who sells or may sell, with the ways that they can be reached by; those not asked yet first, then by name."""
    done = {vendor for vendor, _way in asked}
    known = sorted(tx.vendors(), key=lambda one: (one.id in done, one.name, one.id))
    return [(one, all_ways(tx, one)) for one in known if one.kind in _SELLING]


def _asks(
    tx: Transaction,
    means: Means,
    want: Intentcast,
    others: list[tuple[Counterparty, tuple[KnownWay, ...]]],
    asked: set[tuple[VendorId, Way]],
) -> Iterator[NextWay]:
    """Those who can be asked for this want by a way that has not been tried; our own wire first, each vendor once."""
    possible = [(vendor, known, ways_to_ask(tx, means, want, vendor)) for vendor, known in others]
    told: set[VendorId] = set()
    for way in (one for one in Way if one is Way.NATIVE or one in OUTSIDE):
        for vendor, known, can in possible:
            if way not in can or (vendor.id, way) in asked or vendor.id in told:
                continue
            if way is Way.NATIVE and not _fits(want, vendor):
                continue
            there = next((one for one in known if one.way is way), None)
            if there is not None:
                told.add(vendor.id)
                yield NextWay(
                    kind=NextKind.ASK,
                    way=way,
                    vendor=vendor,
                    tells=_tells(tx, means, want, vendor, there),
                    shows=CARRIES[way].shows,
                    address=there.address,
                )


def _tells(
    tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, known: KnownWay
) -> tuple[PlannedField, ...]:
    if known.way is not Way.NATIVE:
        try:
            return OUTSIDE[known.way].compose(tx, means, want, vendor, known).tells
        except NotPossibleNow:
            return ()
    (plan,) = plan_cast(want, (vendor.id,), tx.profile(), means.clock.today()).vendors
    return plan.ping


def _prices(tx: Transaction, want: Intentcast) -> Iterator[NextWay]:
    """Public prices that are kept for the want, the cheapest first within their currency."""
    kept = (one for one in tx.papers(PublicPrice) if one.intentcast == want.id)
    for one in sorted(kept, key=lambda one: (one.low.currency, one.low.minor, one.id)):
        owner = tx.vendor(one.vendor) if one.vendor is not None else None
        yield NextWay(
            kind=NextKind.USE_PRICE, way=one.way, vendor=owner, price=one, shows=Shown.VISIT, address=one.link
        )


def _looks(
    others: list[tuple[Counterparty, tuple[KnownWay, ...]]], asked: set[tuple[VendorId, Way]]
) -> Iterator[NextWay]:
    """Shops to look at oneself."""
    for vendor, known in others:
        for one in known:
            if one.way is Way.PAGE and (vendor.id, Way.PAGE) not in asked:
                yield NextWay(kind=NextKind.LOOK, way=Way.PAGE, vendor=vendor, shows=Shown.VISIT, address=one.address)


def _discoveries(others: list[tuple[Counterparty, tuple[KnownWay, ...]]]) -> Iterator[NextWay]:
    """Sites that may be asked how they can be reached, where that is not known by more than an address."""
    for vendor, known in others:
        site = site_to_ask(vendor)
        if site and not {one.way for one in known} & {Way.NATIVE, Way.UCP, Way.MCP}:
            yield NextWay(kind=NextKind.DISCOVER, way=Way.PAGE, vendor=vendor, shows=Shown.VISIT, address=site)


def _letters(
    others: list[tuple[Counterparty, tuple[KnownWay, ...]]], asked: set[tuple[VendorId, Way]]
) -> Iterator[NextWay]:
    """Those to write to by hand, where nothing here writes by that way itself."""
    for vendor, known in others:
        written = [one for one in known if one.way in _WRITTEN and one.way not in OUTSIDE]
        for one in written[:1]:
            if (vendor.id, one.way) not in asked:
                yield NextWay(kind=NextKind.WRITE, way=one.way, vendor=vendor, shows=Shown.SENDER, address=one.address)
