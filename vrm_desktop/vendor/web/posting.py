"""The two posts: a ping that opens a conversation, and every further message. Answers only what is stored."""

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.vendor.reception import Reception
from vrm_desktop.vendor.web.body import read_body


class Posting:
    """Handlers over one reception. `endpoint` is the public address of the protocol's paths."""

    def __init__(self, reception: Reception, *, endpoint: str) -> None:
        self._reception = reception
        self._endpoint = endpoint

    async def open(self, request: Request) -> Response:
        """POST {endpoint}/conversations."""
        conversation = await self._reception.open(await read_body(request))
        return self._accepted({"Location": f"{self._endpoint}/conversations/{conversation}"})

    async def take(self, request: Request) -> Response:
        """POST {conversation}/messages."""
        await self._reception.take(request.path_params["conversation"], await read_body(request))
        return self._accepted({})

    def _accepted(self, headers: dict[str, str]) -> Response:
        return Response(status_code=202, headers={"Retry-After": str(self._reception.look_again), **headers})
