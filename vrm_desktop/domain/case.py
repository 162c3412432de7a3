"""Cases: something went wrong, what the person wants for it and by when, every turn since, and how it came out.

Only the person says how a case ended. What the counterparty says moves it on, and never closes it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.domain.money import Money

TEXT_LENGTH = 4000
MOST_EVIDENCE = 20


class TurnWord(StrEnum):
    """What one turn says. The values are the wire's where it has a word for it."""

    OPENED = "opened"
    WENT_ON = "went-on"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    WITHDRAWN = "withdrawn"
    RECEIVED = "received"
    PROPOSAL = "proposal"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    REFUND = "refund"


class CaseStanding(StrEnum):
    """Where a case stands. `DONE` is what the counterparty says; the last three are the person's word."""

    OPEN = "open"
    RECEIVED = "received"
    PROPOSED = "proposed"
    PROMISED = "promised"
    REFUSED = "refused"
    DONE = "done"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    WITHDRAWN = "withdrawn"


OVER = frozenset({CaseStanding.RESOLVED, CaseStanding.UNRESOLVED, CaseStanding.WITHDRAWN})
_AFTER_PERSON = {
    TurnWord.OPENED: CaseStanding.OPEN,
    TurnWord.WENT_ON: CaseStanding.OPEN,
    TurnWord.ACCEPT: CaseStanding.PROMISED,
    TurnWord.REFUSE: CaseStanding.OPEN,
    TurnWord.RESOLVED: CaseStanding.RESOLVED,
    TurnWord.UNRESOLVED: CaseStanding.UNRESOLVED,
    TurnWord.WITHDRAWN: CaseStanding.WITHDRAWN,
}
_AFTER_VENDOR = {
    TurnWord.PROPOSAL: CaseStanding.PROPOSED,
    TurnWord.ACCEPTED: CaseStanding.PROMISED,
    TurnWord.REFUSED: CaseStanding.REFUSED,
    TurnWord.DONE: CaseStanding.DONE,
}
_NEITHER_SAYS = {Side.PERSON: frozenset({*_AFTER_VENDOR, TurnWord.RECEIVED, TurnWord.REFUND})}
_NEITHER_SAYS[Side.VENDOR] = frozenset(_AFTER_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseTurn:
    """One thing said in a case, by either side.

    `message` is the signed message, once there is one; `act` what it was while it waited to leave; `letter` the letter
    that said it. Of a vendor's turn without a message only the person's word is proof.
    """

    by: Side
    at: datetime
    word: TurnWord
    text: str = ""
    remedy: Remedy | None = None
    amount: Money | None = None
    due: date | None = None
    message: MessageId | None = None
    act: ActId | None = None
    letter: str = ""

    def __post_init__(self) -> None:
        if self.word in _NEITHER_SAYS[self.by]:
            raise InvalidValue(f"{self.word} is not for the {self.by} to say")
        if len(self.text) > TEXT_LENGTH:
            raise InvalidValue("a turn has up to 4,000 characters")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case:
    """One case. `by` is the day until which the person wants it; `amount` is what it is about in money.

    `opened` is the message that opened it: what the wire calls the case. `received` is the day on which the goods came,
    as the person says; legal periods are counted from it.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    about: CaseAbout
    what: str
    want: Remedy
    order: Digest | None = None
    amount: Money | None = None
    by: date | None = None
    received: date | None = None
    evidence: tuple[MessageId, ...] = ()
    turns: tuple[CaseTurn, ...] = ()
    standing: CaseStanding = CaseStanding.OPEN
    opened: MessageId | None = None

    def __post_init__(self) -> None:
        if not self.what.strip() or len(self.what) > TEXT_LENGTH:
            raise InvalidValue("a case says what happened, in up to 4,000 characters")
        if len(self.evidence) > MOST_EVIDENCE or len(set(self.evidence)) != len(self.evidence):
            raise InvalidValue("a case has up to 20 messages as evidence, each once")
        if self.amount is not None and self.amount.minor < 0:
            raise InvalidValue("a case is not about less than nothing")

    @property
    def words(self) -> str:
        """What happened, and all that was said of it."""
        return "\n".join((self.what, *(turn.text for turn in self.turns if turn.text)))

    @property
    def over(self) -> bool:
        """Whether the person has said how it ended."""
        return self.standing in OVER

    @property
    def unanswered(self) -> CaseTurn | None:
        """The vendor's last proposal, refusal or "done", if the person has not answered it yet."""
        asks = {CaseStanding.PROPOSED, CaseStanding.REFUSED, CaseStanding.DONE}
        words = {TurnWord.PROPOSAL, TurnWord.REFUSED, TurnWord.DONE, TurnWord.REFUND}
        if self.standing not in asks:
            return None
        return next(turn for turn in reversed(self.turns) if turn.word in words)

    @property
    def reminders(self) -> int:
        """How often the person went on with it."""
        return sum(turn.word is TurnWord.WENT_ON for turn in self.turns)

    def overdue(self, today: date) -> bool:
        """Whether the day has passed until which the person wants it, and it is the vendor's turn."""
        mine = self.over or self.unanswered is not None
        return not mine and self.by is not None and today > self.by

    def said(self, turn: CaseTurn) -> "Case":
        """The case after the person's turn; one with a new day moves `by`."""
        by = turn.due if turn.word is TurnWord.WENT_ON and turn.due is not None else self.by
        return replace(self, turns=(*self.turns, turn), standing=_AFTER_PERSON[turn.word], by=by)

    def heard(self, turn: CaseTurn) -> "Case":
        """The case after the vendor's turn. One that is over stays as the person ended it."""
        turns = (*self.turns, turn)
        if self.over:
            return replace(self, turns=turns)
        standing = _AFTER_VENDOR.get(turn.word, self.standing)
        if turn.word is TurnWord.RECEIVED and self.standing is CaseStanding.OPEN:
            standing = CaseStanding.RECEIVED
        heard = replace(self, turns=turns, standing=standing)
        return replace(heard, standing=CaseStanding.DONE) if turn.word is TurnWord.REFUND and heard.paid_back else heard

    def sealed(self, act: ActId, message: MessageId) -> "Case":
        """The case once one of the person's turns has its signed message."""
        turns = tuple(replace(turn, message=message) if turn.act == act else turn for turn in self.turns)
        opens = any(turn.act == act and turn.word is TurnWord.OPENED for turn in self.turns)
        return replace(self, turns=turns, opened=message if opens else self.opened)

    def refunded(self) -> tuple[Money, ...]:
        """What came back so far, one sum a currency, by its code."""
        amounts = [turn.amount for turn in self.turns if turn.word is TurnWord.REFUND and turn.amount is not None]
        codes = sorted({one.currency for one in amounts})
        return tuple(reduce(lambda a, b: a + b, (one for one in amounts if one.currency == code)) for code in codes)

    @property
    def paid_back(self) -> bool:
        """Whether all the money that it is about came back, in its own currency."""
        amount = self.amount
        return amount is not None and any(one.currency == amount.currency and amount <= one for one in self.refunded())

    def unasked(self, turn: CaseTurn) -> bool:
        """Whether the vendor says that it did what the person neither wanted nor agreed to."""
        asked = {self.want, *(one.remedy for one in self.turns if one.word is TurnWord.ACCEPT)}
        return turn.word is TurnWord.DONE and turn.remedy is not None and turn.remedy not in asked

    def foreign(self, turn: CaseTurn) -> bool:
        """Whether the vendor speaks of another currency than the case does."""
        return turn.amount is not None and self.amount is not None and turn.amount.currency != self.amount.currency
