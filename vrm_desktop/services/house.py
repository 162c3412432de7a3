"""What a screen or the command line is handed: how to make, open and check a home. The composition root fits it."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.means import Means


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenHome:
    """An unlocked home: what services work with, and the exchange that tends conversations while it is open."""

    means: Means
    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VaultFinding:
    """One question of a vault check and its answer."""

    question: str
    sound: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VaultReport:
    """What a vault check found about the database `file`; `counts` are rows by table."""

    file: Path
    sound: bool
    findings: tuple[VaultFinding, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BackupReport:
    """What a backup holds: when it was made, rows by table. After a restore, `aside` is where what stood there went."""

    file: Path
    made: datetime
    counts: dict[str, int]
    aside: Path | None = None


class House(Protocol):
    """Makes, opens and checks homes. Every refusal of the vault comes as `VaultTrouble` with the vault's own code."""

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        ...

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault; blocks for the key derivation."""
        ...

    def open(self, home: Path, passphrase: str) -> AbstractAsyncContextManager[OpenHome]:
        """Unlock the vault and connect it to the ways to reach vendors, until the block ends."""
        ...

    def check(self, home: Path, passphrase: str) -> VaultReport:
        """Check a vault that nobody has open."""
        ...

    def change_passphrase(self, home: Path, old: str, new: str) -> None:
        """Make `new` the only passphrase of a vault that nobody has open."""
        ...

    def rotate_key(self, home: Path, passphrase: str) -> None:
        """Encrypt a vault that nobody has open anew under a fresh key, after a backup."""
        ...

    def back_up(self, home: Path, passphrase: str, file: Path) -> BackupReport:
        """Write a backup that was opened and compared, as a new file."""
        ...

    def restore(self, home: Path, passphrase: str, file: Path) -> BackupReport:
        """Bring a backup back; what stood in the home is set aside whole. `passphrase` is that of the backup's day."""
        ...

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this same program in another role (`vrm`, `vrm-vendor`, `vrm-desktop`) as a process."""
        ...
