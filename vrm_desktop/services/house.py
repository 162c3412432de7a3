"""What a screen or the command line is handed: how to make, open and check a home. The composition root fits it."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.means import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHome:
    """An unlocked home: what services work with, and the exchange that tends conversations while it is open."""

    means: Means
    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFinding:
    """One question of a vault check and its answer."""

    question: str
    sound: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultReport:
    """What a vault check found; `counts` are rows by table."""

    sound: bool
    findings: tuple[VaultFinding, ...]
    counts: dict[str, int]


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

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this same program in another role (`vrm`, `vrm-vendor`, `vrm-desktop`) as a process."""
        ...
