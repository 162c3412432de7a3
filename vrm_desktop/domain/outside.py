"""What leaves by a way that is not our own wire, and the proof of each exchange. Never here: how a way works.

An act waits, may be undone, and leaves once; whoever cannot tell whether it has left says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.ways import Way

MOST_TEXT = 64 * 1024


class OutsideKind(StrEnum):
    """What an act does. The value is stored."""

    SEARCH = "search"
    LOOK_UP = "look-up"
    CART = "cart"
    CHECKOUT = "checkout"
    ORDER_LOOK = "order-look"
    CANCEL_CART = "cart-cancel"
    CANCEL_CHECKOUT = "checkout-cancel"
    MAIL = "mail"
    QUOTE = "quote"
    QUOTE_LOOK = "quote-look"
    QUOTE_ACCEPT = "quote-accept"

    @property
    def repeats(self) -> bool:
        """Whether doing it twice does no more than doing it once."""
        looks = {OutsideKind.SEARCH, OutsideKind.LOOK_UP, OutsideKind.ORDER_LOOK, OutsideKind.QUOTE_LOOK}
        return self in looks or self.is_courtesy

    @property
    def is_courtesy(self) -> bool:
        """Whether nothing hangs on it: it is tried once, and where it fails, nobody is troubled."""
        return self in {OutsideKind.CANCEL_CART, OutsideKind.CANCEL_CHECKOUT}


class OutsideState(StrEnum):
    """How far an act has come. `UNSURE`: it may have left, and only the person can decide what follows."""

    WAITING = "waiting"
    LEAVING = "leaving"
    DONE = "done"
    FAILED = "failed"
    UNSURE = "unsure"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OutsideAct:
    """One act by one way. `body` is the exact text that leaves, as the person saw it; `tells` all that it tells.

    `serves` is the id of the paper that it belongs to ("": none), `accepts` the offer that it takes. `trouble` is the
    code of what went wrong last. `known_once`: it is signed by the person's word for this one alone.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    way: Way
    kind: OutsideKind
    address: str
    body: str
    tells: tuple[PlannedField, ...]
    not_before: datetime
    intentcast: IntentcastId | None = None
    serves: str = ""
    state: OutsideState = OutsideState.WAITING
    attempts: int = 0
    trouble: str = ""
    accepts: MessageId | None = None
    known_once: bool = False

    def __post_init__(self) -> None:
        if len(self.body) > MOST_TEXT:
            raise InvalidValue("what leaves at once has up to 65,536 characters")
        if len({field.name for field in self.tells}) != len(self.tells):
            raise InvalidValue("each field is told once")

    @property
    def words(self) -> str:
        """What it says."""
        return self.body

    def now(self, state: OutsideState, trouble: str = "") -> "OutsideAct":
        """The act in another state."""
        return replace(self, state=state, trouble=trouble)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OutsideRecord:
    """The proof of one exchange: written down before it leaves, and completed with the answer.

    `answered` is the beginning of the answer's text (up to 65,536 characters), `status` a number that the other side
    gave (an HTTP status, say). Without `answered_at` no answer is known.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    act: str
    way: Way
    address: str
    sent: str
    status: int | None = None
    answered: str = ""
    answered_at: datetime | None = None

    def __post_init__(self) -> None:
        if max(len(self.sent), len(self.answered)) > MOST_TEXT:
            raise InvalidValue("a record holds up to 65,536 characters each way")

    @property
    def words(self) -> str:
        """What was said and answered."""
        return f"{self.sent}\n{self.answered}"

    def with_answer(self, text: str, status: int | None, at: datetime) -> "OutsideRecord":
        """The record, completed with an answer, of which the beginning is kept."""
        return replace(self, answered=text[:MOST_TEXT], status=status, answered_at=at)
