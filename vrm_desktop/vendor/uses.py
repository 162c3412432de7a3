"""What the desk did with values that it was given: which, when, by whom. Names of fields, never a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.vendor.dossier import Held


class UsedBy(StrEnum):
    """Who used it."""

    OWN = "own"
    PROCESSOR = "processor"
    THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use of the field `name`, which rode at `place` beside the person's message `number`; `whom` got it."""

    number: int
    place: int
    name: str
    by: UsedBy = UsedBy.OWN
    whom: str = ""

    def __post_init__(self) -> None:
        if (self.by is UsedBy.OWN) == bool(self.whom):
            raise ValueError("whoever else used it has a name, and the shop itself needs none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A use as the desk's records have it; `at` in seconds since 1970."""

    use: Use
    at: int


def uses_of(held: Iterable[Held], *, by: UsedBy = UsedBy.OWN, whom: str = "") -> tuple[Use, ...]:
    """One use of each of these values."""
    return tuple(
        Use(number=one.number, place=one.place, name=Disclosure.from_text(one.text).name, by=by, whom=whom)
        for one in held
    )
