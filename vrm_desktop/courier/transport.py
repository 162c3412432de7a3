"""The road under httpx: one transport per line over asyncio, with every limit of the courier.

Never follows, stores, decodes or retries on a peer's word, and hands httpx nothing it could act on: the answer travels
in the response's extensions.
"""

import asyncio
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx

from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.connecting import Connector
from vrm_desktop.courier.errors import ConnectionLostError, LineClosedError, TimedOutError
from vrm_desktop.courier.idle import IdleConnections, Place, place_of
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.reading import Listener, read_answer
from vrm_desktop.courier.targets import Target
from vrm_desktop.courier.wire import Wire

ERRAND: Final = "errand"
ANSWER: Final = "answer"

_WRITTEN_HERE: Final = frozenset((b"host", b"connection"))


class Moment(enum.StrEnum):
    """What an observer is told of one exchange, in order."""

    ABOUT_TO_SEND = "about-to-send"
    SENT = "sent"
    RECEIVED = "received"


Observer = Callable[[Moment], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What one exchange may cost, beside the request itself: seconds in all and bytes of answer; and who listens."""

    target: Target
    deadline_seconds: float
    answer_bytes: int
    listener: Listener | None = None


@dataclass(slots=True)
class _Progress:
    may_have_arrived: bool = False


class LineTransport(httpx.AsyncBaseTransport):
    """The transport of one line. Its connections are of no use to any other line."""

    def __init__(
        self,
        key: str,
        *,
        limits: Limits,
        connector: Connector,
        idle: IdleConnections,
        on_io: Observer | None,
    ) -> None:
        self._key = key
        self._limits = limits
        self._connector = connector
        self._idle = idle
        self._on_io = on_io
        self._wires: set[Wire] = set()
        self._openings: set[asyncio.Task[Wire]] = set()
        self._is_closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """httpx: one exchange, whole answer read. Needs an `Errand` in the extensions; raises `CourierError`."""
        errand: Errand = request.extensions[ERRAND]
        progress = _Progress()
        try:
            async with asyncio.timeout(errand.deadline_seconds):
                answer = await self._exchange(request, errand, progress)
        except TimeoutError as error:
            msg = f"{errand.target.host} took too long"
            raise TimedOutError(msg, may_have_arrived=progress.may_have_arrived) from error
        return httpx.Response(answer.status, extensions={ANSWER: answer})

    async def _exchange(self, request: httpx.Request, errand: Errand, progress: _Progress) -> Answer:
        place = place_of(self._key, errand.target)
        data = _written(request, errand.target, await request.aread())
        wire = self._take_idle(place)
        if wire is not None:
            try:
                return await self._converse(wire, place, data, errand, progress)
            except ConnectionLostError:
                # The peer may have let go of the old connection just as it was used again. What only reads is asked
                # once more; what may take effect is not, for whether it arrived is not known.
                if request.method != "GET" or self._is_closed:
                    raise
        return await self._converse(await self._open(errand.target), place, data, errand, progress)

    def _take_idle(self, place: Place) -> Wire | None:
        self._check_open()
        return self._idle.take(place)

    async def _open(self, target: Target) -> Wire:
        opening = asyncio.create_task(self._connector.open(target))
        self._openings.add(opening)
        try:
            wire = await opening
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._is_closed and task is not None and not task.cancelling():
                self._check_open()
            raise
        finally:
            self._openings.discard(opening)
        self._wires = {known for known in self._wires if not known.is_ended}
        self._wires.add(wire)
        if self._is_closed:
            wire.hang_up()
        self._check_open()
        return wire

    def _check_open(self) -> None:
        if self._is_closed:
            msg = "the line is hung up"
            raise LineClosedError(msg)

    async def _converse(self, wire: Wire, place: Place, data: bytes, errand: Errand, progress: _Progress) -> Answer:
        try:
            self._tell(Moment.ABOUT_TO_SEND)
            progress.may_have_arrived = True
            wire.send(data)
            self._tell(Moment.SENT)
            answer, is_kept = await read_answer(
                wire, at_most=errand.answer_bytes, limits=self._limits, listener=errand.listener
            )
            self._tell(Moment.RECEIVED)
        except BaseException:
            wire.hang_up()
            raise
        if is_kept and not self._is_closed:
            self._idle.keep(place, wire)
        else:
            wire.hang_up()
        return answer

    def _tell(self, moment: Moment) -> None:
        if self._on_io is not None:
            self._on_io(moment)

    async def aclose(self) -> None:
        """Hang up every connection, those in use as well, and wait until they are gone.

        Exchanges under way end with `ConnectionLostError`, or with `LineClosedError` when nothing was sent yet.
        """
        self._is_closed = True
        self._idle.hang_up_line(self._key)
        for opening in self._openings:
            opening.cancel()
        await asyncio.gather(*self._openings, return_exceptions=True)
        for wire in self._wires:
            wire.hang_up()
        for wire in self._wires:
            await wire.gone()
        self._wires.clear()


def _written(request: httpx.Request, target: Target, body: bytes) -> bytes:
    """The request's bytes. Place and host come from the target, not from httpx's reading of the URL."""
    head = [f"{request.method} {target.path} HTTP/1.1\r\nHost: {target.authority}\r\n".encode("ascii")]
    head += [b"%b: %b\r\n" % header for header in request.headers.raw if header[0].lower() not in _WRITTEN_HERE]
    return b"".join((*head, b"\r\n", body))
