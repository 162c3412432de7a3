"""A desk with connectors, driven by hand on the test's own loop: a reception over a real store, a clock to set."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.connectors.dispatching import Dispatch
from vrm_desktop.vendor.connectors.port import Connector, Event, Heard, Notes, Said, Told
from vrm_desktop.vendor.connectors.rows import Standing, Waiting
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store


class RememberingProgram:
    """A shop's program: takes each event once, by its id, and can be away, refuse, or lose its answer."""

    def __init__(self) -> None:
        self.taken: list[Event] = []
        self.asked: list[str] = []
        self.noted: list[Notes] = []
        self.trouble: Callable[[Event], Exception | None] = lambda _event: None
        self.loses_answer = False
        self.says: list[Said] = []
        self.answers: dict[str, Told] = {}

    async def tell(self, event: Event, notes: Notes) -> Told:
        self.asked.append(event.id)
        self.noted.append(notes)
        error = self.trouble(event)
        if error is not None:
            raise error
        if event.id not in {each.id for each in self.taken}:
            self.taken.append(event)
        if self.loses_answer:
            raise TimeoutError
        return self.answers.get(event.kind, Told(notes={event.kind: event.id[:8]}))

    async def listen(self, bookmark: str) -> Heard:
        return Heard(said=tuple(self.says), bookmark=f"{bookmark}+")

    async def check(self) -> str:
        return "here"

    async def close(self) -> None:
        return None


class ConnectedDesk:
    """One desk with one connector. `now` is the clock of both."""

    def __init__(
        self,
        folder: Path,
        connector: Connector,
        settings: ConnectorSettings,
        *,
        shop: DeskSettings | None = None,
        database: Callable[[], Store] | None = None,
    ) -> None:
        self._folder = folder
        self.settings = settings
        self.connector = connector
        self.open_desk = OpenDesk(folder, settings=shop or sample_settings())
        self.now = self.open_desk.now
        self.open_desk.store.close()
        self.open_desk.store = self.store = database() if database is not None else self._store()
        clock = Clock(now=lambda: self.now, steady=lambda: 0.0)
        self.reception = Reception(
            desk=self.open_desk.desk,
            store=self.store,
            budget=Budget(self.open_desk.shop.settings.limits, (), steady=0.0),
            clock=clock,
            ask_again=timedelta(seconds=5),
        )
        self.dispatch = self.another_dispatch()

    def _store(self) -> Store:
        return Store(
            open_engine(self.open_desk.file),
            kid=self.open_desk.signer.kid,
            scrub=scrub,
            subscribers={self.settings.name: self.settings.events},
        )

    def another_dispatch(self) -> Dispatch:
        """A further worker for the same connector."""
        return Dispatch(self.settings, self.connector, self.reception, now=lambda: self.now, look_seconds=0.01)

    async def start(self) -> None:
        await self.reception.ask(lambda books: books.connections.ensure(self.settings.name))

    async def send(self, person: AskingPerson, envelope: Envelope) -> None:
        """Post, and let the person hear the answers."""
        if len(person.sent) == 1:
            await self.reception.open(envelope.to_bytes())
        else:
            await self.reception.take(str(person.conversation.id), envelope.to_bytes())
        await self.listen(person)

    async def listen(self, person: AskingPerson) -> None:
        """Let the person hear what is new."""
        page = await self.reception.page(
            str(person.conversation.id), secret=person.secret, after={Side.VENDOR: len(person.heard)}
        )
        person.hear(*(Envelope(jws=letter.jws, disclosures=()) for letter in page.letters))

    async def tell_all(self) -> None:
        """Tell until nothing is told any more."""
        while await self.dispatch.tell_some():
            pass

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.open_desk.now = self.now

    async def waiting(self) -> Standing:
        (standing,) = await self.reception.ask(lambda books: books.connections.standing())
        return standing

    async def set_aside(self) -> tuple[Waiting, ...]:
        return await self.reception.ask(lambda books: books.connections.set_aside())

    async def close(self) -> None:
        await self.reception.close()
        self.store.close()


def person_at(desk: ConnectedDesk) -> AskingPerson:
    """Somebody who wants a bike from that desk."""
    return AskingPerson(vendor=desk.open_desk.signer.kid, now=desk.now)
