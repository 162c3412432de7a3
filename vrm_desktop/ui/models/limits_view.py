"""What "My limits" shows, and the form of a new one. Ready to read; nothing to decide."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitLine:
    """One limit: what it allows line by line, and what was bought under it. `alive`: it can be taken back."""

    id: str
    title: str
    state: str
    tone: Tone
    allows: tuple[str, ...]
    used: str
    bought: tuple[str, ...] = ()
    alive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitsView:
    """All limits, the newest first, and whom a new one can name."""

    lines: tuple[LimitLine, ...]
    vendors: tuple[tuple[str, str], ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ArticleForm:
    """One article that may be bought: its number, what it is in the person's words, how many at most."""

    number: str
    title: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LimitForm:
    """A new limit as typed."""

    title: str
    highest: str
    budget: str
    starts: date | None
    ends: date | None
    vendors: tuple[str, ...]
    frequency: str
    times: str
    lowest: str = ""
    articles: tuple[ArticleForm, ...] = ()
    accounts: tuple[str, ...] = ()
