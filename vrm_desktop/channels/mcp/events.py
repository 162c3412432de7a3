"""Server-sent events out of bytes, piece by piece. Sans-IO: nothing here waits, and nothing grows beyond its bounds."""

from dataclasses import dataclass
from typing import Final

from vrm_desktop.canon.loose_json import LARGEST

MOST_EVENTS: Final = 512
MOST_LINES: Final = 20_000
LONGEST_RETRY: Final = 60_000
_LONGEST_ID: Final = 256


class TooManyEvents(Exception):
    """The stream passes a bound in events, lines or size."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Event:
    """One event: its data, and the place in the stream after it ("" where the server names none)."""

    data: str
    place: str


class EventReader:
    """Reads one stream. `place` is the last place named, `retry` the server's wish before asking again, in ms."""

    def __init__(self) -> None:
        self.place = ""
        self.retry: int | None = None
        self._line = bytearray()
        self._data: list[str] = []
        self._size = 0
        self._events = 0
        self._lines = 0
        self._after_return = False
        self._is_first = True

    def feed(self, piece: bytes) -> tuple[Event, ...]:
        """The events that end in this piece. Raises `TooManyEvents`."""
        found = []
        if self._after_return and piece.startswith(b"\n"):
            piece = piece[1:]
        self._after_return = piece.endswith(b"\r")
        lines = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines[:-1]:
            self._line += line
            whole = self._line.decode("utf-8", "replace")
            self._line.clear()
            event = self._take(whole)
            if event is not None:
                found.append(event)
        self._line += lines[-1]
        self._bound(len(self._line) + self._size <= 2 * LARGEST)
        return tuple(found)

    def _take(self, line: str) -> Event | None:
        self._lines += 1
        self._bound(self._lines <= MOST_LINES)
        if self._is_first:
            self._is_first = False
            line = line.removeprefix("\ufeff")
        if not line:
            return self._end()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value)
        elif name == "id" and len(value) <= _LONGEST_ID and value.isascii() and value.isprintable():
            self.place = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self.retry = int(value) if len(value) <= len(str(LONGEST_RETRY)) else LONGEST_RETRY
        return None

    def _end(self) -> Event | None:
        if not self._data:
            return None
        self._events += 1
        self._bound(self._events <= MOST_EVENTS)
        event = Event(data="\n".join(self._data), place=self.place)
        self._data, self._size = [], 0
        return event

    @staticmethod
    def _bound(holds: bool) -> None:  # noqa: FBT001 - a condition reads as one
        if not holds:
            raise TooManyEvents
