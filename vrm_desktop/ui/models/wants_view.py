"""What the list of wants shows: each with its state, what has come of it, and the next thing to do."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone


class Step(Enum):
    """The next thing to do with a want; each is one place to go."""

    CHOOSE = "choose"
    WATCH = "watch"
    ANSWER = "answer"
    COMPARE = "compare"
    ORDER = "order"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WantView:
    """One want. `about` says where, until when and up to how much; `facts` are label and value, in reading order."""

    id: str
    title: str
    about: str
    state: str
    tone: Tone
    offers: int
    step: Step
    step_words: str
    made: str
    made_order: str
    facts: tuple[tuple[str, str], ...] = ()
    can_edit: bool = False
    can_take_back: bool = False
    can_put_away: bool = False

    def __post_init__(self) -> None:
        if self.offers < 0:
            raise ValueError("offers are counted from nothing")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WantsView:
    """All wants, the newest first; `away` counts those that were put away and are not among them."""

    wants: tuple[WantView, ...] = ()
    away: int = 0
    with_away: bool = False
