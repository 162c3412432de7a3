"""A vendor's receipts for erasing, and what follows from them: promises kept, consents confirmed, dates done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, Stage
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.services.ask_erasure import STILL_THERE, listed, note
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.wording.labels import asked_fields

_PROMISE_LENGTH = 1000
_UNSETTLED = frozenset({PromiseState.OPEN, PromiseState.BROKEN})


def erased(tx: Transaction, means: Means, relationship: RelationshipId, digests: frozenset[Digest]) -> None:
    """The vendor says that it has erased the values of these digests."""
    if not digests:
        return
    names: dict[MessageId, set[str]] = {}
    for row in tx.journal(relationship):
        beside = (Disclosure.from_text(text) for text in row.disclosures if row.sender is Side.PERSON)
        names[row.message] = {one.name for one in beside if one.digest in digests}
    told = []
    for one in tx.ledger(relationship=relationship):
        if one.name in names.get(one.message, ()) and one.state is not LedgerState.ERASED:
            tx.set_row_state(one.seq, LedgerState.ERASED)
            told.append(one.name)
    if told:
        note(tx, means, relationship, "erased", listed(told), Side.VENDOR)
    settle(tx, means, relationship)


def settle(tx: Transaction, means: Means, relationship: RelationshipId) -> None:
    """Take from the rows' fates what follows from them. Doing it again changes nothing."""
    today, rows = means.clock.today(), tx.ledger(relationship=relationship)
    _settle_promises(tx, means, rows, today)
    _settle_consents(tx, rows, relationship, today)
    there = {row.name for row in rows if row.state in STILL_THERE}
    for entry in tx.acts(states=frozenset({acts.ActState.HELD}), relationship=relationship):
        act = entry.act
        asks = isinstance(act, acts.DataRequest) and act.right is DataRight.ERASURE and act.fields
        if isinstance(act, acts.DataRequest) and asks and not there & set(act.fields):
            tx.update_act(replace(entry, state=acts.ActState.UNDONE))
    if not any(row.state is LedgerState.ERASURE_ASKED for row in rows):
        done(tx, relationship)


def done(tx: Transaction, key: str) -> None:
    """What was to be erased under this key of the agenda is erased."""
    for item in tx.agenda():
        if item.kind is AgendaKind.ERASURE_DUE and item.key == key and not item.done:
            tx.put_agenda(replace(item, done=True))


def promised(tx: Transaction, means: Means, row: LedgerRow, grace: timedelta) -> Promise:
    """The vendor's promise to delete this by its day, made now if nobody looked before.

    It is due a little after the first day on which this program could notice, so that nobody is called late because
    this computer was off.
    """
    key = f"deletion-{row.message}-{row.until.isoformat()}"
    there = tx.paper(Promise, key)
    if there is not None:
        return there
    rows = tx.ledger(relationship=row.relationship)
    names = [one.name for one in rows if one.message == row.message and one.until == row.until]
    promise = Promise(
        id=key,
        vendor=row.vendor,
        relationship=row.relationship,
        of=PromiseOf.DELETION,
        what=asked_fields(listed(names))[:_PROMISE_LENGTH],
        at=row.at,
        due=max(row.until, means.clock.today()) + grace,
        source=row.message,
    )
    tx.keep_paper(promise)
    return promise


def _settle_promises(tx: Transaction, means: Means, rows: Sequence[LedgerRow], today: date) -> None:
    groups: dict[tuple[MessageId, date], list[LedgerRow]] = {}
    for row in rows:
        if row.stage is not Stage.PING and row.until < today and row.state is not LedgerState.NOT_SENT:
            groups.setdefault((row.message, row.until), []).append(row)
    for group in groups.values():
        if any(row.state is not LedgerState.ERASED for row in group):
            continue
        promise = promised(tx, means, group[0], timedelta())
        if promise.state in _UNSETTLED:
            tx.keep_paper(promise.kept(today))


def _settle_consents(tx: Transaction, rows: Sequence[LedgerRow], relationship: RelationshipId, today: date) -> None:
    for consent in tx.papers(Consent, relationship=relationship):
        over = consent.withdrawn_names if consent.stands else frozenset(item.name for item in consent.items)
        told = [row for row in rows if row.message in consent.grants and row.name in over]
        if consent.confirmed is None and told and all(row.state is LedgerState.ERASED for row in told):
            tx.keep_paper(replace(consent, confirmed=today))
            done(tx, consent.id)
