"""What the cards of wishes and consents show, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.domain.contact_budget import USUAL
from vrm_desktop.ui.models.relationship_view import Said
from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishFieldLine:
    """One field wished for: its label, what for and how long, and what it would get; `missing` has to be typed."""

    name: str
    label: str
    detail: str
    value: str
    missing: bool = False
    chosen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishLine:
    """One wish. `act` is the answer that waits to leave; `asks` whether it waits for an answer, `due` for "got it?"."""

    id: str
    why: str
    verdict: str
    advice: str
    tone: Tone
    state: str
    fields: tuple[WishFieldLine, ...]
    back: str = ""
    act: str = ""
    asks: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WishesView:
    """A vendor's wishes, the newest first; `folded` says how many lie beyond the contact budget, "" if none do."""

    lines: tuple[WishLine, ...]
    folded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConsentLine:
    """One consent: what, what for, where it stands, what happened to it; `stands`: it can be taken back.

    `renew` stands on the button that renews it ("": it cannot be), `meaning` says what that does; `act` is the answer
    that waits to leave.
    """

    id: str
    what: str
    detail: str
    state: str
    tone: Tone
    story: str
    stands: bool
    renew: str = ""
    meaning: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RuleLine:
    """One rule in words; a standard one cannot be taken back, only replaced."""

    id: str
    words: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DataRulesView:
    """All consents, and all rules in force; `vendors` are id and name of those that a rule can name.

    `budget`: how much each of them may say unasked in thirty days.
    """

    consents: tuple[ConsentLine, ...]
    rules: tuple[RuleLine, ...]
    vendors: tuple[tuple[str, str], ...] = ()
    budget: int = USUAL


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BudgetView:
    """How much a vendor may say unasked: `used` in words, the number, what was `folded` away, the newest last.

    `back` stands on the button that takes the vendor's own number back ("": it has none).
    """

    relationship: str
    used: str
    messages: int
    folded: tuple[Said, ...] = ()
    back: str = ""
