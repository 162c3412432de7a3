"""Several worker processes on one socket: started, replaced when they die, stopped together. No work is done here."""

import logging
import multiprocessing
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from vrm_desktop.vendor.errors import BadHome

_log = logging.getLogger(__name__)
_AGAIN_SECONDS = 1.0
_GRACE_SECONDS = 15
READY = "ready"
"""What a worker says on its line once it takes requests; anything else is why it could not start."""

Work = Callable[..., None]


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: "Connection[Any, Any]"
    ready: bool = False
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Workers:
    """`count` processes, each running `work(plan, listening, line)`; all three must be picklable."""

    work: Work
    plan: object
    listening: socket.socket
    count: int
    _running: list[_Worker] = field(default_factory=list)

    def run(self, *, ready: Callable[[], None]) -> None:
        """Keep the workers running until SIGTERM or SIGINT; `ready` is called once, when all take requests.

        Raises:
            BadHome: the first workers could not start; the text is theirs.
        """
        told = False
        with _signalled() as signalled:
            try:
                while not signalled.poll():
                    while len(self._running) < self.count:
                        self._start()
                    wait([signalled, *(each.line for each in self._running)])
                    gone = [each for each in self._running if not self._hear(each)]
                    for each in gone:
                        self._bury(each, started=told)
                    if not told and all(each.ready for each in self._running) and not gone:
                        told = True
                        ready()
                    if gone and not signalled.poll(_AGAIN_SECONDS):
                        continue
            finally:
                self._stop()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        line, theirs = context.Pipe()
        process = context.Process(target=self.work, args=(self.plan, self.listening, theirs))
        process.start()
        theirs.close()
        self._running.append(_Worker(process, line))

    @staticmethod
    def _hear(worker: _Worker) -> bool:
        """Take in what the worker says; False when its line is dead."""
        try:
            while worker.line.poll():
                said = worker.line.recv()
                worker.ready = worker.ready or said == READY
                worker.reason = "" if said == READY else str(said)
        except (EOFError, OSError):
            return False
        return True

    def _bury(self, worker: _Worker, *, started: bool) -> None:
        self._running.remove(worker)
        worker.line.close()
        worker.process.join()
        _log.warning("a worker ended with status %s; another takes its place", worker.process.exitcode)
        if not started:
            raise BadHome(worker.reason or "a worker could not start")

    def _stop(self) -> None:
        for each in self._running:
            each.line.close()  # the lifeline: each worker stops calmly when it is cut
        for each in self._running:
            each.process.join(_GRACE_SECONDS)
            if each.process.exitcode is None:
                each.process.kill()
                each.process.join()


@contextmanager
def _signalled() -> "Iterator[Connection[Any, Any]]":
    """A line on which something comes when the process is asked to stop."""
    heard, tell = multiprocessing.Pipe(duplex=False)
    before = {
        number: signal.signal(number, lambda *_: tell.send_bytes(b"stop")) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        heard.close()
        tell.close()
