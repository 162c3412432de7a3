"""Reading a conversation: exact messages since a number, held for a while when there are none. Changes nothing."""

import asyncio
import re
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.vendor.errors import UnknownConversation
from vrm_desktop.vendor.reception import Page, Reception

LONGEST_WAIT = 30
_NUMBER = re.compile(r"[0-9]{1,6}")
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,6})")
_BEARER = re.compile(r"[Bb]earer +([\x21-\x7e]{1,200})")


class Reading:
    """The handler over one reception."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def messages(self, request: Request) -> Response:
        """GET {conversation}/messages?side=vendor&after=N, or ?side=both&after=N,M."""
        conversation: str = request.path_params["conversation"]
        secret = _secret(request)
        after = _after(request)
        wait = _wait(request)
        known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}

        async def look() -> tuple[Page, bytes, str]:
            page = await self._reception.page(conversation, secret=secret, after=after)
            body = _body(page)
            return page, body, f'"{digest(body)}"'

        page, body, tag = await look()
        watched = self._reception.watch(conversation) if wait and (not page.letters or tag in known) else None
        if watched is not None:
            ends = asyncio.get_running_loop().time() + wait
            with watched as news, suppress(TimeoutError):
                # Looked at again before the first wait: news may have come before the watch began.
                while not self._reception.stopping:
                    page, body, tag = await look()
                    if page.letters and tag not in known:
                        break
                    async with asyncio.timeout_at(ends):
                        await news.wait()
                    news.clear()
        headers = {"ETag": tag, "Retry-After": str(page.look_again), "Cache-Control": "no-store"}
        if tag in known:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)


def _body(page: Page) -> bytes:
    return strict_json.encode(
        {
            "messages": [
                {
                    "envelope": Envelope(jws=letter.jws, disclosures=letter.disclosures).to_value(),
                    "number": letter.number,
                    "side": letter.side.value,
                }
                for letter in page.letters
            ],
            "more": page.more,
        }
    )


def _secret(request: Request) -> str:
    match = _BEARER.fullmatch(request.headers.get("authorization", ""))
    if match is None:
        raise UnknownConversation("no read secret")
    return match[1]


def _after(request: Request) -> dict[Side, int]:
    side = request.query_params.get("side", "vendor")
    sides = {"vendor": (Side.VENDOR,), "both": (Side.VENDOR, Side.PERSON)}.get(side)
    if sides is None:
        raise Malformed("side is vendor or both")
    numbers = request.query_params.get("after", ",".join("0" * len(sides))).split(",")
    if len(numbers) != len(sides) or not all(_NUMBER.fullmatch(number) for number in numbers):
        raise Malformed("after is the last number of each side asked for")
    return dict(zip(sides, map(int, numbers), strict=True))


def _wait(request: Request) -> int:
    match = _WAIT.search(request.headers.get("prefer", ""))
    return min(LONGEST_WAIT, int(match[1])) if match is not None else 0
