"""Step 9, leave: ending takes effect here at once; it is over when the vendor's closure has come.

Before it, a person may have some seconds to think again. That they are leaving is kept in the vault meanwhile, so that
a program that dies in these seconds has not forgotten it.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.leaving import StillNeeded
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.leaving_letters import leaving as leaving_letter
from vrm_desktop.services.ask_erasure import STILL_THERE, chase
from vrm_desktop.services.draft_letters import draft, language_for, sender_name
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold, take_back_unsent
from vrm_desktop.services.keep_consents import withdraw_all
from vrm_desktop.services.leaving_needs import drop_unsent_values, needs, unsent_values
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import take_back, waiting
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable

REASON_LENGTH = 200
_LETTER_DAYS = 3 * 365
_LEAVING = "leaving"
_OVER = frozenset({RelationshipState.ENDING, RelationshipState.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Leaving:
    """What an end would do now: whom it goes to and how, what is stopped, what is erased, and what stays until when.

    `told`: values that the vendor has; `consents`: how many are withdrawn; `waiting`: acts that will not leave any
    more. `wire`: its program is told; else, where it knows anything, a letter is drafted. `state`: how it stands now.
    """

    vendor: str
    state: RelationshipState
    told: tuple[str, ...]
    consents: int
    waiting: int
    needed: tuple[StillNeeded, ...]
    wire: bool
    letter: bool

    @property
    def left(self) -> bool:
        """Whether the person has left already: then nothing of it is said or asked any more."""
        return self.state in _OVER


async def before_end(means: Means, key: RelationshipId) -> Leaving:
    """What an end would do now. Nothing is changed.

    Raises:
        NotFound: no such relationship.
    """

    def look(tx: Transaction) -> Leaving:
        found, vendor = _found(tx, key)
        told = _told(tx, key)
        left = found.state in _OVER
        wire = not left and _opened(tx, found) and not unsent_values(tx, means, key)
        return Leaving(
            vendor=vendor.name,
            state=found.state,
            told=tuple(dict.fromkeys(row.name for row in told)),
            consents=sum(one.stands for one in tx.papers(Consent, relationship=key)),
            waiting=len(tx.acts(states=frozenset({acts.ActState.HELD}), relationship=key)) + len(waiting(tx, key)),
            needed=needs(tx, found, means.clock.today()),
            wire=wire,
            letter=bool(told) and not wire and not left,
        )

    return await means.vault.read(look)


async def end(means: Means, key: RelationshipId, reason: str = "") -> Changes:
    """End a relationship: nothing held leaves any more, notice and erasure are asked for, and the end stands at once.

    What was sealed with values and surely never arrived is dropped as well. Its place in the chain stays empty, so that
    nothing more can be said in this conversation: then, as for a counterparty without a program, a letter says it.

    Raises:
        NotFound: no such relationship.
        NotPossibleNow: it is ending or over already, or the reason has more than 200 characters.
    """

    def change(tx: Transaction) -> Changes:
        found, vendor = _found(tx, key)
        if found.state in _OVER:
            raise NotPossibleNow(found.state.value)
        if len(reason) > REASON_LENGTH:
            raise NotPossibleNow("a reason has up to 200 characters")
        _forget(tx, key)
        now = means.clock.now()
        opened = take_back_unsent(tx, means, key)
        take_back(tx, key)
        stuck = drop_unsent_values(tx, means, key)
        withdraw_all(tx, means, key)
        for entry in tx.acts(states=frozenset({acts.ActState.HELD}), relationship=key):
            tx.update_act(replace(entry, state=acts.ActState.UNDONE))  # the end says that consents are withdrawn
        tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="end", text=reason))
        told = _told(tx, key)
        by_wire = opened and not stuck and Kind.END in sayable(tx, found)
        address = "" if stuck else found.address
        if not by_wire and not told:
            tx.save_relationship(replace(found, state=RelationshipState.ENDED, ended=now, address=address))
            return Changes.of(("relationship", key))
        tx.save_relationship(replace(found, state=RelationshipState.ENDING, address=address))
        for row in tx.ledger(relationship=key):
            if row.state in STILL_THERE:
                tx.set_row_state(row.seq, LedgerState.ERASURE_ASKED)
        if by_wire:
            hold(tx, means, key, acts.End(reason=reason))
        else:
            _write(tx, means, found, vendor)
            chase(tx, means, found, key, [row.name for row in told])
        return Changes.of(("relationship", key), ("ledger", found.vendor))

    return await means.vault.write(change)


def _write(tx: Transaction, means: Means, found: Relationship, vendor: Counterparty) -> None:
    language = language_for(tx, vendor)
    kept = [(one.text, one.until) for one in needs(tx, found, means.clock.today())]
    text = leaving_letter(language, kept=kept, number=vendor.number, name=sender_name(tx))
    until = means.clock.today() + timedelta(days=_LETTER_DAYS)
    draft(tx, means, vendor, text, about=LetterAbout.END, relationship=found.id, source="", until=until)


def _found(tx: Transaction, key: RelationshipId) -> tuple[Relationship, Counterparty]:
    found = tx.relationship(key)
    vendor = tx.vendor(found.vendor) if found is not None else None
    if found is None or vendor is None:
        raise NotFound(key)
    return found, vendor


def _told(tx: Transaction, key: RelationshipId) -> tuple[LedgerRow, ...]:
    """What the vendor has or may have. What the first question said is no secret and is not its to erase alone."""
    rows = tx.ledger(relationship=key)
    return tuple(row for row in rows if row.state in STILL_THERE and row.stage is not Stage.PING)


def _opened(tx: Transaction, found: Relationship) -> bool:
    return bool(found.address) and Kind.END in sayable(tx, found)


async def mean_to_leave(means: Means, key: RelationshipId) -> None:
    """Keep that the person is leaving, until `end` or `stay`.

    Raises:
        NotFound: no such relationship.
    """

    def change(tx: Transaction) -> None:
        if tx.relationship(key) is None:
            raise NotFound(key)
        tx.set_setting(_LEAVING, " ".join((*(one for one in _kept(tx) if one != key), key)))

    await means.vault.write(change)


async def stay(means: Means, key: RelationshipId) -> None:
    """The person thought again; nothing was said to anybody."""
    await means.vault.write(lambda tx: _forget(tx, key))


async def leaving(means: Means) -> tuple[tuple[RelationshipId, str], ...]:
    """Whom the person was leaving when the program ended, oldest first: the relationship, and the vendor's name."""

    def look(tx: Transaction) -> tuple[tuple[RelationshipId, str], ...]:
        found = []
        for key in _kept(tx):
            relationship = tx.relationship(key)
            vendor = tx.vendor(relationship.vendor) if relationship is not None else None
            if relationship is not None and relationship.state not in _OVER:
                found.append((key, vendor.name if vendor is not None else ""))
        return tuple(found)

    return await means.vault.read(look)


def _kept(tx: Transaction) -> tuple[RelationshipId, ...]:
    return tuple(RelationshipId(key) for key in (tx.setting(_LEAVING) or "").split())


def _forget(tx: Transaction, key: RelationshipId) -> None:
    kept = _kept(tx)
    if key in kept:
        tx.set_setting(_LEAVING, " ".join(one for one in kept if one != key))
