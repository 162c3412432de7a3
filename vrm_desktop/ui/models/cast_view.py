"""What a cast under way shows: one line a vendor, and what a vendor proposes instead of the person's conditions."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone

STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TermsChange:
    """One agreement that the vendor wants to change: titles and summaries from the roster, in plain words."""

    mine: str
    mine_says: str
    theirs: str
    theirs_says: str
    newly_allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CounterView:
    """A counter on terms that waits for the person."""

    relationship: str
    vendor: str
    changes: tuple[TermsChange, ...]


class RowDeed(Enum):
    """What the person can do about a vendor's part, where the next step is hers."""

    OPEN_LETTER = "open-letter"
    ASK_AGAIN = "ask-again"
    LEAVE_IT = "leave-it"
    SEE_PRICES = "see-prices"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CastRow:
    """One vendor's part in the cast: `done` of STEPS, `state` a few words, `detail` what it means for the person.

    `deeds` are what can be done about it, each with the id that it is about.
    """

    relationship: str
    vendor: str
    state: str
    detail: str
    done: int
    tone: Tone
    counter: CounterView | None = None
    deeds: tuple[tuple[RowDeed, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CastView:
    """How the cast stands. `held` tells that nothing has left yet, so that it can still be taken back whole."""

    want_id: str
    title: str
    summary: str
    standing: str
    answered: int
    rows: tuple[CastRow, ...] = ()
    offers: int = 0
    held: bool = False
    can_take_back: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= len(self.rows):
            raise ValueError("no more have answered than were asked")
