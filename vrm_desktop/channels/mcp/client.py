"""A small MCP client over the courier: opens a session, lists tools, calls one, and ends the session.

It tries the whole protocol first and falls back to a bare `tools/call`, which is all that some shops' servers know.
It offers a server nothing. Never here: what a tool is for, and whether it may be called: the ledger comes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.channels.mcp.errors import McpError, McpVersion, SessionLost, badly
from vrm_desktop.channels.mcp.exchange import Exchange, Pause, Prove, Witness, slept
from vrm_desktop.channels.mcp.messages import REVISIONS, initialize, notification, request
from vrm_desktop.courier.client import Courier
from vrm_desktop.formats.mcp_tools import LONGEST_TEXT, Tool, ToolResult, clean, read_result, read_tool
from vrm_desktop.services.ports import ChannelError, Clock

MOST_TOOLS: Final = 500
MOST_PAGES: Final = 20
USUAL_SECONDS: Final = 20.0
CALL_SECONDS: Final = 35.0
_LONGEST_CURSOR: Final = 4_000
_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
_SESSION = re.compile(r"[\x21-\x7e]{1,512}", re.ASCII)
_MAY_BE_BARE: Final = frozenset({"mcp-refused", "mcp-not-here", "answered-badly"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServerInfo:
    """What a server says of itself, a stranger's words. `bare`: it knows no sessions; the rest is then empty."""

    name: str
    version: str
    revision: str
    instructions: str
    bare: bool


class McpClient:
    """One server at one address, on one line of the courier. Every call may raise `McpError`, a `ChannelError`.

    `prove` puts a proof of who asks into the headers of each request; without it, nothing tells. `witness` is handed
    each answer as it came.
    """

    def __init__(
        self,
        courier: Courier,
        line: str,
        address: str,
        clock: Clock,
        *,
        pause: Pause = slept,
        prove: Prove | None = None,
        witness: Witness | None = None,
    ) -> None:
        self._courier = courier
        self._line = line
        self._address = address
        self._clock = clock
        self._pause = pause
        self._prove = prove
        self._witness = witness
        self._number = 0
        self._headers: dict[str, str] = {}
        self.more_tools = False
        """Whether the server has more tools than were read."""

    async def open(self) -> ServerInfo:
        """Begin a session; with a server that only knows a bare call there is none."""
        self._headers = {}
        try:
            result, headers = await self._once("initialize", initialize(), USUAL_SECONDS)
        except McpError as error:
            if error.code not in _MAY_BE_BARE:
                raise
            return ServerInfo(name="", version="", revision="", instructions="", bare=True)
        revision = result.get("protocolVersion")
        if revision not in REVISIONS or not isinstance(revision, str):
            raise McpVersion("an unknown revision")
        session = headers.get("mcp-session-id")
        if session is not None:
            if _SESSION.fullmatch(session) is None:
                raise badly("a session id that is none")
            self._headers["mcp-session-id"] = session
        self._headers["mcp-protocol-version"] = revision
        await self._begun()
        server = result.get("serverInfo")
        told = server if isinstance(server, dict) else {}
        return ServerInfo(
            name=_words(told.get("title"), 200) or _words(told.get("name"), 200),
            version=_words(told.get("version"), 100),
            revision=revision,
            instructions=_words(result.get("instructions"), LONGEST_TEXT),
            bare=False,
        )

    async def _begun(self) -> None:
        try:
            await self._exchange().tell(notification("notifications/initialized"))
        except McpError as error:
            # Small servers know no notifications, and are none the worse for it.
            if error.code not in _MAY_BE_BARE:
                raise

    async def tools(self) -> tuple[Tool, ...]:
        """The server's tools, page by page up to `MOST_TOOLS`; `more_tools` then says whether there are more."""
        found: dict[str, Tool] = {}
        cursors: set[str] = set()
        params: dict[str, Loose] = {}
        self.more_tools = False
        while True:
            result = await self._ask("tools/list", params, USUAL_SECONDS)
            listed = result.get("tools")
            for value in listed if isinstance(listed, list) else []:
                tool = read_tool(value)
                if tool is not None:
                    found.setdefault(tool.name, tool)
            cursor = result.get("nextCursor")
            more = isinstance(cursor, str) and 0 < len(cursor) <= _LONGEST_CURSOR and cursor not in cursors
            self.more_tools = len(found) > MOST_TOOLS or (more and len(cursors) + 1 >= MOST_PAGES)
            if not isinstance(cursor, str) or not more or self.more_tools:
                return tuple(found.values())[:MOST_TOOLS]
            cursors.add(cursor)
            params = {"cursor": cursor}

    async def call(
        self, name: str, arguments: dict[str, Loose], *, headers: Mapping[str, str] = _NO_HEADERS
    ) -> ToolResult:
        """Call a tool with exactly these arguments, once; an answer marked as an error is an answer, too.

        Sent again only where the server says that it has forgotten the session, and so did nothing.
        """
        told: dict[str, Loose] = {"name": name, "arguments": arguments}
        return read_result(await self._ask("tools/call", told, CALL_SECONDS, headers))

    async def close(self) -> None:
        """End the session, and hang the line up. A server that does not end sessions is no error."""
        try:
            if "mcp-session-id" in self._headers:
                await self._exchange().end()
        finally:
            self._headers = {}
            await self._courier.hang_up(self._line)

    async def _ask(
        self, method: str, params: dict[str, Loose], seconds: float, headers: Mapping[str, str] = _NO_HEADERS
    ) -> dict[str, Loose]:
        try:
            result, _ = await self._once(method, params, seconds, headers)
        except SessionLost:
            await self.open()
            result, _ = await self._once(method, params, seconds, headers)
        return result

    async def _once(
        self, method: str, params: dict[str, Loose], seconds: float, headers: Mapping[str, str] = _NO_HEADERS
    ) -> tuple[dict[str, Loose], Mapping[str, str]]:
        self._number += 1
        try:
            body = request(self._number, method, params)
        except CanonError as error:
            raise ChannelError("request-refused", str(error), may_have_arrived=False, final=True) from error
        return await self._exchange(headers).ask(self._number, body, seconds)

    def _exchange(self, headers: Mapping[str, str] = _NO_HEADERS) -> Exchange:
        line = self._courier.line(self._line)
        told = {**self._headers, **headers}
        return Exchange(line, self._address, told, self._clock, self._pause, self._prove, self._witness)


def _words(value: Loose, most: int) -> str:
    return clean(value, most).strip() if isinstance(value, str) else ""
