"""How much the courier adds to a post on a kept connection: against bare asyncio streams and stock httpx.

Run it by hand: `python tests/benchmarks/bench_courier.py [posts per round] [rounds]`. The three take turns in every
round against the same server in a process of its own, and the medians and their ratios are printed. Asserts nothing.
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import httpx

from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits

BODY = b"x" * 932
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}'
IN_FLIGHT = (1, 64)

Post = Callable[[int], Awaitable[None]]
"""One post by the worker with this number."""


class Peer(asyncio.Protocol):
    """Answers as soon as a request is whole; every request of these trials has a body of the same length."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0 and len(self._data) >= end + 4 + len(BODY):
            del self._data[: end + 4 + len(BODY)]
            assert self._transport is not None
            self._transport.write(ANSWER)


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Peer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Streams:
    """The floor: one asyncio stream for each worker, reading no more than these answers need."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def post(self, worker: int) -> None:
        if worker not in self._open:
            self._open[worker] = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._open[worker]
        head = b"POST /inbox HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n" % self._port
        writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (head, len(BODY), BODY))
        await writer.drain()
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(answer.rpartition(b": ")[2]))

    async def close(self) -> None:
        for _, writer in self._open.values():
            writer.close()
            await writer.wait_closed()


async def measured(post: Post, *, posts: int, in_flight: int) -> tuple[float, float]:
    """Seconds of wall clock and of this process's CPU for one post, on average."""

    async def work(worker: int) -> None:
        for _ in range(posts // in_flight):
            await post(worker)

    await asyncio.gather(*(post(worker) for worker in range(in_flight)))
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    await asyncio.gather(*(work(worker) for worker in range(in_flight)))
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall / posts, cpu / posts


async def compare(port: int, *, posts: int, rounds: int, in_flight: int) -> None:
    url = f"http://127.0.0.1:{port}/inbox"
    limits = Limits(idle_seconds=60.0)
    async with Courier(limits) as courier, httpx.AsyncClient(trust_env=False, timeout=60.0) as stock:
        line, streams = courier.line("bench"), Streams(port)

        async def by_courier(worker: int) -> None:
            del worker
            await line.post_json(url, BODY)

        async def by_httpx(worker: int) -> None:
            del worker
            await stock.post(url, content=BODY, headers={"content-type": "application/json"})

        ways: dict[str, Post] = {"streams": streams.post, "courier": by_courier, "httpx": by_httpx}
        results: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, post in ways.items():
                results[name].append(await measured(post, posts=posts, in_flight=in_flight))
        await streams.close()
    medians = {
        name: (statistics.median(wall for wall, _ in rows), statistics.median(cpu for _, cpu in rows))
        for name, rows in results.items()
    }
    print(f"{in_flight} in flight, {rounds} rounds of {posts} posts of {len(BODY)} bytes")
    for name, (wall, cpu) in medians.items():
        print(f"  {name:8} {wall * 1e6:7.0f} us a post, {cpu * 1e6:7.0f} us of CPU")
    for other in ("streams", "httpx"):
        wall, cpu = (ours / theirs for ours, theirs in zip(medians["courier"], medians[other], strict=True))
        print(f"  courier / {other}: wall {wall:.2f}, CPU {cpu:.2f}")


def main(posts: int = 2000, rounds: int = 5) -> None:
    with subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            for in_flight in IN_FLIGHT:
                asyncio.run(compare(port, posts=posts, rounds=rounds, in_flight=in_flight))
        finally:
            server.terminate()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main(*map(int, sys.argv[1:]))
