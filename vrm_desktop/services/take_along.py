"""Everything out of the vault into one file in open formats, back from it, and off this computer. The home fits it.

What an export holds is said before it is written: `contents`. Never here: the archive's bytes, a vault's files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from vrm_desktop.services.ways_in import Key

OWN_FILES = ("window.ini",)
"""What this program keeps in a home beside the vault; nothing of the person in it."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ArchiveReport:
    """What an archive holds: when it was made, rows by table. After an import, `aside` is where what stood went."""

    file: Path
    made: datetime
    counts: Mapping[str, int]
    encrypted: bool
    aside: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WipeReport:
    """What a wipe did: files removed, backups left on purpose, what is there and not ours.

    `keyring`: whether the computer's keyring still holds the vault's entry; None if there was none to look for.
    """

    removed: int
    backups_kept: int
    left: tuple[Path, ...]
    keyring_left: bool | None


class Archives(Protocol):
    """Taking everything along out of a home that is open, and stays open."""

    async def export(self, file: Path, secret: str | None) -> ArchiveReport:
        """As `TakingAlong.export`."""
        ...


class TakingAlong(Protocol):
    """Every refusal comes as `VaultTrouble` or `FormatError`. All of it blocks."""

    def is_encrypted(self, file: Path) -> bool:
        """Whether an archive asks for a passphrase. Raises FileUnreadable."""
        ...

    def export(self, home: Path, key: Key, file: Path, secret: str | None) -> ArchiveReport:
        """Write everything of a vault that nobody has open into a new file, read it back, and name it then.

        With `secret` the file is encrypted with it, in the format of the program `age`.
        """
        ...

    def bring_in(
        self, home: Path, passphrase: str, file: Path, secret: str | None, *, set_aside: bool
    ) -> ArchiveReport:
        """Make `home` hold a vault with everything from the file, under a new passphrase; all or nothing.

        A vault that stands there is in the way, or with `set_aside` kept whole in a folder of its own.
        """
        ...

    def wipe(self, home: Path, *, backups: bool) -> WipeReport:
        """Remove the vault, its keyring entry and what else is ours; backups in the home only if asked."""
        ...
