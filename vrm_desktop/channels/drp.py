"""The Data Rights Protocol over HTTP. Carries signed texts and reads answers; signs, stores and decides nothing.

Earlier versions wanted a slash at the end, later ones do not: where a server fails, the other form is tried once.
"""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.domain.drp import DrpReport
from vrm_desktop.protocol.drp_statuses import read_fatal, read_report, read_token
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.services.ports import ChannelError

ANSWER_BYTES: Final = 256 * 1024
_OK, _CREATED, _ACCEPTED = 200, 201, 202
_TAKEN: Final = frozenset({_OK, _CREATED, _ACCEPTED})
_BAD, _UNAUTHORIZED, _FORBIDDEN, _MISSING, _GONE = 400, 401, 403, 404, 410
_OTHER_FORM: Final = frozenset({301, 302, 307, 308, _MISSING, 405})
_FAILS = 500
_PLAIN: Final = {"content-type": "text/plain"}
_Ask = Callable[[str], Awaitable[Answer]]


class DrpChannel:
    """Speaks to covered businesses through the courier, one line each."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier

    async def set_up(self, base: str, agent_id: str, message: str, *, line: str) -> str:
        """The token for the agent."""
        place = f"{base}/v1/agent/{_part(agent_id)}"
        answer = await self._once(place, self._post(message, {}, line))
        self._refused(answer)
        try:
            return read_token(answer.body, agent_id=agent_id)
        except Malformed as error:
            raise _badly(str(error)) from error

    async def check(self, base: str, agent_id: str, token: str, *, line: str) -> None:
        """Make sure that the token still holds."""
        place = f"{base}/v1/agent/{_part(agent_id)}"
        self._refused(await self._once(place, self._get(token, line)))

    async def exercise(self, base: str, token: str, message: str, *, line: str) -> DrpReport:
        """Ask; the status that the organisation begins with."""
        place = f"{base}/v1/data-rights-request"
        return self._report(await self._either(place, self._post(message, _bearer(token), line)), "")

    async def status(self, base: str, token: str, request_id: str, *, line: str) -> DrpReport:
        """How the request stands."""
        place = f"{base}/v1/data-rights-request/{_part(request_id)}"
        return self._report(await self._either(place, self._get(token, line)), request_id)

    async def revoke(self, base: str, token: str, request_id: str, message: str, *, line: str) -> DrpReport:
        """Take the request back."""
        place = f"{base}/v1/data-rights-request/{_part(request_id)}"

        async def ask(url: str) -> Answer:
            return await self._courier.line(line).delete(
                url, message.encode("ascii"), headers={**_PLAIN, **_bearer(token)}, answer_bytes=ANSWER_BYTES
            )

        return self._report(await self._either(place, ask), request_id)

    def _get(self, token: str, line: str) -> _Ask:
        async def ask(url: str) -> Answer:
            return await self._courier.line(line).get(url, headers=_bearer(token), answer_bytes=ANSWER_BYTES)

        return ask

    def _post(self, message: str, headers: dict[str, str], line: str) -> _Ask:
        async def ask(url: str) -> Answer:
            return await self._courier.line(line).post_json(
                url, message.encode("ascii"), headers={**_PLAIN, **headers}, answer_bytes=ANSWER_BYTES
            )

        return ask

    async def _either(self, url: str, ask: _Ask) -> Answer:
        answer = await self._once(url, ask)
        if answer.status in _OTHER_FORM or answer.status >= _FAILS:
            other = await self._once(f"{url}/", ask)
            return other if other.status in _TAKEN or other.status == _FORBIDDEN else answer
        return answer

    async def _once(self, url: str, ask: _Ask) -> Answer:
        try:
            return await ask(url)
        except CourierError as error:
            final = error.code in {"address-refused", "request-refused"}
            raise ChannelError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=final) from error

    def _report(self, answer: Answer, known: str) -> DrpReport:
        self._refused(answer)
        try:
            report = read_report(answer.body, known=known)
        except Malformed as error:
            raise _badly(str(error)) from error
        if known and report.request_id != known:
            raise _badly("a status of another request")
        return report

    @staticmethod
    def _refused(answer: Answer) -> None:
        status = answer.status
        if status in _TAKEN:
            return
        if status in {_UNAUTHORIZED, _FORBIDDEN}:
            raise ChannelError("drp-not-admitted", str(status), may_have_arrived=True, final=False)
        if status in {_MISSING, _GONE}:
            raise ChannelError("drp-unknown", str(status), may_have_arrived=True, final=False)
        if _BAD <= status < _FAILS and read_fatal(answer.body):
            raise ChannelError("drp-denied", str(status), may_have_arrived=True, final=True)
        raise _badly(str(status))


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _part(name: str) -> str:
    return quote(name, safe="")


def _badly(detail: str) -> ChannelError:
    return ChannelError("answered-badly", detail, may_have_arrived=True, final=False)
