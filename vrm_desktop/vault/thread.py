"""The vault thread: the only one that touches the connection, one closure at a time, each in one transaction.

Short reads go before waiting writes; equals go in order of arrival. Never lives here: SQL, or anything that waits for
the network. A closure must not await and must not call back into the vault.
"""

import asyncio
import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import TypeVar

from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import CommitUncertain, DiskFailed, VaultClosed, VaultError
from vrm_desktop.vault.transaction import Transaction

_T = TypeVar("_T")

OnIo = Callable[[str], None]
"""Told `begin`, `before-commit` and `after-commit` of every write, on the vault thread. Fault tests end there."""


class _Urgency(IntEnum):
    READ = 0
    WRITE = 1
    UPKEEP = 2
    STOP = 3


class VaultThread:
    """Owns one connection until `close()`. Methods may be called from any thread but its own."""

    def __init__(self, connection: VaultConnection, *, on_io: OnIo | None = None) -> None:
        self._connection = connection
        self._on_io: OnIo = on_io or (lambda _: None)
        self._order = itertools.count()
        self._waiting: queue.PriorityQueue[tuple[_Urgency, int, Callable[[], None]]] = queue.PriorityQueue()
        self._door = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="vault", daemon=True)
        self._thread.start()

    async def read(self, work: Callable[[Transaction], _T]) -> _T:
        """What `work` returns, from one consistent view. Writing raises StatementRefused."""
        return await asyncio.wrap_future(self._submit(_Urgency.READ, lambda: self._read(work)))

    async def write(self, work: Callable[[Transaction], _T]) -> _T:
        """What `work` returns, once all it did is on the disk; whatever it raises undoes everything.

        Raises CommitUncertain when only the last step failed. Cancelling the caller withdraws work that has not
        begun; work that has begun is finished.
        """
        return await asyncio.wrap_future(self._submit(_Urgency.WRITE, lambda: self._write(work)))

    async def upkeep(self, work: Callable[[VaultConnection], _T]) -> _T:
        """What `work` returns, outside any transaction and after everything else: checks, copies, checkpoints."""
        return await asyncio.wrap_future(self._submit(_Urgency.UPKEEP, lambda: self._upkeep(work)))

    def read_now(self, work: Callable[[Transaction], _T]) -> _T:
        """`read` for callers without a loop; blocks."""
        return self._submit(_Urgency.READ, lambda: self._read(work)).result()

    def write_now(self, work: Callable[[Transaction], _T]) -> _T:
        """`write` for callers without a loop; blocks."""
        return self._submit(_Urgency.WRITE, lambda: self._write(work)).result()

    def upkeep_now(self, work: Callable[[VaultConnection], _T]) -> _T:
        """`upkeep` for callers without a loop; blocks."""
        return self._submit(_Urgency.UPKEEP, lambda: self._upkeep(work)).result()

    def write_bulk_now(self, work: Callable[[Transaction], _T]) -> _T:
        """`write_now` with a large page cache for as long as it takes: imports and the like."""
        return self._submit(_Urgency.WRITE, lambda: self._upkeep(lambda _: self._write(work))).result()

    def exchange_now(self, work: Callable[[VaultConnection], VaultConnection]) -> None:
        """Go on with the connection `work` returns, which closes the present one; blocks. Like `upkeep` otherwise."""
        self._submit(_Urgency.UPKEEP, lambda: self._exchange(work)).result()

    def close(self) -> None:
        """Finish what is waiting, refuse what comes, close the connection and wait for the thread to end."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            ended: Future[None] = Future()
            self._waiting.put((_Urgency.STOP, next(self._order), _job(ended, self._end)))
        self._thread.join()
        ended.result()

    def _end(self) -> None:
        self._connection.close()  # looked up only now: an exchange may still have been waiting

    def _submit(self, urgency: _Urgency, work: Callable[[], _T]) -> "Future[_T]":
        if threading.current_thread() is self._thread:
            raise RuntimeError("work on the vault thread must not ask the vault thread for more")
        future: Future[_T] = Future()
        with self._door:
            if self._closed:
                raise VaultClosed("the vault is closed")
            self._waiting.put((urgency, next(self._order), _job(future, work)))
        return future

    def _run(self) -> None:
        while True:
            urgency, _, job = self._waiting.get()
            job()
            if urgency is _Urgency.STOP:
                return
            del job  # a closure must not outlive its turn: it may hold what a person typed

    def _upkeep(self, work: Callable[[VaultConnection], _T]) -> _T:
        with self._connection.bulk():
            return work(self._connection)

    def _exchange(self, work: Callable[[VaultConnection], VaultConnection]) -> None:
        with self._connection.bulk():
            self._connection = work(self._connection)

    def _read(self, work: Callable[[Transaction], _T]) -> _T:
        transaction = Transaction(self._connection, writing=False)
        self._connection.execute("BEGIN")
        try:
            return work(transaction)
        finally:
            transaction.end()
            self._roll_back()

    def _write(self, work: Callable[[Transaction], _T]) -> _T:
        transaction = Transaction(self._connection, writing=True)
        self._on_io("begin")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(transaction)
            transaction.end()
            self._on_io("before-commit")
            self._commit()
        except BaseException:
            transaction.end()
            self._roll_back()
            raise
        self._on_io("after-commit")
        return result

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except DiskFailed as error:
            # The commit record may have reached the disk before the failure (measured): only reading again can tell.
            raise CommitUncertain(str(error)) from error

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # some errors end the transaction by themselves
            try:
                self._connection.execute("ROLLBACK")
            except VaultError:
                if self._connection.in_transaction:
                    raise


def _job(future: "Future[_T]", work: Callable[[], _T]) -> Callable[[], None]:
    def run() -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - handed to the caller, who raises it
            future.set_exception(error)
        else:
            future.set_result(result)

    return run
