"""What the window shows of public prices and shops' price lists: words and amounts ready to read, never ranked."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WatchView:
    """How a price is or was watched. `course` are days and prices, the oldest first; `minors` the same as numbers."""

    state: str
    watching: bool
    fallen: bool
    course: tuple[tuple[str, str], ...]
    minors: tuple[int, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriceView:
    """One public price. `kind` says what it is, never "offer". `minor` in minor units of `currency` orders the table.

    `limit` compares it with the most that the person would pay ("" where it cannot be compared),
    `limit_note` what that leaves open. `link` is where it
    goes, `host` its site; `stripped` are the names of what was taken out of it. `can_buy`: it can go into a cart.
    """

    id: str
    title: str
    kind: str
    where: str
    price: str
    minor: int
    currency: str
    seen: str
    seen_day: int
    beside: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    limit: str = ""
    limit_note: str = ""
    limit_tone: Tone = Tone.NEUTRAL
    host: str = ""
    link: str = ""
    stripped: tuple[str, ...] = ()
    can_watch: bool = False
    can_buy: bool = False
    watch: WatchView | None = None


class Move(Enum):
    """What the person can do next about a try to buy."""

    WAIT = "wait"
    TO_CHECKOUT = "to-checkout"
    OPEN = "open"
    SAY_OUTCOME = "say-outcome"
    ASK_ORDER = "ask-order"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CheckoutView:
    """One try to buy at a shop. `stops` say why it does not go on by itself, `alarm` that one of them is grave.

    `can_go_on`: a yes gets past them, and `yes` is what the button says. `said` are the shop's own words, `lines` and
    `total` its numbers. `leads_to` is the host of the link. `signed` tells what its signature is worth.
    """

    id: str
    title: str
    shop: str
    state: str
    tone: Tone
    move: Move
    lines: tuple[tuple[str, str], ...] = ()
    total: str = ""
    stops: tuple[str, ...] = ()
    alarm: bool = False
    can_go_on: bool = False
    can_leave: bool = False
    yes: str = ""
    said: tuple[str, ...] = ()
    trouble: str = ""
    leads_to: str = ""
    link: str = ""
    order: tuple[str, ...] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PricesView:
    """All public prices kept for one want, the tries to buy, and the shops that are known to have a price list.

    `searches` say what each search of a price list came to, `alarm` what is grave about one. `today` is the first day
    that a watch may end on. `known`: requests to shops are signed; `can_be_known`: there is a key that could.
    """

    want_id: str
    today: date
    quantity: int = 1
    prices: tuple[PriceView, ...] = ()
    checkouts: tuple[CheckoutView, ...] = ()
    shops: tuple[tuple[str, str], ...] = ()
    searches: tuple[str, ...] = ()
    alarm: str = ""
    known: bool = False
    can_be_known: bool = False

    def __post_init__(self) -> None:
        if len({one.id for one in self.prices}) != len(self.prices):
            raise ValueError("a price stands here once")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SearchView:
    """A search of a shop's price list as it would leave: to whom, the exact text, and by name all that it tells.

    `known`: it would be signed; `can_be_known`: there is a key that could.
    """

    shop: str
    goes_to: str
    elsewhere: bool
    body: str
    tells: tuple[tuple[str, str], ...]
    known: bool = False
    can_be_known: bool = False
