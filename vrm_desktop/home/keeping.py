"""Care for the vault that is open (the port `Keeping`): one act at a time, off the calling thread."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from vrm_desktop.home import backing_up, changing_ways, spoken
from vrm_desktop.home.means import VaultMeans
from vrm_desktop.home.port import VaultPort
from vrm_desktop.services import schedule_backups
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.keep_vault import (
    BackupReport,
    BackupSchedule,
    KeptBackup,
    OpeningNotes,
    Rhythm,
    Rotated,
    VaultReport,
)
from vrm_desktop.services.ways_in import Key, NewRecoveryCode, Offer, TypedCode, Way
from vrm_desktop.vault.vault import OpenVault

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")


class OpenKeeping:
    """Lives as long as the vault is open. Acts are carried out to their end, also when their caller is cancelled."""

    def __init__(self, opened: OpenVault, port: VaultPort, means: VaultMeans) -> None:
        self._opened, self._port, self._means = opened, port, means
        self._one_at_a_time = asyncio.Lock()
        self._trouble = ""
        self.notes = OpeningNotes(
            header_healed=opened.header_was_restored, ended_badly=opened.ended_badly, migrated=opened.migrated
        )

    @property
    def backup_trouble(self) -> str:
        """Why the last backup by itself failed; "" if it did not."""
        return self._trouble

    async def begin(self) -> None:
        """Take up the schedule that the vault keeps."""
        self._port.counts = (await self.schedule()).rhythm is Rhythm.CHANGES

    async def end(self) -> None:
        """Wait for an act that is under way."""
        async with self._one_at_a_time:
            return

    async def ways(self) -> tuple[Way, ...]:
        """The ways in."""
        return spoken.ways(self._opened.header)

    def draw_recovery_code(self) -> NewRecoveryCode:
        """A new code, to be shown once."""
        return changing_ways.draw_recovery_code(self._means)

    async def set_recovery_code(self, code: NewRecoveryCode, typed_back: str, passphrase: str) -> None:
        """Make the code the vault's one recovery code."""
        await self._act(
            lambda: changing_ways.set_recovery_code(self._means, self._opened, code, typed_back, passphrase)
        )

    async def remove_recovery_code(self, passphrase: str) -> None:
        """Take the recovery code away."""
        await self._act(lambda: changing_ways.remove_recovery_code(self._means, self._opened, passphrase))

    async def change_passphrase(self, proof: Key, new: str) -> None:
        """Make `new` the only passphrase."""
        await self._act(lambda: changing_ways.change_passphrase(self._means, self._opened, proof, new))

    async def keyring_offer(self) -> Offer:
        """Whether the keyring is on, or could be."""
        return await self._act(lambda: changing_ways.keyring_offer(self._means, self._opened))

    async def keyring_on(self, passphrase: str) -> None:
        """Let the keyring open the vault from now on."""
        await self._act(lambda: changing_ways.keyring_on(self._means, self._opened, passphrase))

    async def keyring_off(self, proof: Key) -> bool:
        """Let the keyring open it no more."""
        return await self._act(lambda: changing_ways.keyring_off(self._means, self._opened, proof))

    async def rotate_key(
        self, passphrase: str, *, recovery: TypedCode | None = None, drop_recovery: bool = False
    ) -> Rotated:
        """Encrypt everything anew."""
        return await self._act(
            lambda: changing_ways.rotate_key(
                self._means, self._opened, passphrase, recovery=recovery, drop_recovery=drop_recovery
            )
        )

    async def check(self) -> VaultReport:
        """Check all of the vault while it stays open."""
        return await self._act(lambda: spoken.report(self._opened.check()))

    async def back_up_to(self, file: Path) -> BackupReport:
        """Write a backup as a new file."""
        return await self._act(lambda: backing_up.back_up_to(self._opened, file))

    async def back_up_now(self) -> KeptBackup:
        """A backup among the vault's own, and in the second folder."""
        return await self._backed_up(await self.schedule(), backing_up.BY_HAND)

    async def backups(self) -> tuple[KeptBackup, ...]:
        """The vault's backups, each read in full."""
        chosen = await self.schedule()
        return await self._act(lambda: backing_up.backups(self._opened, chosen))

    async def last_backup(self) -> KeptBackup | None:
        """The newest of the vault's own."""
        return await self._act(lambda: backing_up.last_backup(self._opened))

    async def schedule(self) -> BackupSchedule:
        """When backups are made by themselves."""
        return await self._port.read(schedule_backups.schedule)

    async def set_schedule(self, chosen: BackupSchedule) -> None:
        """Make them so from now on."""
        second = backing_up.second_folder(self._opened, chosen)
        if second is not None:
            await self._act(lambda: backing_up.require_folder(second))
        await self._port.write_uncounted(lambda tx: schedule_backups.keep_schedule(tx, chosen))
        self._port.counts = chosen.rhythm is Rhythm.CHANGES

    async def back_up_if_due(self) -> KeptBackup | None:
        """What the schedule asks for now."""
        try:
            chosen = await self.schedule()
            last = await self.last_backup()
            changes = await self._port.read(schedule_backups.changes_since)
            made = None if last is None else last.made
            if not schedule_backups.is_due(chosen, last=made, changes=changes, now=self._means.clock.now()):
                return None
            done = await self._backed_up(chosen, backing_up.SCHEDULED)
        except VaultTrouble as error:
            self._trouble = error.code
            _LOG.warning("the backup that was due failed: %s", error.code)
            return None
        self._trouble = ""
        return done

    async def _backed_up(self, chosen: BackupSchedule, why: str) -> KeptBackup:
        changes = await self._port.read(schedule_backups.changes_since)
        done = await self._act(lambda: backing_up.back_up(self._opened, chosen, why))
        if changes:
            await self._port.write_uncounted(lambda tx: schedule_backups.uncount_changes(tx, changes))
        second = backing_up.second_folder(self._opened, chosen)
        if second is not None:
            await self._act(lambda: backing_up.back_up(self._opened, chosen, why, backing_up.require_folder(second)))
        return done

    async def _act(self, act: Callable[[], _T]) -> _T:
        """Carry out one act in a thread. A caller that is cancelled meanwhile still leaves it to end before others."""
        async with self._one_at_a_time:
            work = asyncio.ensure_future(asyncio.to_thread(_spoken, act))
            try:
                return await asyncio.shield(work)
            except asyncio.CancelledError:
                while not work.done():
                    await _or_cancelled_again(work)
                work.exception()  # seen here, for nobody else looks
                raise


def _spoken(act: Callable[[], _T]) -> _T:
    with spoken.spoken():
        return act()


async def _or_cancelled_again(work: "asyncio.Future[_T]") -> None:
    try:
        await asyncio.wait({work})
    except asyncio.CancelledError:
        return
