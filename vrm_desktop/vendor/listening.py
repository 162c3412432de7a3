"""The socket that a desk listens on, what its address is called, and how many may come. Nothing is served here."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from vrm_desktop.vendor.errors import BadHome

_BACKLOG = 512
_OTHER_FILES = 200
"""What a desk has open besides connections, with room to spare."""


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


def room_for(connections: int) -> int:
    """So many connections, or as many as the system lets this process have; it is asked for more where it needs be."""
    try:
        import resource
    except ImportError:  # Windows counts differently, and gives enough
        return connections
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
            soft = more
        return max(1, min(connections, soft - _OTHER_FILES))
    return connections
