"""What was told for a time that is over: noticed as an event, asked to be erased, and followed until it is.

Runs with the exchange and with `vrm sync`. Nothing is asked of a vendor whose own receipt may be on its way: the
request waits a little, and is taken back when the receipt comes first.
"""

from collections import defaultdict
from datetime import date, timedelta

from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.relationship import OrderState, Relationship
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.wish_meanings import erased_digests
from vrm_desktop.services.ask_erasure import CLOCK_DAYS, STILL_THERE, ask_erasure, listed, note
from vrm_desktop.services.follow_erasure import erased, promised, settle
from vrm_desktop.services.keep_consents import expire, over
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.write_letters import message_of

GRACE = timedelta(days=2)
"""How long a vendor's own receipt is waited for before it is asked."""


async def lapse(means: Means) -> Changes:
    """Notice what has lapsed since last time, and ask for its erasure. Doing it again changes nothing."""
    today = means.clock.today()
    if not await means.vault.read(lambda tx: _anything(tx, today)):
        return Changes()
    return await means.vault.write(lambda tx: _lapse(tx, means, today))


def acknowledged(tx: Transaction, means: Means, relationship: Relationship, word: messages.Acknowledgement) -> None:
    """A vendor's acknowledgement arrived: what it says is erased counts as erased."""
    erased(tx, means, relationship.id, erased_digests(word))


def closed(tx: Transaction, means: Means, relationship: Relationship, word: messages.Closure) -> None:
    """A vendor's closure arrived, and the rows' fates are written: what follows from them.

    Where nothing came of it and the vendor has erased everything, the salts that could prove it go here as well: the
    ledger keeps what was told, and both chains still hold.
    """
    settle(tx, means, relationship.id)
    order = tx.order(relationship.id)
    if word.erased and not word.kept and (order is None or order.state is OrderState.CANCELLED):
        tx.erase_disclosures(relationship.id)
    tx.pledge(relationship.id, {})


def _anything(tx: Transaction, today: date) -> bool:
    return bool(tx.overdue_ledger(today) or over(tx, today)) or any(_broken(one, today) for one in tx.papers(Promise))


def _lapse(tx: Transaction, means: Means, today: date) -> Changes:
    changes = Changes()
    rows: dict[RelationshipId, list[LedgerRow]] = defaultdict(list)
    for row in tx.overdue_ledger(today):
        tx.set_row_state(row.seq, LedgerState.EXPIRED)
        rows[row.relationship].append(row)
    for key, gone in rows.items():
        changes |= _over(tx, means, key, [row for row in gone if row.stage is not Stage.PING])
    for consent in expire(tx, means, today):
        changes |= Changes.of(("consent", consent.id), ("relationship", consent.relationship))
    for promise in tx.papers(Promise):
        if _broken(promise, today):
            tx.keep_paper(promise.broken(today))
            changes |= Changes.of(("promise", promise.id), ("relationship", promise.relationship or ""))
            if promise.relationship is not None:
                note(tx, means, promise.relationship, "not-erased", promise.what)
    return changes | Changes.of(("ledger", "all"))


def _over(tx: Transaction, means: Means, key: RelationshipId, gone: list[LedgerRow]) -> Changes:
    """The time of these is over: a promise to delete is due, and the vendor is asked once its receipt is overdue.

    The first question's closed lists are no part of this: they stand in the signed message itself, and lead to nobody.
    """
    relationship = tx.relationship(key)
    if relationship is None or not gone:
        return Changes()
    for row in gone:
        promised(tx, means, row, GRACE)
    note(tx, means, key, "lapsed", listed(row.name for row in gone))
    standing = {row.name for row in tx.ledger(relationship=key) if row.state in STILL_THERE - {LedgerState.EXPIRED}}
    own_letters = {message_of(one) for one in tx.papers(Letter, relationship=key) if one.about is LetterAbout.RIGHTS}
    # A name that was told anew cannot be asked away, and a letter that asked needs no letter after it.
    asked = [row for row in gone if row.name not in standing and row.message not in own_letters]
    ask_erasure(tx, means, relationship, asked, not_before=means.clock.now() + GRACE)
    return Changes.of(("relationship", key), ("ledger", relationship.vendor))


def _broken(promise: Promise, today: date) -> bool:
    late = promise.due is not None and promise.due + timedelta(days=CLOCK_DAYS) < today
    return promise.of is PromiseOf.DELETION and promise.overdue(today) and late
