"""The person's side of HTTP: requests through one line of the courier, and what every answer must be."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.conformance.codes import PREFIX, STATUSES
from vrm_desktop.conformance.errors import Broken
from vrm_desktop.conformance.rules import Marks, core, full
from vrm_desktop.courier.answers import Answer, retry_after_seconds
from vrm_desktop.courier.client import Line
from vrm_desktop.courier.errors import CourierError

ANSWERS = core("answers", "3", "Every request is answered in time, in plain HTTP/1.1, within the size limits")
NO_FAULT = core("no-server-error", "3", "Nothing that is sent leads to a server error")
NO_REDIRECT = core("no-redirect", "3", "Nothing is redirected")
PROBLEM = core("problem-form", "3", "Refusals are problem+json with `type`, `title` and `status`")
STATUS = core("problem-status", "3", "Each error code comes with its status")
BUSY = full("busy-retry-after", "3", "`busy` says when to come again")
RULES = (ANSWERS, NO_FAULT, NO_REDIRECT, PROBLEM, STATUS, BUSY)

_TRIES = 4
_BUSY_STATUSES = frozenset({429, 503})
_NOT_MODIFIED = 304
_NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal: its code ("" where the body names none of the protocol's) and the members beside it."""

    code: str
    members: Mapping[str, object]


class Calls:
    """One made-up person's HTTP. `patience`: seconds for one answer, and in all for a desk that is busy."""

    def __init__(self, line: Line, *, marks: Marks, now: Callable[[], datetime], patience: float) -> None:
        self._line = line
        self._marks = marks
        self._now = now
        self.patience = patience

    async def post(self, url: str, body: bytes, *, content_type: str = "application/json") -> Answer:
        """Post these bytes; comes again where the desk is busy.

        Raises:
            Broken: no usable HTTP came back.
        """
        waited = 0.0
        for _ in range(_TRIES):
            answer = await self._once(lambda: self._line.post_json(
                url, body, headers={"content-type": content_type}, deadline_seconds=self.patience
            ), "POST")  # fmt: skip
            if answer.status not in _BUSY_STATUSES:
                return answer
            seconds = self._busy(answer)
            waited += seconds
            if waited > self.patience:
                break
            await asyncio.sleep(seconds)
        raise self._broken("the desk stayed busy")

    async def get(
        self, url: str, *, headers: Mapping[str, str] = _NO_HEADERS, wait: float = 0, answer_bytes: int | None = None
    ) -> Answer:
        """Fetch; `wait` seconds are added to the patience.

        Raises:
            Broken: no usable HTTP came back.
        """
        deadline = self.patience + wait
        return await self._once(
            lambda: self._line.get(url, headers=headers, deadline_seconds=deadline, answer_bytes=answer_bytes), "GET"
        )

    async def _once(self, call: Callable[[], Awaitable[Answer]], method: str) -> Answer:
        try:
            answer = await call()
        except CourierError as error:
            raise self._broken(f"{method}: {error.code}: {error}") from error
        self._marks.judge(ANSWERS)
        fault = answer.status >= 500 and answer.status not in _BUSY_STATUSES
        self._marks.judge(NO_FAULT, f"{method} was answered with {answer.status}" if fault else "")
        moved = 300 <= answer.status < 400 and answer.status != _NOT_MODIFIED
        self._marks.judge(NO_REDIRECT, f"{method} was answered with {answer.status}" if moved else "")
        if answer.status >= 400 and not fault:
            self._judge_problem(answer)
        return answer

    def _busy(self, answer: Answer) -> int:
        seconds = retry_after_seconds(answer.headers, now=self._now())
        self._marks.judge(BUSY, "" if seconds is not None else f"{answer.status} without a usable Retry-After")
        return max(1, seconds or 1)

    def _judge_problem(self, answer: Answer) -> None:
        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        members = _object(answer.body)
        wrong = ""
        if kind != "application/problem+json":
            wrong = f"{answer.status} came as {kind or 'no type'}"
        elif not isinstance(members.get("type"), str) or not isinstance(members.get("title"), str):
            wrong = f"{answer.status} without `type` and `title`"
        elif members.get("status") != answer.status:
            wrong = f"`status` {members.get('status')} in an answer of {answer.status}"
        self._marks.judge(PROBLEM, wrong)
        code = problem_of(answer).code
        if code in STATUSES:
            fits = answer.status in STATUSES[code]
            self._marks.judge(STATUS, "" if fits else f"`{code}` came with {answer.status}")

    def _broken(self, reason: str) -> Broken:
        self._marks.judge(ANSWERS, reason)
        return Broken(reason)


def problem_of(answer: Answer) -> Problem:
    """What an answer says about why it refuses."""
    members = _object(answer.body)
    kind = members.get("type")
    code = kind.removeprefix(PREFIX) if isinstance(kind, str) and kind.startswith(PREFIX) else ""
    return Problem(code=code, members=members)


def _object(body: bytes) -> Mapping[str, object]:
    try:
        value = strict_json.decode(body)
    except CanonError:
        return {}
    return value if isinstance(value, dict) else {}
