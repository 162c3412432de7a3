"""The desk at work without HTTP: who waits is told, trouble passes, and what was begun is finished."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Expired
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.dossier import Decision, Dossier
from vrm_desktop.vendor.errors import Busy, UnknownConversation
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits
from vrm_desktop.vendor.watching import Watchers
from vrm_desktop.vendor.web.problems import broken, busy, plain_http, protocol_problem

_SECONDS = 60


def at_work(desk: OpenDesk, work: Callable[[Reception], Awaitable[None]], *, begin: bool = True) -> None:
    """Do `work` at the reception of `desk`, whose clock is the test's."""

    async def run() -> None:
        reception = Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=Clock(now=lambda: desk.now, steady=lambda: 0.0),
            ask_again=timedelta(seconds=5),
        )
        if begin:
            reception.start()
        try:
            async with asyncio.timeout(_SECONDS):
                await work(reception)
        finally:
            await reception.close()

    asyncio.run(run())


async def heard(reception: Reception, person: AskingPerson) -> int:
    page = await reception.page(str(person.conversation.id), secret=person.secret, after={Side.VENDOR: 0})
    return len(page.letters)


async def until_heard(reception: Reception, person: AskingPerson) -> None:
    watched = reception.watch(str(person.conversation.id))
    assert watched is not None
    with watched as news:
        while await heard(reception, person) == 0:
            await news.wait()
            news.clear()


def test_a_duty_is_done_when_it_falls_due_and_who_waits_is_told(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="suedstadtrad")
    person = desk.person()

    async def work(reception: Reception) -> None:
        ping = person.ping()
        watched = reception.watch(str(person.conversation.id))
        assert watched is not None
        with watched as news:
            await reception.open(ping.to_bytes())
            assert await heard(reception, person) == 0
            news.clear()
            desk.now += timedelta(seconds=2)
            await news.wait()
        assert await heard(reception, person) == 1

    at_work(desk, work)
    desk.close()


def test_an_answer_that_cannot_be_made_is_left_for_later_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = OpenDesk(tmp_path, desk="suedstadtrad")
    unlucky, lucky = desk.person(), desk.person()
    for person in (unlucky, lucky):
        desk.open(person.ping())
    desk.now += timedelta(seconds=5)
    genuine = desk.desk.do_duty

    def fails_once(dossier: Dossier, number: int, **rest: object) -> Decision:
        if dossier.conversation.id == unlucky.conversation.id and desk.now < later:
            raise LookupError("something nobody thought of")
        return genuine(dossier, number, now=desk.now)

    later = desk.now + timedelta(minutes=30)
    monkeypatch.setattr(desk.desk, "do_duty", fails_once)

    async def work(reception: Reception) -> None:
        await until_heard(reception, lucky)
        assert await heard(reception, unlucky) == 0

    at_work(desk, work)
    desk.now += timedelta(hours=2)

    async def again(reception: Reception) -> None:
        await until_heard(reception, unlucky)

    at_work(desk, again)
    desk.close()


def test_a_database_that_takes_nothing_is_busy_and_recovers(desk: OpenDesk) -> None:
    person = desk.person()
    with desk.store.turn() as books:
        pages = books._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        books._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    async def work(reception: Reception) -> None:
        ping = person.ping()
        with pytest.raises(Busy):
            await reception.open(ping.to_bytes())
        await reception.ask(lambda books: books._connection.exec_driver_sql("PRAGMA max_page_count = 100000").close())
        await reception.open(ping.to_bytes())
        assert await heard(reception, person) == 1

    at_work(desk, work)


def test_a_caller_who_goes_away_does_not_undo_the_turn(desk: OpenDesk) -> None:
    person = desk.person()

    async def work(reception: Reception) -> None:
        posting = asyncio.create_task(reception.open(person.ping().to_bytes()))
        await asyncio.sleep(0)
        posting.cancel()
        while True:
            try:
                assert await heard(reception, person) == 1
            except UnknownConversation:
                continue
            return

    at_work(desk, work, begin=False)


def test_a_repeat_is_answered_alike_even_past_its_day(desk: OpenDesk) -> None:
    person, stranger = desk.person(), desk.person()
    ping, never_taken = person.ping(), stranger.ping()

    async def work(reception: Reception) -> None:
        await reception.open(ping.to_bytes())
        assert await reception.open(ping.to_bytes()) == person.conversation.id
        desk.now += timedelta(days=30)
        assert await reception.open(ping.to_bytes()) == person.conversation.id
        assert await heard(reception, person) == 1
        with pytest.raises(Expired):
            await reception.open(never_taken.to_bytes())

    at_work(desk, work, begin=False)


def test_a_message_for_no_conversation_is_refused(desk: OpenDesk) -> None:
    person = desk.person()
    person.ping()

    async def work(reception: Reception) -> None:
        with pytest.raises(UnknownConversation):
            await reception.take(str(person.conversation.id), Envelope(jws="a.e30.c").to_bytes())

    at_work(desk, work, begin=False)


def test_who_waits_when_the_desk_closes_is_let_go() -> None:
    async def run() -> None:
        watchers = Watchers()
        with watchers.watch("a") as first:
            watchers.notify("b")
            assert not first.is_set()
            watchers.close()
            assert first.is_set()
        with watchers.watch("a") as second:
            assert second.is_set()
        assert watchers.count == 0

    asyncio.run(run())


def test_a_fault_of_ours_says_nothing_of_itself() -> None:
    from starlette.requests import Request

    request = Request({"type": "http"})
    answer = asyncio.run(broken(request, ValueError("Ada, Rheinweg 5")))
    assert (answer.status_code, b"Ada" in answer.body) == (500, False)
    for handler in (protocol_problem, busy, plain_http):
        with pytest.raises(ValueError, match="else"):
            asyncio.run(handler(request, ValueError("something else")))
