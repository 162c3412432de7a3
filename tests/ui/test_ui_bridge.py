"""The bridge: results arrive on the main thread, once, later, and never at what is gone."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.ui_probes import LoopGaps
from vrm_desktop.engine import Engine, EngineNotRunningError
from vrm_desktop.ui.bridge import Bridge, Change

PATIENCE_MS = 60_000


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine()
    made.start()
    yield made
    made.close()


@pytest.fixture
def bridge(engine: Engine) -> Iterator[Bridge]:
    made = Bridge(engine)
    yield made
    made.close()


class Ear:
    """Remembers what was delivered and on which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.get_ident())


async def _give(value: object) -> object:
    return value


async def _fail() -> None:
    raise LookupError("nothing there")


def test_a_result_is_delivered_on_the_main_thread_and_not_before_control_returns(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    bridge.run(_give(7), ear.done, ear.failed)
    assert ear.results == []
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert (ear.results, ear.errors) == ([7], [])
    assert ear.threads == {threading.get_ident()}


def test_an_error_is_delivered_like_a_result(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    bridge.run(_fail(), ear.done, ear.failed)
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert ear.results == []
    assert [str(error) for error in ear.errors] == ["nothing there"]


def test_a_closed_engine_fails_like_any_other_work(bridge: Bridge, engine: Engine, qtbot: QtBot) -> None:
    ear = Ear()
    engine.close()
    bridge.run(_give(1), ear.done, ear.failed)
    assert ear.errors == []
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert [type(error) for error in ear.errors] == [EngineNotRunningError]


def test_cancelled_work_stops_and_is_not_heard_of_again(bridge: Bridge, qtbot: QtBot) -> None:
    ear, stopped = Ear(), threading.Event()

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    started = Ear()
    ticket = bridge.run(wait_for_ever(), ear.done, ear.failed)
    bridge.run(_give("after it"), started.done, started.failed)
    qtbot.waitUntil(lambda: started.results == ["after it"], timeout=PATIENCE_MS)
    ticket.cancel()
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert stopped.wait(PATIENCE_MS / 1000)
    assert (ear.results, ear.errors) == ([], [])


def test_nothing_is_delivered_to_an_owner_that_is_gone(bridge: Bridge, qtbot: QtBot) -> None:
    ear, kept = Ear(), Ear()
    gone, here = QObject(), QObject()
    bridge.run(_give(1), ear.done, ear.failed, owner=gone)
    bridge.run(_give(2), kept.done, kept.failed, owner=here)
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert ear.results == []
    assert kept.results == [2]


def test_work_that_cancels_itself_is_neither_done_nor_failed(bridge: Bridge, qtbot: QtBot) -> None:
    async def give_up() -> None:
        raise asyncio.CancelledError

    ear = Ear()
    bridge.run(give_up(), ear.done, ear.failed)
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert (ear.results, ear.errors) == ([], [])


def test_many_changes_from_many_threads_become_one(bridge: Bridge, qtbot: QtBot) -> None:
    heard: list[frozenset[Change]] = []
    bridge.changed.connect(heard.append)
    threads = [
        threading.Thread(target=bridge.notice, args=([("offer", str(number % 10))],), name=f"teller-{number}")
        for number in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard == [frozenset(("offer", str(number)) for number in range(10))]
    bridge.notice([("want", "1")])
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    assert heard[1] == frozenset({("want", "1")})


def test_no_change_is_no_news(engine: Engine, qtbot: QtBot) -> None:
    bridge = Bridge(engine, gathering_ms=0)
    heard: list[object] = []
    bridge.changed.connect(heard.append)
    bridge.notice([])
    bridge.notice([("offer", "1")])
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard == [frozenset({("offer", "1")})]


def test_a_closed_bridge_delivers_nothing_more(bridge: Bridge, qtbot: QtBot) -> None:
    ear = Ear()
    heard: list[object] = []
    bridge.changed.connect(heard.append)
    bridge.run(_give(1), ear.done, ear.failed)
    bridge.close()
    qtbot.wait(30)
    assert (ear.results, ear.errors, heard, bridge.waiting) == ([], [], [], 0)


def test_the_window_stays_alive_while_the_engine_is_busy(bridge: Bridge, qtbot: QtBot) -> None:
    ear, held, turned = Ear(), threading.Event(), threading.Event()

    async def be_busy() -> bool:
        held.set()
        return turned.wait(PATIENCE_MS / 1000)  # holds the engine's thread, as a slow parse would

    bridge.run(be_busy(), ear.done, ear.failed)
    assert held.wait(PATIENCE_MS / 1000)
    gaps = LoopGaps()
    gaps.start()
    qtbot.waitUntil(lambda: len(gaps.gaps_ms) >= 10, timeout=PATIENCE_MS)
    gaps.stop()
    assert ear.results == []
    turned.set()
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert (ear.results, ear.errors) == ([True], [])


def test_a_stalled_event_loop_is_seen_by_the_measurement(qtbot: QtBot) -> None:
    gaps = LoopGaps()
    gaps.start()
    threading.Event().wait(0.15)
    gaps.stop()
    assert gaps.longest_ms >= 140
