"""One request to an MCP server and its answer, over streamable HTTP: as one JSON text, or in a stream of events.

A stream that ends early is taken up again where it stopped, a few times. What the server asks meanwhile is answered
(a ping) or refused (everything else). Never here: sessions, and what an answer means.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

from vrm_desktop.canon.loose_json import LARGEST, Loose
from vrm_desktop.channels.mcp.errors import McpRefused, SessionLost, badly, by_status, unreached
from vrm_desktop.channels.mcp.events import EventReader, TooManyEvents
from vrm_desktop.channels.mcp.messages import Answered, Asked, Refused, is_for, read_message, reply
from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Line
from vrm_desktop.courier.errors import ConnectionLostError, CourierError
from vrm_desktop.services.ports import Clock

Pause = Callable[[float], Awaitable[None]]
Prove = Callable[[str, str, bytes, Mapping[str, str]], Mapping[str, str]]
"""The headers of a request (method, address, body, headers) with a proof of who sends it."""
Witness = Callable[[Answer], None]
"""Whoever wants to see an answer as it came."""
ANSWER_BYTES: Final = 2 * LARGEST
MOST_QUESTIONS: Final = 16
"""So many questions of a server are answered within one exchange; beyond, it is not worth talking to."""
MOST_RESUMES: Final = 5
LONGEST_PAUSE: Final = 5.0
_USUAL_PAUSE: Final = 1.0
_OK, _ACCEPTED, _NOTHING, _MISSING = 200, 202, 204, 404


class Exchange:
    """One request on its way: hears the answer out of whatever form it comes in."""

    def __init__(
        self,
        line: Line,
        address: str,
        headers: Mapping[str, str],
        clock: Clock,
        pause: Pause,
        prove: Prove | None = None,
        witness: Witness | None = None,
    ) -> None:
        self._line = line
        self._address = address
        self._headers = {"accept": "application/json, text/event-stream", **headers}
        self._clock = clock
        self._pause = pause
        self._prove = prove
        self._witness = witness
        self._number = 0
        self._reader = EventReader()
        self._questions = 0
        self._found: Answered | Refused | None = None

    async def ask(self, number: int, message: bytes, deadline: float) -> tuple[dict[str, Loose], Mapping[str, str]]:
        """The result for this request, and the answer's headers. Raises `McpError`."""
        self._number = number
        try:
            answer = await self._line.post_json(
                self._address,
                message,
                headers=self._proven("POST", message, self._headers),
                deadline_seconds=deadline,
                answer_bytes=ANSWER_BYTES,
                listener=self._hear,
            )
        except ConnectionLostError as error:
            # A server may let go of a stream whose place it has named, to be asked again later.
            if not self._reader.place:
                raise unreached(error) from error
            return await self._resumed(deadline), {}
        except CourierError as error:
            raise unreached(error) from error
        if self._witness is not None:
            self._witness(answer)
        if not _is_stream(answer):
            self._found = self._whole(answer)
        elif self._found is None and self._reader.place:
            return await self._resumed(deadline), answer.headers
        return self._result(), answer.headers

    async def tell(self, message: bytes) -> None:
        """Post what needs no answer. Raises `McpError`."""
        try:
            answer = await self._line.post_json(
                self._address,
                message,
                headers=self._proven("POST", message, self._headers),
                answer_bytes=ANSWER_BYTES,
                listener=_deaf,
            )
        except CourierError as error:
            raise unreached(error) from error
        self._check(answer)

    async def end(self, message: bytes = b"") -> None:
        """End the session, with nothing to say; a server that does not end sessions is no error."""
        with suppress(CourierError):
            headers = self._proven("DELETE", message, self._headers)
            await self._line.delete(self._address, message, headers=headers)

    def _proven(self, method: str, message: bytes, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The headers as they leave: signed, if whoever asks wants to be known here."""
        return headers if self._prove is None else self._prove(method, self._address, message, headers)

    def _whole(self, answer: Answer) -> Answered | Refused:
        text = answer.body.decode("utf-8", "replace")
        message = read_message(text) if answer.body else None
        if isinstance(message, Refused) and (is_for(message, self._number) or not _numbered(message)):
            if answer.status == _MISSING and "mcp-session-id" in self._headers:
                raise SessionLost
            return message
        self._check(answer)
        if answer.status == _OK and isinstance(message, Answered | Refused) and is_for(message, self._number):
            return message
        raise badly("no answer to what was asked")

    def _check(self, answer: Answer) -> None:
        if answer.status == _MISSING and "mcp-session-id" in self._headers:
            raise SessionLost
        if answer.status not in {_OK, _ACCEPTED, _NOTHING}:
            raise by_status(answer.status, answer.headers, self._clock.now())

    async def _resumed(self, deadline: float) -> dict[str, Loose]:
        for _ in range(MOST_RESUMES):
            wish = self._reader.retry
            await self._pause(_USUAL_PAUSE if wish is None else min(wish / 1000, LONGEST_PAUSE))
            place, self._reader = self._reader.place, EventReader()
            self._reader.place = place
            headers = {**self._headers, "accept": "text/event-stream", "last-event-id": place}
            try:
                answer = await self._line.get(
                    self._address,
                    headers=self._proven("GET", b"", headers),
                    deadline_seconds=deadline,
                    answer_bytes=ANSWER_BYTES,
                    listener=self._hear,
                )
            except ConnectionLostError:
                continue
            except CourierError as error:
                raise unreached(error) from error
            if not _is_stream(answer):
                self._check(answer)
                raise badly("a stream that cannot be taken up again")
            if self._found is not None:
                return self._result()
        raise badly("a stream that always ends before the answer")

    def _result(self) -> dict[str, Loose]:
        match self._found:
            case Answered(result=result):
                return result
            case Refused(code=code, message=message, data=data):
                raise McpRefused(code, message, data)
            case _:
                raise badly("the stream ended without an answer")

    async def _hear(self, piece: bytes) -> bool:
        try:
            events = self._reader.feed(piece)
        except TooManyEvents as error:
            raise badly("too much in one stream") from error
        for event in events:
            message = read_message(event.data)
            if isinstance(message, Asked):
                await self._answer(message)
            elif isinstance(message, Answered | Refused) and (
                is_for(message, self._number) or (isinstance(message, Refused) and message.number is None)
            ):
                self._found = message
                return False
        return True

    async def _answer(self, asked: Asked) -> None:
        self._questions += 1
        if self._questions > MOST_QUESTIONS:
            raise badly("a server that only asks")
        await self.tell(reply(asked))


async def slept(seconds: float) -> None:
    """The usual pause."""
    await asyncio.sleep(seconds)


async def _deaf(_piece: bytes) -> bool:
    return False


def _numbered(message: Refused) -> bool:
    """Whether it names a request of ours; servers that could not read one name none, or a word of their own."""
    return message.number is not None and not isinstance(message.number, str)


def _is_stream(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return answer.status == _OK and kind == "text/event-stream"
