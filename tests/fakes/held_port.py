"""A port of loopback that is a test's own, for servers that must be told theirs and for peers that are not there.

A port that is picked and let go may be given to the next connection of any process. One that stays bound is given to
nobody, refuses connections, and yet lets a server listen that is told it. Never here: a server.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


class HeldPort:
    """A port held until `let_go`; `number` is what a server is told."""

    def __init__(self) -> None:
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that sets it, too, may listen
        self._held.bind(("127.0.0.1", 0))
        self.number: int = self._held.getsockname()[1]

    def let_go(self) -> None:
        """From now on anybody may be given it."""
        self._held.close()


@contextmanager
def held_port() -> Iterator[int]:
    """The number of a port that is held while the block runs: nobody is there unless a server is told it."""
    port = HeldPort()
    try:
        yield port.number
    finally:
        port.let_go()
