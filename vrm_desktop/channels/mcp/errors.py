"""What goes wrong with an MCP server, as the channels' one error with codes of its own. Never people's wording."""

from collections.abc import Mapping
from datetime import datetime

from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.courier.answers import retry_after_seconds
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.services.ports import ChannelError

_FINAL = frozenset({"address-refused", "request-refused"})


class McpError(ChannelError):
    """A server that could not be spoken with. Codes: the courier's, `answered-badly`, `busy`, and these:

    `mcp-not-here` nobody speaks MCP at this address; `mcp-login` it wants to know who asks before it speaks;
    `mcp-moved` it sends elsewhere, which is not followed; `mcp-version` it speaks no revision that this program knows.
    """


class McpRefused(McpError):
    """The server understood and said no (`mcp-refused`): its JSON-RPC error, whose texts are a stranger's."""

    def __init__(self, number: int, message: str, data: Loose) -> None:
        super().__init__("mcp-refused", f"{number} {message}", may_have_arrived=True, final=True)
        self.number = number
        self.message = message
        self.data = data


class SessionLost(McpError):
    """The server has forgotten the session, and did nothing."""

    def __init__(self) -> None:
        super().__init__("mcp-not-here", "the session is gone", may_have_arrived=True, final=False)


def badly(detail: str) -> McpError:
    """The server answered, and not as MCP does."""
    return McpError("answered-badly", detail, may_have_arrived=True, final=False)


def unreached(error: CourierError) -> McpError:
    """The courier brought no answer."""
    return McpError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=error.code in _FINAL)


def by_status(status: int, headers: Mapping[str, str], now: datetime) -> McpError:
    """What an HTTP status without an MCP message in it means."""
    match status:
        case 401 | 403:
            code, final = "mcp-login", True
        case 404 | 405 | 410:
            code, final = "mcp-not-here", True
        case 429 | 503:
            wait = retry_after_seconds(headers, now=now)
            return McpError("busy", str(status), may_have_arrived=True, final=False, retry_after=wait)
        case _ if 300 <= status < 400:
            code, final = "mcp-moved", True
        case _:
            code, final = "answered-badly", False
    return McpError(code, str(status), may_have_arrived=True, final=final)
