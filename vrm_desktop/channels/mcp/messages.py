"""JSON-RPC messages of the Model Context Protocol as values. Sans-IO: pure composing and reading, no way to send.

Written once for the revisions in `REVISIONS`: what this program says is the same in all of them.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

from vrm_desktop.canon.loose_json import Loose, Number, read_loose
from vrm_desktop.canon.loose_writing import write_loose
from vrm_desktop.formats.mcp_tools import clean

NEWEST: Final = "2025-11-25"
REVISIONS: Final = (NEWEST, "2025-06-18", "2025-03-26", "2024-11-05")
"""What a server may settle on. The last one is what small servers still name that only know a single call."""
NO_SUCH_METHOD: Final = -32601
_LONGEST_DETAIL: Final = 500
# The same for everybody, as are the courier's headers: nothing tells one person's program from another's.
_CLIENT: Final[dict[str, Loose]] = {"name": "intentcast", "version": "1"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answered:
    """The result for the request with this number."""

    number: Loose
    result: dict[str, Loose]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Refused:
    """The error for the request with this number; None or a text where the server did not see which."""

    number: Loose
    code: int
    message: str
    data: Loose


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """The server asks something of this program."""

    number: Loose
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Told:
    """The server tells something that needs no answer."""

    method: str


Message: TypeAlias = Answered | Refused | Asked | Told


def request(number: int, method: str, params: dict[str, Loose]) -> bytes:
    """A request's bytes. `NotStrictJson` where the parameters cannot be JSON."""
    return _bytes({"jsonrpc": "2.0", "id": Number(str(number)), "method": method, "params": params})


def notification(method: str) -> bytes:
    """Something told that needs no answer."""
    return _bytes({"jsonrpc": "2.0", "method": method})


def initialize() -> dict[str, Loose]:
    """The parameters of the first request: the newest revision, and nothing offered to the server."""
    return {"protocolVersion": NEWEST, "capabilities": {}, "clientInfo": dict(_CLIENT)}


def reply(asked: Asked) -> bytes:
    """The answer to a server's question: a ping is answered, everything else is not offered here."""
    if asked.method == "ping":
        return _bytes({"jsonrpc": "2.0", "id": asked.number, "result": {}})
    error: dict[str, Loose] = {"code": Number(str(NO_SUCH_METHOD)), "message": "not offered"}
    return _bytes({"jsonrpc": "2.0", "id": asked.number, "error": error})


def read_message(text: str) -> Message | None:
    """One message, or None where the text is none (or is larger or deeper than loose JSON may be)."""
    value = read_loose(text)
    if not isinstance(value, dict) or value.get("jsonrpc") != "2.0":
        return None
    number, method = value.get("id"), value.get("method")
    if isinstance(method, str):
        if number is None:
            return Told(method=clean(method, 100))
        return Asked(number=number, method=method) if isinstance(number, str | Number) else None
    result, error = value.get("result"), value.get("error")
    if isinstance(result, dict):
        return Answered(number=number, result=result)
    if isinstance(error, dict):
        return _refused(number, error)
    return None


def is_for(message: Answered | Refused, number: int) -> bool:
    """Whether this answers the request with that number."""
    return message.number == Number(str(number))


def _refused(number: Loose, error: dict[str, Loose]) -> Refused:
    code, message = error.get("code"), error.get("message")
    digits = code.text if isinstance(code, Number) else ""
    known = digits.removeprefix("-").isdecimal() and len(digits) <= len("-32768000")
    return Refused(
        number=number,
        code=int(digits) if known else 0,
        message=clean(message, _LONGEST_DETAIL) if isinstance(message, str) else "",
        data=error.get("data"),
    )


def _bytes(value: Loose) -> bytes:
    return write_loose(value).encode()
