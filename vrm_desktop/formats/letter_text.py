"""A letter as plain text, and as a draft for the person's own mail program. Nothing is sent here.

The mail draft is RFC 5322 with `X-Unsent`, which mail programs open as a draft; the link is RFC 6068. Header values
come from people and organisations alike: line breaks never get through.
"""

from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.formats.errors import NoMailAddress

LONGEST_LINK = 1800
"""Characters that every mail program takes in a link."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NEVER_IN_AN_ADDRESS = frozenset(" \t\r\n,;<>\"'()[]\\:%&?")


def letter_text(letter: Letter) -> str:
    """The whole letter as lines of text: sender, recipient, day, subject, body.

    Raises:
        ValueError: the letter is still a draft: what it tells does not stand in the ledger yet.
    """
    require_handed_out(letter)
    head = ["\n".join(letter.sender), "\n".join(letter.to), day_words(letter.dated, letter.language)]
    subject = [letter.subject if not letter.reference else f"{letter.subject} ({letter.reference})"]
    return "\n\n".join(part for part in (*head, *subject, *letter.paragraphs) if part) + "\n"


def mail_subject(letter: Letter) -> str:
    """The subject of a mail, with the reference that answers are found by."""
    return f"{letter.subject} [{letter.reference}]" if letter.reference else letter.subject


def mail_draft(letter: Letter, *, attached: tuple[tuple[str, str, bytes], ...] = ()) -> bytes:
    """The letter as an `.eml` file that a mail program opens as a draft; `attached` are name, media type and bytes.

    Raises:
        NoMailAddress: the counterparty has none, or none that can be written to.
        ValueError: the letter is still a draft.
    """
    require_handed_out(letter)
    message = EmailMessage(policy=SMTP)
    message["To"] = _address(letter.email)
    if letter.reply_to:
        message["From"] = _address(letter.reply_to)
    message["Subject"] = mail_subject(letter)
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(letter.paragraphs) + "\n")
    for name, media, data in attached:
        kind, _, form = media.partition("/")
        message.add_attachment(data, maintype=kind, subtype=form or "octet-stream", filename=name)
    return message.as_bytes()


def mail_link(letter: Letter) -> str | None:
    """The letter as a `mailto:` link, or None where it is too long for one.

    Raises:
        NoMailAddress: the counterparty has none, or none that can be written to.
        ValueError: the letter is still a draft.
    """
    require_handed_out(letter)
    body = "\r\n\r\n".join(letter.paragraphs).replace("\n", "\r\n").replace("\r\r\n", "\r\n")
    link = (
        f"mailto:{quote(_address(letter.email), safe='@.+-_')}"
        f"?subject={quote(mail_subject(letter), safe='')}&body={quote(body, safe='')}"
    )
    return link if len(link) <= LONGEST_LINK else None


def require_handed_out(letter: Letter) -> None:
    """Let a letter into a file only after the vault has handed it out. Raises ValueError."""
    if letter.state in {LetterState.DRAFT, LetterState.DROPPED}:
        raise ValueError("a letter leaves the vault only by being handed out")


def day_words(day: date, language: str) -> str:
    """A day as letters in this language write it; ISO 8601 where the program does not know how."""
    match language.partition("_")[0]:
        case "de":
            return f"{day.day:02d}.{day.month:02d}.{day.year}"
        case "en":
            return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        case _:
            return day.isoformat()


def _address(address: str) -> str:
    """One plain address. Raises NoMailAddress."""
    local, at, domain = address.strip().rpartition("@")
    plain = address.strip()
    if not (at and local and "." in domain) or len(plain) > 254 or _NEVER_IN_AN_ADDRESS & set(plain):
        raise NoMailAddress("not one plain mail address")
    return plain
