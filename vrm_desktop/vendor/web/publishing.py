"""The vendor card as a file on the web: the same bytes for everybody, with an ETag."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.canon.hashes import digest

WELL_KNOWN = "/.well-known/intentcast.json"


class Publishing:
    """The handler; `card` gives the signed bytes as they are to be published now."""

    def __init__(self, card: Callable[[], Awaitable[bytes]]) -> None:
        self._card = card

    async def card(self, request: Request) -> Response:
        """GET /.well-known/intentcast.json."""
        data = await self._card()
        tag = f'"{digest(data)}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        known = {given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")}
        if tag in known:
            return Response(status_code=304, headers=headers)
        return Response(data, media_type="application/json", headers=headers)
