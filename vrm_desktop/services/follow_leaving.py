"""After an end: chased once when nobody confirmed, over when the time for it has run out, and asked once more later.

Runs with the exchange and with `vrm sync`; doing it again changes nothing.
"""

from dataclasses import replace
from datetime import date, timedelta

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import LedgerState, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.formats.leaving_letters import reminding
from vrm_desktop.services.ask_erasure import note, say_or_write
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.wording.catalogue import _

CHASED_DAYS = 14
AFTER_DAYS = 30
_CHASED = "end-chased"


async def follow(means: Means) -> Changes:
    """Look at every end that nobody has confirmed."""
    today = means.clock.today()
    due = await means.vault.read(lambda tx: tuple(one.id for one, _item in _due(tx, today)))
    if not due:
        return Changes()

    def change(tx: Transaction) -> Changes:
        for relationship, item in _due(tx, today):
            _go_on(tx, means, relationship, item)
        return Changes.of(*(("relationship", key) for key in due), ("agenda", "leaving"))

    return await means.vault.write(change)


async def confirmed(means: Means, key: RelationshipId, *, erased: bool = True) -> Changes:
    """The person says that the counterparty confirmed the end, by letter or by word, and whether it erased.

    Raises:
        NotFound: no such relationship. NotPossibleNow: it is not ending.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        if found.state is not RelationshipState.ENDING:
            raise NotPossibleNow(found.state.value)
        if erased:
            for row in tx.ledger(relationship=key):
                if row.state is LedgerState.ERASURE_ASKED:
                    tx.set_row_state(row.seq, LedgerState.ERASED)
            _settle(tx, means, found, kept=True)
        _over(tx, means, found)
        note(tx, means, key, "end-confirmed")
        return Changes.of(("relationship", key), ("ledger", found.vendor))

    return await means.vault.write(change)


def _due(tx: Transaction, today: date) -> tuple[tuple[Relationship, AgendaItem], ...]:
    ending = {one.id: one for one in tx.relationships() if one.state is RelationshipState.ENDING}
    items = (one for one in tx.agenda() if one.kind is AgendaKind.ERASURE_DUE and not one.done and one.due < today)
    return tuple((ending[RelationshipId(one.key)], one) for one in items if one.key in ending)


def _go_on(tx: Transaction, means: Means, relationship: Relationship, item: AgendaItem) -> None:
    notes = tx.notes(relationship.id)
    if not any(one.kind == _CHASED for one in notes):
        left = max((one.at for one in notes if one.kind == "end"), default=relationship.started).date()
        say_or_write(
            tx,
            means,
            relationship,
            lambda language, number, name: reminding(language, since=left, number=number, name=name),
        )
        note(tx, means, relationship.id, _CHASED)
        tx.put_agenda(replace(item, due=means.clock.today() + timedelta(days=CHASED_DAYS)))
        return
    _settle(tx, means, relationship, kept=False)
    _over(tx, means, relationship)
    note(tx, means, relationship.id, "end-unanswered")


def _over(tx: Transaction, means: Means, relationship: Relationship) -> None:
    today = means.clock.today()
    tx.save_relationship(replace(relationship, state=RelationshipState.ENDED, ended=means.clock.now()))
    for item in tx.agenda():
        if item.kind is AgendaKind.ERASURE_DUE and item.key == relationship.id and not item.done:
            tx.put_agenda(replace(item, done=True))
    look_again(tx, relationship, today)


def look_again(tx: Transaction, relationship: Relationship, today: date) -> None:
    """Put the day on the agenda on which to ask once more what is still held; nothing if nothing was ever told."""
    if any(row.stage is not Stage.PING for row in tx.ledger(relationship=relationship.id)):
        tx.put_agenda(
            AgendaItem(
                kind=AgendaKind.AFTER_END,
                due=today + timedelta(days=AFTER_DAYS),
                key=relationship.id,
                relationship=relationship.id,
                vendor=relationship.vendor,
            )
        )


def _settle(tx: Transaction, means: Means, relationship: Relationship, *, kept: bool) -> None:
    """That it erased within its time is a promise of every agreement; the person's record counts it."""
    asked = [row for row in tx.ledger(relationship=relationship.id) if row.state is LedgerState.ERASURE_ASKED]
    if not asked and not kept:
        return
    today = means.clock.today()
    promise = Promise(
        id=f"end-{relationship.id}",
        vendor=relationship.vendor,
        of=PromiseOf.DELETION,
        what=_("erase everything after the end"),
        at=means.clock.now(),
        due=today,
        source=relationship.id,
        relationship=relationship.id,
    )
    tx.keep_paper(promise.kept(today) if kept else promise.broken(today))
