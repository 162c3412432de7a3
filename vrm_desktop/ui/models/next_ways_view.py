"""What a card of next best ways shows: one line each, with the one button that does it."""

from dataclasses import dataclass

from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.domain.ways import Way


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NextStep:
    """One way on. `told` says what it would tell ("": nothing to anybody), `action` is the button's words.

    `vendor`, `way` and `address` are what it is about, "" and None where it is about nobody yet.
    """

    id: str
    kind: NextKind
    words: str
    told: str
    action: str
    vendor: str = ""
    way: Way | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NextWaysView:
    """Why other ways are shown, and the ways, the best first; no steps where nothing is wrong."""

    because: str = ""
    steps: tuple[NextStep, ...] = ()
