"""What goes wrong with an MCP server, as the channels' one error with codes of its own. Never people's wording."""

from collections.abc import Mapping
from datetime import datetime

from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.courier.answers import retry_after_seconds
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.services.ports import ChannelError

_FINAL = frozenset({"address-refused", "request-refused"})


class McpError(ChannelError):
    """A server that could not be spoken with. Codes: the courier's, `answered-badly`, `busy`, and those below."""


class _Plainly(McpError):
    """It answered, and asking it the same again is of no use."""

    code = "answered-badly"

    def __init__(self, detail: str, *, final: bool = True) -> None:
        super().__init__(type(self).code, detail, may_have_arrived=True, final=final)


class McpNotHere(_Plainly):
    """Nobody speaks MCP at this address."""

    code = "mcp-not-here"


class McpLogin(_Plainly):
    """It wants to know who asks before it speaks."""

    code = "mcp-login"


class McpMoved(_Plainly):
    """It sends elsewhere, which is not followed."""

    code = "mcp-moved"


class McpVersion(_Plainly):
    """It speaks no revision that this program knows."""

    code = "mcp-version"


class McpRefused(_Plainly):
    """The server understood and said no: its JSON-RPC error, whose texts are a stranger's."""

    code = "mcp-refused"

    def __init__(self, number: int, message: str, data: Loose) -> None:
        super().__init__(f"{number} {message}")
        self.number = number
        self.message = message
        self.data = data


class SessionLost(McpNotHere):
    """The server has forgotten the session, and did nothing."""

    def __init__(self) -> None:
        super().__init__("the session is gone", final=False)


def badly(detail: str) -> McpError:
    """The server answered, and not as MCP does."""
    return McpError("answered-badly", detail, may_have_arrived=True, final=False)


def unreached(error: CourierError) -> McpError:
    """The courier brought no answer."""
    return McpError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=error.code in _FINAL)


def by_status(status: int, headers: Mapping[str, str], now: datetime) -> McpError:
    """What an HTTP status without an MCP message in it means."""
    detail = str(status)
    match status:
        case 401 | 403:
            return McpLogin(detail)
        case 404 | 405 | 410:
            return McpNotHere(detail)
        case 429 | 503:
            wait = retry_after_seconds(headers, now=now)
            return McpError("busy", detail, may_have_arrived=True, final=False, retry_after=wait)
        case _ if 300 <= status < 400:
            return McpMoved(detail)
        case _:
            return badly(detail)
