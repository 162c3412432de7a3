"""What "Change once" shows, worded and formatted."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FieldLine:
    """One field that can be changed: its path, its label, and what the profile says now."""

    path: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HolderLine:
    """One counterparty that holds something old. `choices` are (key, words); `ways` says how each choice goes.

    `values` are what it has, struck by what is new; `reasons` why something should rather be erased.
    """

    key: str
    name: str
    values: tuple[str, ...]
    reasons: tuple[str, ...]
    choices: tuple[Pair, ...]
    chosen: str
    ways: tuple[Pair, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanView:
    """Who should hear of it. `news` says what is new, a line a field."""

    news: tuple[str, ...]
    holders: tuple[HolderLine, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ToldLine:
    """One counterparty's part in a change. `file` opens with its button where `action` has words."""

    key: str
    name: str
    state: str
    tone: Tone
    detail: str
    file: str = ""
    action: str = ""
    can_confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangeLine:
    """One change and how far it has come: `done` of `total` have confirmed."""

    id: str
    title: str
    summary: str
    rows: tuple[ToldLine, ...]
    done: int
    total: int
    can_undo: bool
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangeView:
    """The whole page: what can be changed, who should hear, and how far earlier changes have come."""

    fields: tuple[FieldLine, ...]
    plan: PlanView
    changes: tuple[ChangeLine, ...]
    today: date
