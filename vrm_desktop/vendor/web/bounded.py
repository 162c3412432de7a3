"""One connection of the desk's server, with an end to every wait and to their number. Nothing is decided here.

uvicorn waits for ever for a request that comes byte by byte, and for a reader who takes nothing. Here every wait ends:
for a head, for the whole request, and for somebody to take the answer. More connections than agreed hear "later".
"""

import asyncio
import re
import socket
import struct
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from vrm_desktop.vendor.web.problems import problem

_LATER_SECONDS = 5
_UPLOAD = re.compile(r"/desk/c/[^/]*/document")
_SURPLUS = 100
"""So many connections beyond the limit still get an answer; those beyond are dropped unheard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one connection may take, in seconds, and how many there may be at once."""

    head_seconds: float = 8.0
    """From the connection, or from the first byte of a further request, to the end of its headers."""
    request_seconds: float = 30.0
    """From the end of the headers to the end of the body."""
    upload_seconds: float = 300.0
    """The same for a document, which the shop's people upload; strangers are sent away before they have begun."""
    answer_seconds: float = 30.0
    """While the other side takes nothing of an answer."""
    connections: int = 1000


def bounded(patience: Patience) -> type[H11Protocol]:
    """uvicorn's HTTP/1.1 connection with these limits, as its configuration takes it."""

    class Bounded(_Bounded):
        limits = patience

    return Bounded


class _Bounded(H11Protocol):
    limits: Patience

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waits_for: object = None
        self._timer: asyncio.TimerHandle | None = None
        self._unread_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """asyncio: somebody connected."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections + _SURPLUS:
            transport.abort()
            return
        if len(self.connections) > self.limits.connections:
            self.app = _later
        self._wait_for(h11.IDLE, self.limits.head_seconds)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """uvicorn: the answer is out; the next request may be here in part already."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: it is over."""
        self._wait_for(None)
        self._drop_unread_timer()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """asyncio: the other side does not take what we say."""
        super().pause_writing()
        self._unread_timer = self.loop.call_later(self.limits.answer_seconds, self._cut)

    def resume_writing(self) -> None:
        """asyncio: it does again."""
        self._drop_unread_timer()
        super().resume_writing()

    def _look(self) -> None:
        """Begin, go on with or end a wait, as far as the request has come."""
        theirs = self.conn.their_state
        if theirs is h11.IDLE and self.conn.trailing_data[0]:
            self._wait_for(h11.IDLE, self.limits.head_seconds)
        elif theirs is h11.SEND_BODY:
            self._wait_for(h11.SEND_BODY, self._body_seconds())
        else:
            self._wait_for(None)

    def _body_seconds(self) -> float:
        """How long this request's body may take."""
        uploads = _UPLOAD.fullmatch(self.scope["path"]) is not None
        return self.limits.upload_seconds if uploads else self.limits.request_seconds

    def _wait_for(self, what: object, seconds: float = 0.0) -> None:
        if what is self._waits_for and what is not None:
            return
        self._waits_for = what
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self._too_slow) if what is not None else None

    def _too_slow(self) -> None:
        if self._waits_for is h11.IDLE and self.conn.our_state is h11.IDLE:
            answer = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            if self.conn.trailing_data[0]:
                self.transport.write(answer)
            self.transport.close()
            # What was begun is not read any further, and nobody waits for the answer to be taken.
            self._unread_timer = self.loop.call_later(self.limits.answer_seconds, self._cut)
        else:
            self._cut()

    def _cut(self) -> None:
        """End it so that the system, too, forgets what the other side did not take."""
        line = self.transport.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _drop_unread_timer(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None


async def _later(scope: Any, receive: Any, send: Any) -> None:
    """The answer to whoever comes when there are too many; nothing of the request is taken in."""
    answer = problem("busy", status=503)
    answer.headers["Retry-After"] = str(_LATER_SECONDS)
    answer.headers["Connection"] = "close"
    await answer(scope, receive, send)
