"""Tryton's own JSON-RPC over the courier: sign in, call, sign in again when the session is over. Knows no model.

Tryton answers compressed (or says so) beyond 1,400 characters, and the courier takes no compressed answer: ask for few
things at a time, and never for a floating-point number, which the strict reader refuses. What Tryton refuses is a
`ConnectorRefused` with its own words.
"""

import asyncio
import base64
from decimal import Decimal
from typing import Any

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import EncodingRefusedError
from vrm_desktop.vendor.errors import ConnectorAway, ConnectorRefused

_OK = 200
_AWAY = frozenset({408, 429, 502, 503, 504})
_OVER = frozenset({401, 403})


def decimal_value(amount: Decimal) -> dict[str, str]:
    """A decimal number as Tryton's JSON has it."""
    return {"__class__": "Decimal", "decimal": str(amount)}


class TrytonSession:
    """One user's session at one database; `url` ends with the database's name."""

    def __init__(self, url: str, *, user: str, password: str, courier: Courier) -> None:
        self._url = f"{url.rstrip('/')}/rpc/"
        self._user = user
        self._password = password
        self._courier = courier
        self._one_at_a_time = asyncio.Lock()  # calls side by side only get in each other's way in Tryton's database
        self._token = ""
        self._context: dict[str, Any] = {}

    @property
    def context(self) -> dict[str, Any]:
        """Company, employee and language of the user, once signed in."""
        return self._context

    async def call(self, method: str, *params: object) -> Any:
        """The result of a method, with the user's context as its last parameter.

        Raises:
            ConnectorAway, CourierError: nobody is there, or the sign-in fails.
            ConnectorRefused: Tryton does not do it.
        """
        async with self._one_at_a_time:
            if not self._token:
                await self._sign_in()
            status, answer = await self._post(method, [*params, self._context])
            if status in _OVER:
                await self._sign_in()
                status, answer = await self._post(method, [*params, self._context])
        return _result(method, status, answer)

    async def sign_in(self) -> None:
        """Begin a session, and learn for which company and as which employee the user works."""
        async with self._one_at_a_time:
            await self._sign_in()

    async def _sign_in(self) -> None:
        self._token, self._context = "", {}
        status, answer = await self._post("common.db.login", [self._user, {"password": self._password}, "en"])
        match _result("common.db.login", status, answer) if status not in _OVER else None:
            case [int(user), str(session), *_]:
                self._token = base64.b64encode(f"{self._user}:{user}:{session}".encode()).decode("ascii")
            case _:
                raise ConnectorAway("Tryton does not let this user in")
        status, answer = await self._post("model.res.user.get_preferences", [True, {}])
        found = _result("model.res.user.get_preferences", status, answer)
        self._context = {key: found[key] for key in ("company", "employee", "language") if found.get(key) is not None}

    async def close(self) -> None:
        """Hang up; the session ends by itself."""
        await self._courier.close()

    async def _post(self, method: str, params: list[object]) -> tuple[int, Any]:
        headers = {"authorization": f"Session {self._token}"} if self._token else {}
        body = strict_json.encode({"id": 0, "method": method, "params": params})
        try:
            answer = await self._courier.line("tryton").post_json(self._url, body, headers=headers)
        except EncodingRefusedError as error:
            raise ConnectorRefused(f"{method}: Tryton stumbled, its log says why") from error
        if answer.status in _AWAY:
            raise ConnectorAway(f"Tryton answers {answer.status}")
        try:
            return answer.status, strict_json.decode(answer.body) if answer.status == _OK else None
        except CanonError as error:
            raise ConnectorAway("what answers is not Tryton") from error


def _result(method: str, status: int, answer: Any) -> Any:
    match answer:
        case {"result": result}:
            return result
        case {"error": [*parts]}:
            raise ConnectorRefused(f"{method}: {_words(parts)}")
        case {"result": None}:
            return None
        case _:
            raise ConnectorRefused(f"{method}: answers {status}")


def _words(parts: list[Any]) -> str:
    """Tryton's own words for people; the name of an exception and a trace are of no use to anybody."""
    texts = [part for part in parts if isinstance(part, str)] + [
        text for part in parts if isinstance(part, list) for text in part if isinstance(text, str)
    ]
    return " ".join(text for text in texts if "\n" not in text)[:300]
