"""The composition root: settings -> vault -> channels -> services. The console scripts start here; only this wires.

Rooms are imported where they are joined, so that a role loads nothing that it does not use.
"""

import os
import random
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vrm_desktop.resources_folder import resources_folder

if TYPE_CHECKING:
    from vrm_desktop.channels.native import NativeChannel
    from vrm_desktop.courier.limits import Limits
    from vrm_desktop.courier.proxies import ProxySettings
    from vrm_desktop.protocol.roster import Roster
    from vrm_desktop.services.house import BackupReport, OpenHome, VaultReport
    from vrm_desktop.services.ports import Channel, Transaction
    from vrm_desktop.vault.thread import OnIo
    from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
    from vrm_desktop.vault.vault import OpenVault

T = TypeVar("T")


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def today(self) -> date:
        """The civil day where the computer is."""
        return datetime.now().astimezone().date()


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
    from vrm_desktop.services.errors import VaultTrouble
    from vrm_desktop.vault.errors import VaultError

    try:
        yield
    except VaultError as error:
        raise VaultTrouble(error.code, str(error)) from error


class VaultPort:
    """The open vault as services see it."""

    def __init__(self, opened: "OpenVault") -> None:
        self._opened = opened

    async def write(self, change: "Callable[[Transaction], T]") -> T:
        """Run `change` in one durable transaction."""
        with _spoken():
            return await self._opened.write(change)

    async def read(self, look: "Callable[[Transaction], T]") -> T:
        """Run `look` without changing anything."""
        with _spoken():
            return await self._opened.read(look)


class Channels(Mapping[str, "Channel"]):
    """The ways to reach vendors, each put together when it is first used: looking at what is stored needs none."""

    def __init__(
        self, limits: "Limits | None", on_io: "OnIo | None", closing: AsyncExitStack, proxy: "ProxySettings | None"
    ) -> None:
        self._limits = limits
        self._proxy = proxy
        self._on_io = on_io
        self._closing = closing
        self._native: NativeChannel | None = None

    def __getitem__(self, name: str) -> "Channel":
        if name != "native":
            raise KeyError(name)
        if self._native is None:
            self._native = self._connect()
        return self._native

    def __iter__(self) -> Iterator[str]:
        return iter(("native",))

    def __len__(self) -> int:
        return 1

    def _connect(self) -> "NativeChannel":
        from vrm_desktop.channels.native import NativeChannel
        from vrm_desktop.courier.client import Courier
        from vrm_desktop.courier.limits import Limits

        courier = Courier(self._limits or Limits(), on_io=self._on_io, proxy=self._proxy)
        self._closing.push_async_exit(courier)
        return NativeChannel(courier, SystemClock())


async def _proxy(vault: VaultPort) -> "ProxySettings | None":
    """The proxy that the person has set; whatever cannot be read as one stops here, so that nothing goes past it."""
    from vrm_desktop.services.keep_settings import chosen_proxy

    chosen = await vault.read(chosen_proxy)
    if chosen is None:
        return None
    from vrm_desktop.courier.proxies import ProxyKind, ProxySettings

    kind, host, port = chosen
    return ProxySettings(kind=ProxyKind(kind), host=host, port=port)


class Home:
    """How homes are made, opened and checked in this program (the port `House`).

    `kdf`, `limits` and `on_io` are given by tests only: cheaper key derivation, other limits, and a place to stop at
    every read and write.
    """

    def __init__(
        self,
        *,
        kdf: "KdfPolicy | None" = None,
        limits: "Limits | None" = None,
        on_io: Callable[[str], None] | None = None,
    ) -> None:
        from vrm_desktop.vault.unlocking.passphrase import STANDARD

        self._kdf = kdf or STANDARD
        self._limits = limits
        self._on_io: OnIo | None = on_io
        self._clock = SystemClock()
        self._random = SystemRandomness()

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        from vrm_desktop.vault import header_file

        with _spoken():
            return header_file.exists(home)

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault in `home`."""
        from vrm_desktop.vault.secret import Passphrase
        from vrm_desktop.vault.vault import create_vault

        with _spoken():
            create_vault(home, Passphrase(passphrase), kdf=self._kdf, random=self._random.token, clock=self._clock.now)

    def open(self, home: Path, passphrase: str) -> "AbstractAsyncContextManager[OpenHome]":
        """Unlock `home` until the block ends."""
        return self._open(home, passphrase)

    @asynccontextmanager
    async def _open(self, home: Path, passphrase: str) -> "AsyncIterator[OpenHome]":
        import asyncio

        from vrm_desktop.services.exchange import Exchange
        from vrm_desktop.services.house import OpenHome
        from vrm_desktop.services.means import Means

        opened = await asyncio.to_thread(self._unlock, home, passphrase)
        try:
            async with AsyncExitStack() as closing:
                port = VaultPort(opened)
                proxy = await _proxy(port)
                means = Means(
                    vault=port,
                    channels=Channels(self._limits, self._on_io, closing, proxy),
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

    def _unlock(self, home: Path, passphrase: str) -> "OpenVault":
        from vrm_desktop.vault.secret import Passphrase
        from vrm_desktop.vault.vault import open_vault

        with _spoken():
            return open_vault(
                home,
                Passphrase(passphrase),
                kdf=self._kdf,
                random=self._random.token,
                clock=self._clock.now,
                on_io=self._on_io,
            )

    def check(self, home: Path, passphrase: str) -> "VaultReport":
        """Check the vault in `home`, changing nothing but a damaged header that can be healed."""
        from vrm_desktop.services.house import VaultFinding, VaultReport
        from vrm_desktop.vault.secret import Passphrase
        from vrm_desktop.vault.vault import check

        with _spoken():
            report = check(home, Passphrase(passphrase), kdf=self._kdf)
        findings = tuple(
            VaultFinding(question=one.name.value, sound=one.sound, detail="; ".join(one.problems))
            for one in report.checks
        )
        return VaultReport(file=report.file, sound=report.sound, findings=findings, counts=dict(report.counts))

    def change_passphrase(self, home: Path, old: str, new: str) -> None:
        """Make `new` the only passphrase of the vault in `home`."""
        from vrm_desktop.vault.secret import Passphrase

        with _spoken(), self._unlocked(home, old) as opened:
            opened.change_passphrase(Passphrase(old), Passphrase(new))

    def rotate_key(self, home: Path, passphrase: str) -> None:
        """Give the vault in `home` a new data key."""
        from vrm_desktop.vault.secret import Passphrase

        with _spoken(), self._unlocked(home, passphrase) as opened:
            opened.rotate_key(Passphrase(passphrase))

    def back_up(self, home: Path, passphrase: str, file: Path) -> "BackupReport":
        """Back the vault in `home` up into a new file."""
        from vrm_desktop.services.house import BackupReport

        with _spoken(), self._unlocked(home, passphrase) as opened:
            summary = opened.back_up_to(file)
        return BackupReport(file=file.absolute(), made=summary.made, counts=dict(summary.counts))

    def restore(self, home: Path, passphrase: str, file: Path) -> "BackupReport":
        """Bring the backup in `file` back to `home`."""
        from vrm_desktop.services.house import BackupReport
        from vrm_desktop.vault.restoring import restore
        from vrm_desktop.vault.secret import Passphrase

        with _spoken():
            done = restore(file, home, Passphrase(passphrase), kdf=self._kdf, clock=self._clock.now)
        counts = dict(done.summary.counts)
        return BackupReport(file=file.absolute(), made=done.summary.made, counts=counts, aside=done.aside)

    @contextmanager
    def _unlocked(self, home: Path, passphrase: str) -> "Iterator[OpenVault]":
        opened = self._unlock(home, passphrase)
        try:
            yield opened
        finally:
            opened.close()

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this program in another role, packaged or not; never from the folder it is started in."""
        if getattr(sys, "frozen", False):
            return (sys.executable, role)
        return (sys.executable, "-P", "-m", "vrm_desktop", role)


def load_roster() -> "Roster":
    """The roster entries that ship with the program."""
    from vrm_desktop.protocol.roster import Roster, parse_entry

    files = sorted((resources_folder() / "roster").glob("*.json"))
    return Roster(tuple(parse_entry(path.read_bytes()) for path in files))


def _speak() -> None:
    """Choose the language of all texts, once, before the first of them is read."""
    from vrm_desktop.wording.catalogue import CATALOGUE
    from vrm_desktop.wording.languages import wished_languages

    CATALOGUE.choose(wished_languages(os.environ), resources_folder() / "locale")


def _begin() -> None:
    """What the person's own programs start with: language, logs, and a process that keeps its secrets."""
    from vrm_desktop.logs import start_logging
    from vrm_desktop.vault.hardening import harden_process

    _speak()
    start_logging(verbose=bool(os.environ.get("VRM_VERBOSE")))
    harden_process()


def vrm() -> None:
    """The command line `vrm`."""
    from vrm_desktop.cli.command import main

    _begin()
    sys.exit(main(sys.argv[1:], make_house=Home, environment=os.environ, token=secrets.token_bytes))


def vrm_vendor() -> None:
    """The vendor desk's command line `vrm-vendor`."""
    from vrm_desktop.conformance.command import Means, add_commands
    from vrm_desktop.vendor.command import main

    _speak()
    means = Means(now=SystemClock().now, random=secrets.token_bytes, load_roster=load_roster)
    sys.exit(main(sys.argv[1:], add_more=lambda commands: add_commands(commands, means)))


def vrm_desktop() -> None:
    """The window `vrm-desktop`."""
    from vrm_desktop.ui.start import start

    _begin()
    sys.exit(start(sys.argv, house=Home(), environment=os.environ))


ROLES: dict[str, Callable[[], None]] = {"vrm": vrm, "vrm-vendor": vrm_vendor, "vrm-desktop": vrm_desktop}


def launch() -> None:
    """One launcher for all roles: the first argument names the role (`vrm-desktop` when there is none)."""
    role = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] in ROLES else "vrm-desktop"
    if len(sys.argv) > 1 and sys.argv[1] == role:
        del sys.argv[1]
    ROLES[role]()
