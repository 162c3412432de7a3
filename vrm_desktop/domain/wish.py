"""A vendor's later wish for data: what it asks for and offers in return, judged against what was agreed.

A wish becomes a paper when it arrives and stays one, whatever the answer. Never here: the person's rules (wish_rules).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.terms import RosterEntry

MOST_FIELDS = 32
LONGEST_DAYS = 3650


class Verdict(IntEnum):
    """What the agreement in force says of a wish, the worse the higher."""

    WITHIN = 0
    OUTSIDE = 1
    AGAINST = 2


class RuleWord(IntEnum):
    """What the person's rules say of a wish, the stricter the higher."""

    YES = 0
    ASK = 1
    NEVER = 2


class WishState(StrEnum):
    """Where a wish stands. `FOLDED` came beyond the contact budget; `LATE` after there was anything to answer."""

    OPEN = "open"
    FOLDED = "folded"
    GRANTED = "granted"
    REFUSED = "refused"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishedField:
    """One field wished for (`name` on the wire) for one purpose and so many days; what agreement and rules say."""

    name: str
    purpose: Purpose
    days: int
    verdict: Verdict = Verdict.OUTSIDE
    rule: RuleWord = RuleWord.ASK

    def __post_init__(self) -> None:
        if not self.name or not 1 <= self.days <= LONGEST_DAYS:
            raise InvalidValue("a wished field has a name and 1 to 3,650 days")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InReturn:
    """What the vendor promises for it, and until when."""

    what: str
    due: date
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Wish:
    """One data-request of a vendor; `id` is the message's, `roster` and `agreement` what was in force on arrival.

    `act` is the last answer put into the outbox, which may have been undone; `by_itself`: the rules answered.
    `reason` stands with a refusal, `promise` is the id of what came back as a promise.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    fields: tuple[WishedField, ...]
    why: str = ""
    in_return: InReturn | None = None
    by: date | None = None
    roster: str = ""
    agreement: Digest | None = None
    state: WishState = WishState.OPEN
    act: ActId | None = None
    by_itself: bool = False
    reason: RefusalReason | None = None
    answered: datetime | None = None
    answer: MessageId | None = None
    promise: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.fields) <= MOST_FIELDS:
            raise InvalidValue("a wish names 1 to 32 fields")

    @property
    def words(self) -> str:
        """Why it is wished for, what comes back, and the fields' names."""
        back = self.in_return.what if self.in_return is not None else ""
        return "\n".join(filter(None, (self.why, back, " ".join(field.name for field in self.fields))))

    @property
    def verdict(self) -> Verdict:
        """The worst of its fields."""
        return max(field.verdict for field in self.fields)

    @property
    def rule(self) -> RuleWord:
        """The strictest of its fields."""
        return max(field.rule for field in self.fields)

    @property
    def message(self) -> MessageId:
        """The vendor's message."""
        return MessageId(self.id)


_COVERS: dict[Purpose, frozenset[str]] = {
    Purpose.QUOTE: frozenset({"making-an-offer", "service"}),
    Purpose.DELIVERY: frozenset({"service"}),
    Purpose.PAYMENT: frozenset({"service"}),
    Purpose.CONTACT: frozenset({"service"}),
    Purpose.SERVICE: frozenset({"service"}),
    Purpose.MARKETING: frozenset(),
    Purpose.RESEARCH: frozenset({"analytics-by-you", "public-good"}),
    Purpose.PERSONALISATION: frozenset({"profiling-by-you"}),
    Purpose.RIGHTS: frozenset(),
}
_BARS: dict[Purpose, str] = {Purpose.RESEARCH: "analytics", Purpose.PERSONALISATION: "profiling"}
_NOTHING_ELSE = "use-beyond-what-was-agreed"
_AS_AGREED = "use-as-agreed"


def judge(purpose: Purpose, entry: RosterEntry) -> Verdict:
    """What an agreement on this roster entry says of one more field for `purpose`.

    Within: the entry's own words cover the purpose, or the person's rights need it. Against: the entry forbids it.
    Outside: it says nothing of it, so that only the person's consent can carry it.
    """
    if purpose is Purpose.RIGHTS or _COVERS[purpose] & {*entry.allows, *entry.requires}:
        return Verdict.WITHIN
    if _BARS.get(purpose) in entry.forbids:
        return Verdict.AGAINST
    if _NOTHING_ELSE in entry.forbids and _AS_AGREED not in entry.allows:
        return Verdict.AGAINST
    return Verdict.OUTSIDE
