"""The client speaks with servers written with another library, in every way that they answer. Only loopback."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from tests.fakes.mcp_servers import mcp_servers
from tests.fakes.moving_clock import MovingClock
from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.channels.mcp.client import McpClient, ServerInfo
from vrm_desktop.channels.mcp.errors import McpError
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.formats.mcp_tools import ToolResult

STYLES = ("rfq", "rfq+json", "rfq+stateless+json", "asking", "pages")
REQUEST: dict[str, Loose] = {"lines": [{"description": "Dishwasher"}], "buyer_email": "a@b.example"}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with mcp_servers(STYLES, tmp_path_factory.mktemp("mcp") / "servers.log") as addresses:
        yield addresses


def speak(address: str, talk: Callable[[McpClient, ServerInfo], Coroutine[Any, Any, None]]) -> None:
    async def go() -> None:
        async with Courier(Limits()) as courier:
            client = McpClient(courier, "desk", address, MovingClock())
            await talk(client, await client.open())
            await client.close()

    asyncio.run(go())


@pytest.mark.parametrize("style", STYLES[:3])
def test_a_supplier_is_asked_and_answers_in_data(servers: dict[str, str], style: str) -> None:
    async def talk(client: McpClient, server: ServerInfo) -> None:
        assert (server.name, server.revision, server.bare) == ("Paper Supply", "2025-11-25", False)
        tools = {tool.name: tool for tool in await client.tools()}
        assert set(tools) == {"submit_rfq", "get_quote", "accept_quote", "seen_requests"}
        assert tools["submit_rfq"].schema["required"] == ["lines", "buyer_email"]
        assert not client.more_tools
        sent = await client.call("submit_rfq", REQUEST)
        assert sent.structured is not None
        name = sent.structured["rfq_id"]
        looked = await client.call("get_quote", {"rfq_id": name})
        assert looked.structured == {"rfq_id": name, "status": "pending"}

    speak(servers[style], talk)


def test_a_tool_that_fails_answers_with_an_error_that_is_an_answer(servers: dict[str, str]) -> None:
    async def talk(client: McpClient, _server: ServerInfo) -> None:
        failed = await client.call("get_quote", {"rfq_id": "RFQ-99"})
        assert (failed.is_error, failed.structured) == (True, None)
        assert "get_quote" in failed.text

    speak(servers["rfq"], talk)


def test_a_server_that_asks_for_the_persons_salary_is_refused_and_goes_on(servers: dict[str, str]) -> None:
    async def talk(client: McpClient, _server: ServerInfo) -> None:
        assert "elicit refused" in (await client.call("nosy", {})).text

    speak(servers["asking"], talk)


def test_a_stream_that_the_server_breaks_off_is_taken_up_where_it_stopped(servers: dict[str, str]) -> None:
    async def talk(client: McpClient, _server: ServerInfo) -> None:
        assert (await client.call("long", {})).text == "after all"

    speak(servers["pages"], talk)


def test_a_session_that_the_server_has_ended_is_begun_again_once(servers: dict[str, str]) -> None:
    async def go() -> ToolResult:
        async with Courier(Limits()) as courier:
            first = McpClient(courier, "a", servers["rfq"], MovingClock())
            await first.open()
            other = McpClient(courier, "b", servers["rfq"], MovingClock())
            other._headers = dict(first._headers)
            await other.close()  # ends the first one's session
            again = await first.call("submit_rfq", REQUEST)
            await first.close()
            return again

    assert not asyncio.run(go()).is_error


def test_where_nobody_speaks_mcp_the_bare_call_says_so(servers: dict[str, str]) -> None:
    async def talk(client: McpClient, server: ServerInfo) -> None:
        assert server.bare
        with pytest.raises(McpError) as caught:
            await client.call("submit_rfq", REQUEST)
        assert (caught.value.code, caught.value.final) == ("mcp-not-here", True)

    speak(servers["rfq"].replace("/mcp", "/elsewhere"), talk)
