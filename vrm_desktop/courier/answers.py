"""What a peer's bytes mean as HTTP/1.1: heads, lengths and waits. Sans-IO: bytes in, values out or an error.

Strict where leniency would let two readers disagree: one length, one coding, no bare line feeds, no folded headers.
"""

import datetime
import email.utils
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from vrm_desktop.courier.errors import EncodingRefusedError, MalformedAnswerError, TooLargeError
from vrm_desktop.courier.limits import Limits

_STATUS_LINE: Final = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [\t\x20-\x7e\x80-\xff]*)?")
_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE: Final = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LENGTH: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,12})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?")
_SECONDS: Final = re.compile(r"[0-9]+", re.ASCII)

_SWITCHING_PROTOCOLS: Final = 101
_FIRST_FINAL: Final = 200
_NO_CONTENT: Final = 204
_NOT_MODIFIED: Final = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a peer answered, as data: nothing in it was followed, stored or decoded.

    `headers` has lower-case names; values of repeated headers are joined with ", "; cookies are left out.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class BodyKind(enum.Enum):
    """How the end of a body is known."""

    NONE = enum.auto()
    LENGTH = enum.auto()
    CHUNKED = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status line and headers of one answer."""

    status: int
    minor_version: int
    headers: Mapping[str, str]

    @property
    def is_interim(self) -> bool:
        """Whether the real answer is still to come."""
        return self.status < _FIRST_FINAL

    @property
    def keeps_connection(self) -> bool:
        """Whether the peer is ready for another request on the same connection."""
        options = {option.strip().lower() for option in self.headers.get("connection", "").split(",")}
        return self.minor_version == 1 and "close" not in options


def parse_head(block: bytes, *, limits: Limits) -> Head:
    """Read a head: everything up to, not including, the empty line. Raises `MalformedAnswerError`, `TooLargeError`."""
    lines = block.split(b"\r\n")
    status_line = _STATUS_LINE.fullmatch(lines[0])
    if status_line is None:
        msg = "the answer does not begin as HTTP/1.1 does"
        raise MalformedAnswerError(msg)
    status = int(status_line[2])
    if status == _SWITCHING_PROTOCOLS:
        msg = "the peer switches to a protocol nobody asked for"
        raise MalformedAnswerError(msg)
    return Head(status=status, minor_version=int(status_line[1]), headers=parse_headers(lines[1:], limits=limits))


def parse_headers(lines: list[bytes], *, limits: Limits) -> dict[str, str]:
    """Read header or trailer lines into a dictionary with lower-case names, without cookies."""
    if len(lines) > limits.header_count:
        msg = "the answer has too many headers"
        raise TooLargeError(msg)
    headers: dict[str, str] = {}
    for line in lines:
        name_bytes, colon, value_bytes = line.partition(b":")
        if not colon or _NAME.fullmatch(name_bytes) is None or _VALUE.fullmatch(value_bytes) is None:
            msg = "the answer has a header line that is none"
            raise MalformedAnswerError(msg)
        name, value = name_bytes.decode("ascii").lower(), value_bytes.strip(b"\t ").decode("latin-1")
        if name not in {"set-cookie", "set-cookie2"}:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def body_of(head: Head, *, at_most: int) -> tuple[BodyKind, int]:
    """How the body of a final answer is delimited, and its length in bytes where that is stated.

    Raises `EncodingRefusedError` for compressed or otherwise encoded bodies, `TooLargeError` for a stated length above
    `at_most`, and `MalformedAnswerError` when the end of the body could not be told from a cut.
    """
    if head.headers.get("content-encoding", "identity").strip().lower() != "identity":
        msg = "the answer is compressed although plain bytes were asked for"
        raise EncodingRefusedError(msg)
    if head.status in {_NO_CONTENT, _NOT_MODIFIED}:
        return BodyKind.NONE, 0
    coding, length = head.headers.get("transfer-encoding"), head.headers.get("content-length")
    if coding is not None:
        if coding.strip().lower() != "chunked":
            msg = "the answer has a transfer encoding nobody asked for"
            raise EncodingRefusedError(msg)
        if length is not None or head.minor_version == 0:
            msg = "the answer states the end of its body in two ways"
            raise MalformedAnswerError(msg)
        return BodyKind.CHUNKED, 0
    if length is None:
        msg = "the answer does not say how long it is"
        raise MalformedAnswerError(msg)
    if _LENGTH.fullmatch(length) is None:
        msg = "the answer states no usable length"
        raise MalformedAnswerError(msg)
    if int(length) > at_most:
        msg = "the answer is longer than allowed"
        raise TooLargeError(msg)
    return BodyKind.LENGTH, int(length)


def parse_chunk_size(line: bytes) -> int:
    """Bytes in the chunk a size line announces; its extensions mean nothing here."""
    parts = _CHUNK_SIZE.fullmatch(line)
    if parts is None:
        msg = "the answer has a chunk without a size"
        raise MalformedAnswerError(msg)
    return int(parts[1], 16)


def retry_after_seconds(
    headers: Mapping[str, str], *, now: datetime.datetime, limits: Limits | None = None
) -> int | None:
    """Whole seconds a peer asks to wait, between 0 and the limit; `None` when it asks nothing understandable.

    `now` is aware, in any zone; it is needed because peers may name a date.
    """
    longest = (limits or Limits()).retry_after_seconds
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        digits = value.lstrip("0") or "0"
        return longest if len(digits) > len(str(longest)) else min(int(digits), longest)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=datetime.UTC)
    # Above the clamp both sides are cut before rounding: dates reach the year 9999.
    seconds = (when - now).total_seconds()
    return int(max(0.0, min(seconds, float(longest))))
