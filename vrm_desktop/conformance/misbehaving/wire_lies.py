"""Lies below the messages: answers that are slow, endless, moved, broken or no answers at all."""

import asyncio
from collections.abc import Callable, Mapping

from vrm_desktop.canon import strict_json
from vrm_desktop.conformance.misbehaving.house import House
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.web import Answering, Request, answer, honest_answer
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.reading import read_hash

_NEVER_SECONDS = 3600
_HUGE_BYTES = 256 * 1024 * 1024
_PIECE = b"x" * 65536
_DEEP = 30_000


def _bytes(when: Callable[[Request], bool], data: bytes) -> Answering:
    """The same bytes for every such request."""

    async def answering(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
        if when(request):
            writer.write(data)
        return when(request)

    return answering


def _reads(request: Request) -> bool:
    return request.is_read


def _posts(request: Request) -> bool:
    return request.is_post


async def _slow(_house: House, request: Request, _writer: asyncio.StreamWriter) -> bool:
    if request.is_post:
        await asyncio.sleep(_NEVER_SECONDS)
    return request.is_post


async def _drip(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    if not request.is_read:
        return False
    for byte in answer("200 OK", b'{"messages":[],"more":false}' + b" " * 10_000):
        writer.write(bytes((byte,)))
        await writer.drain()
        await asyncio.sleep(0.5)
    return True


async def _huge(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    if not request.is_read:
        return False
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(_HUGE_BYTES // len(_PIECE)):
        writer.write(b"%x\r\n%b\r\n" % (len(_PIECE), _PIECE))
        await writer.drain()
    writer.write(b"0\r\n\r\n")
    return True


async def _cut(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    if request.is_read:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"mess')
        await writer.drain()
        raise ConnectionError("cut off")
    return False


async def _takes_anything(house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    data = await honest_answer(house, request)
    writer.write(answer("202 Accepted") if request.is_post and b" 202 " not in data[:20] else data)
    return True


async def _open_reads(house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
    if not request.is_read or read_hash(_secret(request)) in {talk.ping.read for talk in house.talks.values()}:
        return False
    rows = [row for talk in house.talks.values() for row in talk.rows][:1]
    writer.write(answer("200 OK", strict_json.encode({"messages": rows, "more": False})))
    return True


def _secret(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


async def _answers_twice(house: House, request: Request, _writer: asyncio.StreamWriter) -> bool:
    if request.is_post and request.target.endswith("/messages"):
        talk = house.talks.get(request.target.split("/")[-2])
        try:
            repeated = talk is not None and Envelope.from_bytes(request.body).message_id in talk.peer
        except ProtocolError:
            return False
        if repeated and talk is not None:
            talk.acknowledge()
    return False


async def _forgets(house: House, request: Request, _writer: asyncio.StreamWriter) -> bool:
    """Once three messages were said, the first of them is gone."""
    if request.is_read:
        for talk in house.talks.values():
            if len(talk.own) > 2:
                talk.rows[:] = [row for row in talk.rows if row["number"] != 1]
    return False


_SAME_PLACE = answer("307 Temporary Redirect", Location="http://127.0.0.1:9/elsewhere")
_LISTS_DEEP = b'{"messages":' + b"[" * _DEEP + b"]" * _DEEP + b',"more":false}'
WIRE_LIES: Mapping[str, Scenario] = {
    "html": Scenario(
        lie="reads are answered with a web page",
        answering=_bytes(_reads, answer("200 OK", b"<!doctype html><title>Shop</title>", kind="text/html")),
    ),
    "slow": Scenario(lie="posts are answered an hour later", answering=_slow),
    "drip": Scenario(lie="reads come byte by byte, two a second", answering=_drip),
    "huge": Scenario(lie="a read has a quarter of a gigabyte", answering=_huge),
    "deep": Scenario(
        lie="a read is nested thirty thousand deep", answering=_bytes(_reads, answer("200 OK", _LISTS_DEEP))
    ),
    "redirect": Scenario(lie="posts are sent elsewhere", answering=_bytes(_posts, _SAME_PLACE)),
    "compressed": Scenario(
        lie="reads are compressed though nobody asked",
        answering=_bytes(_reads, answer("200 OK", b"\x1f\x8b\x08", Content_Encoding="gzip")),
    ),
    "cut-off": Scenario(lie="reads break off in the middle", answering=_cut),
    "server-error": Scenario(
        lie="posts end in a server error", answering=_bytes(_posts, answer("500 Oops", b"Traceback", kind="text/plain"))
    ),
    "plain-errors": Scenario(
        lie="posts are refused without a reason", answering=_bytes(_posts, answer("400 No", b"no", kind="text/plain"))
    ),
    "always-busy": Scenario(lie="the desk is busy for ever", answering=_bytes(_posts, answer("503 Busy"))),
    "takes-anything": Scenario(lie="nothing is verified: every post is taken", answering=_takes_anything),
    "open-reads": Scenario(lie="anybody may read, without a secret", answering=_open_reads),
    "answers-twice": Scenario(lie="a repeated message is answered again", answering=_answers_twice),
    "forgets": Scenario(lie="old messages vanish from reads", answering=_forgets),
    "other-location": Scenario(
        lie="the conversation is said to be elsewhere",
        answering=_bytes(_posts, answer("202 Accepted", Location="https://tracker.example/conversations/1")),
    ),
    "broken-location": Scenario(
        lie="the conversation's address is none", answering=_bytes(_posts, answer("202 Accepted", Location="http://["))
    ),
}
