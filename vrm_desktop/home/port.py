"""The open vault as services see it. Never here: SQL, or what a change means."""

from collections.abc import Callable
from typing import TypeVar

from vrm_desktop.home.spoken import spoken
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.schedule_backups import count_change
from vrm_desktop.vault.vault import OpenVault

_T = TypeVar("_T")


class VaultPort:
    """`counts`: each change is counted in its own transaction, for a schedule that asks for a backup after so many."""

    def __init__(self, opened: OpenVault) -> None:
        self._opened = opened
        self.counts = False

    async def write(self, change: Callable[[Transaction], _T]) -> _T:
        """Run `change` in one durable transaction."""

        def counted(tx: Transaction) -> _T:
            count_change(tx)
            return change(tx)

        with spoken():
            return await self._opened.write(counted if self.counts else change)

    async def write_uncounted(self, change: Callable[[Transaction], _T]) -> _T:
        """The same for what is no change of the person's things."""
        with spoken():
            return await self._opened.write(change)

    async def read(self, look: Callable[[Transaction], _T]) -> _T:
        """Run `look` without changing anything."""
        with spoken():
            return await self._opened.read(look)
