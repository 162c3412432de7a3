"""The engine: one thread that owns one asyncio loop, where services and channels run.

Never here: Qt, a widget, a callback into a window. Results leave as futures; the window's bridge carries them on.
"""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, ClassVar, TypeVar

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

CLOSING_SECONDS = 5.0


class EngineError(Exception):
    """Anything the engine refuses."""

    code: ClassVar[str] = "engine"


class EngineNotRunningError(EngineError):
    """Work was handed in before `start` or after `close`."""

    code: ClassVar[str] = "engine.not_running"


class EngineStillBusyError(EngineError):
    """`close` waited its whole limit and a task did not stop."""

    code: ClassVar[str] = "engine.still_busy"


class Engine:
    """One thread, one loop. `start` once, `submit` from any thread, `close` once; a closed engine stays closed."""

    def __init__(self, name: str = "engine") -> None:
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ready = threading.Event()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def running(self) -> bool:
        """Whether work can be handed in now."""
        return self._loop is not None and not self._closed

    def start(self) -> None:
        """Start the thread and return when its loop accepts work.

        Raises:
            RuntimeError: it was started before.
        """
        self._thread.start()
        self._ready.wait()

    def submit(self, work: Coroutine[Any, Any, _T]) -> "Future[_T]":
        """Run `work` on the loop. The future can be waited for, watched or cancelled from any thread.

        Raises:
            EngineNotRunningError: there is no loop; `work` has been closed, not left hanging.
        """
        with self._lock:
            if self._loop is None or self._closed:
                work.close()
                raise EngineNotRunningError("the engine takes no work before start or after close")
            return asyncio.run_coroutine_threadsafe(work, self._loop)

    def cancel(self, future: "Future[Any]") -> bool:
        """Ask the task behind `future` to stop. False when it had already finished."""
        return future.cancel()

    def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Cancel what still runs, let it clean up, stop the loop and join the thread. Safe to repeat.

        Raises:
            EngineStillBusyError: a task did not stop within `seconds`.
        """
        with self._lock:
            first, self._closed = not self._closed, True
        if not self._thread.is_alive():
            return
        if first and self._loop is not None:
            asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).add_done_callback(self._stop)
        self._thread.join(seconds)
        if self._thread.is_alive():
            raise EngineStillBusyError(f"a task was still running {seconds} s after it was cancelled")

    def _stop(self, _finished: "Future[None]") -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            self._ready.set()
            self._loop.run_forever()
        _LOG.debug("the engine has stopped")


async def _cancel_others() -> None:
    """Cancel every other task of the loop and wait until each has finished, however it ends."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
