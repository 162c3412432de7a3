"""What "Who knows what" shows, worded and formatted."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]


class LedgerFilter(Enum):
    """What can be asked of a disclosure. The stages exclude each other; the last two can be added."""

    PING = "ping"
    REVEAL = "reveal"
    ORDER = "order"
    LATER = "later"
    STILL_HELD = "still-held"
    THIS_MONTH = "this-month"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerLine:
    """One disclosure. `until_day` is an ordinal; `proof` is everything that proves it, as label and value.

    `about` says about whom it is, `month` in which month it lapses.
    """

    id: str
    what: str
    value: str
    vendor: str
    purpose: str
    until: str
    until_day: int
    stage: str
    state: str
    tone: Tone
    facts: frozenset[LedgerFilter]
    proof: tuple[Pair, ...] = ()
    about: str = ""
    month: str = ""

    @property
    def searched(self) -> str:
        """What a search looks through."""
        return f"{self.what} {self.value} {self.vendor} {self.purpose}".casefold()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerView:
    """All disclosures, the newest first; `summary` says in words who knows how much.

    `who` says for each thing that was told (`what` of a line) who has it now and what for.
    """

    lines: tuple[LedgerLine, ...]
    vendors: tuple[str, ...] = ()
    summary: str = ""
    who: tuple[Pair, ...] = ()
