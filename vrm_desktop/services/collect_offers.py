"""Step 5, offers come back: who has answered a cast, who is still expected, who could not be reached."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.domain.ways import Way
from vrm_desktop.services.exchange import EXPECTING, Exchange, is_quiet, rests
from vrm_desktop.services.exercise_over_drp import look_at_all
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import waiting
from vrm_desktop.services.outside_outbox import next_moment
from vrm_desktop.services.ports import Changes, Transaction


class Answer(StrEnum):
    """How far one vendor's answer to a cast has come. `LISTED`: it has public prices, which are no offers."""

    HELD = "held"
    ASKED = "asked"
    AGREED = "agreed"
    COUNTERED = "countered"
    OFFERED = "offered"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    LISTED = "listed"
    UNSURE = "unsure"
    DONE = "done"


UNSENT = frozenset({ActState.HELD, ActState.SEALED})
ANSWERED = frozenset({Answer.COUNTERED, Answer.OFFERED, Answer.LISTED, Answer.DECLINED, Answer.DONE})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorProgress:
    """One vendor's part in a cast; `trouble` is the code of the last difficulty, `expected` that more may come.

    `unsure` is the act that may have left, which the person decides about; `draft` the letter that she has to send
    herself ("": none).
    """

    relationship: Relationship
    vendor_name: str
    answer: Answer
    trouble: str
    expected: bool
    unsure: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CastProgress:
    """How a cast stands."""

    intentcast: IntentcastId
    vendors: tuple[VendorProgress, ...]

    @property
    def answered(self) -> int:
        """How many vendors have said something that needs no more waiting."""
        return sum(one.answer in ANSWERED for one in self.vendors)

    @property
    def all_answered(self) -> bool:
        """Whether nobody is waited for any more."""
        return not any(one.expected for one in self.vendors)

    @property
    def failed(self) -> int:
        """How many could not be reached, or answered in a way that does not hold."""
        return sum(one.answer is Answer.UNREACHABLE or bool(one.trouble) for one in self.vendors)


async def progress(means: Means, key: IntentcastId) -> CastProgress:
    """How the cast of `key` stands, vendors by name."""

    def look(tx: Transaction) -> CastProgress:
        rows = []
        for one in tx.relationships(key):
            vendor = tx.vendor(one.vendor)
            name = vendor.name if vendor else one.vendor
            answer = _answer(tx, one)
            rows.append(
                VendorProgress(
                    relationship=one,
                    vendor_name=name,
                    answer=answer,
                    trouble=one.trouble,
                    expected=answer not in ANSWERED and _goes_on(tx, one),
                    unsure=_unsure(tx, one) if answer is Answer.UNSURE else "",
                    draft=_draft(tx, one) if answer is Answer.HELD else "",
                )
            )
        rows.sort(key=lambda row: (row.vendor_name, row.relationship.id))
        return CastProgress(intentcast=key, vendors=tuple(rows))

    return await means.vault.read(look)


def _goes_on(tx: Transaction, relationship: Relationship) -> bool:
    """Whether something still leaves for, or is asked of, the vendor."""
    if relationship.way is not Way.NATIVE:
        return bool(waiting(tx, relationship.id))
    if tx.acts(states=UNSENT, relationship=relationship.id):
        return True
    return bool(relationship.address) and not is_quiet(relationship)


def _answer(tx: Transaction, relationship: Relationship) -> Answer:
    state = relationship.conversation.state
    if relationship.state in {RelationshipState.UNREACHABLE, RelationshipState.BROKEN}:
        return Answer.UNREACHABLE
    if relationship.state in {RelationshipState.DECLINED, RelationshipState.REFUSED}:
        return Answer.DECLINED
    if relationship.state not in {RelationshipState.ASKING, RelationshipState.OPEN}:
        return Answer.DONE
    if relationship.way is not Way.NATIVE:
        return _outside_answer(tx, relationship)
    match state:
        case State.NEW:
            return Answer.HELD
        case State.ASKED:
            return Answer.ASKED
        case State.COUNTERED:
            sealing = tx.acts(states=frozenset({ActState.HELD}), relationship=relationship.id)
            return Answer.AGREED if sealing else Answer.COUNTERED
        case State.AGREED | State.REVEALED | State.HAGGLING:
            return Answer.AGREED
        case _:
            return Answer.OFFERED


def _unsure(tx: Transaction, relationship: Relationship) -> str:
    acts = tx.papers(OutsideAct, relationship=relationship.id)
    return next((act.id for act in acts if act.state is OutsideState.UNSURE), "")


def _draft(tx: Transaction, relationship: Relationship) -> str:
    """What was written for the person to send, and is not sent."""
    if relationship.way is Way.NATIVE:
        return ""
    letters = tx.papers(Letter, relationship=relationship.id)
    return next((one.id for one in letters if one.state in {LetterState.DRAFT, LetterState.HANDED_OUT}), "")


def _outside_answer(tx: Transaction, relationship: Relationship) -> Answer:
    """How far it has come by another way than our own wire; a letter that is still to be sent has not left."""
    if tx.offers(relationship=relationship.id):
        return Answer.OFFERED
    if tx.papers(PublicPrice, relationship=relationship.id):
        return Answer.LISTED
    acts = tx.papers(OutsideAct, relationship=relationship.id)
    if any(act.state is OutsideState.UNSURE for act in acts):
        return Answer.UNSURE
    letters = tx.papers(Letter, relationship=relationship.id)
    gone = [act.state in {OutsideState.DONE, OutsideState.LEAVING} for act in acts]
    gone += [letter.state is LetterState.SENT for letter in letters]
    return Answer.ASKED if any(gone) else Answer.HELD


async def active(means: Means) -> tuple[RelationshipId, ...]:
    """The relationships that have something to send, or from which something may still come."""

    def look(tx: Transaction) -> tuple[RelationshipId, ...]:
        unsent = {entry.relationship for entry in tx.acts(states=UNSENT)}
        return tuple(one.id for one in tx.relationships() if one.id in unsent or _listens(tx, one))

    return await means.vault.read(look)


def _listens(tx: Transaction, relationship: Relationship) -> bool:
    if relationship.way is not Way.NATIVE:
        return next_moment(tx, relationship) is not None
    return bool(relationship.address) and not rests(tx, relationship)


async def sync_once(means: Means, exchange: Exchange) -> Changes:
    """Send what is due, and look once at every open conversation and every request over the Data Rights Protocol."""
    keys = await active(means)
    changes = Changes()
    for done in await asyncio.gather(*(exchange.one_pass(key) for key in keys)):
        changes |= done
    return changes | await look_at_all(means)


async def expecting(means: Means) -> bool:
    """Whether something waits to leave, or an answer is still expected from somebody who can be reached."""

    def look(tx: Transaction) -> bool:
        if tx.acts(states=UNSENT):
            return True
        return any(_is_expecting(one) and _goes_on(tx, one) for one in tx.relationships())

    return await means.vault.read(look)


def _is_expecting(relationship: Relationship) -> bool:
    return relationship.way is not Way.NATIVE or relationship.conversation.state in EXPECTING


async def troubled(means: Means) -> tuple[tuple[str, str], ...]:
    """The vendors that cannot be reached or answer wrongly, with the code of the difficulty."""

    def look(tx: Transaction) -> tuple[tuple[str, str], ...]:
        names = {one.id: one.name for one in tx.vendors()}
        rows = [(names.get(one.vendor, one.vendor), one.trouble) for one in tx.relationships() if one.trouble]
        return tuple(sorted(rows))

    return await means.vault.read(look)
