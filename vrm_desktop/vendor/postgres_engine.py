"""The desk's PostgreSQL database: connections, locks by name, news between workers. Only what is PostgreSQL's own.

Never here: tables and statements, which are portable, and passwords (libpq reads PGPASSFILE and the like).
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, func, make_url, select
from sqlalchemy.exc import ArgumentError

from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.neighbours import News

_log = logging.getLogger(__name__)
_AT_ONCE = 4
_CHANNEL = "vrm_desk"
_DUTY = " duty"
_QUIET_SECONDS = 30.0
_AGAIN_SECONDS = 0.5
_SESSION = "-c synchronous_commit=on -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
"""A commit is on the disk before it returns, whatever the server's default; a lost worker holds no lock for long."""


def read_address(text: str) -> URL:
    """The database address `text`, which may name the driver (`postgresql+psycopg://`) or not.

    Raises:
        BadHome: not an address of a PostgreSQL database.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadHome("--db is an address like postgresql+psycopg://user@host/database") from error
    if url.get_backend_name() != "postgresql":
        raise BadHome("--db names a PostgreSQL database; without it the desk keeps a SQLite file in its folder")
    return url.set(drivername="postgresql+psycopg")


def open_shared(url: URL) -> Engine:
    """The engine over the database at `url`. A connection that broke is noticed before it is used."""
    return create_engine(
        url,
        pool_size=_AT_ONCE,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 5, "options": _SESSION, "application_name": "vrm-vendor"},
    )


class PostgresNeighbours:
    """The workers on one PostgreSQL database (fits `Neighbours`)."""

    def __init__(self, url: URL) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def at_once(self) -> int:
        """As many turns as the pool has connections."""
        return _AT_ONCE

    def hold(self, connection: Connection, name: str) -> None:
        """An advisory lock on the name's hash; two names on one hash only wait for each other."""
        connection.execute(select(func.pg_advisory_xact_lock(_number(name))))

    def share(self, connection: Connection, name: str) -> None:
        """The same lock, shared."""
        connection.execute(select(func.pg_advisory_xact_lock_shared(_number(name))))

    def tell(self, connection: Connection, conversation: str, *, duty: bool) -> None:
        """NOTIFY, which PostgreSQL delivers with the commit or not at all."""
        connection.execute(select(func.pg_notify(_CHANNEL, conversation + (_DUTY if duty else ""))))

    async def listen(self, heard: Callable[[News], None], missed: Callable[[], None]) -> None:
        """LISTEN on a connection of its own; one that breaks is made anew."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._address, autocommit=True, connect_timeout=5
                ) as connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    missed()
                    while True:
                        async for told in connection.notifies(timeout=_QUIET_SECONDS):
                            conversation = told.payload.removesuffix(_DUTY)
                            heard(News(conversation=conversation, duty=conversation != told.payload))
                        await connection.execute("SELECT 1")
            except psycopg.Error as error:
                _log.warning("no news from other workers for a moment: %s", type(error).__name__)
            await asyncio.sleep(_AGAIN_SECONDS)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
