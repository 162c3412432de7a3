"""Names to addresses, addresses to a connected socket. Decides no rule: it gets only addresses that were admitted."""

import asyncio
import itertools
import socket
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address
from typing import Any, Protocol, TypeAlias

from vrm_desktop.courier.addresses import IPAddress
from vrm_desktop.courier.errors import ConnectFailedError, NameNotFoundError

Dial: TypeAlias = Callable[[IPAddress, int], Coroutine[Any, Any, socket.socket]]
"""Opens a TCP connection to an address and port: a connected, non-blocking socket, or `OSError`."""


class Resolver(Protocol):
    """Addresses of a host name, best first, as text; raises `NameNotFoundError` when there are none."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Look the name up once."""
        ...


class SystemResolver:
    """The operating system's resolver in threads of its own, so that slow names hold up nothing but each other."""

    def __init__(self, *, threads: int) -> None:
        self._threads = threads
        self._executor: ThreadPoolExecutor | None = None

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Look the name up once."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="resolver")
        try:
            answers = await asyncio.get_running_loop().run_in_executor(
                self._executor, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            )
        except (OSError, UnicodeError) as error:
            msg = f"{host} was not found"
            raise NameNotFoundError(msg) from error
        return [str(answer[4][0]) for answer in answers]

    def close(self) -> None:
        """Let the threads end. A look-up under way is not waited for: the system cannot be told to stop one."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


async def open_socket(address: IPAddress, port: int) -> socket.socket:
    """The real `Dial`."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(0)
        await asyncio.get_running_loop().sock_connect(connection, (str(address), port))
    except BaseException:
        connection.close()
        raise
    return connection


async def reach(
    host: str, addresses: Sequence[IPAddress], port: int, *, dial: Dial, next_address_seconds: float
) -> socket.socket:
    """The first connection that stands, trying the next address when one fails or takes long (RFC 8305).

    Raises `ConnectFailedError` when none stands. Every other attempt is over when this returns.
    """
    waiting = list(reversed(_families_in_turn(addresses)))
    attempts: set[asyncio.Task[socket.socket]] = set()
    failures: list[OSError] = []
    connection: socket.socket | None = None
    try:
        while connection is None and (waiting or attempts):
            if waiting:
                attempts.add(asyncio.create_task(dial(waiting.pop(), port)))
            await asyncio.wait(
                attempts,
                timeout=next_address_seconds if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for attempt in [attempt for attempt in attempts if attempt.done()]:
                attempts.remove(attempt)
                try:
                    connection = attempt.result()
                    break
                except OSError as error:
                    failures.append(error)
    finally:
        for attempt in attempts:
            attempt.cancel()
            attempt.add_done_callback(_hang_up)  # even if nobody waits any more, because this was cancelled once again
        try:
            await asyncio.gather(*attempts, return_exceptions=True)
        except asyncio.CancelledError:
            if connection is not None:
                connection.close()
            raise
    if connection is not None:
        return connection
    msg = f"{host} does not answer"
    raise ConnectFailedError(msg) from failures[-1]


def _hang_up(attempt: asyncio.Task[socket.socket]) -> None:
    """Close what an attempt that came too late has opened."""
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()


def _families_in_turn(addresses: Sequence[IPAddress]) -> list[IPAddress]:
    """The same addresses, the first one's family and the other in turn: one broken family costs one attempt."""
    first = [address for address in addresses if address.version == addresses[0].version]
    other: list[IPv4Address | IPv6Address] = [
        address for address in addresses if address.version != addresses[0].version
    ]
    return [address for pair in itertools.zip_longest(first, other) for address in pair if address is not None]
