"""An order as a shop tells it afterwards: what is still in it, and what has happened to it. Read, and never acted on.

Never here: orders between the person and a vendor's desk (domain/relationship), which both have signed.
"""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.domain.basket import Basket
from vrm_desktop.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderEvent:
    """One thing that happened: `what` is the shop's word (`shipped`, `refund`), `tracking` a number, `link` a page."""

    what: str
    at: datetime | None = None
    text: str = ""
    tracking: str = ""
    link: str = ""
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopOrder:
    """An order: `held` is what it holds and costs, `promises` what was said about when and how it comes."""

    held: Basket
    label: str
    events: tuple[OrderEvent, ...]
    promises: tuple[str, ...]

    @property
    def latest(self) -> OrderEvent | None:
        """What happened last, by the shop's own times; the last one told where it tells no times."""
        timed = [(one.at, number) for number, one in enumerate(self.events) if one.at is not None]
        if timed:
            return self.events[max(timed)[1]]
        return self.events[-1] if self.events else None
