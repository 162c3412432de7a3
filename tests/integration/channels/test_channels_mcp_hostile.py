"""An MCP server that lies, never ends or never answers costs a bounded time and size, and is told by a code."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.scripted_server import ScriptedServer, answer, raw_server, read_request, scripted_server
from vrm_desktop.channels.mcp.client import MOST_PAGES, MOST_TOOLS, McpClient
from vrm_desktop.channels.mcp.errors import McpError, McpRefused
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.formats.mcp_tools import Tool, ToolResult
from vrm_desktop.services.ports import ChannelError

LIMITS = Limits()
JSON = b"Content-Type: application/json\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
Reply = Callable[[dict[str, Any], bytes], bytes]


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def event(value: object) -> bytes:
    return chunk(b"data: " + json.dumps(value).encode() + b"\n\n")


def result(asked: dict[str, Any], value: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": asked["id"], "result": value}


def as_json(value: object, *, status: str = "200 OK", headers: bytes = b"") -> bytes:
    return answer(json.dumps(value).encode(), status=status, headers=JSON + headers)


def desk(reply: Reply, *, session: bytes = b"Mcp-Session-Id: s-1\r\n") -> Callable[[bytes], bytes]:
    """A server that opens as it should and answers everything else with `reply`."""

    def respond(request: bytes) -> bytes:
        head, _, body = request.partition(b"\r\n\r\n")
        asked = json.loads(body) if body else {}
        match asked.get("method"):
            case "initialize":
                told = {"protocolVersion": "2025-06-18", "serverInfo": {"name": "x"}, "capabilities": {}}
                return as_json(result(asked, told), headers=session)
            case "notifications/initialized":
                return answer(status="202 Accepted")
            case _ if head.startswith(b"DELETE"):
                return answer(status="405 No")
            case _:
                return reply(asked, head)

    return respond


async def no_pause(_seconds: float) -> None:
    return


async def call(peer: ScriptedServer) -> ToolResult:
    async with Courier(LIMITS) as courier:
        client = McpClient(courier, "desk", f"{peer.url}/mcp", MovingClock(), pause=no_pause)
        await client.open()
        try:
            return await client.call("ask", {"a": "b"})
        finally:
            await client.close()


def called(reply: Reply) -> tuple[ToolResult, list[bytes]]:
    async def go() -> tuple[ToolResult, list[bytes]]:
        async with scripted_server(desk(reply)) as peer:
            return await call(peer), peer.requests

    return asyncio.run(go())


def code_of(reply: Reply) -> str:
    with pytest.raises(McpError) as caught:
        called(reply)
    return caught.value.code


def test_the_session_and_the_revision_go_with_every_request_and_with_the_end() -> None:
    found, requests = called(lambda asked, _: as_json(result(asked, {"content": [{"type": "text", "text": "hi"}]})))
    assert found.text == "hi"
    assert [request.split(b" ")[0] for request in requests] == [b"POST", b"POST", b"POST", b"DELETE"]
    assert b"mcp-" not in requests[0].lower()
    for request in requests[1:]:
        assert b"mcp-session-id: s-1\r\n" in request
        assert b"mcp-protocol-version: 2025-06-18\r\n" in request
    for request in requests[:3]:
        assert b"accept: application/json, text/event-stream\r\n" in request.lower()


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (lambda _asked, _: as_json(result({"id": 99}, {})), "answered-badly"),
        (lambda asked, _: as_json(result({"id": str(asked["id"])}, {})), "answered-badly"),
        (lambda asked, _: as_json([result(asked, {})]), "answered-badly"),
        (lambda _asked, _: answer(b"<html>", headers=b"Content-Type: text/html\r\n"), "answered-badly"),
        (lambda _asked, _: answer(b'{"a":' * 60_000, headers=JSON), "answered-badly"),
        (lambda _asked, _: answer(status="202 Accepted"), "answered-badly"),
        (lambda _asked, _: answer(status="302 Found", headers=b"Location: https://evil.example/\r\n"), "mcp-moved"),
        (lambda _asked, _: answer(status="308 Moved", headers=b"Location: /other\r\n"), "mcp-moved"),
        (lambda _asked, _: answer(status="401 Who"), "mcp-login"),
        (lambda _asked, _: answer(status="405 No"), "mcp-not-here"),
        (lambda _asked, _: answer(status="500 Oh"), "answered-badly"),
        (lambda _asked, _: answer(status="404 Gone"), "mcp-not-here"),  # again after a second beginning
        (lambda _asked, _: answer(b"x" * 3_000_000, headers=JSON), "too-large"),
    ],
)
def test_answers_that_are_none_are_told_by_a_code(reply: Reply, code: str) -> None:
    assert code_of(reply) == code


def test_a_busy_server_says_when_to_come_again() -> None:
    with pytest.raises(ChannelError) as caught:
        called(lambda _asked, _head: answer(status="429 Slow", headers=b"Retry-After: 7\r\n"))
    assert (caught.value.code, caught.value.retry_after, caught.value.final) == ("busy", 7, False)


@pytest.mark.parametrize("number", [None, "server-error", 2])
def test_a_refusal_says_why_in_the_servers_words_even_where_it_names_no_request(number: object) -> None:
    def refuse(_asked: dict[str, Any], _head: bytes) -> bytes:
        error = {"code": -32602, "message": "no\u202e such\u0000 tool", "data": {"x": 1}}
        return as_json({"jsonrpc": "2.0", "id": number, "error": error}, status="400 Bad")

    with pytest.raises(McpRefused) as caught:
        called(refuse)
    assert (caught.value.number, caught.value.message) == (-32602, "no  such  tool")
    assert caught.value.final


def test_a_session_id_with_a_line_of_its_own_is_not_taken() -> None:
    async def go() -> None:
        reply = desk(lambda asked, _: as_json(result(asked, {})), session=b"Mcp-Session-Id: a b\r\n")
        async with scripted_server(reply) as peer:
            with pytest.raises(McpError) as caught:
                await call(peer)
            assert caught.value.code == "answered-badly"

    asyncio.run(go())


@pytest.mark.parametrize("revision", ["2099-01-01", 3, None])
def test_a_revision_that_nobody_asked_for_ends_it(revision: object) -> None:
    async def go() -> None:
        async with scripted_server(
            lambda request: as_json(
                result(json.loads(request.partition(b"\r\n\r\n")[2]), {"protocolVersion": revision})
            )
        ) as peer:
            with pytest.raises(McpError) as caught:
                await call(peer)
            assert caught.value.code == "mcp-version"

    asyncio.run(go())


def test_a_server_that_only_knows_calls_is_called_without_a_session() -> None:
    def respond(request: bytes) -> bytes:
        asked = json.loads(request.partition(b"\r\n\r\n")[2])
        if asked["method"] != "tools/call":
            error = {"code": -32601, "message": "Method not found"}
            return as_json({"jsonrpc": "2.0", "id": asked["id"], "error": error})
        return as_json(result(asked, {"content": [], "structuredContent": {"price": 1.25}}))

    async def go() -> None:
        async with scripted_server(respond) as peer:
            assert (await call(peer)).structured is not None
            assert [json.loads(one.partition(b"\r\n\r\n")[2])["method"] for one in peer.requests] == [
                "initialize",
                "tools/call",
            ]

    asyncio.run(go())


def listed(page: Callable[[int], dict[str, Any]]) -> tuple[tuple[Tool, ...], bool, int]:
    pages = 0

    def reply(asked: dict[str, Any], _head: bytes) -> bytes:
        nonlocal pages
        pages += 1
        return as_json(result(asked, page(pages)))

    async def go() -> tuple[tuple[Tool, ...], bool, int]:
        async with scripted_server(desk(reply)) as peer, Courier(LIMITS) as courier:
            client = McpClient(courier, "desk", f"{peer.url}/mcp", MovingClock())
            await client.open()
            tools = await client.tools()
            await client.close()
            return tools, client.more_tools, pages

    return asyncio.run(go())


def test_a_list_of_tools_without_end_is_read_up_to_a_bound_that_is_told() -> None:
    tools, more, pages = listed(lambda n: {"tools": [{"name": f"t{n}"}, 3, {"name": ""}], "nextCursor": f"c{n}"})
    assert (len(tools), more, pages) == (MOST_PAGES, True, MOST_PAGES)
    tools, more, pages = listed(lambda n: {"tools": [{"name": f"t{n}-{k}"} for k in range(400)], "nextCursor": f"{n}"})
    assert (len(tools), more, pages) == (MOST_TOOLS, True, 2)


def test_a_list_that_leads_back_to_itself_ends() -> None:
    tools, more, pages = listed(lambda _: {"tools": [{"name": "same", "description": 5}], "nextCursor": "again"})
    assert ([tool.name for tool in tools], more, pages) == (["same"], False, 2)


def streaming(speak: Callable[[asyncio.StreamWriter, dict[str, Any], asyncio.Queue[bytes]], Any]) -> ToolResult:
    """A desk whose tool answers with the stream that `speak` makes; what is posted meanwhile lies in the queue."""
    posted: asyncio.Queue[bytes] = asyncio.Queue()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        respond = desk(lambda _asked, _head: answer(status="202 Accepted"))
        while True:
            request = await read_request(reader)
            body = request.partition(b"\r\n\r\n")[2]
            if b'"tools/call"' in body:
                writer.write(STREAM)
                await speak(writer, json.loads(body), posted)
                return
            if b'"result"' in body or b'"error"' in body:
                posted.put_nowait(body)
            writer.write(respond(request))

    async def go() -> ToolResult:
        async with raw_server(serve) as peer:
            return await call(peer)

    return asyncio.run(go())


def test_a_ping_is_answered_while_the_server_waits_for_it() -> None:
    async def speak(writer: asyncio.StreamWriter, asked: dict[str, Any], posted: asyncio.Queue[bytes]) -> None:
        writer.write(event({"jsonrpc": "2.0", "id": "p", "method": "ping"}))
        writer.write(event({"jsonrpc": "2.0", "id": 8, "method": "roots/list"}))
        said = [json.loads(await posted.get()), json.loads(await posted.get())]
        texts = [{"type": "text", "text": json.dumps(said)}, {"type": "image", "data": "AAAA"}, 7]
        writer.write(event(result({"id": 77}, {})) + event(result(asked, {"content": texts})) + b"0\r\n\r\n")

    said = json.loads(streaming(speak).text)
    assert said[0] == {"jsonrpc": "2.0", "id": "p", "result": {}}
    assert (said[1]["id"], said[1]["error"]["code"]) == (8, -32601)


def test_a_server_that_only_asks_is_left() -> None:
    async def speak(writer: asyncio.StreamWriter, _asked: dict[str, Any], posted: asyncio.Queue[bytes]) -> None:
        for number in range(100):
            writer.write(event({"jsonrpc": "2.0", "id": number, "method": "sampling/createMessage"}))
        await posted.get()
        await writer.drain()
        await asyncio.Event().wait()

    with pytest.raises(McpError, match="only asks"):
        streaming(speak)


@pytest.mark.parametrize("piece", [b": still here\n\n", b"data: {}\n\n", b"data: " + b"x" * 4000, b"\n"])
def test_a_stream_without_end_is_left(piece: bytes) -> None:
    async def speak(writer: asyncio.StreamWriter, _asked: dict[str, Any], _posted: asyncio.Queue[bytes]) -> None:
        while True:
            writer.write(chunk(piece * 50))
            await writer.drain()

    with pytest.raises(McpError) as caught:
        streaming(speak)
    assert caught.value.code in {"answered-badly", "too-large"}


def test_a_stream_that_ends_without_an_answer_is_told() -> None:
    async def speak(writer: asyncio.StreamWriter, _asked: dict[str, Any], _posted: asyncio.Queue[bytes]) -> None:
        writer.write(event({"jsonrpc": "2.0", "method": "notifications/progress"}) + b"0\r\n\r\n")

    with pytest.raises(McpError, match="without an answer"):
        streaming(speak)


def test_a_stream_that_always_breaks_off_is_taken_up_a_few_times_only() -> None:
    gets = 0

    def reply(_asked: dict[str, Any], head: bytes) -> bytes:
        nonlocal gets
        gets += head.startswith(b"GET")
        stream = b"id: here\nretry: 99999\ndata:\n\n"
        return answer(stream, headers=b"Content-Type: text/event-stream\r\n")

    assert code_of(reply) == "answered-badly"
    assert gets == 5


@pytest.mark.parametrize("cut", [True, False])
def test_a_stream_that_breaks_off_goes_on_where_its_place_was_named(*, cut: bool) -> None:
    """Whether the connection is cut in the middle of the stream, or the stream ends as it should."""
    numbers: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        respond = desk(lambda _asked, _head: answer(status="202 Accepted"))
        while True:
            request = await read_request(reader)
            body = request.partition(b"\r\n\r\n")[2]
            if request.startswith(b"GET"):
                assert b"last-event-id: place-1\r\n" in request
                writer.write(
                    STREAM + event(result({"id": numbers[-1]}, {"content": [{"type": "text", "text": "there"}]}))
                )
                return
            if b'"tools/call"' in body:
                numbers.append(json.loads(body)["id"])
                writer.write(STREAM + chunk(b"id: place-1\ndata:\n\n") + (b"" if cut else b"0\r\n\r\n"))
                return
            writer.write(respond(request))

    async def go() -> ToolResult:
        async with raw_server(serve) as peer:
            return await call(peer)

    assert asyncio.run(go()).text == "there"


@pytest.mark.parametrize(
    ("reply", "code"), [(answer(status="405 No"), "mcp-not-here"), (answer(b"{}", headers=JSON), "answered-badly")]
)
def test_a_stream_that_cannot_be_taken_up_again_is_told(reply: bytes, code: str) -> None:
    def respond(_asked: dict[str, Any], head: bytes) -> bytes:
        stream = answer(b"id: here\ndata:\n\n", headers=b"Content-Type: text/event-stream\r\n")
        return reply if head.startswith(b"GET") else stream

    assert code_of(respond) == code
