"""What the cards and the pages of cases, changes of orders and voices show: ready to read, nothing to decide."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClaimLine:
    """One case, change, voice or document in a list: what it is, where it stands, what was said last.

    `opens`: there is something to do with it.
    """

    id: str
    what: str
    standing: str
    tone: Tone
    told: tuple[str, ...] = ()
    opens: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TurnLine:
    """One turn of a case. `warning` is what to beware of in it."""

    when: str
    told: str
    words: str = ""
    mine: bool = True
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CasePageView:
    """One case, whole. `may` are the moves by their words, `main` the one that is most likely next ("" for none)."""

    id: str
    title: str
    subtitle: str
    standing: str
    tone: Tone
    notice: str
    facts: tuple[tuple[str, str], ...]
    turns: tuple[TurnLine, ...]
    documents: tuple[str, ...]
    hints: tuple[str, ...]
    may: frozenset[str]
    main: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseFormView:
    """Before a case is opened: with whom, whether there is an order, its money, and what can be named as evidence."""

    vendor: str
    by_wire: bool
    order: str
    amount: str
    today: date
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TypedCase:
    """What was typed and chosen."""

    about: str
    what: str
    want: str
    about_order: bool
    amount: str
    by: date | None
    received: date | None
    evidence: tuple[str, ...]
