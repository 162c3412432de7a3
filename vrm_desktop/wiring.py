"""The composition root: settings -> vault -> channels -> services. The console scripts start here; only this wires."""

import asyncio
import os
import random
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from vrm_desktop.channels.native import NativeChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.logs import start_logging
from vrm_desktop.protocol.roster import Roster, parse_entry
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.house import OpenHome, VaultFinding, VaultReport
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.vault import header_file, vault
from vrm_desktop.vault.errors import VaultError
from vrm_desktop.vault.hardening import harden_process
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.thread import OnIo
from vrm_desktop.vault.unlocking.passphrase import STANDARD, KdfPolicy

T = TypeVar("T")


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)


class SystemRandomness:
    """The operating system's randomness."""

    def __init__(self) -> None:
        self._dice = random.SystemRandom()

    def token(self, size: int) -> bytes:
        """`size` unpredictable bytes."""
        return secrets.token_bytes(size)

    def uniform(self, low: float, high: float) -> float:
        """A number between `low` and `high`."""
        return self._dice.uniform(low, high)

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in random order."""
        return tuple(self._dice.sample(items, len(items)))


@contextmanager
def _spoken() -> Iterator[None]:
    """The vault's refusals, in the words that services and screens know."""
    try:
        yield
    except VaultError as error:
        raise VaultTrouble(error.code, str(error)) from error


class VaultPort:
    """The open vault as services see it."""

    def __init__(self, opened: vault.OpenVault) -> None:
        self._opened = opened

    async def write(self, change: Callable[[Transaction], T]) -> T:
        """Run `change` in one durable transaction."""
        with _spoken():
            return await self._opened.write(change)

    async def read(self, look: Callable[[Transaction], T]) -> T:
        """Run `look` without changing anything."""
        with _spoken():
            return await self._opened.read(look)


class Home:
    """How homes are made, opened and checked in this program (the port `House`).

    `kdf` and `on_io` are given by tests only: cheaper key derivation, and a place to stop at every read and write.
    """

    def __init__(
        self, *, kdf: KdfPolicy = STANDARD, limits: Limits | None = None, on_io: Callable[[str], None] | None = None
    ) -> None:
        self._kdf = kdf
        self._limits = limits or Limits()
        self._on_io: OnIo | None = on_io
        self._clock = SystemClock()
        self._random = SystemRandomness()

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        return header_file.exists(home)

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault in `home`."""
        with _spoken():
            vault.create_vault(
                home, Passphrase(passphrase), kdf=self._kdf, random=self._random.token, clock=self._clock.now
            )

    def open(self, home: Path, passphrase: str) -> AbstractAsyncContextManager[OpenHome]:
        """Unlock `home` until the block ends."""
        return self._open(home, passphrase)

    @asynccontextmanager
    async def _open(self, home: Path, passphrase: str) -> AsyncIterator[OpenHome]:
        opened = await asyncio.to_thread(self._unlock, home, passphrase)
        try:
            async with Courier(self._limits, on_io=self._on_io) as courier:
                means = Means(
                    vault=VaultPort(opened),
                    channels={"native": NativeChannel(courier, self._clock)},
                    clock=self._clock,
                    random=self._random,
                    roster=load_roster(),
                )
                exchange = Exchange(means)
                try:
                    yield OpenHome(means=means, exchange=exchange)
                finally:
                    await exchange.close()
        finally:
            await asyncio.to_thread(opened.close)

    def _unlock(self, home: Path, passphrase: str) -> vault.OpenVault:
        with _spoken():
            return vault.open_vault(
                home,
                Passphrase(passphrase),
                kdf=self._kdf,
                random=self._random.token,
                clock=self._clock.now,
                on_io=self._on_io,
            )

    def check(self, home: Path, passphrase: str) -> VaultReport:
        """Check the vault in `home`, changing nothing but a damaged header that can be healed."""
        with _spoken():
            report = vault.check(home, Passphrase(passphrase), kdf=self._kdf)
        findings = tuple(VaultFinding(question=one.name.value, sound=one.sound, detail="; ".join(one.problems)) for one in report.checks)
        return VaultReport(sound=report.sound, findings=findings, counts=dict(report.counts))

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this program in another role, packaged or not."""
        if getattr(sys, "frozen", False):
            return (sys.executable, role)
        return (sys.executable, "-m", "vrm_desktop", role)


def load_roster() -> Roster:
    """The roster entries that ship with the program."""
    files = sorted((resources_folder() / "roster").glob("*.json"))
    return Roster(tuple(parse_entry(path.read_bytes()) for path in files))


def vrm() -> None:
    """The command line `vrm`."""
    from vrm_desktop.cli.command import main

    start_logging(verbose=bool(os.environ.get("VRM_VERBOSE")))
    harden_process()
    sys.exit(main(sys.argv[1:], house=Home(), environment=os.environ))


def vrm_vendor() -> None:
    """The vendor desk's command line `vrm-vendor`."""
    from vrm_desktop.vendor.command import main

    sys.exit(main(sys.argv[1:]))


def vrm_desktop() -> None:
    """The window `vrm-desktop`."""
    from vrm_desktop.ui.start import start

    start_logging(verbose=bool(os.environ.get("VRM_VERBOSE")))
    harden_process()
    sys.exit(start(sys.argv, house=Home(), environment=os.environ))


ROLES: dict[str, Callable[[], None]] = {"vrm": vrm, "vrm-vendor": vrm_vendor, "vrm-desktop": vrm_desktop}


def launch() -> None:
    """One launcher for all roles: the first argument names the role (`vrm-desktop` when there is none)."""
    role = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] in ROLES else "vrm-desktop"
    if len(sys.argv) > 1 and sys.argv[1] == role:
        del sys.argv[1]
    ROLES[role]()
