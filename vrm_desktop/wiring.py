"""The composition root: settings -> vault -> channels -> services. The console scripts start here; only this wires.

Rooms are imported where they are joined, so that a role loads nothing that it does not use.
"""

import os
import random
import secrets
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vrm_desktop.resources_folder import resources_folder

if TYPE_CHECKING:
    from vrm_desktop.channels.native import NativeChannel
    from vrm_desktop.channels.post import PostChannel
    from vrm_desktop.courier.client import Courier
    from vrm_desktop.courier.limits import Limits
    from vrm_desktop.courier.proxies import ProxySettings
    from vrm_desktop.home.closed import ClosedVaults
    from vrm_desktop.home.means import VaultMeans, Wait
    from vrm_desktop.home.taking_along import TakeAlong
    from vrm_desktop.protocol.roster import Roster
    from vrm_desktop.services.house import OpenHome
    from vrm_desktop.services.keep_vault import BackupReport, KeptBackup, RestorePoint, Rotated, VaultReport
    from vrm_desktop.services.ports import Channel, Clock, DataRightsChannel, Vault
    from vrm_desktop.services.ports_outside import Post, QuoteDesks, Shops, WebPages
    from vrm_desktop.services.standing import Standing
    from vrm_desktop.services.ways_in import Key, NewRecoveryCode, OnProgress, TypedCode, Way
    from vrm_desktop.vault.thread import OnIo
    from vrm_desktop.vault.unlocking.keyring_slot import KeyringDoor
    from vrm_desktop.vault.unlocking.passphrase import KdfPolicy

T = TypeVar("T")
ARCHIVE_WORK = 18
BACKUP_PAUSE = 300.0


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
        self._post: PostChannel | None = None

    def __getitem__(self, name: str) -> "Channel":
        if name != "native":
            raise KeyError(name)
        if self._native is None:
            from vrm_desktop.channels.native import NativeChannel

            self._native = NativeChannel(self._courier, SystemClock())
        return self._native

    def data_rights(self) -> "DataRightsChannel":
        """What speaks the Data Rights Protocol."""
        from vrm_desktop.channels.drp import DrpChannel

        return DrpChannel(self._courier)

    def web(self) -> "WebPages":
        """What visits single pages of the web."""
        from vrm_desktop.channels.web import WebChannel

        return WebChannel(self._courier, SystemClock())

    def shops(self) -> "Shops":
        """What speaks to shops."""
        from vrm_desktop.channels.ucp.shops import UcpShops

        return UcpShops(self._courier, SystemClock())

    def post(self) -> "Post":
        """What speaks to the person's mail servers."""
        if self._post is None:
            from vrm_desktop.channels.post import PostChannel
            from vrm_desktop.courier.dialling import SystemResolver
            from vrm_desktop.courier.mail_line import MailConnector

            resolver = SystemResolver(threads=2)
            self._closing.callback(resolver.close)
            self._post = PostChannel(MailConnector(resolver=resolver, proxy=self._proxy))
        return self._post

    def desks(self) -> "QuoteDesks":
        """What asks quote desks."""
        from vrm_desktop.channels.mcp.desks import DeskChannel

        return DeskChannel(self._courier, SystemClock())

    def __iter__(self) -> Iterator[str]:
        return iter(("native",))

    def __len__(self) -> int:
        return 1

    @cached_property
    def _courier(self) -> "Courier":
        from vrm_desktop.courier.client import Courier
        from vrm_desktop.courier.limits import Limits

        courier = Courier(self._limits or Limits(), on_io=self._on_io, proxy=self._proxy)
        self._closing.push_async_exit(courier)
        return courier


async def _proxy(vault: "Vault") -> "ProxySettings | None":
    """The proxy that the person has set; whatever cannot be read as one stops here, so that nothing goes past it."""
    from vrm_desktop.services.keep_settings import chosen_proxy

    chosen = await vault.read(chosen_proxy)
    if chosen is None:
        return None
    from vrm_desktop.courier.proxies import ProxyKind, ProxySettings

    kind, host, port = chosen
    return ProxySettings(kind=ProxyKind(kind), host=host, port=port)


class Home:
    """How homes are made, opened and checked in this program (the port `House`, which says what each call does).

    Everything here is given by tests only: `kdf`, cheaper key derivation; `limits`, other limits; `on_io`, a place to
    stop at every read and write; `keyring`, another keyring; `wait`, another patience after wrong passphrases;
    `clock`, another clock; `backup_pause`, seconds between two looks whether a backup is due; `archive_work`, cheaper
    keys for archives.
    """

    def __init__(
        self,
        *,
        kdf: "KdfPolicy | None" = None,
        limits: "Limits | None" = None,
        on_io: Callable[[str], None] | None = None,
        keyring: "KeyringDoor | None" = None,
        wait: "Wait | None" = None,
        clock: "Clock | None" = None,
        backup_pause: float = BACKUP_PAUSE,
        archive_work: int = ARCHIVE_WORK,
    ) -> None:
        self._archive_work = archive_work
        self._kdf = kdf
        self._limits = limits
        self._on_io: OnIo | None = on_io
        self._keyring = keyring
        self._wait = wait
        self._backup_pause = backup_pause
        self._clock: Clock = clock or SystemClock()
        self._random = SystemRandomness()

    @cached_property
    def _means(self) -> "VaultMeans":
        from vrm_desktop.home.means import VaultMeans
        from vrm_desktop.vault.unlocking.keyring_slot import KeyringDoor, choose
        from vrm_desktop.vault.unlocking.passphrase import STANDARD

        return VaultMeans(
            kdf=self._kdf or STANDARD,
            clock=self._clock,
            random=self._random,
            door=self._keyring or KeyringDoor(choose_backend=lambda: choose(os.environ)),
            on_io=self._on_io,
            wait=self._wait or threading.Event.wait,
        )

    @cached_property
    def _closed(self) -> "ClosedVaults":
        from vrm_desktop.home.closed import ClosedVaults

        return ClosedVaults(self._means)

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        return self._closed.exists(home)

    def standing(self, home: Path) -> "Standing":
        """What can be told without a key."""
        return self._closed.standing(home)

    def ways(self, home: Path) -> "tuple[Way, ...]":
        """The ways in."""
        return self._closed.ways(home)

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault in `home`."""
        self._closed.create(home, passphrase)

    def open(
        self, home: Path, key: "Key", *, progress: "OnProgress | None" = None, backs_up: bool = False
    ) -> "AbstractAsyncContextManager[OpenHome]":
        """Unlock `home` until the block ends."""
        return self._open(home, key, progress, backs_up=backs_up)

    @asynccontextmanager
    async def _open(
        self, home: Path, key: "Key", progress: "OnProgress | None", *, backs_up: bool
    ) -> "AsyncIterator[OpenHome]":
        from vrm_desktop.home.coming_back import begin_again
        from vrm_desktop.home.keeping import OpenKeeping
        from vrm_desktop.home.opening import tended, unlocked
        from vrm_desktop.home.port import VaultPort
        from vrm_desktop.home.taking_along import OpenArchives
        from vrm_desktop.services.exchange import Exchange
        from vrm_desktop.services.house import OpenHome
        from vrm_desktop.services.means import Means

        async with unlocked(self._closed, home, key, progress) as opened, AsyncExitStack() as closing:
            port = VaultPort(opened)
            proxy = await _proxy(port)
            keeping = OpenKeeping(opened, port, self._means)
            await keeping.begin()
            closing.push_async_callback(keeping.end)
            channels = Channels(self._limits, self._on_io, closing, proxy)
            means = Means(
                vault=port,
                channels=channels,
                clock=self._clock,
                random=self._random,
                roster=load_roster(),
                data_rights=channels.data_rights,
                outside=channels,
            )
            await begin_again(opened, means)
            exchange = Exchange(means)
            closing.push_async_callback(exchange.close)
            if backs_up:
                await closing.enter_async_context(tended(keeping, self._backup_pause))
            archives = OpenArchives(self.taking, opened)
            yield OpenHome(means=means, exchange=exchange, keeping=keeping, archives=archives)

    def check(self, home: Path, key: "Key") -> "VaultReport":
        """Check the vault in `home`."""
        return self._closed.check(home, key)

    def change_passphrase(self, home: Path, proof: "Key", new: str) -> None:
        """Make `new` the only passphrase."""
        self._closed.change_passphrase(home, proof, new)

    def draw_recovery_code(self) -> "NewRecoveryCode":
        """A new code."""
        return self._closed.draw_recovery_code()

    def set_recovery_code(self, home: Path, code: "NewRecoveryCode", typed_back: str, passphrase: str) -> None:
        """Make the code the vault's one recovery code."""
        self._closed.set_recovery_code(home, code, typed_back, passphrase)

    def remove_recovery_code(self, home: Path, passphrase: str) -> None:
        """Take the recovery code away."""
        self._closed.remove_recovery_code(home, passphrase)

    def keyring_on(self, home: Path, passphrase: str) -> None:
        """Let the keyring open the vault."""
        self._closed.keyring_on(home, passphrase)

    def keyring_off(self, home: Path, proof: "Key") -> bool:
        """Let the keyring open it no more."""
        return self._closed.keyring_off(home, proof)

    def rotate_key(
        self, home: Path, passphrase: str, *, recovery: "TypedCode | None" = None, drop_recovery: bool = False
    ) -> "Rotated":
        """Give the vault in `home` a new data key."""
        return self._closed.rotate_key(home, passphrase, recovery=recovery, drop_recovery=drop_recovery)

    def back_up(self, home: Path, key: "Key", file: Path) -> "BackupReport":
        """Back the vault in `home` up into a new file."""
        return self._closed.back_up(home, key, file)

    def backups(self, home: Path) -> "tuple[KeptBackup, ...]":
        """The backups in `home`."""
        return self._closed.backups(home)

    def survey(self, home: Path, key: "Key") -> "tuple[RestorePoint, ...]":
        """The backups in `home` beside what still stands."""
        return self._closed.survey(home, key)

    def restore(self, home: Path, key: "Key", file: Path) -> "BackupReport":
        """Bring the backup in `file` back to `home`."""
        return self._closed.restore(home, key, file)

    @cached_property
    def taking(self) -> "TakeAlong":
        """Everything out, back, and off this computer."""
        from vrm_desktop.home.taking_along import TakeAlong

        return TakeAlong(self._means, roster_files, work=self._archive_work)

    def role_command(self, role: str) -> tuple[str, ...]:
        """How to start this program in another role, packaged or not; never from the folder it is started in."""
        if getattr(sys, "frozen", False):
            return (sys.executable, role)
        return (sys.executable, "-P", "-m", "vrm_desktop", role)


def load_roster() -> "Roster":
    """The roster entries that ship with the program."""
    from vrm_desktop.protocol.roster import Roster, parse_entry

    return Roster(tuple(parse_entry(data) for data in roster_files().values()))


def roster_files() -> dict[str, bytes]:
    """The same by their files' names, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted((resources_folder() / "roster").glob("*.json"))}


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
