"""What a quote desk's card and page show: ready to read. The desk's own words are a stranger's, and marked as such."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone


class Asks(Enum):
    """How a field of the form is filled in."""

    TEXT = "text"
    CHOICE = "choice"
    TELL = "tell"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskField:
    """One field. `told` are the desk's words about it, `hint` ours; `text` is what was put in before.

    `TELL` is a box: ticked, the program puts in what the field is about, else it is left out.
    """

    path: str
    asks: Asks
    label: str
    required: bool
    told: str = ""
    hint: str = ""
    filled: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ToolLine:
    """A tool by its name, with the desk's own words."""

    key: str
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuoteLine:
    """What was asked of the desk for one want, and how it stands.

    `act` is what may have left (`unsure`), or waits to leave (`waits`); `totals` are the two that differ, as label and
    typed amount. `link` is where it wants to be paid; `elsewhere`: that is not its own site.
    """

    id: str
    want: str
    title: str
    asked: str
    state: str
    tone: Tone
    trouble: str = ""
    next: str = ""
    words: str = ""
    act: str = ""
    unsure: bool = False
    waits: bool = False
    totals: tuple[tuple[str, str], ...] = ()
    offers: bool = False
    order: str = ""
    link: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskView:
    """The page of one desk. `left_out` are fields that cannot be filled in here; `wrong` why there is no form."""

    vendor: str
    name: str
    facts: tuple[tuple[str, str], ...]
    unchecked: bool
    wants: tuple[tuple[str, str], ...]
    want: str
    tools: tuple[ToolLine, ...]
    tool: str
    fields: tuple[DeskField, ...] = ()
    left_out: tuple[str, ...] = ()
    wrong: str = ""
    quotes: tuple[QuoteLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Leaving:
    """What would leave, exactly: where to, the text, and label and value of all that it tells."""

    address: str
    body: str
    tells: tuple[tuple[str, str], ...]
