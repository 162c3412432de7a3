"""Shops as one of the ways beyond our own wire: which file does what. Nothing else may live here."""

from datetime import datetime

from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay
from vrm_desktop.services import search_shop, shop_cart, shop_giving_up
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import Carried, Composed
from vrm_desktop.services.ports import Changes, Transaction


class ShopWay:
    """The port `OutsideWay`: a search answers at once, so nothing is looked for later; a price list offers nothing."""

    def compose(
        self, tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, known: KnownWay
    ) -> Composed:
        """The search."""
        return search_shop.compose(tx, means, want, vendor, known)

    def ask(
        self, tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime
    ) -> None:
        """Put the search on its way."""
        search_shop.ask(tx, means, relationship, plan, not_before)

    async def carry(self, means: Means, act: OutsideAct) -> Carried:
        """Carry out a search, or a step towards buying."""
        if act.kind is OutsideKind.SEARCH:
            return await search_shop.carry(means, act)
        if act.kind.is_courtesy:
            return await shop_giving_up.carry(means, act)
        return await shop_cart.carry(means, act)

    def accept(self, tx: Transaction, means: Means, offer: Offer, plan: VendorPlan, payment: str) -> Changes:  # noqa: ARG002 - the port's form
        """A price list has nothing to accept."""
        raise NotPossibleNow("a price list makes no offers")

    def next_look(self, tx: Transaction, relationship: Relationship) -> datetime | None:  # noqa: ARG002 - the port's form
        """Never."""
        return None

    async def look(self, means: Means, relationship: Relationship) -> Changes:  # noqa: ARG002 - the port's form
        """Nothing."""
        return Changes()
