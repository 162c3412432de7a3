"""Calls of a shop's plain interface: which place each errand goes to, and with which headers. Never what is in them.

Where a server knows only the other form of an address, with or without a slash at the end, that is tried once: what
is not there has had no effect.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final, assert_never
from urllib.parse import quote

from vrm_desktop.channels.ucp.errors import by_status, unreached, unusable
from vrm_desktop.channels.ucp.proofs import Prover
from vrm_desktop.channels.ucp.signed_answers import worth
from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.client import Line
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.domain.shop import Errand, ShopCall
from vrm_desktop.formats.errors import NotAShopAnswer
from vrm_desktop.formats.ucp.members import LARGEST_ANSWER, counted, read_object
from vrm_desktop.services.ports import Clock, PageSigner
from vrm_desktop.services.ports_outside import ShopAnswer

_SECONDS: Final = 30.0
_DONE: Final = frozenset({200, 201, 202})
_OTHER_FORM: Final = frozenset({301, 308, 404, 405})
_REFUSED: Final = range(400, 500)
_BUSY: Final = 429
_Ask = Callable[[str], Awaitable[Answer]]


async def carry(line: Line, call: ShopCall, clock: Clock, signer: PageSigner | None = None) -> ShopAnswer:
    """Make the call, signed where there is a signer. Raises `ChannelError`."""
    headers = {"ucp-agent": f'profile="{call.profile}"', "accept": "application/json"}
    if call.key:
        headers["idempotency-key"] = call.key
    place, posts = place_of(call)
    prove = None if signer is None else Prover(signer, call.profile, clock)

    async def ask(url: str) -> Answer:
        if posts:
            body = call.body.encode()
            return await _posted(line, url, body, prove("POST", url, body, headers) if prove else headers)
        told = prove("GET", url, b"", headers) if prove else headers
        return await line.get(url, headers=told, deadline_seconds=_SECONDS, answer_bytes=LARGEST_ANSWER)

    answer = await _either(f"{call.endpoint.address}{place}", ask)
    return replace(_read(answer, clock), signed=worth(answer, call.keys))


async def _posted(line: Line, url: str, message: bytes, headers: Mapping[str, str]) -> Answer:
    return await line.post_json(url, message, headers=headers, deadline_seconds=_SECONDS, answer_bytes=LARGEST_ANSWER)


def place_of(call: ShopCall) -> tuple[str, bool]:
    """Where an errand goes, below the endpoint, and whether something is posted there."""
    match call.errand:
        case Errand.SEARCH:
            return "/catalog/search", True
        case Errand.LOOK_UP:
            return "/catalog/lookup", True
        case Errand.CREATE_CART:
            return "/carts", True
        case Errand.CREATE_CHECKOUT:
            return "/checkout-sessions", True
        case Errand.GET_CHECKOUT:
            return f"/checkout-sessions/{quote(call.of, safe='')}", False
        case Errand.GET_ORDER:
            return f"/orders/{quote(call.of, safe='')}", False
        case Errand.CANCEL_CART:
            return f"/carts/{quote(call.of, safe='')}/cancel", True
        case Errand.CANCEL_CHECKOUT:
            return f"/checkout-sessions/{quote(call.of, safe='')}/cancel", True
        case _:
            assert_never(call.errand)


async def _either(url: str, ask: _Ask) -> Answer:
    try:
        answer = await ask(url)
        if answer.status in _OTHER_FORM and not _speaks(answer):
            other = await ask(f"{url}/")
            return other if other.status in _DONE or _speaks(other) else answer
    except CourierError as error:
        raise unreached(error) from error
    return answer


def _speaks(answer: Answer) -> bool:
    """Whether the shop itself says in its own form why it does not do it."""
    try:
        return counted(read_object(answer.body), "messages") > 0
    except NotAShopAnswer:
        return False


def _read(answer: Answer, clock: Clock) -> ShopAnswer:
    said_no = answer.status in _REFUSED and answer.status != _BUSY and _speaks(answer)
    if answer.status not in _DONE and not said_no:
        raise by_status(answer, clock.now())
    try:
        told = read_object(answer.body)
    except NotAShopAnswer as error:
        raise unusable(str(error)) from error
    return ShopAnswer(status=answer.status, told=told, text=answer.body.decode("utf-8", "replace"), refused=said_no)
