"""What "My rights" and "Letters" show, worded and formatted."""

from dataclasses import dataclass

from vrm_desktop.ui.models.relationship_view import StoryLine
from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RequestLine:
    """One request. `act` says which button is the next step ("" for none) and `act_words` what stands on it.

    `letter` is the newest letter, `file` whose file it opens; `answerable`: an answer may be noted. `complains`: the
    next step goes to an authority, which can be chosen.
    """

    id: str
    what: str
    vendor: str
    reference: str
    state: str
    tone: Tone
    next: str
    due: str
    due_order: int | None
    clocks: tuple[str, ...]
    story: tuple[StoryLine, ...]
    act: str
    act_words: str
    letter: str
    file: str
    answerable: bool
    open: bool
    complains: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RightsView:
    """All requests, what wants the person first."""

    lines: tuple[RequestLine, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LetterLine:
    """One letter. `editable` while it is a draft; `may_send` once it was handed out."""

    id: str
    subject: str
    body: str
    head: str
    about: str
    to: str
    state: str
    tone: Tone
    day: str
    day_order: int
    tells: str
    editable: bool
    may_send: bool
    mailable: bool
    translatable: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskedLine:
    """Somebody who can be asked: `id` is `vendor:…` for a counterparty, `entry:…` for an entry of a list."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Choice:
    """One thing to choose: its key, what it is called, and what it means."""

    key: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskChoices:
    """The laws and the ways to choose from; the first of each is what the program proposes, under the key ""."""

    regimes: tuple[Choice, ...]
    ways: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TypedAsking:
    """What was chosen and typed. `regime` and `way` are "" where the program chooses; `mail`: it may be told."""

    ids: tuple[str, ...]
    right: str
    regime: str
    way: str
    text: str
    mail: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AuthorityView:
    """Who may take the complaint about a request: id and name, with `chosen` ("" for none yet), and why."""

    request: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    why: str
