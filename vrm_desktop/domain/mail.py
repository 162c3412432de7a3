"""Mails between the person and a counterparty: what was read out of one that came, and how our own are recognised.

A mail is a stranger's text: here it is plain, bounded and unjudged. Never here: reading bytes (formats), prices (what a
mail offers counts only after the person has confirmed it), and the mail account.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, IntentcastId, RelationshipId, VendorId

LONGEST_TEXT = 64 * 1024
LONGEST_LINE = 500
MOST_PARTS = 40
MOST_LINKS = 40
_MESSAGE_ID_LENGTH = 300


class MailMatch(StrEnum):
    """Why a mail is taken to be an answer, from the surest to none at all."""

    IN_REPLY_TO = "in-reply-to"
    REPLY_ADDRESS = "reply-address"
    BY_HAND = "by-hand"
    SENDER = "sender"
    NONE = "none"


class MailDoubt(StrEnum):
    """What the person should know before believing a mail."""

    NO_SENDER = "no-sender"
    SENDER_ELSEWHERE = "sender-elsewhere"
    REPLY_ELSEWHERE = "reply-elsewhere"
    AUTHENTICATION_FAILED = "authentication-failed"
    HIDDEN_TEXT = "hidden-text"
    LINK_ELSEWHERE = "link-elsewhere"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailPart:
    """An attachment as the mail names it; `size` bytes when decoded. It is kept within the mail, and not opened."""

    name: str
    media: str
    size: int

    def __post_init__(self) -> None:
        if len(self.name) > LONGEST_LINE or len(self.media) > LONGEST_LINE or self.size < 0:
            raise InvalidValue("a part has a short name and a size")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailIn:
    """One mail that came, as it was read. Its exact bytes are the document `attachment`, whose SHA-256 is `digest`.

    `at` is when it was taken in, `dated` what the mail says (None: nothing readable). `sender` is the one address in
    From ("" if it is not exactly one), `answers_go_to` the Reply-To where it differs. `text` is what a person would
    read, in lines; `from_html` that it was made of HTML, `hidden` how many runs of text were left out because the mail
    hides them. `authentication` is what the topmost Authentication-Results header claims, as `dkim=pass`; who wrote
    that header is not known. `vendor`, `relationship` and `intentcast` are None where `match` found none.
    """

    id: str
    vendor: VendorId | None
    relationship: RelationshipId | None
    at: datetime
    intentcast: IntentcastId | None
    match: MailMatch
    sender: str
    sender_name: str
    subject: str
    dated: datetime | None
    text: str
    digest: Digest
    attachment: str
    answers_go_to: str = ""
    to: tuple[str, ...] = ()
    message_id: str = ""
    from_html: bool = False
    hidden: int = 0
    parts: tuple[MailPart, ...] = ()
    links: tuple[str, ...] = ()
    authentication: tuple[str, ...] = ()
    doubts: tuple[MailDoubt, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.sender, self.sender_name, self.subject, self.answers_go_to, self.message_id)
        if any(len(line) > LONGEST_LINE or "\n" in line for line in lines) or len(self.text) > LONGEST_TEXT:
            raise InvalidValue("a mail has short header lines and a text of up to 65,536 characters")
        if len(self.parts) > MOST_PARTS or len(self.links) > MOST_LINKS or self.hidden < 0:
            raise InvalidValue("a mail has up to 40 parts and 40 links")

    @property
    def words(self) -> str:
        """Who wrote, about what, and what was written."""
        return "\n".join(part for part in (self.sender_name, self.sender, self.subject, self.text) if part)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailOut:
    """That a mail of ours has, or may have, left under this Message-ID (without angle brackets)."""

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    intentcast: IntentcastId | None
    message_id: str
    reply_to: str = ""

    def __post_init__(self) -> None:
        wrong = not self.message_id.isprintable() or bool({" ", "<", ">"} & set(self.message_id))
        if wrong or "@" not in self.message_id or len(self.message_id) > _MESSAGE_ID_LENGTH:
            raise InvalidValue("a Message-ID has an @, no blanks, and up to 300 characters")

    @property
    def words(self) -> str:
        """Its Message-ID."""
        return self.message_id
