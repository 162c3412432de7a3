"""A watched price: a public price that is looked at again by itself, at most once a day, because the person asked so.

When to look, when to give up, what has been seen, and what counts as a fall. Never here: going there, reading a page.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import PublicPrice

PAUSE = timedelta(days=1)
"""The least time between two looks at one page."""
LONGEST_PAUSE = timedelta(days=16)
MOST_REFUSALS = 4
"""After so many in a row the page is left in peace."""
MOST_SEEN = 400
USUAL_DAYS, MOST_DAYS = 30, 366
USUAL_FALL, MOST_FALL = 10, 90
MARKS_LAST = timedelta(days=7)
"""How long what a shop calls its copy of a page is said back to it: such a mark could tell one visitor from another."""


class WatchState(StrEnum):
    """Whether it is looked at. The value is stored."""

    WATCHING = "watching"
    ENDED = "ended"
    OVER = "over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SeenPrice:
    """The price on one day; `high` is set for a range."""

    at: datetime
    low: Money
    high: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriceWatch:
    """One public price (`price` is its id) watched until the end of `until`.

    `fall` is by how many per cent it has to fall before the person is told. `next_look` is when it may be looked at
    again. `etag` and `modified` are the shop's words for the copy that was read, had since `marked`. `seen` are the
    prices, each time that they changed, the oldest first. `told` is the lowest price that the person was told of.
    """

    id: str
    price: str
    intentcast: IntentcastId
    address: str
    at: datetime
    until: date
    next_look: datetime
    fall: int = USUAL_FALL
    state: WatchState = WatchState.WATCHING
    seen: tuple[SeenPrice, ...] = ()
    looked: datetime | None = None
    refusals: int = 0
    trouble: str = ""
    etag: str = ""
    modified: str = ""
    marked: datetime | None = None
    told: Money | None = None
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.fall <= MOST_FALL:
            raise InvalidValue(f"a fall is 1 to {MOST_FALL} per cent")
        if not self.address:
            raise InvalidValue("a watched price has an address")

    @property
    def words(self) -> str:
        """Where it looks."""
        return self.address

    def due(self, now: datetime, today: date) -> bool:
        """Whether it may be looked at now."""
        return self.state is WatchState.WATCHING and today <= self.until and self.next_look <= now

    def leaving(self, now: datetime, jitter: timedelta) -> "PriceWatch":
        """Written down before it is looked at, so that a look that is cut short is not repeated at once."""
        fresh = self.marked is not None and now - self.marked < MARKS_LAST
        marks = (self.etag, self.modified, self.marked) if fresh else ("", "", None)
        return replace(
            self, next_look=now + PAUSE + jitter, looked=now, etag=marks[0], modified=marks[1], marked=marks[2]
        )

    def unchanged(self) -> "PriceWatch":
        """The shop says that the page is as it was."""
        return replace(self, refusals=0, trouble="")

    def saw(self, price: PublicPrice, *, etag: str, modified: str) -> "PriceWatch":
        """The page was read; `price` is what it says now."""
        now = SeenPrice(at=price.at, low=price.low, high=price.high)
        last = self.seen[-1] if self.seen else None
        same = last is not None and (last.low, last.high) == (now.low, now.high)
        marked = (self.marked or price.at) if etag or modified else None
        return replace(
            self,
            seen=self.seen if same else (*self.seen, now)[-MOST_SEEN:],
            refusals=0,
            trouble="",
            etag=etag,
            modified=modified,
            marked=marked,
        )

    def refused(self, code: str, now: datetime, *, retry_after: timedelta = timedelta(0)) -> "PriceWatch":
        """It was not let in, or the price is not there any more: twice as long a pause each time, then none at all."""
        count = self.refusals + 1
        pause = max(min(PAUSE * 2**count, LONGEST_PAUSE), retry_after)
        state = WatchState.REFUSED if count >= MOST_REFUSALS else self.state
        later = max(self.next_look, now + pause)
        return replace(self, refusals=count, trouble=code, state=state, next_look=later)

    def unreached(self, code: str) -> "PriceWatch":
        """Nobody was reached, which says nothing about the page: tomorrow again."""
        return replace(self, trouble=code)

    def over(self) -> "PriceWatch":
        """Its last day is past."""
        return replace(self, state=WatchState.OVER)

    def ended(self) -> "PriceWatch":
        """The person wishes no more of it. What was seen stays."""
        return replace(self, state=WatchState.ENDED)


def has_fallen(watch: PriceWatch, price: PublicPrice, want: Intentcast | None) -> bool:
    """Whether the price is worth telling: under the want's cap all in all, or lower by `fall` per cent than at first.

    A price that was under the cap from the beginning has to fall by the per cent.
    """
    first = watch.seen[0] if watch.seen else None
    if first is None or first.low.currency != price.low.currency:
        return False
    if price.low.minor * 100 <= first.low.minor * (100 - watch.fall):
        return True
    return _within(want, price, price.low) and not _within(want, price, first.low)


def _within(want: Intentcast | None, price: PublicPrice, low: Money) -> bool:
    cap = want.price_cap if want is not None else None
    if want is None or cap is None or price.net or cap.currency != low.currency:
        return False
    shipping = price.shipping.minor if price.shipping is not None and price.shipping.currency == low.currency else 0
    return low.minor * want.quantity + shipping <= cap.minor
