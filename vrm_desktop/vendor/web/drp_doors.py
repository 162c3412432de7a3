"""The Data Rights Protocol on the web: addresses, bearer tokens, statuses as JSON. Nothing is decided here.

What is refused has the protocol's own error object; a setup that is refused has no body at all, as the protocol says.
"""

import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vrm_desktop.canon import strict_json
from vrm_desktop.domain.drp import DrpReport
from vrm_desktop.protocol.drp_statuses import error_members, report_members
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.drp.desk import DrpDesk
from vrm_desktop.vendor.drp.rows import DrpRows
from vrm_desktop.vendor.drp.verifying import DrpRefused
from vrm_desktop.vendor.errors import Busy
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.web.body import read_body

PATH = "/drp"
"""Where the protocol's paths begin, below the public address: a directory's `api_base`."""
_OWN = "/intentcast"
_BEARER = re.compile(r"[Bb]earer +([\x21-\x7e]{1,200})")


def api_base(endpoint: str) -> str:
    """Where agents ask, for a desk whose card names this endpoint."""
    return endpoint.removesuffix(_OWN) + PATH


class DrpDoors:
    """The handlers over one desk."""

    def __init__(self, desk: DrpDesk, reception: Reception, clock: Clock) -> None:
        self._desk = desk
        self._reception = reception
        self._clock = clock

    def routes(self) -> list[Route]:
        """The protocol's addresses; a request's also with the slash of earlier versions."""
        agent, exercise = f"{PATH}/v1/agent/{{agent}}", f"{PATH}/v1/data-rights-request"
        one = f"{exercise}/{{request}}"
        return [
            Route(agent, self.set_up, methods=["POST"]),
            Route(agent, self.check, methods=["GET"]),
            *(Route(path, self.exercise, methods=["POST"]) for path in (exercise, f"{exercise}/")),
            *(Route(path, self.status, methods=["GET"]) for path in (one, f"{one}/")),
            *(Route(path, self.revoke, methods=["DELETE"]) for path in (one, f"{one}/")),
        ]

    async def set_up(self, request: Request) -> Response:
        """POST /v1/agent/{agent-id}."""
        agent, now = request.path_params["agent"], self._clock.now()

        def work(rows: DrpRows, body: str) -> Response:
            token = self._desk.set_up(rows, agent, body, now=now)
            return _json({"agent-id": agent, "token": token})

        answer = await self._signed(request, work)
        return Response(status_code=403) if answer.status_code in {400, 403} else answer

    async def check(self, request: Request) -> Response:
        """GET /v1/agent/{agent-id}."""

        def work(rows: DrpRows) -> Response:
            self._desk.check(rows, _bearer(request), request.path_params["agent"])
            return _json({})

        return await self._answered(work)

    async def exercise(self, request: Request) -> Response:
        """POST /v1/data-rights-request."""
        now = self._clock.now()
        return await self._signed(
            request, lambda rows, body: _status(self._desk.exercise(rows, _bearer(request), body, now=now))
        )

    async def status(self, request: Request) -> Response:
        """GET /v1/data-rights-request/{request_id}."""
        key = request.path_params["request"]
        return await self._answered(lambda rows: _status(self._desk.status(rows, _bearer(request), key)))

    async def revoke(self, request: Request) -> Response:
        """DELETE /v1/data-rights-request/{request_id}."""
        key, now = request.path_params["request"], self._clock.now()
        return await self._signed(
            request, lambda rows, body: _status(self._desk.revoke(rows, _bearer(request), key, body, now=now))
        )

    async def _signed(self, request: Request, work: Callable[[DrpRows, str], Response]) -> Response:
        try:
            data = await read_body(request, takes="text/plain")
        except ProtocolError as error:
            answer = _error(400, f"{error.code}: {error}", fatal=True)
            answer.headers["Connection"] = "close"
            return answer
        body = data.decode("ascii", "replace")
        return await self._answered(lambda rows: work(rows, body))

    async def _answered(self, work: Callable[[DrpRows], Response]) -> Response:
        now = self._clock.now()

        def in_turn(books: Books) -> Response:
            books.erased = books.data_rights.tidy(now) or books.erased
            return work(books.data_rights)

        try:
            return await self._reception.ask(in_turn)
        except DrpRefused as error:
            return _error(error.status, str(error), fatal=error.fatal)
        except Busy as error:
            answer = _error(503, "please try again later", fatal=False)
            answer.headers["Retry-After"] = str(error.retry_after)
            return answer


def _bearer(request: Request) -> str:
    match = _BEARER.fullmatch(request.headers.get("authorization", ""))
    if match is None:
        raise DrpRefused("no bearer token", status=403, fatal=False)
    return match[1]


def _status(report: DrpReport) -> Response:
    return _json(report_members(report))


def _error(status: int, message: str, *, fatal: bool) -> Response:
    return _json(error_members(status, message, fatal=fatal), status=status)


def _json(members: object, *, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(strict_json.encode(members), status_code=status, media_type="application/json", headers=headers)
