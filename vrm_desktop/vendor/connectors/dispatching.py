"""The connectors at work beside the desk: events go out, words come in. Never in the way of the wire.

Turns are short, and none is open while anybody outside is waited for. What counts as told is decided by rows.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.courier.errors import CourierError
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.connectors.port import ERASED, Connector, Event, Said
from vrm_desktop.vendor.connectors.rows import Waiting
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.connectors.telling import event_from, handed_on, redacted
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.errors import BadHome, Busy, ConnectorAway, ConnectorRefused, HandRefused, UnknownConversation
from vrm_desktop.vendor.reception import Reception
from vrm_desktop.vendor.uses import UsedBy, uses_of

_log = logging.getLogger(__name__)
_AT_ONCE = 8
LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One event that can be told, with what its connector noted of the conversation; no event: it cannot be read."""

    waiting: Waiting
    event: Event | None
    notes: Mapping[str, str]


class Dispatch:
    """One connector of one worker; `run()` for ever. `now` is the time of day in UTC."""

    def __init__(
        self,
        settings: ConnectorSettings,
        connector: Connector,
        reception: Reception,
        *,
        now: Callable[[], datetime],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._settings = settings
        self._connector = connector
        self._reception = reception
        self._now = now
        self._look_seconds = look_seconds

    async def run(self) -> None:
        """Tell and listen until the desk stops. What was begun and not finished is done again after its lease."""
        known = False
        while not self._reception.stopping:
            more = False
            try:
                if not known:
                    await self._reception.ask(lambda books: books.connections.ensure(self._settings.name))
                    known = True
                more = await self.tell_some()
                await self.listen()
            except Busy:
                _log.warning("connector %s: the desk's database is away for a moment", self._settings.name)
            if not more:
                await asyncio.sleep(self._look_seconds)

    async def tell_some(self) -> bool:
        """Tell what waits, a few conversations at once; returns whether something was told."""
        ready = await self._reception.ask(self._take)
        return any(await asyncio.gather(*(self._tell(each) for each in ready)))

    def _take(self, books: Books) -> tuple[Ready, ...]:
        name, lease = self._settings.name, 2 * self._settings.patience
        taken = books.connections.take(name, self._now(), lease=lease, most=_AT_ONCE)
        return tuple(
            Ready(
                waiting=waiting,
                event=self._event(books, waiting),
                notes=books.connections.notes(name, waiting.conversation),
            )
            for waiting in taken
        )

    def _event(self, books: Books, waiting: Waiting) -> Event | None:
        dossier = books.dossier(waiting.conversation, hold=False)
        jws = "" if waiting.kind == ERASED else books.text(waiting.event)
        if dossier is None or jws is None:
            return None
        try:
            event = event_from(waiting, dossier, jws, values=self._settings.values)
            if self._settings.hands_on:
                self._note_handed_on(books, dossier)
        except (ProtocolError, BadHome):
            return None
        return event

    def _note_handed_on(self, books: Books, dossier: Dossier) -> None:
        """Write down, before they leave, which values go to this connector: each once, on the day it first goes.

        A program that fails may have read them all the same, so what was tried counts.
        """
        conversation = str(dossier.conversation.id)
        known = {used.use for used in books.used(conversation)}
        uses = uses_of(handed_on(dossier), by=UsedBy.PROCESSOR, whom=self._settings.name)
        fresh = [use for use in uses if use not in known]
        books.note_uses(conversation, fresh, int(self._now().timestamp()))

    async def _tell(self, ready: Ready) -> bool:
        waiting, event = ready.waiting, ready.event
        if event is None:
            await self._refused(waiting, "what is stored cannot be read")
            return False
        try:
            async with asyncio.timeout(self._settings.patience.total_seconds()):
                told = await self._connector.tell(event, ready.notes)
        except (ConnectorAway, CourierError, TimeoutError) as error:
            await self._away(waiting, redacted(_words(error), event))
            return False
        except ConnectorRefused as error:
            await self._refused(waiting, redacted(str(error), event))
            return False
        except Exception as error:  # noqa: BLE001 - a connector may be the shop's own code: its faults stop nobody else
            await self._refused(waiting, f"the connector stumbled: {type(error).__name__}")
            return False
        for said in told.said:
            await self._say(said)

        def finish(books: Books) -> None:
            books.connections.note(waiting.connector, waiting.conversation, told.notes)
            books.connections.told(waiting, self._now())

        await self._reception.ask(finish)
        return True

    async def listen(self) -> None:
        """Ask the connector what was said, when it is time."""
        name, lease = self._settings.name, 2 * self._settings.patience
        bookmark = await self._reception.ask(
            lambda books: books.connections.begin_listening(name, self._now(), lease=lease)
        )
        if bookmark is None:
            return
        try:
            async with asyncio.timeout(self._settings.patience.total_seconds()):
                heard = await self._connector.listen(bookmark)
        except Exception as error:  # noqa: BLE001 - as above
            trouble = _words(error) if isinstance(error, _KNOWN) else f"the connector stumbled: {type(error).__name__}"
            await self._reception.ask(lambda books: books.connections.rest(name, self._now(), trouble=trouble))
            return
        for said in heard.said:
            await self._say(said)
        again = self._settings.listens
        await self._reception.ask(
            lambda books: books.connections.listened(name, self._now(), bookmark=heard.bookmark, again=again)
        )

    async def _say(self, said: Said) -> None:
        """Do what was said, in one transaction with remembering that it was; what cannot be done is remembered too."""
        name = self._settings.name

        def once(books: Books) -> bool:
            fresh = books.connections.heard(name, said.id, said.conversation, self._now())
            if fresh:
                books.connections.note(name, said.conversation, said.notes)
            return fresh

        try:
            await self._reception.act(said.conversation, said.act, by=name, once=once)
        except (HandRefused, UnknownConversation) as error:
            trouble = _words(error)
            await self._reception.ask(
                lambda books: books.connections.heard(name, said.id, said.conversation, self._now(), trouble=trouble)
            )

    async def _away(self, waiting: Waiting, trouble: str) -> None:
        await self._reception.ask(lambda books: books.connections.away(waiting, self._now(), trouble=trouble))

    async def _refused(self, waiting: Waiting, trouble: str) -> None:
        await self._reception.ask(lambda books: books.connections.refused(waiting, self._now(), trouble=trouble))


_KNOWN = (ConnectorAway, ConnectorRefused, CourierError, TimeoutError)


def _words(error: Exception) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
