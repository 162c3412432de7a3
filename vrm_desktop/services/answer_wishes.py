"""Answering a vendor's later wish: what it would get, giving it, refusing it; and saying whether the return came.

The answer is held for a moment and can be undone. What follows from it (record, promise) stands once it was signed:
see `said`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.consent import ConsentWord
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.wish import Verdict, Wish, WishState
from vrm_desktop.services.ask_erasure import STILL_THERE, ask_erasure
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_consents import consent_of, record, take_back
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable
from vrm_desktop.services.wish_values import Offered, given, needs_consent, offered

ANSWERABLE = frozenset({WishState.OPEN, WishState.FOLDED})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishView:
    """A wish with what it would get. `leaving` is the answer that waits to leave; `promise` what was promised back."""

    wish: Wish
    vendor_name: str
    offers: tuple[Offered, ...]
    leaving: acts.OutboxEntry | None = None
    promise: Promise | None = None


async def wishes(means: Means, relationship: RelationshipId | None = None) -> tuple[WishView, ...]:
    """All wishes, or those in one relationship, the newest first."""

    def look(tx: Transaction) -> tuple[WishView, ...]:
        found = tx.papers(Wish, relationship=relationship)
        return tuple(_view(tx, means, one) for one in reversed(found))

    return await means.vault.read(look)


async def wish(means: Means, key: str) -> WishView:
    """One wish.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _view(tx, means, _found(tx, key)))


async def grant(
    means: Means,
    key: str,
    names: Collection[str] | None = None,
    *,
    typed: Mapping[str, str] | None = None,
    days: int | None = None,
    pause: timedelta = timedelta(),
) -> Changes:
    """Give what was wished for, or only `names` of it; `typed` values stand in for what the profile lacks.

    Raises:
        NotFound: no such wish. MissingField: a value lacks. InvalidValue: see `given`.
        NotPossibleNow: it was answered, its answer is on its way, the conversation is past it, or the vendor's program
            does not take such an answer.
    """

    def change(tx: Transaction) -> Changes:
        found = _answerable(tx, key, Kind.GRANT)
        offers = offered(tx.profile(), found, means.clock.today())
        chosen = frozenset(names if names is not None else (one.field.name for one in offers))
        fields = given(offers, chosen, typed or {}, days, means.clock.today())
        act = acts.Grant(of=found.message, fields=fields, consent=needs_consent(found, chosen))
        return _hold(tx, means, found, act, pause)

    return await means.vault.write(change)


async def refuse(
    means: Means, key: str, reason: RefusalReason = RefusalReason.UNNEEDED, *, pause: timedelta = timedelta()
) -> Changes:
    """Give nothing of it. A vendor's program that does not take the answer is not told; here it stands all the same.

    Raises:
        NotFound, NotPossibleNow: as for `grant`.
    """

    def change(tx: Transaction) -> Changes:
        try:
            found = _answerable(tx, key, Kind.REFUSE)
        except _NotUnderstood:
            found = _found(tx, key)
            _refused(tx, means, found, reason, None)
            return _changes(found)
        return _hold(tx, means, replace(found, reason=reason), acts.Refuse(of=found.message, reason=reason), pause)

    return await means.vault.write(change)


async def got(means: Means, key: str, *, came: bool, renew: bool = False, pause: timedelta = timedelta()) -> Changes:
    """Say whether what was promised for the wish's data came. It decides what becomes of the data.

    It came: the promise is kept; with `renew` the same is given once more, for as long as before. It did not: the
    promise is broken, and what was given for it is taken back.

    Raises:
        NotFound: no such wish, or nothing was promised for it. NotPossibleNow: it was said already, or what was given
            cannot be given again.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        promise = tx.paper(Promise, found.promise) if found.promise else None
        if promise is None:
            raise NotFound(key)
        if promise.state is not PromiseState.OPEN:
            raise NotPossibleNow(promise.state.value)
        today = means.clock.today()
        tx.keep_paper(promise.kept(today) if came else promise.broken(today))
        _ask_whether_it_came(tx, found, promise, done=True)
        _note(tx, means, found, "return-came" if came else "return-did-not-come", promise.what)
        if not came:
            _give_no_more(tx, means, found)
        elif renew:
            hold_again(tx, means, found, pause)
        return _changes(found) | Changes.of(("promise", promise.id), ("consent", "all"), ("ledger", found.vendor))

    return await means.vault.write(change)


def said(tx: Transaction, means: Means, entry: acts.OutboxEntry, message: MessageId) -> None:
    """What follows from an answer once it is signed as `message`: the wish's state, a promise, a consent record."""
    match entry.act:
        case acts.Grant(of=of) as grant:
            found = tx.paper(Wish, of)
            if found is not None:
                _granted(tx, means, found, grant, message)
        case acts.Refuse(of=of, reason=reason):
            found = tx.paper(Wish, of)
            if found is not None:
                _refused(tx, means, replace(found, act=entry.id), reason, message)
        case _:
            pass


def _granted(tx: Transaction, means: Means, found: Wish, act: acts.Grant, message: MessageId) -> None:
    now = means.clock.now()
    again = found.state is WishState.GRANTED
    promise = tx.paper(Promise, found.promise) if found.promise else None
    if found.in_return is not None and promise is None:
        promise = Promise(
            id=means.new_id("promise"),
            vendor=found.vendor,
            relationship=found.relationship,
            of=PromiseOf.RETURN,
            what=found.in_return.what,
            at=now,
            due=found.in_return.due,
            source=found.id,
        )
        tx.keep_paper(promise)
        _ask_whether_it_came(tx, found, promise, done=False)
    granted = replace(
        found, state=WishState.GRANTED, answered=now, answer=message, promise=promise.id if promise is not None else ""
    )
    tx.keep_paper(granted)
    _note(tx, means, found, "wish-granted-again" if again else "wish-granted", found.why, message)
    if act.consent:
        word = ConsentWord.RENEWED if again else ConsentWord.GIVEN
        record(tx, means, granted, act.fields, word, message)


def _refused(tx: Transaction, means: Means, found: Wish, reason: RefusalReason, message: MessageId | None) -> None:
    refused = replace(found, state=WishState.REFUSED, reason=reason, answered=means.clock.now(), answer=message)
    tx.keep_paper(refused)
    _note(tx, means, found, "wish-refused", found.why, message)
    if found.verdict is not Verdict.WITHIN:
        record(tx, means, refused, (), ConsentWord.REFUSED, message)


def _give_no_more(tx: Transaction, means: Means, found: Wish) -> None:
    consent = consent_of(tx, found)
    if consent is not None and consent.stands:
        take_back(tx, means, consent)
    owner = tx.relationship(found.relationship)
    if consent is None and owner is not None:
        rows = [row for row in tx.ledger(relationship=owner.id) if row.message == found.answer]
        ask_erasure(tx, means, owner, [row for row in rows if row.state in STILL_THERE])


def given_again(tx: Transaction, means: Means, found: Wish) -> acts.Grant:
    """The same grant once more, with the values of today, for as long as it was given before.

    What the person took back since then is no part of it.

    Raises:
        NotPossibleNow: nothing was given or is left of it, or it can no longer be said. MissingField: a value lacks.
    """
    consent = consent_of(tx, found)
    back = consent.withdrawn_names if consent is not None else frozenset[str]()
    rows = tx.ledger(relationship=found.relationship)
    before = [row for row in rows if row.message == found.answer and row.name not in back]
    if not before:
        raise NotPossibleNow("nothing was given")
    _may_say(tx, found, Kind.GRANT)
    offers = offered(tx.profile(), found, means.clock.today())
    length = max(1, min((row.until - row.at.date()).days for row in before))
    names = frozenset(row.name for row in before)
    fields = given(
        offers, names, {row.name: row.value for row in before if row.field is None}, length, means.clock.today()
    )
    return acts.Grant(of=found.message, fields=fields, consent=needs_consent(found, names))


def hold_again(tx: Transaction, means: Means, found: Wish, pause: timedelta) -> None:
    """Hold that grant; it leaves after the pause. Raises as `given_again`."""
    act = given_again(tx, means, found)
    key = hold(tx, means, found.relationship, act, not_before=means.clock.now() + pause)
    tx.keep_paper(replace(found, act=key))


def _hold(tx: Transaction, means: Means, found: Wish, act: acts.Act, pause: timedelta) -> Changes:
    key = hold(tx, means, found.relationship, act, not_before=means.clock.now() + pause)
    tx.keep_paper(replace(found, state=WishState.OPEN, act=key, by_itself=False))
    return _changes(found)


class _NotUnderstood(NotPossibleNow):
    """The vendor's program does not take this answer."""


def _answerable(tx: Transaction, key: str, kind: Kind) -> Wish:
    found = _found(tx, key)
    if found.state not in ANSWERABLE:
        raise NotPossibleNow(found.state.value)
    if leaving(tx, found) is not None:
        raise NotPossibleNow("an answer is on its way")
    _may_say(tx, found, kind)
    return found


def _may_say(tx: Transaction, found: Wish, kind: Kind) -> None:
    owner, vendor = tx.relationship(found.relationship), tx.vendor(found.vendor)
    if owner is None or vendor is None or kind not in sayable(tx, owner):
        raise NotPossibleNow("the conversation is past it")
    if vendor.card is None or not vendor.card.understands(kind):
        raise _NotUnderstood("the vendor's program does not take this answer")


def leaving(tx: Transaction, found: Wish) -> acts.OutboxEntry | None:
    """The answer that waits to leave, if there is one."""
    entry = tx.act(found.act) if found.act is not None else None
    return entry if entry is not None and entry.state is acts.ActState.HELD else None


def _view(tx: Transaction, means: Means, found: Wish) -> WishView:
    vendor = tx.vendor(found.vendor)
    return WishView(
        wish=found,
        vendor_name=vendor.name if vendor is not None else found.vendor,
        offers=offered(tx.profile(), found, means.clock.today()),
        leaving=leaving(tx, found),
        promise=tx.paper(Promise, found.promise) if found.promise else None,
    )


def _found(tx: Transaction, key: str) -> Wish:
    found = tx.paper(Wish, key)
    if found is None:
        raise NotFound(key)
    return found


def _ask_whether_it_came(tx: Transaction, found: Wish, promise: Promise, *, done: bool) -> None:
    if promise.due is not None:
        item = AgendaItem(
            kind=AgendaKind.PROMISE_DUE,
            due=promise.due,
            key=promise.id,
            relationship=found.relationship,
            vendor=found.vendor,
            text=promise.what,
            done=done,
        )
        tx.put_agenda(item)


def _note(tx: Transaction, means: Means, found: Wish, kind: str, text: str, message: MessageId | None = None) -> None:
    at: datetime = means.clock.now()
    tx.add_note(Note(relationship=found.relationship, at=at, sender=Side.PERSON, kind=kind, text=text, message=message))


def _changes(found: Wish) -> Changes:
    return Changes.of(("wish", found.id), ("relationship", found.relationship))
