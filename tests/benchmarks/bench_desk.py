"""How fast a desk takes in signed pings (verified, answered, durable), and whether that stays flat as it fills.

Run it by hand: `python -m tests.benchmarks.bench_desk [--pings N] [--stored 0,1000000] [--db URL ...]`. The
floor is a bare ASGI program under the same server: one insert of the same bytes, synced to the disk. It and a desk
(`vrm-vendor serve`, a process of its own) for every number of stored conversations take turns in every round, all with
the same bytes. Medians and ratios are printed. Asserts nothing.

With `--db` the address of an empty PostgreSQL database is needed for each number of stored conversations, in order.
"""

import argparse
import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from tests.fakes.asking_person import AskingPerson
from tests.fakes.prefilled_desk import fill
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.home import open_home
from vrm_desktop.vendor.postgres_engine import PostgresNeighbours, open_shared, read_address
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store

IN_FLIGHT = 8
ROUNDS = 5
_SETTINGS = 'name = "Bench"\n[limits]\nconversations_per_minute = 1000000\nmessages_per_minute = 1000000\n'


def serve_floor(port: int, file: str) -> None:
    """The floor: read the body, insert it, sync it, say 202."""
    import uvicorn

    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, body BLOB)").close()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part["body"], part["more_body"]
        key = os.urandom(32).hex()
        await asyncio.to_thread(connection.execute, "INSERT INTO kept VALUES (?, ?)", (key, body))
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    uvicorn.run(app, port=port, http="h11", ws="none", loop="asyncio", lifespan="off", log_config=None)


@contextmanager
def running(command: list[str], port: int, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A server process, while the block runs, once it takes connections."""
    with subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, "the server ended"
                    assert time.monotonic() < deadline, "the server does not start"
                    time.sleep(0.05)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


async def posted(port: int, bodies: list[bytes]) -> tuple[float, list[float]]:
    """Seconds for all of `bodies`, `IN_FLIGHT` at a time, and the seconds each took."""
    waiting, took = iter(bodies), []

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in waiting:
            began = time.perf_counter()
            head = "POST /intentcast/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 202"), answer
            took.append(time.perf_counter() - began)
        writer.close()
        await writer.wait_closed()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    return time.perf_counter() - began, took


@dataclass(kw_only=True)
class Shop:
    """One desk under measurement, filled before; or the floor, which has no `home`."""

    stored: int
    port: int
    command: list[str]
    rates: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)


def shop(folder: Path, home: Path, *, stored: int, database: str | None) -> Shop:
    """A desk with so many conversations in its database."""
    opened = open_home(home, resources=resources_folder(), name=None, catalogue=None, random=os.urandom)
    if database is None:
        engine = open_engine(opened.database)
        store = Store(engine, kid=opened.keys.newest.kid, scrub=scrub)
    else:
        address = read_address(database)
        engine = open_shared(address)
        store = Store(engine, kid=opened.keys.newest.kid, neighbours=PostgresNeighbours(address))
    fill(engine, conversations=stored)
    store.close()
    port = free_port()
    start = "import sys; from vrm_desktop.vendor.command import main; sys.exit(main())"
    more = [] if database is None else ["--db", database]
    command = [sys.executable, "-c", start, "serve", "--home", str(home), "--port", str(port), *more]
    return Shop(stored=stored, port=port, command=command)


def measure(folder: Path, *, sizes: list[int], pings: int, databases: list[str]) -> tuple[Shop, list[Shop]]:
    """The floor and the desks after all rounds, in which they took turns."""
    home = folder / "key"
    home.mkdir()
    (home / "desk.toml").write_text(_SETTINGS)
    key = open_home(home, resources=resources_folder(), name=None, catalogue=None, random=os.urandom).keys.newest.kid
    desks = []
    for place, stored in enumerate(sizes):
        own = folder / f"shop{stored}"
        shutil.copytree(home, own)
        desks.append(shop(folder, own, stored=stored, database=databases[place] if databases else None))
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.bench_desk", "--floor", str(port), str(folder / "floor.sqlite3")]
    floor = Shop(stored=0, port=port, command=command)
    with (folder / "log").open("ab") as log, ExitStack() as stack:
        for each in (floor, *desks):
            stack.enter_context(running(each.command, each.port, log))
        for number in range(ROUNDS + 1):
            people = (AskingPerson(vendor=key, now=datetime.now(UTC)) for _ in range(pings))
            bodies = [person.ping().to_bytes() for person in people]
            for each in (floor, *desks):
                seconds, took = asyncio.run(posted(each.port, bodies))
                if number:  # the first round warms all up
                    each.rates.append(pings / seconds)
                    each.slow.append(sorted(took)[-max(1, pings // 100)])
    return floor, desks


def main() -> None:
    if sys.argv[1:2] == ["--floor"]:
        serve_floor(int(sys.argv[2]), sys.argv[3])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--pings", type=int, default=400)
    parser.add_argument("--stored", default="0,10000")
    parser.add_argument("--db", nargs="*", default=[])
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.stored.split(",")]
    kind = "PostgreSQL" if arguments.db else "SQLite"
    print(f"{kind}, {IN_FLIGHT} in flight, {ROUNDS} rounds of {arguments.pings} signed pings; floor: one synced insert")
    with tempfile.TemporaryDirectory() as folder:
        floor, desks = measure(Path(folder), sizes=sizes, pings=arguments.pings, databases=arguments.db)
    bare, first = statistics.median(floor.rates), statistics.median(desks[0].rates)
    print(f"  floor: {bare:.0f} a second")
    for desk in desks:
        rate, slow = statistics.median(desk.rates), statistics.median(desk.slow) * 1000
        print(
            f"  {desk.stored:9,} stored: {rate:5.0f} pings/s, cost {bare / rate:.2f} of the floor, "
            f"slowest hundredth {slow:.0f} ms, {rate / first:.2f} of the first row"
        )


if __name__ == "__main__":
    main()
