"""What the file of one relationship shows, worded and formatted."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone

Pair = tuple[str, str]
"""A label and its value."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TermsLine:
    """One agreement: what it says in a few words, how it came about, and how it stands."""

    name: str
    words: str
    came_about: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HeldLine:
    """One thing the vendor has of the person. `until_day` is an ordinal; `under` names what it rests on."""

    id: str
    what: str
    value: str
    purpose: str
    until: str
    until_day: int
    under: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Said:
    """One message in words; `state` only while there is something to say about it."""

    mine: bool
    text: str
    when: str
    state: str = ""


class StoryAbout(Enum):
    """What a line of the story is about: what the story can be narrowed to."""

    MESSAGES = "messages"
    TERMS = "terms"
    ORDERS = "orders"
    DATA = "data"
    PAPERS = "papers"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StoryLine:
    """One thing that happened: the day, the time, and who did what."""

    day: str
    time: str
    text: str
    tone: Tone = Tone.NEUTRAL
    about: StoryAbout = StoryAbout.PAPERS


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderView:
    """What was ordered; `payment` is how to pay, line by line, and `copied` what "Copy" takes."""

    state: str
    tone: Tone
    facts: tuple[Pair, ...]
    payment: tuple[str, ...] = ()
    copied: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RelationshipView:
    """The whole file. `alarm` is (title, advice) of what is wrong now; `ending_in` seconds while leaving can be undone.

    `why_silent` says why nothing can be written, "" when it can; `where_said` where it goes, "" when it stays here.
    """

    id: str
    vendor: str
    subtitle: str
    state: str
    tone: Tone
    standing: str
    about: tuple[Pair, ...]
    key: str
    verified: str
    terms: tuple[TermsLine, ...] = ()
    order: OrderView | None = None
    held: tuple[HeldLine, ...] = ()
    said: tuple[Said, ...] = ()
    story: tuple[StoryLine, ...] = ()
    waiting: tuple[str, ...] = ()
    alarm: Pair | None = None
    alarm_tone: Tone = Tone.CAUTION
    why_silent: str = ""
    where_said: str = ""
    can_end: bool = True
    leaving: bool = False
