"""Quote desks over MCP: one short session for each look or call. Never here: what a desk's tools mean."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.channels.mcp.client import McpClient
from vrm_desktop.courier.client import Courier
from vrm_desktop.formats.mcp_tools import ToolResult
from vrm_desktop.services.ports import Clock
from vrm_desktop.services.ports_outside import ListedTools


class DeskChannel:
    """Speaks to quote desks through the courier."""

    def __init__(self, courier: Courier, clock: Clock) -> None:
        self._courier = courier
        self._clock = clock

    async def tools(self, address: str, *, line: str) -> ListedTools:
        """What a desk says that it can do."""
        async with self._session(address, line) as client:
            tools = await client.tools()
            return ListedTools(tools=tools, more=client.more_tools)

    async def call(self, address: str, tool: str, arguments: dict[str, Loose], *, line: str) -> ToolResult:
        """Call a tool with exactly these arguments, once."""
        async with self._session(address, line) as client:
            return await client.call(tool, arguments)

    @asynccontextmanager
    async def _session(self, address: str, line: str) -> AsyncIterator[McpClient]:
        client = McpClient(self._courier, f"desk {line}", address, self._clock)
        try:
            await client.open()
            yield client
        finally:
            await client.close()
