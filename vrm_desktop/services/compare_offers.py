"""Step 6, compare side by side: the offers of one want by the person's own weights, each place explained."""

from dataclasses import dataclass, replace
from datetime import datetime

from vrm_desktop.domain.ids import IntentcastId, MessageId
from vrm_desktop.domain.intentcast import Intentcast, Weights
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.ranking import Ranked, WouldWin, rank, would_win
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison:
    """One want's offers: those that can be accepted, ranked, and the others. `sealed_until` hides them until then."""

    want: Intentcast
    ranked: tuple[Ranked, ...]
    others: tuple[Offer, ...]
    sealed: int
    at: datetime


async def compare(means: Means, key: IntentcastId) -> Comparison:
    """The offers of a want, best first.

    Raises:
        NotFound: no such want.
    """
    now = means.clock.now()

    def look(tx: Transaction) -> Comparison:
        want = _want(tx, key)
        offers = tx.offers(intentcast=key)
        if want.seals_offers(now.date()):
            return Comparison(want=want, ranked=(), others=(), sealed=len(offers), at=now)
        ranked = rank(offers, want, now)
        shown = {row.offer.id for row in ranked}
        others = tuple(sorted((o for o in offers if o.id not in shown), key=lambda o: (o.vendor_name, o.id)))
        return Comparison(want=want, ranked=ranked, others=others, sealed=0, at=now)

    return await means.vault.read(look)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfferView:
    """One offer with its place among the others (None when it cannot be accepted) and what would bring it first."""

    offer: Offer
    want: Intentcast
    ranked: Ranked | None
    would_win: WouldWin
    expired: bool


async def offer(means: Means, key: MessageId) -> OfferView:
    """One offer, explained.

    Raises:
        NotFound: no such offer, or it is still sealed.
    """
    now = means.clock.now()

    def look(tx: Transaction) -> OfferView:
        found = tx.offer(key)
        if found is None:
            raise NotFound(key)
        want = _want(tx, found.intentcast)
        if want.seals_offers(now.date()):
            raise NotFound(key)
        offers = tx.offers(intentcast=want.id)
        ranked = next((row for row in rank(offers, want, now) if row.offer.id == key), None)
        return OfferView(
            offer=found,
            want=want,
            ranked=ranked,
            would_win=would_win(found, offers, want, now),
            expired=found.state is OfferState.LIVE and not found.live_at(now),
        )

    return await means.vault.read(look)


async def weigh(means: Means, key: IntentcastId, weights: Weights) -> Changes:
    """Keep what matters to the person for this want.

    Raises:
        NotFound: no such want.
    """

    def change(tx: Transaction) -> Changes:
        tx.save_intentcast(replace(_want(tx, key), weights=weights))
        return Changes.of(("intentcast", key))

    return await means.vault.write(change)


def _want(tx: Transaction, key: IntentcastId) -> Intentcast:
    want = tx.intentcast(key)
    if want is None:
        raise NotFound(key)
    return want
