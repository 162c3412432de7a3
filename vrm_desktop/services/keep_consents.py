"""Consent records: made when something is given on consent, taken back in one step, and run out by themselves.

Taking back takes effect here at once, whatever the vendor does; it is told, and chased until it is acknowledged.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentItem, ConsentWord
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, PlannedField
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.profile import PD
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.wish import Wish
from vrm_desktop.formats.data_letters import withdrawing
from vrm_desktop.formats.plain_letters import LetterText
from vrm_desktop.services.ask_erasure import STILL_THERE, ask_erasure, chase, listed, may_say, note, say_or_write
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.wish_values import path_of


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConsentView:
    """A record with the vendor's name, and how many values of it the vendor still holds as far as is known."""

    consent: Consent
    vendor_name: str
    held: int


async def consents(means: Means, vendor: VendorId | None = None) -> tuple[ConsentView, ...]:
    """All records, or those with one vendor, the newest first."""

    def look(tx: Transaction) -> tuple[ConsentView, ...]:
        return tuple(_view(tx, one) for one in reversed(tx.papers(Consent, vendor=vendor)))

    return await means.vault.read(look)


async def consent(means: Means, key: str) -> ConsentView:
    """One record.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _view(tx, _found(tx, key)))


async def withdraw(means: Means, key: str, names: Collection[str] = ()) -> Changes:
    """Take a consent back, or only these fields of it: here at once, and towards the vendor as fast as it can be told.

    Raises:
        NotFound: no such record. NotPossibleNow: nothing of it stands. InvalidValue: a field that it does not hold.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        if not found.stands:
            raise NotPossibleNow(found.word.value)
        if not set(names) <= {item.name for item in found.standing_items}:
            raise InvalidValue("only what stands can be taken back")
        take_back(tx, means, found, names)
        return Changes.of(("consent", key), ("relationship", found.relationship), ("ledger", found.vendor))

    return await means.vault.write(change)


def withdraw_all(tx: Transaction, means: Means, relationship: RelationshipId) -> int:
    """Take back every consent that stands in a relationship; how many."""
    standing = [one for one in tx.papers(Consent, relationship=relationship) if one.stands]
    for one in standing:
        take_back(tx, means, one)
    return len(standing)


def record(
    tx: Transaction,
    means: Means,
    wish: Wish,
    fields: Sequence[PlannedField],
    word: ConsentWord,
    message: MessageId | None,
) -> Consent:
    """The record of what was just given, given again, or refused on a wish. `fields` are what was given."""
    items = tuple(ConsentItem(name=one.name, purpose=one.purpose, pd=one.pd, until=one.until) for one in fields)
    until = max((one.until for one in fields), default=None)
    event = ConsentEvent(word=word, at=means.clock.now(), until=until, message=message)
    there = consent_of(tx, wish)
    if there is not None:
        kept = there.renewed(event, items) if items else there.and_then(event)
    else:
        vendor = tx.vendor(wish.vendor)
        kept = Consent(
            id=means.new_id("consent"),
            vendor=wish.vendor,
            relationship=wish.relationship,
            at=means.clock.now(),
            items=items or _refused_items(wish),
            events=(event,),
            notice=wish.why,
            jurisdiction=vendor.country if vendor is not None else "",
            wish=wish.message,
            agreement=wish.agreement,
        )
    tx.keep_paper(kept)
    return kept


def consent_of(tx: Transaction, wish: Wish) -> Consent | None:
    """The record that a wish led to."""
    found = tx.papers(Consent, relationship=wish.relationship)
    return next((one for one in found if one.wish == wish.id), None)


def take_back(tx: Transaction, means: Means, found: Consent, names: Collection[str] = ()) -> None:
    """Take a record back in whole, or these fields of it: nothing of it is given any more, and the vendor is told."""
    relationship = tx.relationship(found.relationship)
    if relationship is None:
        raise NotFound(found.relationship)
    taken = frozenset(names) or frozenset(item.name for item in found.standing_items)
    _call_back(tx, found)
    rows = _told(tx, found, taken)
    act = _tell(tx, means, relationship, found, taken, rows)
    event = ConsentEvent(word=ConsentWord.WITHDRAWN, at=means.clock.now(), act=act, names=tuple(sorted(taken)))
    tx.keep_paper(replace(found.and_then(event), confirmed=None))
    chase(tx, means, relationship, found.id, sorted(taken))
    note(tx, means, relationship.id, "consent-withdrawn", listed(sorted(taken)))


def over(tx: Transaction, today: date) -> tuple[Consent, ...]:
    """The consents that stand and have run out."""
    return tuple(one for one in tx.papers(Consent) if one.stands and one.until is not None and one.until < today)


def expire(tx: Transaction, means: Means, today: date) -> tuple[Consent, ...]:
    """Put on record which consents have run out."""
    kept = tuple(one.and_then(ConsentEvent(word=ConsentWord.EXPIRED, at=means.clock.now())) for one in over(tx, today))
    for one in kept:
        tx.keep_paper(one)
        note(tx, means, one.relationship, "consent-expired", listed(item.name for item in one.items))
    return kept


def _tell(
    tx: Transaction,
    means: Means,
    relationship: Relationship,
    found: Consent,
    taken: frozenset[str],
    rows: Sequence[LedgerRow],
) -> ActId | None:
    """Tell the vendor in the best way there is; the act that says it, None for a letter or a plain request."""

    def words(language: str, number: str, name: str) -> LetterText:
        return withdrawing(language, sorted(taken), notice=found.notice, number=number, name=name)

    grants = [message for message in found.grants if any(row.message == message for row in rows)]
    if grants and may_say(tx, relationship, Kind.WITHDRAW_CONSENT):
        for row in rows:
            tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
        said = [
            hold(tx, means, relationship.id, acts.WithdrawConsent(of=grant, fields=_given_in(rows, grant)))
            for grant in grants
        ]
        return said[-1]
    if rows:
        ask_erasure(tx, means, relationship, rows, words=words, source=found.id)
    elif not found.grants:
        say_or_write(tx, means, relationship, words, source=found.id)
    return None


def _given_in(rows: Sequence[LedgerRow], grant: MessageId) -> tuple[str, ...]:
    return tuple(row.name for row in rows if row.message == grant)


def _call_back(tx: Transaction, found: Consent) -> None:
    """Whatever waits to give this once more does not leave."""
    for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=found.relationship):
        if isinstance(entry.act, acts.Grant) and entry.act.of == found.wish:
            tx.update_act(replace(entry, state=ActState.UNDONE))


def _told(tx: Transaction, found: Consent, names: Collection[str]) -> list[LedgerRow]:
    rows = tx.ledger(relationship=found.relationship)
    return [row for row in rows if row.message in found.grants and row.name in names and row.state in STILL_THERE]


def _refused_items(wish: Wish) -> tuple[ConsentItem, ...]:
    items = {}
    for field in wish.fields:
        path = path_of(field.name)
        pd = PD[path] if path is not None else ""
        items[field.name] = ConsentItem(name=field.name, purpose=field.purpose, pd=pd)
    return tuple(items.values())


def _view(tx: Transaction, found: Consent) -> ConsentView:
    vendor = tx.vendor(found.vendor)
    rows = tx.ledger(relationship=found.relationship)
    fates = {*STILL_THERE, LedgerState.ERASURE_ASKED}
    held = sum(row.message in found.grants and row.state in fates for row in rows)
    return ConsentView(consent=found, vendor_name=vendor.name if vendor is not None else found.vendor, held=held)


def _found(tx: Transaction, key: str) -> Consent:
    found = tx.paper(Consent, key)
    if found is None:
        raise NotFound(key)
    return found
