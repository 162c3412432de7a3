"""What the person asked for after an order (cancel, change, pause, resume, a document), and what became of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.living import ChangeKind

TEXT_LENGTH = 4000


class ChangeAnswer(StrEnum):
    """What the vendor said to it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HeldDocument:
    """A document that the vendor says it holds ready at `link`; nothing is fetched by itself."""

    title: str
    media: str
    digest: Digest
    link: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangeAsked:
    """One change that was asked for. `told` names the fields whose new values went with it."""

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    what: ChangeKind
    order: Digest | None = None
    text: str = ""
    by: date | None = None
    told: tuple[str, ...] = ()
    act: ActId | None = None
    message: MessageId | None = None
    letter: str = ""
    answer: ChangeAnswer = ChangeAnswer.OPEN
    answered: datetime | None = None
    reply: MessageId | None = None
    note: str = ""
    documents: tuple[HeldDocument, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) > TEXT_LENGTH:
            raise InvalidValue("a change is asked for in up to 4,000 characters")
        if (self.answer is ChangeAnswer.OPEN) != (self.answered is None):
            raise InvalidValue("a change has the moment of its answer exactly when it was answered")

    @property
    def words(self) -> str:
        """What was asked for, what was answered, and the titles of documents."""
        parts = (self.text, self.note, *(one.title for one in self.documents))
        return "\n".join(part for part in parts if part)

    def sealed(self, message: MessageId) -> "ChangeAsked":
        """The change, once it has its signed message."""
        return replace(self, message=message)

    def heard(
        self, answer: ChangeAnswer, at: datetime, reply: MessageId, note: str, documents: tuple[HeldDocument, ...]
    ) -> "ChangeAsked":
        """The change with the vendor's answer; documents that came before stay."""
        kept = (*self.documents, *(one for one in documents if one not in self.documents))
        return replace(self, answer=answer, answered=at, reply=reply, note=note, documents=kept)
