"""My limits: what may be bought of whom, of what, for how much, until when and how often. Checked, never guessed.

The members are those of the open mandates of AP2 0.2, so that a limit can be signed in that shape. A limit allows; it
pays nothing. Never here: how a limit is signed, and where its uses are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.money import LARGEST, Money

MOST: Final = 50
_TITLE = 200
_LONGEST = 500


class Frequency(StrEnum):
    """How often at most, by AP2's names."""

    ON_DEMAND = "ON_DEMAND"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    BIWEEKLY = "BIWEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    ANNUALLY = "ANNUALLY"


_APART: Final = {
    Frequency.ON_DEMAND: timedelta(0),
    Frequency.DAILY: timedelta(days=1),
    Frequency.WEEKLY: timedelta(days=7),
    Frequency.BIWEEKLY: timedelta(days=14),
    Frequency.MONTHLY: timedelta(days=28),
    Frequency.QUARTERLY: timedelta(days=89),
    Frequency.ANNUALLY: timedelta(days=365),
}
"""How far two purchases are apart at least: the shortest that such a period can be."""


class Breach(StrEnum):
    """In what a purchase is not within a limit."""

    REVOKED = "revoked"
    NOT_YET = "not-yet"
    OVER = "over"
    MERCHANT = "merchant"
    PAYEE = "payee"
    ITEMS = "items"
    CURRENCY = "currency"
    TOO_LITTLE = "too-little"
    TOO_MUCH = "too-much"
    BUDGET = "budget"
    TOO_SOON = "too-soon"
    TOO_OFTEN = "too-often"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Party:
    """A merchant or a payee. `id` alone tells one from another: a domain, a key, an account as `payto:` link."""

    id: str
    name: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip() or any(len(text) > _LONGEST for text in (self.id, self.name, self.website)):
            raise InvalidValue("a party is known by an id of up to 500 characters")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Article:
    """One thing that may be bought, by the number that shops know it by (GTIN, SKU)."""

    id: str
    title: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip() or any(len(text) > _LONGEST for text in (self.id, self.title)):
            raise InvalidValue("an article is known by its number")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnyOf:
    """Any of these, up to `quantity` together."""

    id: str
    acceptable: tuple[Article, ...]
    quantity: int = 1

    def __post_init__(self) -> None:
        if not self.id or not 1 <= len(self.acceptable) <= MOST or not 1 <= self.quantity <= LARGEST:
            raise InvalidValue("a choice names one to fifty articles, and how many")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitTerms:
    """What a limit allows. Empty `merchants`, `choices` or `payees` leave that open, as `budget` None does.

    An amount is from `lowest` to `highest` minor units of `currency`; all that is bought from `starts` up to `ends`
    costs up to `budget`. With `frequency`, purchases are so far apart; `times` is how many there may be at most.
    """

    currency: str
    highest: int
    starts: datetime
    ends: datetime
    lowest: int = 0
    budget: int | None = None
    merchants: tuple[Party, ...] = ()
    choices: tuple[AnyOf, ...] = ()
    payees: tuple[Party, ...] = ()
    frequency: Frequency | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        Money(minor=self.highest, currency=self.currency)
        if not 0 <= self.lowest <= self.highest or self.highest == 0:
            raise InvalidValue("an amount goes up, and is above zero")
        if self.budget is not None and not self.highest <= self.budget <= LARGEST:
            raise InvalidValue("a budget holds one purchase at least")
        if self.starts.tzinfo is None or self.ends.tzinfo is None or self.ends <= self.starts:
            raise InvalidValue("a limit ends after it starts, and both carry their zone")
        if max(len(self.merchants), len(self.choices), len(self.payees)) > MOST:
            raise InvalidValue("up to fifty of a kind")
        if self.times is not None and (self.frequency is None or not 1 <= self.times <= LARGEST):
            raise InvalidValue("how many times is said together with how often")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Limit:
    """A limit that the person made. `checkout` and `payment` are its signed forms, `revocation` what takes it back."""

    id: str
    at: datetime
    title: str
    terms: LimitTerms
    checkout: str = ""
    payment: str = ""
    revoked: datetime | None = None
    revocation: str = ""
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.title.strip() or len(self.title) > _TITLE:
            raise InvalidValue("a limit has a title of up to 200 characters")

    @property
    def words(self) -> str:
        """Its title, and whom and what it names."""
        parties = (*self.terms.merchants, *self.terms.payees)
        articles = (one for choice in self.terms.choices for one in choice.acceptable)
        named = [text for one in parties for text in (one.name, one.website)] + [one.title for one in articles]
        return " ".join(text for text in (self.title, *named) if text)

    def in_force(self, at: datetime) -> bool:
        """Whether it allows anything at `at`."""
        return self.revoked is None and self.terms.starts <= at < self.terms.ends


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitUse:
    """One purchase under a limit: `amount` at `at`. `limit` is the limit's id."""

    id: str
    at: datetime
    limit: str
    amount: Money
    vendor: VendorId
    relationship: RelationshipId
    what: str = ""

    @property
    def words(self) -> str:
        """What was bought."""
        return self.what


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bought:
    """One line of a purchase: the numbers that its article is known by, and how many."""

    numbers: frozenset[str]
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Purchase:
    """What is about to bind the person. `payee` is None while nobody has said who is paid."""

    merchant: str
    amount: Money
    at: datetime
    lines: tuple[Bought, ...] = ()
    payee: str | None = None


def breaches(limit: Limit, purchase: Purchase, uses: Iterable[LimitUse]) -> tuple[Breach, ...]:
    """In what the purchase is not within the limit, seen with what was bought under it before; none where it is."""
    terms, mine = limit.terms, [one for one in uses if one.limit == limit.id]
    money = purchase.amount
    found = [
        (Breach.REVOKED, limit.revoked is not None),
        (Breach.NOT_YET, purchase.at < terms.starts),
        (Breach.OVER, purchase.at >= terms.ends),
        (Breach.MERCHANT, not _allowed(terms.merchants, purchase.merchant)),
        (Breach.PAYEE, purchase.payee is not None and not _allowed(terms.payees, purchase.payee)),
        (Breach.ITEMS, not all_fit(terms.choices, purchase.lines)),
        (Breach.CURRENCY, money.currency != terms.currency),
        (Breach.TOO_SOON, _too_soon(terms, purchase.at, mine)),
        (Breach.TOO_OFTEN, terms.times is not None and len(mine) >= terms.times),
    ]
    if money.currency == terms.currency:
        spent = sum(one.amount.minor for one in mine)
        found += [
            (Breach.TOO_LITTLE, money.minor < terms.lowest),
            (Breach.TOO_MUCH, money.minor > terms.highest),
            (Breach.BUDGET, terms.budget is not None and spent + money.minor > terms.budget),
        ]
    order = tuple(Breach)
    return tuple(sorted((breach for breach, is_so in found if is_so), key=order.index))


def spent(limit: Limit, uses: Iterable[LimitUse]) -> Money:
    """What was bought under the limit so far."""
    total = sum(one.amount.minor for one in uses if one.limit == limit.id)
    return Money(minor=total, currency=limit.terms.currency)


def all_fit(choices: tuple[AnyOf, ...], lines: tuple[Bought, ...]) -> bool:
    """Whether each thing bought has a place in a choice that names it. Less may be bought than a choice allows.

    A maximal flow from choices to lines, as AP2 describes it, found path by path.
    """
    if not choices:
        return True
    free = [choice.quantity for choice in choices]
    names = [frozenset(one.id for one in choice.acceptable) for choice in choices]
    given: list[dict[int, int]] = [{} for _line in lines]  # how much of a line each choice takes
    for at, line in enumerate(lines):
        needed = line.quantity
        while needed:
            path = _path(at, free, names, lines, given)
            if not path:
                return False
            amount = min(needed, free[path[-1][1]], *(given[one][choice] for one, choice in _moved(path)))
            for step, (one, choice) in enumerate(path):
                given[one][choice] = given[one].get(choice, 0) + amount
                if step + 1 < len(path):
                    given[path[step + 1][0]][choice] -= amount
            free[path[-1][1]] -= amount
            needed -= amount
    return True


def _path(
    start: int,
    free: list[int],
    names: list[frozenset[str]],
    lines: tuple[Bought, ...],
    given: list[dict[int, int]],
) -> list[tuple[int, int]]:
    """The shortest way to make room for a line: it takes a choice, whose line moves on to another, to one with room."""
    ways = [[(start, choice)] for choice, known in enumerate(names) if known & lines[start].numbers]
    seen = {way[-1][1] for way in ways}
    while ways:
        way = ways.pop(0)
        taken = way[-1][1]
        if free[taken]:
            return way
        for other, parts in enumerate(given):
            if not parts.get(taken):
                continue
            for choice, known in enumerate(names):
                if choice not in seen and known & lines[other].numbers:
                    seen.add(choice)
                    ways.append([*way, (other, choice)])
    return []


def _moved(path: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which line gives up which choice on the way."""
    return [(path[step + 1][0], path[step][1]) for step in range(len(path) - 1)]


def _allowed(parties: tuple[Party, ...], key: str) -> bool:
    return not parties or any(one.id == key for one in parties)


def _too_soon(terms: LimitTerms, at: datetime, mine: list[LimitUse]) -> bool:
    if terms.frequency is None or not mine:
        return False
    return at - max(one.at for one in mine) < _APART[terms.frequency]
