"""What a shop says that a cart holds and costs, and whether its sums add up. The shop's numbers are never replaced.

Pure arithmetic over what was read. Never here: what becomes of a cart (domain/checkout).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.money import LARGEST, Money
from vrm_desktop.domain.shop import Edition, ShopMessage, ShopPolicy

_SIGNED = frozenset({Edition.THIRD, Edition.FOURTH})
"""Editions in which a discount is a negative amount, and the total the plain sum of all the rest."""
_TAKEN = frozenset({"discount", "items_discount"})


class BasketStatus(StrEnum):
    """Where a cart or checkout stands. A cart has no status of its own; `UNKNOWN` is a word that is not known."""

    CART = "cart"
    INCOMPLETE = "incomplete"
    ESCALATED = "requires_escalation"
    READY = "ready_for_complete"
    COMPLETING = "complete_in_progress"
    COMPLETED = "completed"
    CANCELED = "canceled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BasketTotal:
    """One entry of a cost breakdown: `kind` is the shop's word, `text` what it wants shown ("": nothing own)."""

    kind: str
    amount: Money
    text: str = ""
    parts: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BasketLine:
    """One line: `price` for each, `quantity` of them. `plain`: the line costs price times quantity, nothing measured.

    `within`: it is a part of another line.
    """

    item: str
    title: str
    price: Money
    quantity: int
    totals: tuple[BasketTotal, ...]
    plain: bool = True
    within: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Basket:
    """A cart, checkout or order as a shop tells it. `link` is where to go on ("": nowhere), as the shop wrote it.

    `cut`: not all of the answer was read; its sums cannot be judged then.
    """

    id: str
    edition: Edition
    status: BasketStatus
    currency: str
    lines: tuple[BasketLine, ...]
    totals: tuple[BasketTotal, ...]
    messages: tuple[ShopMessage, ...] = ()
    policies: tuple[ShopPolicy, ...] = ()
    link: str = ""
    expires: datetime | None = None
    order: str = ""
    order_link: str = ""
    cut: bool = False

    @property
    def total(self) -> Money | None:
        """What the shop says it costs in all; None where it says no total, or more than one."""
        return _single(self.totals, "total")


class SumKind(StrEnum):
    """What does not add up."""

    NO_TOTAL = "no-total"
    TOTAL = "total"
    PARTS = "parts"
    LINE = "line"
    SUBTOTAL = "subtotal"
    NOT_READ = "not-read"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SumDifference:
    """One sum that does not add up: `told` by the shop, `counted` here (None: too large to be an amount).

    `what` is a line's title or the word of an entry.
    """

    kind: SumKind
    told: Money | None = None
    counted: Money | None = None
    what: str = ""


def differences(basket: Basket) -> tuple[SumDifference, ...]:
    """Every sum that does not add up. Where editions and shops count in several ways, one that fits is enough."""
    if basket.cut:
        return (SumDifference(kind=SumKind.NOT_READ),)
    found = [*_of_lines(basket.lines), *_of_parts(basket.totals)]
    subtotal, total = _single(basket.totals, "subtotal"), basket.total
    if subtotal is not None and basket.lines:
        found += _unlike(SumKind.SUBTOTAL, subtotal, _sums(basket.lines))
    if total is None:
        return (*found, SumDifference(kind=SumKind.NO_TOTAL))
    return (*found, *_unlike(SumKind.TOTAL, total, _counted(basket)))


def _unlike(kind: SumKind, told: Money, counted: list[int], what: str = "") -> Iterator[SumDifference]:
    if told.minor not in counted:
        first = counted[0]
        fits = abs(first) <= LARGEST
        known = Money(minor=first, currency=told.currency) if fits else None
        yield SumDifference(kind=kind, told=told, counted=known, what=what)


def _single(totals: Iterable[BasketTotal], kind: str) -> Money | None:
    found = [one.amount for one in totals if one.kind == kind]
    return found[0] if len(found) == 1 else None


def _of_lines(lines: tuple[BasketLine, ...]) -> Iterator[SumDifference]:
    for line in lines:
        told = _told(line, "subtotal")
        if line.plain and told is not None:
            yield from _unlike(SumKind.LINE, told, [line.price.minor * line.quantity], line.title)
        yield from _of_parts(line.totals)


def _of_parts(totals: Iterable[BasketTotal]) -> Iterator[SumDifference]:
    for one in totals:
        if one.parts:
            yield from _unlike(SumKind.PARTS, one.amount, [sum(part.minor for part in one.parts)], one.text or one.kind)


def _told(line: BasketLine, kind: str) -> Money | None:
    """The line's own word for this sum, or the nearest to it that it has."""
    told = (_single(line.totals, name) for name in (kind, "subtotal", "total"))
    return next((one for one in told if one is not None), None)


def _sums(lines: tuple[BasketLine, ...]) -> list[int]:
    """What the lines come to: before and after their discounts, without and with lines that are part of others."""

    def come_to(some: Iterable[BasketLine], kind: str) -> int:
        told = ((line, _told(line, kind)) for line in some)
        return sum(line.price.minor * line.quantity if one is None else one.minor for line, one in told)

    top = [line for line in lines if not line.within]
    return [come_to(some, kind) for some in (top, lines) for kind in ("subtotal", "total")]


def _counted(basket: Basket) -> list[int]:
    """What the entries beside the total come to."""
    rest = [one for one in basket.totals if one.kind != "total"]
    if basket.edition in _SIGNED:
        return [sum(one.amount.minor for one in rest)]
    # The first editions give discounts without a sign, and leave open whether the subtotal has the lines' own in it.
    added = sum(one.amount.minor for one in rest if one.kind not in _TAKEN)
    taken = sum(abs(one.amount.minor) for one in rest if one.kind == "discount")
    in_lines = sum(abs(one.amount.minor) for one in rest if one.kind == "items_discount")
    return [added - taken, added - taken - in_lines]
