"""Connections that wait to be used again. Never shares one between two lines: the line's key is part of the place."""

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.targets import Target
from vrm_desktop.courier.wire import Wire


class Place(NamedTuple):
    """Whose connection, and to where."""

    line: str
    scheme: str
    host: str
    port: int


def place_of(line: str, target: Target) -> Place:
    """The place a connection of this line to this target belongs to."""
    return Place(line, target.scheme.value, target.host, target.port)


class IdleConnections:
    """Open connections nobody uses: hung up after `idle_seconds`, and the oldest when there are too many."""

    def __init__(self, *, limits: Limits) -> None:
        self._limits = limits
        self._waiting: OrderedDict[Wire, tuple[Place, asyncio.TimerHandle]] = OrderedDict()
        self._by_place: dict[Place, list[Wire]] = {}

    def take(self, place: Place) -> Wire | None:
        """The connection to this place used last, if one is open and clean."""
        while wires := self._by_place.get(place):
            wire = wires[-1]
            self._forget(wire)
            if wire.is_idle_and_clean:
                return wire
            wire.hang_up()
        return None

    def keep(self, place: Place, wire: Wire) -> None:
        """Keep a connection for later. One with unread or unsent bytes is hung up instead."""
        if not wire.is_idle_and_clean:
            wire.hang_up()
            return
        timer = asyncio.get_running_loop().call_later(self._limits.idle_seconds, self._drop, wire)
        self._waiting[wire] = (place, timer)
        self._by_place.setdefault(place, []).append(wire)
        if len(self._waiting) > self._limits.idle_connections:
            self._drop(next(iter(self._waiting)))

    def hang_up_line(self, line: str) -> None:
        """Hang up every connection this line left here."""
        for wire in [wire for wire, (place, _) in self._waiting.items() if place.line == line]:
            self._drop(wire)

    def _drop(self, wire: Wire) -> None:
        self._forget(wire)
        wire.hang_up()

    def _forget(self, wire: Wire) -> None:
        place, timer = self._waiting.pop(wire)
        timer.cancel()
        wires = self._by_place[place]
        wires.remove(wire)
        if not wires:
            del self._by_place[place]
