"""A mail of ours before it leaves: as the text that the person is shown, as RFC 5322 bytes, and as a `mailto:` link.

What is shown is what leaves: the bytes are made from the shown text. Nothing in them tells of the program, the computer
or its clock's zone. Never here: what a mail says (mail_request), sending, reading one that came (mail_reading).
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote

from vrm_desktop.formats.errors import NoMailAddress

LONGEST_LINK = 1800
"""Characters that every mail program takes in a link."""

_POLICY = SMTP.clone(cte_type="7bit")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$*+-/=^_`{|}~.")
_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
_FILE = "=== "
_LONGEST_ADDRESS = 254
_LONGEST_SUBJECT = 300
_MESSAGE_BYTES = 15


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailFile:
    """A text that goes along as a file: name, media type, and what is in it."""

    name: str
    media: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailText:
    """A mail as the person sees it. `sender` is the address in From ("": the mail program knows), `reply_to` another
    one for answers ("": none); `answers` the Message-ID of what it answers. Lines of `text` end in line feeds.
    """

    to: str
    subject: str
    text: str
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    answers: str = ""
    files: tuple[MailFile, ...] = field(default=())

    @property
    def answers_come_to(self) -> str:
        """Where an answer will be addressed to; "" where only the mail program knows."""
        return self.reply_to or self.sender


def shown(mail: MailText) -> str:
    """The mail as one text: head, empty line, text, and each file under a line of its own."""
    sender = f"{_one_line(mail.sender_name)} <{mail.sender}>" if mail.sender_name else mail.sender
    head = (("From", sender), ("Reply-To", mail.reply_to), ("To", mail.to), ("In-Reply-To", mail.answers))
    lines = [f"{name}: {value}" for name, value in head if value]
    lines += [f"Subject: {_one_line(mail.subject)[:_LONGEST_SUBJECT]}", ""]
    # A line of the text that looks like the start of a file is moved by a blank: nobody's words become a file.
    lines += [f" {line}" if line.startswith(_FILE) else line for line in mail.text.strip("\n").split("\n")]
    for one in mail.files:
        lines += ["", f"{_FILE}{one.name} ({one.media})", one.text.strip("\n")]
    return "\n".join(lines) + "\n"


def read_shown(text: str) -> MailText:
    """The mail that a shown text stands for. Raises ValueError where it is none."""
    head, _, rest = text.partition("\n\n")
    said = dict(line.partition(": ")[::2] for line in head.split("\n"))
    body, *parts = f"\n{rest}".split(f"\n{_FILE}")
    files = []
    for part in parts:
        first, _, inside = part.partition("\n")
        name, _, media = first.rstrip(")").rpartition(" (")
        files.append(MailFile(name=name, media=media, text=inside.strip("\n") + "\n"))
    sender_name, _, address = said.get("From", "").rpartition(" <")
    return MailText(
        to=said["To"] if "To" in said else _missing(),
        subject=said.get("Subject", ""),
        text=body.strip("\n") + "\n",
        sender=address.rstrip(">"),
        sender_name=sender_name,
        reply_to=said.get("Reply-To", ""),
        answers=said.get("In-Reply-To", ""),
        files=tuple(files),
    )


def message_id(seed: str, address: str) -> str:
    """A Message-ID under the domain of the address: always the same for one seed, which cannot be read from it."""
    token = base64.b32encode(hashlib.sha256(f"message-id\n{seed}".encode()).digest()[:_MESSAGE_BYTES])
    return f"{token.decode('ascii').lower()}@{plain_address(address).rpartition('@')[2].lower()}"


def mail_bytes(mail: MailText, *, name: str = "", dated: datetime | None = None) -> bytes:
    """The mail in bytes with CR LF, seven bits wide. `name` is its Message-ID; `dated` None: a draft to send by hand.

    Raises:
        NoMailAddress: an address is none that can be written to.
    """
    message = EmailMessage(policy=_POLICY)
    if mail.sender:
        message["From"] = _named(mail.sender_name, mail.sender)
    message["To"] = plain_address(mail.to)
    if mail.reply_to:
        message["Reply-To"] = plain_address(mail.reply_to)
    message["Subject"] = _one_line(mail.subject)
    if name:
        message["Message-ID"] = f"<{name}>"
    if mail.answers:
        message["In-Reply-To"] = message["References"] = f"<{_one_line(mail.answers)}>"
    if dated is None:
        message["X-Unsent"] = "1"
    else:
        message["Date"] = format_datetime(dated.astimezone(UTC))
    message.set_content(mail.text, cte="quoted-printable")
    for one in mail.files:
        kind, _, form = one.media.partition("/")
        data = one.text.encode("utf-8")
        message.add_attachment(data, maintype=kind, subtype=form or "octet-stream", filename=one.name)
    if mail.files:
        token = hashlib.sha256(f"boundary\n{name}\n{shown(mail)}".encode()).hexdigest()
        message.set_boundary(token[:32])
    return message.as_bytes()


def mail_link(mail: MailText) -> str | None:
    """The mail as a `mailto:` link, which carries no file and no sender; None where it is too long for one.

    Raises:
        NoMailAddress: the recipient's address is none that can be written to.
    """
    body = quote(mail.text.strip("\n").replace("\n", "\r\n"), safe="")
    link = f"mailto:{quote(plain_address(mail.to), safe='@.+-_')}?subject={quote(_one_line(mail.subject), safe='')}"
    link += f"&body={body}"
    return link if len(link) <= LONGEST_LINK else None


def plain_address(address: str) -> str:
    """One plain address, in ASCII. Raises NoMailAddress."""
    plain = address.strip()
    local, at, host = plain.rpartition("@")
    good = (
        at and local and set(local) <= _PLAIN and host and set(host) <= _HOST and not {"", "-"} & set(host.split("."))
    )
    if not good or len(plain) > _LONGEST_ADDRESS or ".." in local or local[0] == "." or local[-1] == ".":
        raise NoMailAddress("not one plain mail address")
    return plain


def _named(name: str, address: str) -> Address:
    try:
        return Address(display_name=_one_line(name), addr_spec=plain_address(address))
    except (MessageError, ValueError, IndexError) as error:
        raise NoMailAddress("not one plain mail address") from error


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _missing() -> str:
    raise ValueError("a mail has a recipient")
