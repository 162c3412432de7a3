"""The engine: work runs on its own loop, can be cancelled, and nothing survives its close."""

import asyncio
import inspect
import threading
from concurrent.futures import CancelledError

import pytest

from vrm_desktop.engine import Engine, EngineNotRunningError, EngineStillBusyError

_PATIENCE = 60.0


async def _thread_name() -> str:
    return threading.current_thread().name


def test_work_runs_on_the_engine_s_own_thread() -> None:
    engine = Engine("engine-under-test")
    engine.start()
    try:
        assert engine.running
        assert engine.submit(_thread_name()).result(_PATIENCE) == "engine-under-test"
    finally:
        engine.close()
    assert not engine.running


def test_an_error_in_the_work_reaches_whoever_waits_for_it() -> None:
    async def fail() -> None:
        raise ValueError("no")

    engine = Engine()
    engine.start()
    try:
        with pytest.raises(ValueError, match="no"):
            engine.submit(fail()).result(_PATIENCE)
    finally:
        engine.close()


def test_cancelled_work_stops_and_cleans_up() -> None:
    started, cleaned = threading.Event(), threading.Event()

    async def wait_for_ever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    engine = Engine()
    engine.start()
    try:
        future = engine.submit(wait_for_ever())
        assert started.wait(_PATIENCE)
        assert engine.cancel(future)
        assert cleaned.wait(_PATIENCE)
        with pytest.raises(CancelledError):
            future.result(_PATIENCE)
        done = engine.submit(_thread_name())
        done.result(_PATIENCE)
        assert not engine.cancel(done)
    finally:
        engine.close()


def test_closing_cancels_what_runs_and_lets_it_clean_up_before_the_thread_ends() -> None:
    started, cleaned = threading.Event(), threading.Event()

    async def wait_for_ever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.set()

    engine = Engine("closing-engine")
    engine.start()
    future = engine.submit(wait_for_ever())
    assert started.wait(_PATIENCE)
    engine.close()
    engine.close()
    assert cleaned.is_set()
    assert future.cancelled()
    assert "closing-engine" not in {thread.name for thread in threading.enumerate()}


def test_a_task_that_refuses_to_stop_is_reported_and_not_waited_for_for_ever() -> None:
    started, release = threading.Event(), threading.Event()

    async def block() -> None:
        started.set()
        release.wait(_PATIENCE)

    engine = Engine()
    engine.start()
    engine.submit(block())
    assert started.wait(_PATIENCE)
    with pytest.raises(EngineStillBusyError):
        engine.close(seconds=0.05)
    release.set()
    engine.close()


@pytest.mark.parametrize("closed", [False, True])
def test_no_work_is_taken_before_start_or_after_close(*, closed: bool) -> None:
    engine = Engine()
    if closed:
        engine.start()
        engine.close()
    work = _thread_name()
    with pytest.raises(EngineNotRunningError):
        engine.submit(work)
    assert inspect.getcoroutinestate(work) == inspect.CORO_CLOSED


def test_an_engine_that_never_started_can_be_closed() -> None:
    engine = Engine()
    engine.close()
    assert not engine.running
