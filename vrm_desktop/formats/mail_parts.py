"""A mail's parts out of its bytes, with bounds of our own: size, headers, depth, number.

Any bytes are read without an error: what does not fit is left out, and `cut` says so. The standard library's parser
sees single header blocks only, as its walk through nested parts has no bounds. Never here: what the text means.
"""

import binascii
import codecs
import contextlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

LARGEST_MAIL = 10 * 1024 * 1024
LARGEST_HEAD = 128 * 1024
MOST_HEADERS = 300
LONGEST_HEADER = 4_000
MOST_PARTS = 100
DEEPEST = 8

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(
    r"utf-8(-sig)?|utf-16.*|ascii|iso8859-[0-9]+|cp[0-9]+|koi8-[rtu]|gb.*|big5.*|shift_jis.*|euc_.*|mac-.*"
)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_LONGEST_BOUNDARY = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Head:
    """One block of headers: names in lower case, and values as they stand, at most `LONGEST_HEADER` characters each.

    Addresses are read out of values as they stand: what is decoded could hold signs that make other addresses.
    """

    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """The values of all headers of this name, from the top, as they stand."""
        return tuple(value for key, value in self.fields if key == name)

    def text(self, name: str) -> str:
        """The topmost one's value for people, encoded words decoded; "" where there is none."""
        return decoded(next(iter(self.all(name)), ""))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Part:
    """One part that holds no others. `within` are the subtypes of the multiparts around it, outermost first.

    `group` tells which multipart/alternative it belongs to (0: none): of such a group one is meant to be read.
    """

    media: str
    name: str
    is_attached: bool
    data: bytes
    charset: str = ""
    is_flowed: bool = False
    deletes_space: bool = False
    group: int = 0


@dataclass(slots=True, repr=False)
class Taken:
    """A mail taken apart: its own headers, its parts in order, and whether something was left out."""

    head: Head
    parts: list[Part] = field(default_factory=list)
    cut: bool = False
    groups: int = 0
    pieces: int = 0


def take_apart(data: bytes) -> Taken:
    """The mail's headers and parts; more than `LARGEST_MAIL` bytes are not looked at."""
    whole = data[:LARGEST_MAIL]
    head, message, body, cut = _head(whole)
    taken = Taken(head=head, cut=cut or len(data) > LARGEST_MAIL)
    _walk(taken, message, body, depth=0, group=0)
    return taken


def text_of(part: Part) -> str:
    """A text part's text, with line feeds; bytes that fit no character become U+FFFD."""
    try:
        name = codecs.lookup(part.charset or "utf-8").name
    except (LookupError, ValueError):
        name = "utf-8"
    text = part.data.decode(name if _CHARSET.fullmatch(name) else "utf-8", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _unflowed(text, deletes_space=part.deletes_space) if part.is_flowed else text


def _head(data: bytes) -> tuple[Head, "Message[str, str]", bytes, bool]:
    if data[:1] in {b"\n", b"\r"}:  # a part without headers
        end = data.index(b"\n") + 1 if b"\n" in data[:2] else 1
        return Head(fields=()), Message(policy.compat32), data[end:], False
    found = _HEAD_END.search(data, 0, LARGEST_HEAD)
    block, body = (data[: found.start()], data[found.end() :]) if found else (data[:LARGEST_HEAD], b"")
    cut = found is None and len(data) > LARGEST_HEAD
    message = BytesHeaderParser(policy=policy.compat32).parsebytes(block + b"\n\n")
    raw = [(str(name).lower(), str(value)) for name, value in message.raw_items()]
    cut = cut or len(raw) > MOST_HEADERS or any(len(value) > LONGEST_HEADER for _name, value in raw)
    fields = tuple((name, _unfolded(value[:LONGEST_HEADER])) for name, value in raw[:MOST_HEADERS])
    short: Message[str, str] = Message(policy.compat32)
    for name in ("content-type", "content-disposition", "content-transfer-encoding"):
        value = next((value for key, value in raw[:MOST_HEADERS] if key == name), None)
        if value is not None:
            short[name] = " ".join(_seven_bit(value[:LONGEST_HEADER]).split())
    return Head(fields=fields), short, body, cut


def _walk(taken: Taken, message: "Message[str, str]", body: bytes, *, depth: int, group: int) -> None:
    media = message.get_content_type()
    boundary = _boundary(message) if media.startswith("multipart/") else b""
    if boundary:
        if depth >= DEEPEST:
            taken.cut = True
            return
        if media == "multipart/alternative":
            taken.groups += 1
            group = taken.groups
        for piece in _pieces(body, boundary):
            taken.pieces += 1
            if taken.pieces > MOST_PARTS:
                taken.cut = True
                return
            _inner_head, inner, inside, cut = _head(piece)
            taken.cut = taken.cut or cut
            _walk(taken, inner, inside, depth=depth + 1, group=group)
        return
    disposition = str(message.get("content-disposition", "")).partition(";")[0].strip().lower()
    name = _file_name(message)
    flowed = str(_parameter(message, "format")).lower() == "flowed"
    taken.parts.append(
        Part(
            media=media,
            name=name,
            is_attached=disposition == "attachment" or bool(name) or not media.startswith("text/"),
            data=_transferred(body, str(message.get("content-transfer-encoding", "")).strip().lower()),
            charset=_parameter(message, "charset"),
            is_flowed=flowed,
            deletes_space=flowed and _parameter(message, "delsp").lower() == "yes",
            group=group,
        )
    )


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    begun: int | None = None
    at = 0
    # The line end after one boundary may be the one before the next, so a search begins before it.
    while (found := line.search(body, at)) is not None:
        if begun is not None:
            yield body[begun : found.start()]
        if found.group(1):
            return
        at = found.end()
        begun = at + (2 if body[at : at + 2] == b"\r\n" else 1)
    if begun is not None:
        yield body[begun:]


def _transferred(body: bytes, encoding: str) -> bytes:
    match encoding:
        case "base64":
            letters = _NOT_BASE64.sub(b"", body)
            return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _tail(letters[len(letters) // 4 * 4 :]))
        case "quoted-printable":
            return quopri.decodestring(body)
        case _:
            return body


def _tail(rest: bytes) -> bytes:
    """What is left of base64 after its groups of four, filled up; one letter alone says nothing."""
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _boundary(message: "Message[str, str]") -> bytes:
    text = _parameter(message, "boundary")
    return text.rstrip().encode("ascii", "replace") if 0 < len(text.rstrip()) <= _LONGEST_BOUNDARY else b""


def _parameter(message: "Message[str, str]", name: str) -> str:
    try:
        value = message.get_param(name, "")
    except (ValueError, LookupError, TypeError):
        return ""
    return value if isinstance(value, str) else str(value[-1])


def _file_name(message: "Message[str, str]") -> str:
    try:
        name = message.get_filename("")
    except (ValueError, LookupError, TypeError):
        return ""
    return decoded(name or "")


def decoded(value: str) -> str:
    """A header's value as people read it: encoded words decoded; what cannot be decoded stays as it stands."""
    text = value
    with contextlib.suppress(MessageError, LookupError, ValueError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())[:LONGEST_HEADER]


def _unfolded(value: str) -> str:
    return " ".join(_seven_bit(value, otherwise="replace").split())


def _seven_bit(value: str, *, otherwise: str = "ignore") -> str:
    """Bytes that the parser smuggles through as surrogates, read as UTF-8."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", otherwise)


def _unflowed(text: str, *, deletes_space: bool) -> str:
    """Text of RFC 3676 with its soft breaks taken out; quoted lines stay as they are."""
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        is_quoted = line.startswith(">")
        bare = line.removeprefix(" ")
        if is_open and not is_quoted:
            lines[-1] = (lines[-1][:-1] if deletes_space else lines[-1]) + bare
        else:
            lines.append(bare)
        is_open = bare.endswith(" ") and not is_quoted and bare != "-- "
    return "\n".join(lines)
