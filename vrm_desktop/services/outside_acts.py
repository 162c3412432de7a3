"""Acts by ways beyond our own wire: held, undone, decided about, and what they tell written into the ledger.

Never here: carrying one out (outside_outbox), and how a way works.
"""

from dataclasses import replace

from vrm_desktop.canon import hashes
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.outside import OutsideAct, OutsideRecord, OutsideState
from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteState
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.services import keep_limits
from vrm_desktop.services.act_basis import basis_of
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.ledger_rows import row
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

OPEN = frozenset({OutsideState.WAITING, OutsideState.LEAVING})
OVER = frozenset({RelationshipState.ENDING, RelationshipState.ENDED})
"""Whoever was left by the person hears nothing more of her."""


def hold(tx: Transaction, act: OutsideAct) -> Changes:
    """Put an act into the outbox; it leaves once its time has come, and can be undone until then.

    Raises:
        NotPossibleNow: the person has ended the relationship, or the act is not one that waits.
    """
    owner = tx.relationship(act.relationship)
    if act.state is not OutsideState.WAITING or owner is None or owner.state in OVER:
        raise NotPossibleNow(act.state.value if owner is None else owner.state.value)
    tx.keep_paper(act)
    return changes_of(act)


async def undo(means: Means, key: str) -> Changes:
    """Take an act back that has not left.

    Raises:
        NotFound: no such act. NotPossibleNow: it has left, or may have.
    """

    def change(tx: Transaction) -> Changes:
        act = tx.paper(OutsideAct, key)
        if act is None:
            raise NotFound(key)
        if act.state is not OutsideState.WAITING:
            raise NotPossibleNow(act.state.value)
        tx.keep_paper(act.now(OutsideState.UNDONE))
        return changes_of(act) | unsay(tx, act)

    return await means.vault.write(change)


async def decide(means: Means, key: str, *, again: bool) -> Changes:
    """What follows an act that may have left: do it again, or leave it at that.

    Raises:
        NotFound: no such act. NotPossibleNow: nothing about it is unsure.
    """

    def change(tx: Transaction) -> Changes:
        act = tx.paper(OutsideAct, key)
        if act is None:
            raise NotFound(key)
        if act.state is not OutsideState.UNSURE:
            raise NotPossibleNow(act.state.value)
        decided = replace(act, not_before=means.clock.now()).now(OutsideState.WAITING if again else OutsideState.FAILED)
        tx.keep_paper(decided)
        return changes_of(act)

    return await means.vault.write(change)


async def undecided(means: Means) -> tuple[tuple[OutsideAct, str], ...]:
    """What waits, is leaving, or may have left, each with its counterparty's name, in the order of making."""

    def look(tx: Transaction) -> tuple[tuple[OutsideAct, str], ...]:
        names = {one.id: one.name for one in tx.vendors()}
        shown = OPEN | {OutsideState.UNSURE}
        return tuple((act, names.get(act.vendor, "")) for act in tx.papers(OutsideAct) if act.state in shown)

    return await means.vault.read(look)


def unsay(tx: Transaction, act: OutsideAct) -> Changes:
    """An acceptance has surely not been taken: its offer can be accepted again, and the want is open again."""
    offer = tx.offer(act.accepts) if act.accepts is not None else None
    if offer is None or offer.state is not OfferState.ACCEPTED:
        return Changes()
    asked = tx.paper(QuoteAsked, act.serves)
    if asked is not None:
        tx.keep_paper(asked.now(QuoteState.QUOTED))
    return reopen(tx, offer)


def reopen(tx: Transaction, offer: Offer) -> Changes:
    """An offer that the person accepted stands as before: what was ordered by it is not, and the want is open again."""
    tx.set_offer_state(offer.id, OfferState.LIVE)
    _not_ordered(tx, offer.relationship, offer.id)
    want = tx.intentcast(offer.intentcast)
    if want is not None and want.state is IntentcastState.ORDERED:
        tx.save_intentcast(replace(want, state=IntentcastState.CAST))
    keep_limits.uncount(tx, offer.id)
    return Changes.of(("intentcast", offer.intentcast), ("relationship", offer.relationship))


def take_back(tx: Transaction, key: RelationshipId) -> bool:
    """Take back everything of one relationship that surely has not left; whether something may have."""
    acts = tx.papers(OutsideAct, relationship=key)
    for act in acts:
        if act.state is OutsideState.WAITING:
            tx.keep_paper(act.now(OutsideState.UNDONE))
            if act.accepts is not None:
                _not_ordered(tx, key, act.accepts)
    gone = {OutsideState.DONE, OutsideState.LEAVING, OutsideState.UNSURE}
    return any(act.state in gone or (act.state is OutsideState.WAITING and act.attempts) for act in acts)


def _not_ordered(tx: Transaction, key: RelationshipId, offer: MessageId) -> None:
    order = tx.order(key)
    if order is not None and order.offer == offer and order.state is OrderState.PLACED:
        tx.save_order(replace(order, state=OrderState.CANCELLED))


def waiting(tx: Transaction, key: RelationshipId) -> tuple[OutsideAct, ...]:
    """What has not left yet, or is just leaving, in the order of making."""
    return tuple(act for act in tx.papers(OutsideAct, relationship=key) if act.state in OPEN)


def message_of(act: OutsideAct) -> MessageId:
    """What stands for the act in the ledger: a hash over its id and its text."""
    return MessageId(hashes.digest(f"outside\n{act.id}\n{act.body}".encode()))


def record_of(tx: Transaction, act: OutsideAct) -> OutsideRecord | None:
    """The proof of the act's last exchange."""
    found = [one for one in tx.papers(OutsideRecord, relationship=act.relationship) if one.act == act.id]
    return found[-1] if found else None


def tell(tx: Transaction, means: Means, act: OutsideAct) -> None:
    """Write what the act tells into the ledger, as leaving; once, however often it is tried."""
    owner = tx.relationship(act.relationship)
    if owner is None:
        raise NotFound(act.relationship)
    basis = basis_of(tx, act.relationship, act.way)
    message, now = message_of(act), means.clock.now()
    for field in act.tells:
        tx.append_ledger(row(owner, field, message=message, at=now, basis=basis, channel=act.way.value))
    tx.set_ledger_state(message_of(act), LedgerState.LEAVING)


def changes_of(act: OutsideAct) -> Changes:
    """What an act changes wherever it is shown."""
    things = [("relationship", act.relationship), ("outside-act", act.id), ("ledger", act.vendor)]
    if act.intentcast is not None:
        things.append(("intentcast", act.intentcast))
    return Changes.of(*things)
