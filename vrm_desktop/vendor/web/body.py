"""A request's body, taken in with its limits enforced while it streams. Nothing is decoded here."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.errors import Malformed, ProtocolError, TooLarge

_SECONDS = 20.0


class WrongType(ProtocolError):
    """The body is not `application/json`, or is encoded."""

    code = "wrong-type"


async def read_body(request: Request) -> bytes:
    """The body, at most 64 KiB of JSON; what is larger is refused before it is read.

    Raises:
        WrongType: another content type, or a content encoding.
        TooLarge: the length says so, or more comes.
        Malformed: it does not come in time, or breaks off.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" or "content-encoding" in request.headers:
        raise WrongType("a body is application/json without an encoding")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > LARGEST:
        raise TooLarge(f"{length[:20]} bytes")
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise TooLarge("more than 64 KiB came")
    except TimeoutError as error:
        raise Malformed("the body did not come in time") from error
    except ClientDisconnect as error:
        raise Malformed("the body broke off") from error
    return bytes(body)
