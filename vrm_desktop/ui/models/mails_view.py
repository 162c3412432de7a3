"""What the page of mails and the page of one mail show: ready to read. What a mail says is a stranger's text."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailLine:
    """One mail in the list: from whom and about what as it says, whose it is taken to be, and what became of it."""

    id: str
    subject: str
    sender: str
    whose: str
    state: str
    tone: Tone
    day: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailsView:
    """All mails, the newest first. `reads`: an account is set whose folder can be looked into."""

    lines: tuple[MailLine, ...]
    reads: bool
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Passage:
    """Where in the text a value stands: characters `start` to before `end`, for the field `key`; `told` says why."""

    key: str
    start: int
    end: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WarningLine:
    """One thing to look at before the mail is believed."""

    key: str
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfferValues:
    """The values as they stand in the form: amounts and numbers as typed, "" where nothing is known."""

    total: str = ""
    items: str = ""
    shipping: str = ""
    tax: str = ""
    valid_until: date | None = None
    by: date | None = None
    returns: str = ""
    warranty: str = ""
    binding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailView:
    """One mail. `proposal` is "" where it was not read for an offer; `open`: it may still become one.

    `vendors` and `wants` are keys and labels to choose from where it is not known whose it is, or what it answers.
    `can_confirm`: an order by mail waits that this mail may confirm; `facts` name it.
    """

    id: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    text: str
    state: str
    tone: Tone
    today: date
    currency: str = "EUR"
    notes: tuple[str, ...] = ()
    warnings: tuple[WarningLine, ...] = ()
    proposal: str = ""
    open: bool = False
    confirmed: bool = False
    can_confirm: bool = False
    terms_accepted: bool = False
    want: str = ""
    values: OfferValues = OfferValues()
    passages: tuple[Passage, ...] = ()
    doubts: tuple[str, ...] = ()
    vendors: tuple[tuple[str, str], ...] = ()
    wants: tuple[tuple[str, str], ...] = ()
