"""What a person does to keep an open vault: its ways in, its key, its backups. The composition root fits the port.

Never lives here: a vault's files or keys. Every refusal comes as `VaultTrouble` with the vault's own code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.ways_in import Key, NewRecoveryCode, Offer, TypedCode, Way

MOST_CHANGES = 100_000
MOST_KEPT = 365


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
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BackupReport:
    """What a backup holds: when it was made, rows by table. After a restore, `aside` is where what stood there went."""

    file: Path
    made: datetime
    counts: Mapping[str, int]
    aside: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KeptBackup:
    """A backup in one of the vault's backup folders; each was test-opened before it got its name.

    `why`: what it was made for, e.g. `scheduled`, `by-hand`, `before-schema-4`, `before-rotation`. `counts`: rows by
    table, None while it cannot be told (before unlocking, or under another key). `trouble`: the code of what stands
    against it now, "" for none.
    """

    file: Path
    made: datetime
    why: str
    bytes: int
    counts: Mapping[str, int] | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RestorePoint:
    """A backup tried with a way in, beside what still stands.

    `missing`: rows by table that the vault still shows and the backup lacks. `unknown`: tables that the damaged vault
    lets nobody count. `older_by`: how long before the vault's last change it was made, None if that cannot be told.
    """

    backup: KeptBackup
    missing: Mapping[str, int]
    unknown: tuple[str, ...]
    older_by: timedelta | None


class Rhythm(StrEnum):
    """How often a backup is made by itself."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BackupSchedule:
    """When backups are made by themselves while the vault is open, and what is kept of them.

    `changes`: after so many, where `rhythm` is CHANGES. `kept`: the newest of each of so many days stay (and of four
    weeks, and before three risks). `folder`: where a second one goes each time, "" for nowhere; it must exist.
    """

    rhythm: Rhythm = Rhythm.DAILY
    changes: int = 100
    kept: int = 7
    folder: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.changes <= MOST_CHANGES:
            raise InvalidValue(f"a backup is made after 1 to {MOST_CHANGES} changes")
        if not 1 <= self.kept <= MOST_KEPT:
            raise InvalidValue(f"backups of 1 to {MOST_KEPT} days are kept")
        if self.folder and not Path(self.folder).is_absolute():
            raise InvalidValue("the second folder is named in full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """What a new key came to. `keyring`: False when the vault had the keyring and it could not be set up again."""

    keyring: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningNotes:
    """What opening came upon: a key file healed from its copy, a session that ended badly, steps of migrating."""

    header_healed: bool
    ended_badly: bool
    migrated: int


class Keeping(Protocol):
    """Care for the vault that is open. Methods that derive keys take a second or two, off the calling thread."""

    @property
    def notes(self) -> OpeningNotes:
        """What opening came upon."""
        ...

    @property
    def backup_trouble(self) -> str:
        """Why the last backup by itself failed, as a code; "" if it did not."""
        ...

    async def ways(self) -> tuple[Way, ...]:
        """The ways in."""
        ...

    def draw_recovery_code(self) -> NewRecoveryCode:
        """A new code, to be shown once; nothing is changed."""
        ...

    async def set_recovery_code(self, code: NewRecoveryCode, typed_back: str, passphrase: str) -> None:
        """Make the code the vault's one recovery code, if what was typed back repeats the groups asked for."""
        ...

    async def remove_recovery_code(self, passphrase: str) -> None:
        """Take the recovery code away; refused while the keyring is on."""
        ...

    async def change_passphrase(self, proof: Key, new: str) -> None:
        """Make `new` the only passphrase; `proof` is the present one, or the recovery code if that was forgotten."""
        ...

    async def keyring_offer(self) -> Offer:
        """Whether the keyring is on, or could be."""
        ...

    async def keyring_on(self, passphrase: str) -> None:
        """Let the keyring open the vault from now on, or set it up again."""
        ...

    async def keyring_off(self, proof: Key) -> bool:
        """Let the keyring open it no more. False when its entry stays there because the keyring does not answer.

        Such an entry opens nothing but older backups.
        """
        ...

    async def rotate_key(
        self, passphrase: str, *, recovery: TypedCode | None = None, drop_recovery: bool = False
    ) -> Rotated:
        """Encrypt everything anew, after a backup. The recovery code is given once more, or dropped."""
        ...

    async def check(self) -> VaultReport:
        """Check all of the vault while it stays open."""
        ...

    async def back_up_to(self, file: Path) -> BackupReport:
        """Write a backup that was opened and compared, as a new file."""
        ...

    async def back_up_now(self) -> KeptBackup:
        """The same among the vault's own backups, and in the second folder if there is one."""
        ...

    async def backups(self) -> tuple[KeptBackup, ...]:
        """The vault's own backups and those in the second folder, newest first, each read in full."""
        ...

    async def last_backup(self) -> KeptBackup | None:
        """The newest of the vault's own backups, by its outline; quick."""
        ...

    async def schedule(self) -> BackupSchedule:
        """When backups are made by themselves."""
        ...

    async def set_schedule(self, chosen: BackupSchedule) -> None:
        """Make them so from now on."""
        ...

    async def back_up_if_due(self) -> KeptBackup | None:
        """What the schedule asks for now; None if that is nothing. A failure is in `backup_trouble`, not raised."""
        ...
