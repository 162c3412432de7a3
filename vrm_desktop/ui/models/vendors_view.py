"""What "Whom I can ask" shows, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorRow:
    """One vendor and what it says about itself. `signs` tells whether it signs the usual conditions.

    `reached` tells in a line by which ways it can be reached, `way_lines` each by itself; `site` is what would be asked
    for more ("": none is known), `when` says when it was, if it was (`looked_before`).
    """

    id: str
    name: str
    kind: str
    answers_for: str
    signs: str
    signs_tone: Tone
    checked: str
    checked_order: int
    about: str
    address: str
    facts: tuple[Pair, ...]
    key: str
    pinned: str
    trouble: str = ""
    reached: str = ""
    way_lines: tuple[str, ...] = ()
    site: str = ""
    when: str = ""
    looked_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorsView:
    """All known vendors, by name."""

    rows: tuple[VendorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ListedView:
    """What imported lists name: how many in all, what is looked for, and what was found (id, name, ways in a line)."""

    count: int = 0
    words: str = ""
    entries: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AddingView:
    """How adding a vendor goes: under way, or what was wrong, or neither."""

    working: bool = False
    error: str = ""

    def __post_init__(self) -> None:
        if self.working and self.error:
            raise ValueError("what is being tried has not failed yet")
