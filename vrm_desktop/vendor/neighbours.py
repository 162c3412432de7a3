"""The other workers on the same database, as far as a desk must mind them. No database is named here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A conversation has something new; `duty` tells that an answer was left for later."""

    conversation: str
    duty: bool


class Neighbours(Protocol):
    """Several workers share one database: how they keep out of each other's way, and hear of each other."""

    @property
    def at_once(self) -> int:
        """How many turns one worker runs side by side."""
        ...

    def hold(self, connection: Connection, name: str) -> None:
        """Wait until no other transaction holds `name`, and hold it until this one ends."""
        ...

    def share(self, connection: Connection, name: str) -> None:
        """Wait until nobody holds `name`, and let nobody hold it until this transaction ends; others may share it."""
        ...

    def tell(self, connection: Connection, conversation: str, *, duty: bool) -> None:
        """Let all workers know, once this transaction is committed."""
        ...

    async def listen(self, heard: Callable[[News], None], missed: Callable[[], None]) -> None:
        """Hand on what is told, for ever; `missed` says that there may have been news in between."""
        ...
