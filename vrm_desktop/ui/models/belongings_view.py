"""Money both ways and things, as the file of a counterparty shows them, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BookingLine:
    """One booking. `by_hand`: it can be struck; `on_day` and `minor` sort."""

    id: str
    on: str
    on_day: int
    what: str
    number: str
    kind: str
    amount: str
    minor: int
    tone: Tone
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MoneyView:
    """All bookings, and one sentence for each currency."""

    lines: tuple[BookingLine, ...]
    balances: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ThingLine:
    """One thing. `state` says what its dates ask for; `gone`: it is not here any more."""

    id: str
    title: str
    numbers: str
    bought: str
    bought_day: int
    state: str
    tone: Tone
    gone: bool
