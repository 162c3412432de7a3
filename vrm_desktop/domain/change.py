"""One change of what the person keeps about themselves, and whom it was told: who holds what is old, and may it be new.

Never here: whom to ask (services), how anything is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.disclosure import LedgerState, Purpose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, FieldId, RelationshipId, VendorId
from vrm_desktop.domain.profile import FIELD_LENGTH, FieldPath

HOLDS = frozenset({LedgerState.LEAVING, LedgerState.SENT, LedgerState.MAYBE, LedgerState.EXPIRED})
"""A counterparty in this state of a disclosure has the value still, and was not asked to erase it."""
NOT_FOR_THE_SERVICE = frozenset({Purpose.MARKETING, Purpose.RESEARCH, Purpose.PERSONALISATION})
"""What a new value is never told for by itself."""
MOVING = (
    FieldPath.NAME,
    FieldPath.GIVEN_NAME,
    FieldPath.SURNAME,
    FieldPath.NICKNAME,
    FieldPath.ORGANIZATION,
    FieldPath.EMAIL,
    FieldPath.PHONE,
    FieldPath.STREET,
    FieldPath.LOCALITY,
    FieldPath.REGION,
    FieldPath.POSTCODE,
    FieldPath.COUNTRY,
    FieldPath.LINK,
)
"""What a change is about: what others need to be told when it is new. A birthday does not change."""


class Choice(StrEnum):
    """What one counterparty gets: the new values, a request to erase the old ones, or nothing."""

    TELL = "tell"
    ERASE = "erase"
    LEAVE = "leave"


class Way(StrEnum):
    """How it goes: over the wire, or as a letter that the person sends."""

    WIRE = "wire"
    LETTER = "letter"


class WhyErase(StrEnum):
    """Why a counterparty should rather erase than know better."""

    OVER = "over"
    LAPSED = "lapsed"
    NEVER_SHARED = "never-shared"
    RULED_OUT = "ruled-out"
    PURPOSE = "purpose"
    NO_TERMS = "no-terms"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewValue:
    """One field of the profile, as it was and as it is from the day of the change on."""

    field: FieldId
    path: FieldPath
    before: str
    value: str

    def __post_init__(self) -> None:
        if not self.value.strip() or len(self.value) > FIELD_LENGTH:
            raise InvalidValue(f"a field has 1 to {FIELD_LENGTH} characters")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Told:
    """One thing said to one counterparty because of a change.

    `names` are those on the wire. `act` is None while the day has not come, and for letters; `letter` is the letter's
    id. `received`: when its acknowledgement came, or when the person heard that it was done.
    """

    vendor: VendorId
    relationship: RelationshipId
    choice: Choice
    way: Way
    names: tuple[str, ...]
    act: ActId | None = None
    letter: str = ""
    received: datetime | None = None

    def __post_init__(self) -> None:
        if not self.names or self.choice is Choice.LEAVE:
            raise InvalidValue("what is told names what it is about")
        if self.way is Way.WIRE and self.letter:
            raise InvalidValue("what goes over the wire is no letter")

    @property
    def key(self) -> str:
        """What tells it from everything else that one change says."""
        return f"{self.relationship}:{self.choice.value}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Change:
    """One change: its new values, valid from `since` on; `applied` once they stand in the profile."""

    id: str
    at: datetime
    since: date
    values: tuple[NewValue, ...]
    told: tuple[Told, ...] = ()
    applied: bool = False
    undone: bool = False

    def __post_init__(self) -> None:
        if len({one.field for one in self.values}) != len(self.values):
            raise InvalidValue("a change says each field once")
        if len({one.key for one in self.told}) != len(self.told):
            raise InvalidValue("a change says each thing once to each counterparty")

    @property
    def vendor(self) -> VendorId | None:
        """A change belongs to no single counterparty."""
        return None

    @property
    def relationship(self) -> RelationshipId | None:
        """A change belongs to no single relationship."""
        return None

    @property
    def words(self) -> str:
        """The new values."""
        return " ".join(one.value for one in self.values)

    def with_told(self, told: Iterable[Told]) -> "Change":
        """The change with these told too, each replacing what was said to the same counterparty about the same."""
        kept = {one.key: one for one in self.told}
        kept.update({one.key: one for one in told})
        return replace(self, told=tuple(kept.values()))
