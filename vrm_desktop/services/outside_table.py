"""Which file serves which way beyond our own wire. Nothing else may live here.

Each file is read when its way is first used: whoever has no mail asked for needs nothing that reads mails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vrm_desktop.domain.ways import Way
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.outside_ways import OutsideWay

if TYPE_CHECKING:
    from vrm_desktop.domain.intentcast import Intentcast
    from vrm_desktop.domain.offer import Offer
    from vrm_desktop.domain.outside import OutsideAct
    from vrm_desktop.domain.plan import VendorPlan
    from vrm_desktop.domain.relationship import Relationship
    from vrm_desktop.domain.vendor import Counterparty
    from vrm_desktop.domain.ways import KnownWay
    from vrm_desktop.services.means import Means
    from vrm_desktop.services.outside_ways import Carried, Composed
    from vrm_desktop.services.ports import Changes, Transaction


def _shop() -> OutsideWay:
    from vrm_desktop.services.shop_way import ShopWay

    return ShopWay()


def _desk() -> OutsideWay:
    from vrm_desktop.services.ask_quote import QuoteWay

    return QuoteWay()


def _mail() -> OutsideWay:
    from vrm_desktop.services.ask_by_mail import MailWay

    return MailWay()


@dataclass(frozen=True, slots=True, repr=False)
class _WhenUsed:
    """A way whose file is read at its first use. Ways keep nothing between calls."""

    way: Callable[[], OutsideWay]

    def compose(
        self, tx: "Transaction", means: "Means", want: "Intentcast", vendor: "Counterparty", known: "KnownWay"
    ) -> "Composed":
        return self.way().compose(tx, means, want, vendor, known)

    def ask(
        self,
        tx: "Transaction",
        means: "Means",
        relationship: "Relationship",
        plan: "VendorPlan",
        not_before: datetime,
    ) -> None:
        self.way().ask(tx, means, relationship, plan, not_before)

    async def carry(self, means: "Means", act: "OutsideAct") -> "Carried":
        return await self.way().carry(means, act)

    def accept(self, tx: "Transaction", means: "Means", offer: "Offer", plan: "VendorPlan", payment: str) -> "Changes":
        return self.way().accept(tx, means, offer, plan, payment)

    def next_look(self, tx: "Transaction", relationship: "Relationship") -> datetime | None:
        return self.way().next_look(tx, relationship)

    async def look(self, means: "Means", relationship: "Relationship") -> "Changes":
        return await self.way().look(means, relationship)


OUTSIDE: Final[Mapping[Way, OutsideWay]] = {
    Way.UCP: _WhenUsed(_shop),
    Way.MCP: _WhenUsed(_desk),
    Way.MAIL: _WhenUsed(_mail),
}


def outside(way: Way) -> OutsideWay:
    """What asks by this way.

    Raises:
        NotPossibleNow: nothing here asks by it: a page is visited, a letter written, our own wire has its exchange.
    """
    found = OUTSIDE.get(way)
    if found is None:
        raise NotPossibleNow(way.value)
    return found
