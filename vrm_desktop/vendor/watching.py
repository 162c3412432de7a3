"""Who waits for news of which conversation. One event loop only; never here: what the news is."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Watchers:
    """Waiting readers by conversation. `close()` lets everybody go, now and later."""

    def __init__(self) -> None:
        self._events: dict[str, set[asyncio.Event]] = {}
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nobody shall wait any longer."""
        return self._closed

    @property
    def count(self) -> int:
        """How many readers wait."""
        return sum(len(events) for events in self._events.values())

    @contextmanager
    def watch(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set by the next `notify` of the conversation after this point."""
        event = asyncio.Event()
        if self._closed:
            event.set()
        events = self._events.setdefault(conversation, set())
        events.add(event)
        try:
            yield event
        finally:
            events.discard(event)
            if not events:
                self._events.pop(conversation, None)

    def notify(self, conversation: str) -> None:
        """There is something new in the conversation."""
        for event in self._events.get(conversation, ()):
            event.set()

    def close(self) -> None:
        """The desk stops: nobody waits any longer."""
        self._closed = True
        self.notify_all()

    def notify_all(self) -> None:
        """There may be something new anywhere."""
        for events in self._events.values():
            for event in events:
                event.set()
