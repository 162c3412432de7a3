"""What a counterparty promised, until when, and whether it was kept: what trust is counted from, never felt."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId

_TEXT_LENGTH = 1000


class PromiseOf(StrEnum):
    """What was promised."""

    DELIVERY = "delivery"
    PRICE = "price"
    DELETION = "deletion"
    ANSWER = "answer"
    RETURN = "return"
    REMEDY = "remedy"
    OTHER = "other"


class PromiseState(StrEnum):
    """What became of it. `LATE` was kept after its day; `WAIVED` the person let go."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Promise:
    """One promise, made `at`.

    `source` is the id of what it was made in (an order, a grant, a case); `evidence` the message that settled it.
    """

    id: str
    vendor: VendorId
    of: PromiseOf
    what: str
    at: datetime
    due: date | None
    source: str
    relationship: RelationshipId | None = None
    state: PromiseState = PromiseState.OPEN
    settled: date | None = None
    evidence: MessageId | None = None

    def __post_init__(self) -> None:
        if not self.what or len(self.what) > _TEXT_LENGTH:
            raise InvalidValue("a promise says what was promised, in up to 1,000 characters")
        if (self.state is PromiseState.OPEN) != (self.settled is None):
            raise InvalidValue("a promise has the day of its settling exactly when it is settled")

    @property
    def words(self) -> str:
        """What was promised."""
        return self.what

    def overdue(self, today: date) -> bool:
        """Whether its day is over and nothing came of it yet."""
        return self.state is PromiseState.OPEN and self.due is not None and today > self.due

    def kept(self, on: date, evidence: MessageId | None = None) -> "Promise":
        """The promise, kept on that day: in time or late."""
        late = self.due is not None and on > self.due
        state = PromiseState.LATE if late else PromiseState.KEPT
        return replace(self, state=state, settled=on, evidence=evidence)

    def broken(self, on: date, evidence: MessageId | None = None) -> "Promise":
        """The promise, known on that day not to have been kept."""
        return replace(self, state=PromiseState.BROKEN, settled=on, evidence=evidence)

    def waived(self, on: date) -> "Promise":
        """The promise, let go by the person on that day."""
        return replace(self, state=PromiseState.WAIVED, settled=on)
