"""The desk on a real PostgreSQL: two workers on one conversation, duties shared, news across, no answer twice."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event, inspect, select

from tests.fakes.asking_person import AskingPerson, forgotten
from tests.fakes.open_desk import OpenDesk
from tests.fakes.postgres_server import PostgresServer
from tests.fakes.vendor_process import Caller, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Fork
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.errors import BadHome, Busy, UnknownConversation
from vrm_desktop.vendor.migrations import STEPS
from vrm_desktop.vendor.postgres_engine import open_shared, read_address
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits
from vrm_desktop.vendor.store import Store

pytestmark = pytest.mark.services("postgresql")


class Pair:
    """Two workers of one desk, each with its own connections, as two processes have them."""

    def __init__(self, folder: Path, database: str, *, desk: str = "") -> None:
        self.desks = [OpenDesk(folder, database=database, desk=desk) for _ in range(2)]
        self.first = self.desks[0]

    def reception(self, number: int) -> Reception:
        """One worker's asynchronous side."""
        desk = self.desks[number]
        return Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=Clock(now=lambda: desk.now, steady=lambda: 0.0),
            ask_again=timedelta(seconds=5),
            neighbours=desk.neighbours,
        )

    def close(self) -> None:
        for desk in self.desks:
            desk.close()


@pytest.fixture
def pair(tmp_path: Path, database: str) -> Iterator[Pair]:
    made = Pair(tmp_path, database)
    yield made
    made.close()


async def both(pair: Pair, work: Callable[[Reception], object]) -> list[object]:
    """What comes of doing the same at both workers at once."""
    receptions = [pair.reception(0), pair.reception(1)]
    try:
        jobs = [work(each) for each in receptions]
        return await asyncio.gather(*jobs, return_exceptions=True)  # type: ignore[call-overload,no-any-return]
    finally:
        for each in receptions:
            await each.close()


def test_the_main_job_runs_on_a_database_server(pair: Pair) -> None:
    person = pair.first.person()
    for step in (person.ping, person.reveal, person.accept, person.end):
        pair.first.exchange(person, step())
    assert Counter(kind_of(message) for message in person.heard) == Counter(
        (Kind.TERMS_ANSWER, Kind.OFFER, Kind.CONFIRMATION, Kind.STATUS, Kind.CLOSURE)
    )
    assert pair.desks[1].dossier(person).held == ()


def test_one_ping_at_two_workers_at_once_is_answered_once(pair: Pair) -> None:
    for _ in range(8):
        person = pair.first.person()
        data = person.ping().to_bytes()
        answers = asyncio.run(both(pair, lambda reception, data=data: reception.open(data)))  # type: ignore[misc]
        assert answers == [person.conversation.id] * 2
        assert pair.desks[1].tell(person) == 1


def test_a_repeated_message_at_two_workers_is_answered_once(pair: Pair) -> None:
    for _ in range(8):
        person = pair.first.person()
        pair.first.exchange(person, person.ping())
        identity, data = str(person.conversation.id), person.reveal().to_bytes()
        answers = asyncio.run(both(pair, lambda reception, i=identity, d=data: reception.take(i, d)))  # type: ignore[misc]
        assert answers == [None, None]
        assert pair.first.tell(person) == 1


def test_two_different_messages_of_one_number_are_a_fork_for_one_of_them(pair: Pair) -> None:
    for _ in range(8):
        person = pair.first.person()
        pair.first.exchange(person, person.ping())
        twin = forgotten(person)
        one, other = person.message("one").to_bytes(), twin.message("other").to_bytes()
        identity, left = str(person.conversation.id), [one, other]
        found = asyncio.run(both(pair, lambda reception, i=identity, d=left: reception.take(i, d.pop())))  # type: ignore[misc]
        assert [type(each) for each in found if each is not None] == [Fork]
        kinds = [entry.kind for entry in pair.first.dossier(person).entries if entry.side is Side.PERSON]
        assert kinds == [Kind.PING, Kind.MESSAGE]


def test_a_duty_is_done_by_one_worker_and_passed_over_by_the_other(tmp_path: Path, database: str) -> None:
    pair = Pair(tmp_path, database, desk="suedstadtrad")
    first, second = pair.desks
    people = [first.person() for _ in range(3)]
    for person in people:
        first.open(person.ping())
    soon = first.now + timedelta(minutes=5)
    with first.store.turn() as mine, second.store.turn() as theirs:
        taken = {mine.take_due(soon), theirs.take_due(soon)}
        assert len(taken) == 2
        assert None not in taken
    first.now = second.now = soon
    results: list[int] = []
    threads = [threading.Thread(target=lambda desk=desk: results.append(desk.work_off())) for desk in pair.desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 3
    for person in people:
        person.now = soon
        assert second.tell(person) == 1
    pair.close()


def test_who_waits_at_one_worker_hears_what_the_other_took_in(pair: Pair) -> None:
    person = pair.first.person()
    pair.first.exchange(person, person.ping())
    identity, message = str(person.conversation.id), person.message().to_bytes()

    async def run() -> int:
        here, there = pair.reception(0), pair.reception(1)
        here.start()
        try:
            watched = here.watch(identity)
            assert watched is not None
            with watched as news:
                async with asyncio.timeout(60):
                    await news.wait()  # the listening began: whatever was missed before is looked at
                    news.clear()
                    await there.take(identity, message)
                    await news.wait()
            page = await here.page(identity, secret=person.secret, after={Side.VENDOR: len(person.heard)})
            return len(page.letters)
        finally:
            await here.close()
            await there.close()

    assert asyncio.run(run()) == 1


def test_strange_ids_are_unknown_and_never_reach_the_database(pair: Pair) -> None:
    async def run() -> None:
        reception = pair.reception(0)
        try:
            for strange in ("\x00" * 43, "", "a" * 44, "\ud800" * 43):
                with pytest.raises(UnknownConversation):
                    await reception.page(strange, secret="x" * 22, after={Side.VENDOR: 0})
                with pytest.raises(UnknownConversation):
                    await reception.take(strange, b"{}")
        finally:
            await reception.close()

    asyncio.run(run())


def test_a_database_of_another_key_or_of_a_newer_program_is_refused(pair: Pair, database: str) -> None:
    with pytest.raises(BadHome, match="another key"):
        Store(open_shared(read_address(database)), kid=SeedSigner(b"\x08" * 32).kid)
    with pair.first.store.turn() as books:
        books._connection.execute(tables.desk.update().values(schema=len(STEPS) + 1))
    with pytest.raises(BadHome, match="newer version"):
        OpenDesk(pair.first.file.parent, database=database)


def test_two_workers_that_begin_at_once_make_the_tables_once(tmp_path: Path, database: str) -> None:
    desks: list[OpenDesk] = []
    threads = [threading.Thread(target=lambda: desks.append(OpenDesk(tmp_path, database=database))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desks) == 4
    engine = desks[0].store._engine
    assert set(tables.metadata.tables) <= set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert len(connection.execute(select(tables.desk)).all()) == 1
    for desk in desks:
        desk.close()


def test_a_lost_connection_is_a_reason_to_come_again_and_the_next_turn_finds_a_new_one(
    pair: Pair, postgres: PostgresServer
) -> None:
    person = pair.first.person()
    decision = pair.first.desk.open(person.ping(), now=pair.first.now)

    event.listen(pair.first.store._engine, "commit", lambda _: postgres.crash(), once=True)
    with pytest.raises(Busy) as caught, pair.first.store.turn() as books:
        books.apply(decision, now=pair.first.now)
    assert caught.value.closed
    with pytest.raises(Busy), pair.first.store.turn() as books:
        books.next_due()
    postgres.start()
    with pair.first.store.turn() as books:
        assert books.dossier(str(person.conversation.id)) is None
        books.apply(decision, now=pair.first.now)
    assert pair.desks[1].tell(person) == 1


def test_several_workers_serve_on_one_address(tmp_path: Path, database: str, http: httpx.Client) -> None:
    with serving(tmp_path / "shop", "--db", database, "--workers", "3") as vendor:
        caller = Caller(vendor.url, http)
        for _ in range(4):
            person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
            for step, hears in ((person.ping, 1), (person.reveal, 1), (person.accept, 2)):
                with ExitStack() as each_call_its_own_line:
                    caller.http = each_call_its_own_line.enter_context(httpx.Client(trust_env=False, timeout=40))
                    caller.exchange(person, step(), hears=hears)
        assert vendor.stop() == 0


def test_books_without_neighbours_hold_nothing(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    with desk.store.turn() as books:
        assert isinstance(books, Books)
        books.begin("any")
    desk.close()


def test_reads_of_both_sides_come_back_byte_for_byte(pair: Pair) -> None:
    person = pair.first.person()
    pair.first.exchange(person, person.ping())
    pair.first.exchange(person, person.reveal())
    with pair.desks[1].store.turn() as books:
        letters, _more = books.letters(str(person.conversation.id), after={Side.PERSON: 0})
    assert [Envelope(jws=letter.jws, disclosures=letter.disclosures) for letter in letters] == [
        sealed.envelope for sealed in person.sent
    ]
