"""Errors as `application/problem+json` with the protocol's stable codes. The wording is for developers."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.canon import strict_json
from vrm_desktop.protocol.errors import Missing, NotAllowedNow, ProtocolError
from vrm_desktop.vendor.errors import Busy, UnknownConversation

STATUS_AND_TITLE = {
    "malformed": (400, "Not canonical, not the documented shape, or an unknown kind"),
    "too-large": (413, "Over 64 KiB"),
    "wrong-type": (415, "Not application/json"),
    "bad-signature": (400, "Signature, key or header refused"),
    "wrong-audience": (400, "Not meant for this desk"),
    "expired": (400, "The expiry is past"),
    "not-served": (422, "A category, region or version that the card does not list"),
    "unsupported": (422, "`must` names something unknown"),
    "fork": (409, "This number is taken by another message"),
    "missing": (409, "A gap before this message"),
    "not-allowed-now": (409, "No transition from the present state"),
    "bad-disclosure": (400, "A disclosure without its digest, or a digest without its disclosure"),
    "bad-seen": (409, "`seen` falls, or names a message that was never sent"),
    "bad-agreement": (400, "Another agreement than the one asked for, or not signed as needed"),
    "bad-order": (400, "An order that is not the offer as made"),
    "unknown-conversation": (404, "No such conversation, or another read secret"),
    "full": (409, "200 messages in one direction"),
    "busy": (503, "Over budget"),
}
_TYPE = "urn:intentcast:error:"
_BODY_LEFT = frozenset({"too-large", "wrong-type"})
"""Refused while the body was still coming: the connection ends, so that the rest is not taken in."""


def problem(code: str, *, status: int | None = None, detail: str = "", **members: int | str) -> Response:
    """The answer for one of the codes above; what has no code of its own on the wire is `malformed`."""
    known = code if code in STATUS_AND_TITLE else "malformed"
    usual, title = STATUS_AND_TITLE[known]
    return _answer(
        status or usual, {"type": _TYPE + known, "title": title, **({"detail": detail} if detail else {}), **members}
    )


async def protocol_problem(_request: Request, error: Exception) -> Response:
    """The answer to a message that breaks a rule."""
    match error:
        case Missing():
            return problem(error.code, detail=str(error), last=error.last)
        case NotAllowedNow():
            return problem(error.code, detail=str(error), state=error.state)
        case ProtocolError():
            answer = problem(error.code, detail=str(error))
            if error.code in _BODY_LEFT:
                answer.headers["Connection"] = "close"
            return answer
        case _:
            raise error


async def unknown_conversation(_request: Request, _error: Exception) -> Response:
    """The same answer whether the conversation or the secret is wrong."""
    return problem(UnknownConversation.code)


async def busy(_request: Request, error: Exception) -> Response:
    """Over budget (429), or closed for everybody (503)."""
    if not isinstance(error, Busy):
        raise error
    answer = problem(error.code, status=503 if error.closed else 429)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


async def plain_http(_request: Request, error: Exception) -> Response:
    """What HTTP itself refuses: unknown addresses and methods. No code of the protocol's."""
    if not isinstance(error, HTTPException):
        raise error
    answer = _answer(error.status_code, {"type": "about:blank", "title": error.detail})
    answer.headers.update(error.headers or {})
    return answer


async def broken(_request: Request, _error: Exception) -> Response:
    """A fault of ours: nothing about it goes outside."""
    return _answer(500, {"type": "about:blank", "title": "Internal Server Error"})


def _answer(status: int, members: dict[str, int | str]) -> Response:
    return Response(
        strict_json.encode({**members, "status": status}), status_code=status, media_type="application/problem+json"
    )
