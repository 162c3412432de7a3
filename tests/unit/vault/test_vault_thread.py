"""The vault thread: all or nothing, in order, and never silent about what it cannot know."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from vrm_desktop.vault.connection import Value, VaultConnection, create_database
from vrm_desktop.vault.errors import (
    CommitUncertain,
    Conflict,
    DiskFailed,
    DiskFull,
    StatementRefused,
    VaultClosed,
)
from vrm_desktop.vault.secret import Subkey
from vrm_desktop.vault.thread import VaultThread
from vrm_desktop.vault.transaction import Transaction


class FailingConnection(VaultConnection):
    """A real connection on which one statement fails, before or after it took effect."""

    failing: str = ""
    error: Exception
    takes_effect = False

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        if sql == self.failing:
            if self.takes_effect:
                super().execute(sql, parameters)
            raise self.error
        return super().execute(sql, parameters)


@pytest.fixture
def connection(tmp_path: Path) -> FailingConnection:
    made = create_database(tmp_path / "vault.db", Subkey(bytes(32)), bytes(16))
    made.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
    return FailingConnection(made._raw, made.path, made._authorizer, made._descriptor)


@pytest.fixture
def thread(connection: FailingConnection) -> Iterator[VaultThread]:
    started = VaultThread(connection)
    yield started
    started.close()


def add(text: str) -> Callable[[Transaction], int]:
    return lambda transaction: transaction.insert("INSERT INTO note (text) VALUES (?)", (text,))


def texts(transaction: Transaction) -> list[str]:
    return [row["text"] for row in transaction.query("SELECT text FROM note ORDER BY id")]


def test_a_write_is_kept_and_returns_what_its_closure_returned(thread: VaultThread) -> None:
    assert thread.write_now(add("one")) == 1
    assert thread.write_now(add("two")) == 2
    assert thread.read_now(texts) == ["one", "two"]


def test_whatever_a_closure_raises_undoes_all_of_it(thread: VaultThread) -> None:
    class OurOwnError(Exception):
        pass

    def half(transaction: Transaction) -> None:
        add("one")(transaction)
        raise OurOwnError

    with pytest.raises(OurOwnError):
        thread.write_now(half)
    assert thread.read_now(texts) == []
    thread.write_now(add("two"))
    assert thread.read_now(texts) == ["two"]


def test_a_conflict_undoes_the_whole_closure(thread: VaultThread) -> None:
    thread.write_now(add("one"))
    with pytest.raises(Conflict):
        thread.write_now(lambda transaction: (add("two")(transaction), add("one")(transaction)))
    assert thread.read_now(texts) == ["one"]


def test_a_read_cannot_write(thread: VaultThread) -> None:
    with pytest.raises(StatementRefused, match="only reads"):
        thread.read_now(add("one"))
    thread.read_now(lambda transaction: transaction.query("INSERT INTO note (text) VALUES ('sly') RETURNING id"))
    assert thread.read_now(texts) == []


def test_a_transaction_kept_past_its_closure_is_dead(thread: VaultThread) -> None:
    for kept in (thread.write_now(lambda transaction: transaction), thread.read_now(lambda transaction: transaction)):
        for use in (texts, add("late"), lambda transaction: transaction.value("SELECT 1")):
            with pytest.raises(VaultClosed):
                use(kept)


def test_one_finds_the_first_row_or_none(thread: VaultThread) -> None:
    thread.write_now(add("one"))
    found = thread.read_now(lambda transaction: transaction.one("SELECT text FROM note"))
    assert found is not None
    assert found["text"] == "one"
    assert thread.read_now(lambda transaction: transaction.one("SELECT text FROM note WHERE id = 7")) is None


def test_many_loops_write_at_once_and_each_write_counts_once(thread: VaultThread) -> None:
    async def twenty(name: str) -> None:
        await asyncio.gather(*(thread.write(add(f"{name} {number}")) for number in range(20)))
        assert len(await thread.read(texts)) >= 20

    loops = [threading.Thread(target=lambda name=name: asyncio.run(twenty(name))) for name in "abc"]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    assert sorted(thread.read_now(texts)) == sorted(f"{name} {number}" for name in "abc" for number in range(20))


def test_waiting_reads_go_before_waiting_writes_and_upkeep_last(thread: VaultThread) -> None:
    entered, go_on, done = threading.Event(), threading.Event(), []

    async def scene() -> None:
        def block(_: Transaction) -> None:
            entered.set()
            go_on.wait(60)

        blocker = asyncio.ensure_future(thread.write(block))
        await asyncio.to_thread(entered.wait, 60)
        waiting = [
            asyncio.ensure_future(thread.upkeep(lambda _: done.append("upkeep"))),
            asyncio.ensure_future(thread.write(lambda _: done.append("write 1"))),
            asyncio.ensure_future(thread.write(lambda _: done.append("write 2"))),
            asyncio.ensure_future(thread.read(lambda _: done.append("read 1"))),
            asyncio.ensure_future(thread.read(lambda _: done.append("read 2"))),
        ]
        await asyncio.sleep(0)  # every one of them is in the queue now
        go_on.set()
        await asyncio.gather(blocker, *waiting)

    asyncio.run(scene())
    assert done == ["read 1", "read 2", "write 1", "write 2", "upkeep"]


def test_a_cancelled_write_that_has_not_begun_never_happens(thread: VaultThread) -> None:
    entered, go_on = threading.Event(), threading.Event()

    async def scene() -> None:
        def block(_: Transaction) -> None:
            entered.set()
            go_on.wait(60)

        blocker = asyncio.ensure_future(thread.write(block))
        await asyncio.to_thread(entered.wait, 60)
        withdrawn = asyncio.ensure_future(thread.write(add("withdrawn")))
        await asyncio.sleep(0)
        withdrawn.cancel()
        await asyncio.gather(withdrawn, return_exceptions=True)
        go_on.set()
        await blocker

    asyncio.run(scene())
    assert thread.read_now(texts) == []


def test_a_cancelled_write_that_has_begun_is_finished(thread: VaultThread) -> None:
    entered, go_on = threading.Event(), threading.Event()

    async def scene() -> None:
        def slow(transaction: Transaction) -> None:
            entered.set()
            go_on.wait(60)
            add("kept")(transaction)

        begun = asyncio.ensure_future(thread.write(slow))
        await asyncio.to_thread(entered.wait, 60)
        begun.cancel()
        with pytest.raises(asyncio.CancelledError):
            await begun
        go_on.set()

    asyncio.run(scene())
    assert thread.read_now(texts) == ["kept"]


def test_closing_finishes_what_waits_and_refuses_what_comes(connection: FailingConnection) -> None:
    thread = VaultThread(connection)
    kept = [thread._submit(1, lambda: thread._write(add("one"))) for _ in range(1)]  # type: ignore[arg-type]
    thread.close()
    assert [future.result() for future in kept] == [1]
    thread.close()
    for ask in (thread.read_now, thread.write_now, thread.upkeep_now):
        with pytest.raises(VaultClosed):
            ask(lambda _: None)


def test_work_on_the_vault_thread_cannot_wait_for_itself(thread: VaultThread) -> None:
    with pytest.raises(RuntimeError, match="must not ask"):
        thread.write_now(lambda _: thread.read_now(texts))


def test_the_hook_hears_every_step_of_a_write_and_none_of_a_read(connection: FailingConnection) -> None:
    heard: list[str] = []
    thread = VaultThread(connection, on_io=heard.append)
    thread.write_now(add("one"))
    thread.read_now(texts)
    with pytest.raises(Conflict):
        thread.write_now(add("one"))
    thread.close()
    assert heard == ["begin", "before-commit", "after-commit", "begin"]


def test_a_commit_that_fails_on_the_disk_is_uncertain_whether_or_not_it_happened(
    thread: VaultThread, connection: FailingConnection
) -> None:
    connection.failing, connection.error = "COMMIT", DiskFailed("disk I/O error")
    for connection.takes_effect, left in ((False, []), (True, ["one"])):
        with pytest.raises(CommitUncertain):
            thread.write_now(add("one"))
        assert thread.read_now(texts) == left
    connection.failing = ""
    thread.write_now(add("two"))
    assert thread.read_now(texts) == ["one", "two"]


def test_a_full_disk_at_the_commit_is_certain_not_to_have_happened(
    thread: VaultThread, connection: FailingConnection
) -> None:
    connection.failing, connection.error = "COMMIT", DiskFull("database or disk is full")
    with pytest.raises(DiskFull):
        thread.write_now(add("one"))
    assert thread.read_now(texts) == []


def test_a_rollback_that_fails_is_heard(thread: VaultThread, connection: FailingConnection) -> None:
    connection.failing, connection.error = "ROLLBACK", DiskFailed("disk I/O error")
    with pytest.raises(DiskFailed):
        thread.read_now(texts)
    connection.takes_effect = True  # SQLite ended the transaction by itself
    connection._raw.execute("ROLLBACK")
    assert thread.read_now(texts) == []
