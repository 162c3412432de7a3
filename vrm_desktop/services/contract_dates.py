"""A contract's dates in the agenda: a reminder before the last day for notice, that day itself, and the end.

Only what lies ahead now stands there; what the person has ticked off for this term stays ticked off.
"""

from dataclasses import replace
from datetime import date, timedelta

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.contract import Contract, ContractState
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.services.ports import Transaction

REMIND_BEFORE = timedelta(days=14)
"""How long before the last day for notice the agenda speaks up."""
_KINDS = frozenset({AgendaKind.NOTICE_SOON, AgendaKind.NOTICE_BY, AgendaKind.CONTRACT_ENDS})


def settle_dates(tx: Transaction, one: Contract, today: date, *, reopen: bool = False) -> bool:
    """Put the dates that lie ahead into the agenda and tick off all others of this contract; whether anything changed.

    A date that was ticked off stays so, unless it is to be opened again.
    """
    there = {item.kind: item for item in tx.agenda() if item.key == one.id and item.kind in _KINDS}
    ahead = {item.kind: item for item in _ahead(one, today, notice_due(tx, one))}
    changed = False
    for kind in _KINDS:
        old, new = there.get(kind), ahead.get(kind)
        if new is None:
            new = replace(old, done=True) if old is not None else None
        elif old is not None and old.due == new.due and not reopen:
            new = replace(new, done=old.done)
        if new is not None and new != old:
            tx.put_agenda(new)
            changed = True
    return changed


def forget_dates(tx: Transaction, one: Contract) -> None:
    """Tick off all dates of the contract: it has gone, or the person has decided for this term."""
    for item in tx.agenda():
        if item.key == one.id and item.kind in _KINDS and not item.done:
            tx.put_agenda(replace(item, done=True))


def notice_due(tx: Transaction, one: Contract) -> date | None:
    """The last day for a notice that is written and has not gone, as far as the person has said; None: none waits."""
    if one.state is not ContractState.CANCELLING or one.ends is None:
        return None
    letters = [letter for letter in tx.papers(Letter, vendor=one.vendor) if letter.source == one.id]
    waits = bool(letters) and letters[-1].state in {LetterState.DRAFT, LetterState.HANDED_OUT}
    return one.notice.before(one.ends) if waits else None


def _ahead(one: Contract, today: date, due: date | None) -> tuple[AgendaItem, ...]:
    if one.state is ContractState.OVER:
        return ()
    if due is not None:
        return (_item(one, AgendaKind.NOTICE_BY, due),)
    by = one.next_terminate_by(today) if one.state is ContractState.RUNNING else None
    if by is not None:
        soon = _item(one, AgendaKind.NOTICE_SOON, by - REMIND_BEFORE)
        return (soon, _item(one, AgendaKind.NOTICE_BY, by))
    end = one.ends or one.term_end(today)
    return (_item(one, AgendaKind.CONTRACT_ENDS, end),) if end is not None else ()


def _item(one: Contract, kind: AgendaKind, due: date) -> AgendaItem:
    return AgendaItem(kind=kind, due=due, key=one.id, relationship=one.relationship, vendor=one.vendor, text=one.title)
