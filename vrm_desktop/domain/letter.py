"""A letter to a counterparty: what it says, what it tells about the person, which way it goes, and whether it went.

The program never posts or mails a letter by itself: it hands it out, and the person says that it was sent.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

_SUBJECT_LENGTH = 300
_BODY_LENGTH = 20_000
_MOST_LINES = 12


class LetterAbout(StrEnum):
    """What a letter is for."""

    RIGHTS = "rights"
    REMINDER = "reminder"
    ADMONITION = "admonition"
    REPLY = "reply"
    COMPLAINT = "complaint"
    CASE = "case"
    CHANGE = "change"
    CANCEL = "cancel"
    END = "end"
    CUT_OFF = "cut-off"
    REQUEST = "request"
    OTHER = "other"


class LetterWay(StrEnum):
    """Which way the person means it to go."""

    EMAIL = "email"
    POST = "post"
    FAX = "fax"
    FORM = "form"


class LetterState(StrEnum):
    """How far it came. `HANDED_OUT`: the file left the vault, so it may have gone; only the person knows."""

    DRAFT = "draft"
    HANDED_OUT = "handed-out"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Letter:
    """One letter in one language (`de`, `en`, …).

    `to` and `sender` are address lines; paragraphs of `body` are apart by an empty line. `source` is the id of the
    paper that it serves; `tells` holds every value about the person that stands in it.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    about: LetterAbout
    way: LetterWay
    language: str
    subject: str
    body: str
    to: tuple[str, ...]
    sender: tuple[str, ...]
    dated: date
    email: str = ""
    reply_to: str = ""
    reference: str = ""
    source: str = ""
    tells: tuple[PlannedField, ...] = ()
    state: LetterState = LetterState.DRAFT
    sent: date | None = None

    def __post_init__(self) -> None:
        if not self.subject.strip() or len(self.subject) > _SUBJECT_LENGTH or "\n" in self.subject:
            raise InvalidValue("a letter has a subject of one line and up to 300 characters")
        if not self.body.strip() or len(self.body) > _BODY_LENGTH:
            raise InvalidValue("a letter has a body of up to 20,000 characters")
        if len(self.to) > _MOST_LINES or len(self.sender) > _MOST_LINES:
            raise InvalidValue("an address has up to 12 lines")
        if (self.state is LetterState.SENT) != (self.sent is not None):
            raise InvalidValue("a letter has the day of sending exactly when it was sent")

    @property
    def words(self) -> str:
        """Its subject and what it says."""
        return f"{self.subject}\n{self.body}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs, without empty ones."""
        return tuple(part.strip("\n") for part in self.body.split("\n\n") if part.strip())

    def handed_out(self) -> "Letter":
        """The letter once its file has left the vault; a sent one stays sent."""
        return self if self.state is LetterState.SENT else replace(self, state=LetterState.HANDED_OUT)

    def went(self, on: date) -> "Letter":
        """The letter, sent on that day as the person says."""
        return replace(self, state=LetterState.SENT, sent=on)

    def dropped(self) -> "Letter":
        """The letter, which will not be sent as the person says."""
        return replace(self, state=LetterState.DROPPED, sent=None)
