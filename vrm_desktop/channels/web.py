"""A web page fetched once, through the courier: one GET, what came back, and nothing followed, stored or judged.

The headers are the courier's own, the same for everybody, and there are no cookies. Never here: where a redirect may
lead, how often one asks, what a page says (services and formats).
"""

import re
from datetime import datetime
from typing import Final

from vrm_desktop.courier.answers import Answer, retry_after_seconds
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.formats.web_address import site_of
from vrm_desktop.services.ports import ChannelError, Clock
from vrm_desktop.services.ports_outside import WebPage

_ACCEPT: Final = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_ETAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{1,96}"', re.ASCII)
_MODIFIED: Final = re.compile(r"[A-Za-z0-9:, +-]{10,40}", re.ASCII)
_NOT_TRIED_AGAIN: Final = frozenset({"address-refused", "request-refused"})
_LONGEST_WORD: Final = 200


class WebChannel:
    """Visits pages, one line for each site, hung up after each visit."""

    def __init__(self, courier: Courier, clock: Clock) -> None:
        self._courier = courier
        self._clock = clock

    async def fetch(
        self, url: str, *, most: int, etag: str = "", modified: str = "", seconds: float | None = None
    ) -> WebPage:
        """What stands at `url`, up to `most` bytes; `etag` and `modified` are the shop's words for a copy at hand.

        `seconds` is how long it may take; None: as long as usual.

        Raises:
            ChannelError: there was no answer, or none that is used; its code is the courier's.
        """
        headers = {"accept": _ACCEPT}
        if _ETAG.fullmatch(etag):
            headers["if-none-match"] = etag
        if _MODIFIED.fullmatch(modified):
            headers["if-modified-since"] = modified
        line = f"page {site_of(url)}"
        try:
            answer = await self._courier.line(line).get(
                url, headers=headers, answer_bytes=most, deadline_seconds=seconds
            )
        except CourierError as error:
            final = error.code in _NOT_TRIED_AGAIN
            raise ChannelError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=final) from error
        finally:
            await self._courier.hang_up(line)
        return _page(answer, self._clock.now())


def _page(answer: Answer, now: datetime) -> WebPage:
    kind, _semicolon, parameters = answer.headers.get("content-type", "").partition(";")
    etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    return WebPage(
        status=answer.status,
        body=answer.body,
        kind=kind.strip().lower()[:_LONGEST_WORD],
        charset=_charset(parameters),
        location=answer.headers.get("location", ""),
        etag=etag if _ETAG.fullmatch(etag) else "",
        modified=modified if _MODIFIED.fullmatch(modified) else "",
        retry_after=retry_after_seconds(answer.headers, now=now),
    )


def _charset(parameters: str) -> str:
    for one in parameters.split(";"):
        name, _equals, value = one.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()[:40]
    return ""
