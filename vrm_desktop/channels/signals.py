"""Asks a vendor's site for the well-known files of other standards: a few small requests, one after the other.

Only when a vendor is added or its card is fetched again by hand, never because of a cast. Redirects are not followed.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from vrm_desktop.courier.client import Courier, Line
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.domain.signals import SignalPlace, SignalState, VendorSignal
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.signals import LARGEST_SIGNAL, read_signal

_SECONDS: Final = 5.0
_FOUND: Final = 200
_ABSENT: Final = frozenset({404, 410})


async def ask_for_signals(
    courier: Courier, address: str, leaving: Callable[[str], Awaitable[None]], *, now: datetime
) -> tuple[VendorSignal, ...]:
    """What the site of `address` says at each place. A site that is not reached is not asked a second time.

    `leaving` is told each address before it is asked for.
    """
    parts = urlsplit(address)
    site = f"{parts.scheme}://{parts.netloc}"
    key = f"signals {site}"
    signals: list[VendorSignal] = []
    try:
        line = courier.line(key)
        for place in SignalPlace:
            if signals and signals[-1].state is SignalState.UNREACHED:
                signals.append(VendorSignal(place=place, state=SignalState.UNREACHED, asked=now))
            else:
                await leaving(f"{site}/.well-known/{place.value}")
                signals.append(await _ask(line, site, place, now=now))
    finally:
        await courier.hang_up(key)
    return tuple(signals)


async def _ask(line: Line, site: str, place: SignalPlace, *, now: datetime) -> VendorSignal:
    try:
        answer = await line.get(
            f"{site}/.well-known/{place.value}", answer_bytes=LARGEST_SIGNAL, deadline_seconds=_SECONDS
        )
    except CourierError as error:
        unreadable = error.may_have_arrived and error.code != "timed-out"
        state = SignalState.UNREADABLE if unreadable else SignalState.UNREACHED
        return VendorSignal(place=place, state=state, asked=now)
    if answer.status != _FOUND:
        state = SignalState.ABSENT if answer.status in _ABSENT else SignalState.UNREADABLE
        return VendorSignal(place=place, state=state, asked=now)
    try:
        said = read_signal(place, answer.body)
    except ProtocolError:
        return VendorSignal(place=place, state=SignalState.UNREADABLE, asked=now)
    return VendorSignal(
        place=place, state=SignalState.FOUND, asked=now, terms=said.terms, honours=said.honours, since=said.since
    )
