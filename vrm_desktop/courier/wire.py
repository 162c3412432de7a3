"""One open connection as a buffer one can wait on. Knows asyncio, never HTTP."""

import asyncio
import ssl
from typing import cast

# Beyond this many unread bytes the peer is not read from until somebody takes some.
_HIGH_WATER = 128 * 1024


class Wire(asyncio.Protocol):
    """Bytes in and out of one connection, for one reader at a time."""

    __slots__ = ("_gone", "_paused", "_transport", "_waiter", "buffer", "cause", "is_ended")

    def __init__(self) -> None:
        self.buffer = bytearray()
        """What came and was not taken yet."""
        self.is_ended = False
        """Whether no more bytes will come."""
        self.cause: Exception | None = None
        """What ended it, when it was no orderly end."""
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._gone: asyncio.Future[None] | None = None
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the connection stands, TLS included."""
        self._transport = cast("asyncio.Transport", transport)
        self._gone = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came."""
        self.buffer += data
        if not self._paused and len(self.buffer) > _HIGH_WATER and self._transport is not None:
            self._transport.pause_reading()
            self._paused = True
        self._wake()

    def eof_received(self) -> bool:
        """asyncio: the peer sends no more. A half-open connection is of no use: asyncio closes it."""
        self.is_ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is over."""
        self.is_ended = True
        self.cause = exc
        self._wake()
        if self._gone is not None and not self._gone.done():
            self._gone.set_result(None)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    @property
    def is_idle_and_clean(self) -> bool:
        """Whether another request may use it: open, nothing unread, nothing unsent."""
        return (
            not self.is_ended
            and not self.buffer
            and self._transport is not None
            and not self._transport.is_closing()
            and self._transport.get_write_buffer_size() == 0
        )

    def send(self, data: bytes) -> None:
        """Hand bytes over without waiting.

        Requests are small and bounded, so what the peer does not take yet waits in memory, and an answer that comes
        before the peer has read all of the request is still read.
        """
        if self._transport is not None:
            self._transport.write(data)

    async def protect(self, context: ssl.SSLContext, host: str) -> None:
        """Speak TLS from here on, to this host. Raises `OSError`, and `ssl.SSLError`, which is one.

        Nothing may be unread: what came unprotected is not to be taken for something protected.
        """
        if self._transport is None or self.is_ended:
            raise ConnectionError
        loop = asyncio.get_running_loop()
        self._transport = await loop.start_tls(self._transport, self, context, server_hostname=host)
        if self._transport is None:
            raise ConnectionError

    async def more(self) -> bool:
        """Wait until bytes beyond those in the buffer came (`True`) or none will come (`False`)."""
        if self._paused and self._transport is not None:
            self._transport.resume_reading()
            self._paused = False
        before = len(self.buffer)
        while len(self.buffer) == before and not self.is_ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return len(self.buffer) > before

    def take(self, size: int) -> bytes:
        """Remove up to `size` bytes from the front of the buffer."""
        taken = bytes(self.buffer[:size])
        del self.buffer[:size]
        return taken

    def hang_up(self) -> None:
        """End the connection now. Nothing is waited for: no peer can hold it open."""
        if self._transport is not None:
            self._transport.abort()

    async def gone(self) -> None:
        """Wait until asyncio has let go of the connection; after `hang_up` that takes no longer than a turn or two."""
        if self._gone is not None:
            await self._gone
