"""The socket that a desk listens on, and what its address is called. Nothing is served here."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from vrm_desktop.vendor.errors import BadHome

_BACKLOG = 512


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket on `host` and `port` (0: a free one).

    Raises:
        BadHome: the address cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise BadHome(f"cannot listen on {host} port {port}: {error.strerror}") from error
    try:
        yield listening
    finally:
        listening.close()


def address_of(listening: socket.socket, host: str) -> str:
    """The web address of a socket bound to `host`."""
    port: int = listening.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
