"""What "Contracts" shows, worded and formatted; and what is typed there."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TypedContract:
    """A contract as typed: nothing of it was checked. `renewal`, `unit` and `every` are keys of choices.

    `id` is that of the contract which is corrected, "" for a new one; a correction has no price.
    """

    vendor: str
    title: str
    number: str
    starts: date
    months: str
    renewal: str
    renews: str
    notice: str
    unit: str
    price: str
    every: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContractLine:
    """One contract. `prices` is its history, the newest first; `this_month`: it can be cancelled this month.

    `typed` is what a form shows of it.
    """

    id: str
    title: str
    vendor: str
    file: str
    state: str
    tone: Tone
    price: str
    rise: str
    yearly: str
    yearly_order: int
    notice: str
    notice_day: date | None
    notice_tone: Tone
    this_month: bool
    facts: tuple[Pair, ...]
    prices: tuple[str, ...]
    currency: str
    typed: TypedContract
    cancel: str = ""
    can_confirm: bool = False
    can_keep: bool = False

    @property
    def rise_short(self) -> str:
        """The rise as a figure alone."""
        return self.rise.partition("%")[0] + "%"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContractsView:
    """All contracts; `vendors` are those that one can be kept with, as (key, name)."""

    lines: tuple[ContractLine, ...]
    summary: str
    vendors: tuple[Pair, ...]
