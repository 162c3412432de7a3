"""A request's body, taken in with its limits enforced while it streams. Nothing is decoded here."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.errors import Malformed, ProtocolError, TooLarge
from vrm_desktop.vendor.errors import Busy

_SECONDS = 20.0
_AGAIN_SECONDS = 5
_POLITE = 4 * LARGEST
"""So much is read and dropped, so that somebody only a little over the limit gets to hear the answer."""


class WrongType(ProtocolError):
    """The body is of another type than is taken here, or is encoded."""

    code = "wrong-type"


async def read_body(request: Request, *, takes: str = "application/json") -> bytes:
    """The body, at most 64 KiB of the type that is taken; what is much larger is refused before it is read.

    Raises:
        WrongType: another content type, or a content encoding.
        TooLarge: the length says so, or more comes.
        Busy: it does not come in time; whoever is only slow may try again.
        Malformed: it breaks off.
    """
    length = request.headers.get("content-length", "")
    announced = int(length[:20]) if length.isdecimal() else 0
    if announced > _POLITE:
        raise TooLarge(f"{announced} bytes")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    fits = kind == takes and "content-encoding" not in request.headers
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                size += len(part)
                if fits and size <= LARGEST:
                    body += part
                if size > _POLITE:
                    break
    except TimeoutError as error:
        raise Busy(retry_after=_AGAIN_SECONDS, closed=True) from error
    except ClientDisconnect as error:
        raise Malformed("the body broke off") from error
    if size > LARGEST:
        raise TooLarge("more than 64 KiB came")
    if not fits:
        raise WrongType(f"a body is {takes} without an encoding")
    return bytes(body)
