"""What a screen or the command line is handed: how to make, open and check a home. The composition root fits it."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.keep_vault import (
    BackupReport,
    Keeping,
    KeptBackup,
    RestorePoint,
    Rotated,
    VaultFinding,
    VaultReport,
)
from vrm_desktop.services.means import Means
from vrm_desktop.services.standing import Standing
from vrm_desktop.services.take_along import Archives, TakingAlong
from vrm_desktop.services.ways_in import Key, NewRecoveryCode, OnProgress, TypedCode, Way

__all__ = ["BackupReport", "House", "OpenHome", "VaultFinding", "VaultReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHome:
    """An unlocked home: what services work with, the exchange that tends conversations, and the care for its vault."""

    means: Means
    exchange: Exchange
    keeping: Keeping
    archives: Archives


class House(Protocol):
    """Makes, opens and checks homes. Every refusal of the vault comes as `VaultTrouble` with the vault's own code.

    A `Key` is a passphrase as typed, a recovery code, or the computer's keyring. After a few wrong passphrases in a
    row, each further try waits a little first. All but `open` block.
    """

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        ...

    def standing(self, home: Path) -> Standing:
        """What can be told about the folder without a key; quick, and changes nothing."""
        ...

    def ways(self, home: Path) -> tuple[Way, ...]:
        """The ways into the vault in the folder; none where its header cannot be read."""
        ...

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault; blocks for the key derivation."""
        ...

    def open(
        self, home: Path, key: Key, *, progress: OnProgress | None = None, backs_up: bool = False
    ) -> AbstractAsyncContextManager[OpenHome]:
        """Unlock the vault and connect it to the ways to reach vendors, until the block ends.

        Cancelling the task that enters it calls unlocking off at its next step, and nothing stays open. With
        `backs_up`, backups are made by themselves as the vault's schedule says.
        """
        ...

    def check(self, home: Path, key: Key) -> VaultReport:
        """Check a vault that nobody has open."""
        ...

    def change_passphrase(self, home: Path, proof: Key, new: str) -> None:
        """Make `new` the only passphrase of a vault that nobody has open. `proof`: see `Keeping.change_passphrase`."""
        ...

    def draw_recovery_code(self) -> NewRecoveryCode:
        """A new code, to be shown once; nothing is changed."""
        ...

    def set_recovery_code(self, home: Path, code: NewRecoveryCode, typed_back: str, passphrase: str) -> None:
        """See `Keeping.set_recovery_code`."""
        ...

    def remove_recovery_code(self, home: Path, passphrase: str) -> None:
        """See `Keeping.remove_recovery_code`."""
        ...

    def keyring_on(self, home: Path, passphrase: str) -> None:
        """See `Keeping.keyring_on`."""
        ...

    def keyring_off(self, home: Path, proof: Key) -> bool:
        """See `Keeping.keyring_off`."""
        ...

    def rotate_key(
        self, home: Path, passphrase: str, *, recovery: TypedCode | None = None, drop_recovery: bool = False
    ) -> Rotated:
        """Encrypt a vault that nobody has open anew under a fresh key, after a backup. See `Keeping.rotate_key`."""
        ...

    def back_up(self, home: Path, key: Key, file: Path) -> BackupReport:
        """Write a backup that was opened and compared, as a new file."""
        ...

    def backups(self, home: Path) -> tuple[KeptBackup, ...]:
        """The backups in the home, newest first, by their outlines."""
        ...

    def survey(self, home: Path, key: Key) -> tuple[RestorePoint, ...]:
        """The backups in the home, each read in full, tried with the key, and compared with what still stands."""
        ...

    def restore(self, home: Path, key: Key, file: Path) -> BackupReport:
        """Bring a backup back; what stood in the home is set aside whole. `key`: a way in of the backup's day."""
        ...

    @property
    def taking(self) -> TakingAlong:
        """Everything out of a vault into one file, back again, and off this computer."""
        ...

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this same program in another role (`vrm`, `vrm-vendor`, `vrm-desktop`) as a process."""
        ...
