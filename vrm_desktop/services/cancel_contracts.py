"""Ending a contract in one act: notice over the wire where it is understood, and otherwise a letter to send.

What has left cannot be unsaid; until then, keeping the contract takes the notice back.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.contract import Contract, ContractState, Renewal
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState
from vrm_desktop.domain.living import NoticeAbout
from vrm_desktop.formats.plain_letters import cancelling
from vrm_desktop.services.contract_dates import forget_dates, settle_dates
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_contracts import found, save, tell, wire
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_HELD_FOR = timedelta(days=366)
"""For how long the values in a notice may be used."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cancelled:
    """A contract that notice was given of: over the wire, or by the letter that the person sends."""

    contract: Contract
    letter: Letter | None

    @property
    def by_wire(self) -> bool:
        """Whether the notice goes by itself."""
        return self.letter is None


async def cancel(means: Means, key: str, ends: date | None = None, *, pause: int = 0) -> Cancelled:
    """Give notice, to the earliest day possible or to a later one. It leaves after `pause` seconds.

    Raises:
        NotFound: no such contract. NotPossibleNow: notice was given, it ends by itself, or the day is too early.
    """

    def change(tx: Transaction) -> Cancelled:
        one, today = found(tx, key), means.clock.today()
        earliest = one.earliest_end(today)
        if one.state is not ContractState.RUNNING or one.renewal is Renewal.ENDS:
            raise NotPossibleNow(one.state.value)
        if ends is not None and ends < earliest:
            raise NotPossibleNow("before the earliest day on which it can end")
        given = one.given_notice(today, ends or earliest)
        owner = wire(tx, given)
        letter = None
        if owner is not None:
            text = f"{given.title} {given.number}".strip()
            act = acts.Notice(about=NoticeAbout.CANCEL_CONTRACT, order=given.order, by=given.ends, text=text)
            hold(tx, means, owner.id, act, not_before=means.clock.now() + timedelta(seconds=pause))
        else:
            letter = _letter(tx, means, given)
        tell(tx, means, given, "contract-cancelled")
        save(tx, means, given)
        settle_dates(tx, given, today, reopen=True)  # a date that was quiet counts again until the notice is there
        return Cancelled(contract=given, letter=letter)

    return await means.vault.write(change)


async def confirmed(means: Means, key: str, ends: date | None = None) -> Changes:
    """Note that the counterparty confirmed the end, on the day asked for or on another.

    Raises:
        NotFound: no such contract. NotPossibleNow: no notice was given.
    """

    def change(tx: Transaction) -> Changes:
        one = found(tx, key)
        if one.state is not ContractState.CANCELLING or (day := ends or one.ends) is None:
            raise NotPossibleNow(one.state.value)
        tell(tx, means, one, "contract-end-confirmed")
        return save(tx, means, one.cancellation_confirmed(day))

    return await means.vault.write(change)


async def keep_it(means: Means, key: str) -> Changes:
    """Keep a contract: a running one for this term, so that the agenda is quiet; a cancelled one after all.

    A notice that has not left yet does not leave; a letter that was handed out is the person's to take back.

    Raises:
        NotFound: no such contract. NotPossibleNow: the end was confirmed, or it is over.
    """

    def change(tx: Transaction) -> Changes:
        one = found(tx, key)
        match one.state:
            case ContractState.RUNNING:
                forget_dates(tx, one)
                return Changes.of(("contract", key), ("agenda", key), ("relationship", one.relationship or ""))
            case ContractState.CANCELLING:
                kept = one.notice_taken_back()
                _call_back(tx, one)
                tell(tx, means, kept, "contract-goes-on")
                changes = save(tx, means, kept)
                settle_dates(tx, kept, means.clock.today(), reopen=True)
                return changes
            case _:
                raise NotPossibleNow(one.state.value)

    return await means.vault.write(change)


def _call_back(tx: Transaction, one: Contract) -> None:
    for letter in tx.papers(Letter, vendor=one.vendor):
        if letter.source == one.id and letter.state is LetterState.DRAFT:
            tx.keep_paper(letter.dropped())
    for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=one.relationship):
        act = entry.act
        if isinstance(act, acts.Notice) and (act.order, act.by) == (one.order, one.ends):
            tx.update_act(replace(entry, state=ActState.UNDONE))


def _letter(tx: Transaction, means: Means, given: Contract) -> Letter:
    vendor = tx.vendor(given.vendor)
    if vendor is None:
        raise NotFound(given.vendor)
    text = cancelling(
        language_for(tx, vendor),
        title=given.title,
        number=given.number or vendor.number,
        ends=given.ends or means.clock.today(),
        name=sender_name(tx),
    )
    return draft(
        tx,
        means,
        vendor,
        text,
        about=LetterAbout.CANCEL,
        relationship=given.relationship or file_of(tx, means, given.vendor).id,
        source=given.id,
        until=means.clock.today() + _HELD_FOR,
    )
