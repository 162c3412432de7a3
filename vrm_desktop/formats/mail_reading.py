"""A mail that came, read into what a person would see of it: who, when, about what, text, attachments, what is odd.

Any bytes can be read: bounds cut, and say so. Nothing is fetched, opened or believed: headers are what the mail claims.
Never here: whose answer it is (services/read_mail), prices, storing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from vrm_desktop.domain.mail import LONGEST_LINE, LONGEST_TEXT, MOST_LINKS, MailPart
from vrm_desktop.domain.mail import MOST_PARTS as MOST_NAMED
from vrm_desktop.formats.mail_html import read_html
from vrm_desktop.formats.mail_parts import Head, Part, decoded, take_apart, text_of

_LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
_MOST_ADDRESSES = 50
_MOST_IDS = 50
_ID = re.compile(r"<([^<>\s]{1,250}@[^<>\s]{1,250})>")
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]]{0,480}[^\s<>\"'()\[\].,;:!?]")
_COMMENT = re.compile(r"\([^()]{0,400}\)")
_RESULT = re.compile(r"(spf|dkim|dmarc|arc)\s*=\s*([a-z]{1,20})")
_LITTLE = 5
_MOST_BRACKETS = 20
_WHOLE_NAMES = {"delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadMail:
    """What a mail says of itself and holds. Addresses are in lower case; the other members as in `MailIn`.

    `to` are all addresses that it was written or delivered to; `answers` the Message-IDs that it names as what it
    answers (In-Reply-To, then References from the end), without angle brackets.
    """

    sender: str
    sender_name: str
    answers_go_to: str
    to: tuple[str, ...]
    subject: str
    dated: datetime | None
    message_id: str
    answers: tuple[str, ...]
    text: str
    from_html: bool
    hidden: int
    parts: tuple[MailPart, ...]
    links: tuple[str, ...]
    authentication: tuple[str, ...]
    cut: bool


def read_mail(data: bytes) -> ReadMail:
    """The mail in these bytes; never raises."""
    taken = take_apart(data)
    head = taken.head
    text, from_html, hidden, links, cut = _text(taken.parts)
    attached = [
        MailPart(name=_line(one.name), media=_line(one.media), size=len(one.data))
        for one in taken.parts
        if one.is_attached
    ]
    sender, sender_name = _sender(head)
    replies = _addresses(head.all("reply-to"))
    elsewhere = [one for one in replies if one != sender]
    return ReadMail(
        sender=sender,
        sender_name=sender_name,
        answers_go_to=elsewhere[0] if elsewhere else "",
        to=recipients(head),
        subject=_line(head.text("subject")),
        dated=_dated(head.text("date")),
        message_id=next(iter(_ids(head.text("message-id"))), ""),
        answers=answered(head),
        text=text[:LONGEST_TEXT],
        from_html=from_html,
        hidden=hidden,
        parts=tuple(attached[:MOST_NAMED]),
        links=links[:MOST_LINKS],
        authentication=_authentication(head),
        cut=taken.cut or cut or len(text) > LONGEST_TEXT or len(attached) > MOST_NAMED,
    )


def read_head(data: bytes) -> Head:
    """The headers alone, of a mail or of its beginning."""
    return take_apart(data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n").head


def recipients(head: Head) -> tuple[str, ...]:
    """All addresses that the headers say it was written or delivered to."""
    delivered = [value for name, value in head.fields if name in _WHOLE_NAMES]
    return _addresses((*head.all("to"), *head.all("cc"), *delivered))


def answered(head: Head) -> tuple[str, ...]:
    """The Message-IDs that it names as what it answers."""
    named = (*_ids(head.text("in-reply-to")), *reversed(_ids(head.text("references"))))
    return tuple(dict.fromkeys(named))[:_MOST_IDS]


def _text(parts: list[Part]) -> tuple[str, bool, int, tuple[str, ...], bool]:
    """What is read, whether any of it was HTML, hidden runs, links, and whether it was cut."""
    shown = [one for one in parts if not one.is_attached and one.media in {"text/plain", "text/html"}]
    texts: list[str] = []
    links: dict[str, None] = {}
    from_html, hidden, cut = False, 0, False
    for group in dict.fromkeys((one.group, index if one.group == 0 else 0) for index, one in enumerate(shown)):
        members = [shown[group[1]]] if group[0] == 0 else [one for one in shown if one.group == group[0]]
        plain = "\n".join(text_of(one) for one in members if one.media == "text/plain").strip()
        pages = [read_html(text_of(one)) for one in members if one.media == "text/html"]
        seen = "\n".join(page.text for page in pages)
        hidden += sum(page.hidden for page in pages)
        cut = cut or any(page.cut for page in pages)
        links.update(dict.fromkeys(link for page in pages for link in page.links))
        # A text part that only says "this mail is HTML" is not what the sender means to be read.
        use_html = bool(pages) and len(plain) * _LITTLE < len(seen)
        from_html = from_html or use_html
        texts.append(seen if use_html else plain)
        if not use_html:
            links.update(dict.fromkeys(_LINK.findall(plain[:LONGEST_TEXT])))
    return _readable("\n\n".join(one for one in texts if one)), from_html, hidden, tuple(links), cut


def _readable(text: str) -> str:
    """The text without signs that show nothing or turn the direction of what follows; line ends and tabs stay.

    Every sign that ends a line becomes the usual one, so that no two numbers run together.
    """
    kept = (
        sign
        for sign in text[: 2 * LONGEST_TEXT].translate(_LINE_ENDS)
        if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    )
    lines = (line.rstrip() for line in "".join(kept).replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _sender(head: Head) -> tuple[str, str]:
    """The one address in the one From header, and the name beside it; two of either is none."""
    values = head.all("from")
    pairs = _pairs(values[0]) if len(values) == 1 else []
    found = [(name, address.lower()) for name, address in pairs if _is_address(address)]
    if len(found) != 1 or len(pairs) != 1:
        return "", _line(decoded(values[0])) if values else ""
    return found[0][1], _line(decoded(found[0][0]))


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [pair for value in values[:10] for pair in _pairs(value)]
    return tuple(dict.fromkeys(address.lower() for _name, address in pairs if _is_address(address)))[:_MOST_ADDRESSES]


def _pairs(value: str) -> list[tuple[str, str]]:
    """Names and addresses in one header; the standard library's reader goes one call deeper for each bracket."""
    return getaddresses([value[:2_000]]) if value.count("(") <= _MOST_BRACKETS else []


def _is_address(text: str) -> bool:
    local, at, host = text.rpartition("@")
    return bool(at and local and host) and len(text) <= 254 and text.isprintable() and not set(' <>"(),:;') & set(text)


def _ids(value: str) -> tuple[str, ...]:
    return tuple(_ID.findall(value))[:_MOST_IDS]


def _dated(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:100])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _authentication(head: Head) -> tuple[str, ...]:
    """What the topmost Authentication-Results header says: the receiving server writes on top, if it writes any."""
    said = _COMMENT.sub("", head.text("authentication-results").lower()).split(";")[1:20]
    results = (_RESULT.match(one.strip()) for one in said)
    return tuple(dict.fromkeys(f"{one.group(1)}={one.group(2)}" for one in results if one is not None))


def _line(text: str) -> str:
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(shown.split())[:LONGEST_LINE]
