"""The desk's memory: one transaction a turn, durable before any answer. No decision lives here, and no statement.

What belongs to one database alone is in `sqlite_engine` and `postgres_engine`.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError

from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.connectors.rows import Subscribers
from vrm_desktop.vendor.errors import BadHome, Busy, HomeInUse
from vrm_desktop.vendor.migrations import bring_up
from vrm_desktop.vendor.neighbours import Neighbours

_AFTER_TROUBLE = 30


class Store:
    """All turns of one desk. Without `neighbours` it is used from one thread at a time."""

    def __init__(
        self,
        engine: Engine,
        *,
        kid: Kid,
        others: Collection[Kid] = (),
        scrub: Callable[[Engine], None] | None = None,
        neighbours: Neighbours | None = None,
        subscribers: Subscribers | None = None,
    ) -> None:
        """Open the database of the desk whose key is `kid`; a new one gets its tables, an older one what it lacks.
        An older one may be under one of the desk's `others`, too.

        `scrub` leaves no trace of erased rows behind, in the database's own way. `neighbours` are the other workers
        on the same database, where there may be any. `subscribers` are the connectors that are told what happens.

        Raises:
            HomeInUse: another process has it.
            BadHome: it cannot be opened, or belongs to another key or to a newer version.
        """
        self._engine = engine
        self._scrub = scrub
        self._neighbours = neighbours
        self._subscribers = subscribers
        try:
            with engine.begin() as connection:
                if neighbours is not None:
                    neighbours.hold(connection, "schema")
                bring_up(connection, kid=kid, others=others)
        except DatabaseError as error:
            engine.dispose()
            if "locked" in str(error.orig):
                raise HomeInUse("another vrm-vendor serves from this folder") from error
            raise BadHome(f"the desk's database cannot be opened: {error.orig}") from error
        except BadHome:
            engine.dispose()
            raise

    @property
    def at_once(self) -> int:
        """How many turns may run side by side in this process."""
        return 1 if self._neighbours is None else self._neighbours.at_once

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    @contextmanager
    def turn(self) -> Iterator[Books]:
        """One transaction. On the disk when the block ends; as if never begun when it raises.

        Raises:
            Busy: the database does not take it now (the disk is full, or it is away). Whether the last turn counted
                is then not known: whoever repeats the same bytes gets the same answer.
        """
        try:
            with self._engine.begin() as connection:
                books = Books(connection, self._neighbours, subscribers=self._subscribers)
                yield books
            if books.erased and self._scrub is not None:
                self._scrub(self._engine)
        except (OperationalError, InterfaceError) as error:
            raise Busy(retry_after=_AFTER_TROUBLE, closed=True) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Busy(retry_after=_AFTER_TROUBLE, closed=True) from error
            raise
