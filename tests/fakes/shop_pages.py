"""A web of invented shops in memory, behind the port that fetches pages: what stands where, and who asked for what.

Never here: following, reading or judging; that is what is tested.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import Outside, WebPage

Answer = WebPage | ChannelError | Callable[[], WebPage]
NOWHERE = WebPage(status=404, body=b"", kind="text/html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the shop saw it."""

    url: str
    etag: str
    modified: str


@dataclass(slots=True, kw_only=True)
class FakeWeb:
    """Pages by address; whatever has no entry is not there."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def web(self) -> "FakeWeb":
        """Itself."""
        return self

    @property
    def outside(self) -> Outside:
        """The ways beyond our own wire, of which only pages are there: anything else that is asked for is missed."""
        return cast("Outside", self)

    async def fetch(
        self, url: str, *, most: int, etag: str = "", modified: str = "", seconds: float | None = None
    ) -> WebPage:
        """The page, or that it is unchanged where the caller has this copy."""
        assert seconds is None or seconds > 0
        self.asked.append(Asked(url=url, etag=etag, modified=modified))
        found = self.pages.get(url, NOWHERE)
        if isinstance(found, ChannelError):
            raise found
        page = found() if callable(found) else found
        assert len(page.body) <= most
        same = (etag and etag == page.etag) or (modified and modified == page.modified)
        return replace(page, status=304, body=b"") if same else page

    def urls(self) -> list[str]:
        """What was asked for, in order."""
        return [one.url for one in self.asked]


def page(body: str | bytes = "", **more: object) -> WebPage:
    """An HTML page."""
    data = body.encode() if isinstance(body, str) else body
    return replace(WebPage(status=200, body=data, kind="text/html"), **more)  # type: ignore[arg-type]


def leads_to(location: str, status: int = 302) -> WebPage:
    """A redirect."""
    return WebPage(status=status, body=b"", location=location)


def product(price: object, name: str = "Road bike", **more: object) -> str:
    """The page of one product."""
    value = {"@type": "Product", "name": name, "offers": {"price": price, "priceCurrency": "EUR"}, **more}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def unreached(code: str = "connect-failed") -> ChannelError:
    """Nobody answered, and nothing left."""
    return ChannelError(code, may_have_arrived=False, final=False)
