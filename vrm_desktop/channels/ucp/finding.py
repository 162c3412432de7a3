"""Finding a shop: its page about itself at one place of its domain, in at most three requests.

Never here: reading the page (formats/ucp), and keeping what was found.
"""

from typing import Final
from urllib.parse import urljoin, urlsplit

from vrm_desktop.channels.ucp.errors import by_status, unreached, unusable
from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Line
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.domain.shop import ShopProfile
from vrm_desktop.formats.errors import NotAShopAnswer, NotAShopProfile
from vrm_desktop.formats.ucp.members import LARGEST_ANSWER
from vrm_desktop.formats.ucp.profile import read_profile
from vrm_desktop.formats.web_domains import host_of, registrable
from vrm_desktop.services.ports import Clock

PLACE: Final = "/.well-known/ucp"
_MOST_REQUESTS: Final = 3
_OK: Final = 200
_ELSEWHERE: Final = frozenset({301, 302, 303, 307, 308})
_NOT_THERE: Final = frozenset({404, 405, 410})


def base_of(domain: str) -> str:
    """Where to look for a domain or address as a person writes it: its scheme and host, `https` where none is given."""
    text = domain.strip()
    parts = urlsplit(text if "//" in text else f"https://{text}")
    return f"{parts.scheme}://{parts.netloc}"


async def find(line: Line, domain: str, clock: Clock) -> ShopProfile:
    """What the shop at `domain` publishes about itself. Raises `ChannelError`."""
    base = base_of(domain)
    waiting, asked = [f"{base}{PLACE}", f"{base}{PLACE}/"], set[str]()
    answer = None
    while waiting and len(asked) < _MOST_REQUESTS:
        url = waiting.pop(0)
        asked.add(url)
        answer = await _get(line, url)
        if answer.status == _OK:
            return _read(answer)
        if answer.status in _ELSEWHERE:
            onward = urljoin(url, answer.headers.get("location", ""))
            if _is_same_shop(onward, base) and onward not in asked:
                waiting = [onward, *(one for one in waiting if one != onward)]
        elif answer.status not in _NOT_THERE:
            break
    raise by_status(answer, clock.now(), missing="shop-not-here") if answer else unusable("nothing was asked")


async def _get(line: Line, url: str) -> Answer:
    try:
        return await line.get(url, answer_bytes=LARGEST_ANSWER)
    except CourierError as error:
        raise unreached(error) from error


def _is_same_shop(url: str, base: str) -> bool:
    """Whether this is the same place at the same owner's site, and no less protected."""
    there, here = urlsplit(url), urlsplit(base)
    same_owner = host_of(url) == host_of(base) or registrable(url) == registrable(base) != ""
    return there.scheme in {here.scheme, "https"} and same_owner and there.path.rstrip("/") == PLACE


def _read(answer: Answer) -> ShopProfile:
    try:
        return read_profile(answer.body)
    except NotAShopAnswer as error:
        # Many sites answer any address with a page of their own.
        raise unusable(str(error), code="shop-not-here") from error
    except NotAShopProfile as error:
        raise unusable(str(error), code="shop-unspoken") from error
