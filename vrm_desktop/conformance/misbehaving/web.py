"""The scripted vendor's HTTP, small and bare, so that a scenario can answer with any bytes. Loopback only."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.conformance.codes import PREFIX, STATUSES
from vrm_desktop.conformance.errors import CannotListen
from vrm_desktop.conformance.misbehaving.house import PATH, House, Talk, UnknownConversation
from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.errors import Malformed, Missing, NotAllowedNow, ProtocolError, TooLarge
from vrm_desktop.protocol.reading import read_hash

CARD = "/.well-known/intentcast.json"
_HOST = "127.0.0.1"
_PAGE = 32
_LONGEST_WAIT = 30
_NUMBER = re.compile(r"[0-9]{1,6}")
_LARGEST_READ = 1024 * 1024


class WrongType(ProtocolError):
    """The body is not `application/json`."""

    code = "wrong-type"


class NoSuchPlace(Exception):
    """No such address, or not by that method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One whole request; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_read(self) -> bool:
        """Whether somebody reads messages."""
        return self.method == "GET" and "/messages" in self.target

    @property
    def is_post(self) -> bool:
        """Whether somebody posts."""
        return self.method == "POST"


Answering = Callable[[House, Request, asyncio.StreamWriter], Awaitable[bool]]
"""Answers a request in the honest vendor's place; True when it did."""


def answer(status: str, body: bytes = b"", *, kind: str = "application/json", **headers: str) -> bytes:
    """The bytes of an answer; header names are written with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Retry-After: 1"]
    lines += [f"Content-Type: {kind}"] if body else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


async def honest_answer(house: House, request: Request) -> bytes:
    """What an honest vendor answers."""
    parts, path = urlsplit(request.target), urlsplit(request.target).path.removeprefix(PATH)
    try:
        match (request.method, path.split("/")):
            case ("GET", _) if parts.path == CARD:
                return _tagged(request, house.card())
            case ("POST", ["", "conversations"]):
                _check_body(request)
                return answer("202 Accepted", Location=f"{house.endpoint}/conversations/{house.open(request.body)}")
            case ("POST", ["", "conversations", id_, "messages"]):
                _check_body(request)
                house.take(id_, request.body)
                return answer("202 Accepted")
            case ("GET", ["", "conversations", id_, "messages"]):
                return await _messages(house.talk(id_), request, parts.query)
            case ("GET", ["", "documents", id_]) if id_ in house.papers:
                return answer("200 OK", house.papers[id_], kind="application/pdf")
            case _:
                raise NoSuchPlace
    except ProtocolError as error:
        return _problem(error)
    except NoSuchPlace:
        body = strict_json.encode({"status": 404, "title": "Not Found", "type": "about:blank"})
        return answer("404 Not Found", body, kind="application/problem+json")


def _check_body(request: Request) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise WrongType("application/json")
    if len(request.body) > LARGEST:
        raise TooLarge("64 KiB")


def _problem(error: ProtocolError) -> bytes:
    code = error.code if error.code in STATUSES else "malformed"
    status = STATUSES[code][0]
    members: dict[str, object] = {"type": PREFIX + code, "title": str(error) or code, "status": status}
    match error:
        case Missing():
            members["last"] = error.last
        case NotAllowedNow():
            members["state"] = error.state
        case _:
            pass
    return answer(f"{status} Refused", strict_json.encode(members), kind="application/problem+json")


def _tagged(request: Request, body: bytes) -> bytes:
    tag = f'"{digest(body)}"'
    if request.headers.get("if-none-match") == tag:
        return answer("304 Not Modified", ETag=tag)
    return answer("200 OK", body, ETag=tag)


async def _messages(talk: Talk, request: Request, query: str) -> bytes:
    secret = request.headers.get("authorization", "").removeprefix("Bearer ")
    if read_hash(secret) != talk.ping.read:
        raise UnknownConversation("another secret")
    asked = parse_qs(query)
    side = asked.get("side", ["vendor"])[0]
    sides = {"vendor": ["vendor"], "both": ["vendor", "person"]}.get(side)
    numbers = asked.get("after", [",".join("0" * len(sides or ""))])[0].split(",")
    if sides is None or len(numbers) != len(sides) or not all(_NUMBER.fullmatch(number) for number in numbers):
        raise Malformed("side and after")
    after = dict(zip(sides, map(int, numbers), strict=True))

    def found() -> list[dict[str, JsonValue]]:
        return [row for row in talk.rows if _number(row) > after.get(str(row["side"]), 2**31)]

    wait = request.headers.get("prefer", "").removeprefix("wait=")
    seconds = min(_LONGEST_WAIT, int(wait)) if wait.isdecimal() else 0
    if seconds and not found():
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await talk.news.wait()
    rows = found()
    return _tagged(request, strict_json.encode({"messages": rows[:_PAGE], "more": len(rows) > _PAGE}))


def _number(row: dict[str, JsonValue]) -> int:
    number = row["number"]
    return number if isinstance(number, int) else 0


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _version = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = int(headers.get("content-length", "0"))
    if length > _LARGEST_READ:
        raise ConnectionError("too much")
    return Request(method=method, target=target, headers=headers, body=await reader.readexactly(length))


@asynccontextmanager
async def listening(house: House, *, port: int, answering: Answering | None) -> AsyncIterator[str]:
    """The vendor at work on loopback until the block ends; its address.

    Raises:
        CannotListen: the port is not to be had.
    """
    tasks: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
                while True:
                    request = await _read(reader)
                    if answering is None or not await answering(house, request, writer):
                        writer.write(await honest_answer(house, request))
                    await writer.drain()
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(converse(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    try:
        server = await asyncio.start_server(accept, _HOST, port)
    except OSError as error:
        raise CannotListen(f"cannot listen on port {port}: {error.strerror}") from error
    house.url = f"http://{_HOST}:{server.sockets[0].getsockname()[1]}"
    try:
        yield house.url
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
