"""Reading one answer off a wire, never more than the limits allow. Decides nothing about meaning or connections."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Final, TypeAlias, assert_never

from vrm_desktop.courier.answers import (
    Answer,
    BodyKind,
    Head,
    body_of,
    parse_chunk_size,
    parse_head,
    parse_headers,
)
from vrm_desktop.courier.errors import ConnectionLostError, MalformedAnswerError, TooLargeError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.wire import Wire

Listener: TypeAlias = Callable[[bytes], Awaitable[bool]]
"""Hears the pieces of a stream in order; False when it has heard enough."""

_OK: Final = 200
_BEGINNING: Final = b"HTTP/1."
_BARE_LINE_FEED: Final = re.compile(rb"(?<!\r)\n")


async def read_answer(
    wire: Wire, *, at_most: int, limits: Limits, listener: Listener | None = None
) -> tuple[Answer, bool]:
    """The next final answer with its body, and whether the connection is of further use.

    A stream of events goes to the `listener`, if there is one, and leaves the body empty. At most `at_most` bytes of
    body. Raises `ConnectionLostError` and the `AnsweredBadlyError` family; waits without a clock of its own: the caller
    holds the deadline.
    """
    head = await _read_head(wire, limits=limits)
    interim = 0
    while head.is_interim:
        interim += 1
        if interim > limits.interim_answers:
            msg = "the peer keeps announcing an answer"
            raise TooLargeError(msg)
        head = await _read_head(wire, limits=limits)
    if listener is not None and _is_stream(head):
        is_whole = await _hear_body(wire, head, listener, at_most=at_most, limits=limits)
        return Answer(status=head.status, headers=head.headers, body=b""), is_whole and head.keeps_connection
    body = await _read_body(wire, head, at_most=at_most, limits=limits)
    return Answer(status=head.status, headers=head.headers, body=body), head.keeps_connection


def _is_stream(head: Head) -> bool:
    kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    return head.status == _OK and kind == "text/event-stream"


async def _hear_body(wire: Wire, head: Head, listener: Listener, *, at_most: int, limits: Limits) -> bool:
    """Whether the body was heard to its end."""
    kind, length = body_of(head, at_most=at_most)
    if kind is not BodyKind.CHUNKED:
        return await listener(await _read_exactly(wire, length))
    async with aclosing(_chunks(wire, at_most=at_most, limits=limits)) as pieces:
        async for piece in pieces:
            if not await listener(piece):
                return False
    return True


async def _read_body(wire: Wire, head: Head, *, at_most: int, limits: Limits) -> bytes:
    kind, length = body_of(head, at_most=at_most)
    match kind:
        case BodyKind.NONE:
            return b""
        case BodyKind.LENGTH:
            return await _read_exactly(wire, length)
        case BodyKind.CHUNKED:
            return b"".join([piece async for piece in _chunks(wire, at_most=at_most, limits=limits)])
        case _:  # pragma: no cover
            assert_never(kind)


async def _read_head(wire: Wire, *, limits: Limits) -> Head:
    buffer = wire.buffer
    searched = 0
    while True:
        begun = bytes(buffer[: len(_BEGINNING)])
        if begun != _BEGINNING[: len(begun)]:
            msg = "the answer does not begin as HTTP/1.1 does"
            raise MalformedAnswerError(msg)
        end = buffer.find(b"\r\n\r\n", max(0, searched - 3))
        if end > limits.head_bytes or (end < 0 and len(buffer) > limits.head_bytes):
            msg = "the head of the answer is longer than allowed"
            raise TooLargeError(msg)
        # A bare line feed would have us wait for an end that the peer believes it has sent.
        if _BARE_LINE_FEED.search(buffer, searched, end if end >= 0 else len(buffer)):
            msg = "the answer ends its lines in its own way"
            raise MalformedAnswerError(msg)
        if end >= 0:
            return parse_head(wire.take(end + 4)[:-4], limits=limits)
        searched = len(buffer)
        await _more(wire)


async def _read_exactly(wire: Wire, length: int) -> bytes:
    if len(wire.buffer) >= length:
        return wire.take(length)
    body = bytearray()
    while True:
        body += wire.take(length - len(body))
        if len(body) == length:
            return bytes(body)
        await _more(wire)


async def _chunks(wire: Wire, *, at_most: int, limits: Limits) -> AsyncGenerator[bytes, None]:
    """The pieces of a chunked body as they come, and with the end its trailers read."""
    taken = 0
    for _ in range(limits.chunk_count):
        size = parse_chunk_size(await _read_line(wire, limits=limits))
        if size == 0:
            await _read_trailers(wire, limits=limits)
            return
        taken += size
        if taken > at_most:
            msg = "the answer is longer than allowed"
            raise TooLargeError(msg)
        piece = await _read_exactly(wire, size)
        if await _read_exactly(wire, 2) != b"\r\n":
            msg = "a chunk of the answer is not as long as it says"
            raise MalformedAnswerError(msg)
        yield piece
    msg = "the answer comes in too many pieces"
    raise TooLargeError(msg)


async def _read_trailers(wire: Wire, *, limits: Limits) -> None:
    """Read what follows the last chunk, and forget it: nothing a peer says after its body counts."""
    lines: list[bytes] = []
    size = 0
    while line := await _read_line(wire, limits=limits):
        lines.append(line)
        size += len(line)
        if size > limits.head_bytes or len(lines) > limits.header_count:
            msg = "the answer has too much after its body"
            raise TooLargeError(msg)
    parse_headers(lines, limits=limits)


async def _read_line(wire: Wire, *, limits: Limits) -> bytes:
    """One line without its CR LF, at most `chunk_line_bytes` long."""
    while (end := wire.buffer.find(b"\n", 0, limits.chunk_line_bytes + 2)) < 0:
        if len(wire.buffer) > limits.chunk_line_bytes + 1:
            msg = "the answer has a line that is too long between its chunks"
            raise TooLargeError(msg)
        await _more(wire)
    line = wire.take(end + 1)
    if not line.endswith(b"\r\n"):
        msg = "the answer ends its lines in its own way"
        raise MalformedAnswerError(msg)
    return line[:-2]


async def _more(wire: Wire) -> None:
    if not await wire.more():
        msg = "the connection ended before the answer did"
        raise ConnectionLostError(msg, may_have_arrived=True) from wire.cause
