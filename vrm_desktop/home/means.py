"""What every act on a vault works with, handed over once by the composition root."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vrm_desktop.services.ports import Clock, Randomness
from vrm_desktop.services.ways_in import AskKeyring, Key, OnProgress, Progress, Stage, TypedCode
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import NoSuchWayIn, WrongPassphrase
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.thread import OnIo
from vrm_desktop.vault.tries import Tries
from vrm_desktop.vault.unlocking import recovery
from vrm_desktop.vault.unlocking.keyring_slot import KeyringDoor
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.ways_in import WayIn

Wait = Callable[[threading.Event, float], object]
"""Waits for so many seconds, or until the event is set."""
_A_MOMENT = 1.0


class CalledOff(Exception):
    """Nobody waits for the vault any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who waits for an act: told how far it is, and able to call it off by `stop`."""

    progress: OnProgress
    stop: threading.Event = field(default_factory=threading.Event)

    def tell(self, how_far: Progress) -> None:
        """Say how far it is. Raises CalledOff."""
        if self.stop.is_set():
            raise CalledOff
        self.progress(how_far)


def nobody() -> Waiting:
    """An act that nobody calls off."""
    return Waiting(progress=lambda _: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultMeans:
    """`kdf`: how keys are derived; `wait` is replaced by tests that must not wait."""

    kdf: KdfPolicy
    clock: Clock
    random: Randomness
    door: KeyringDoor
    on_io: OnIo | None = None
    wait: Wait = threading.Event.wait

    def way(self, key: Key, header: Header) -> WayIn:
        """What opens this header. Raises RecoveryCodeMistyped, NoSuchWayIn, KeyringRefused, KeyringUnavailable."""
        match key:
            case str():
                return Passphrase(key)
            case TypedCode():
                return typed_code(key)
            case AskKeyring():
                return self.from_keyring(header)

    def from_keyring(self, header: Header) -> KeyringKey:
        """The keyring's key for this vault; a vault that has no slot for it does not bother the keyring."""
        if all(slot.kind is not SlotKind.KEYRING for slot in header.slots):
            raise NoSuchWayIn("the vault has no keyring slot")
        return self.door.fetch(entry(header.vault_id))

    def slowly(self, home: Path, key: Key, waiting: Waiting) -> "Slowly":
        """Around one try of a key (see `Slowly`)."""
        return Slowly(self, home, key, waiting)


class Slowly:
    """One try: after several wrong passphrases in a row it waits first. Raises CalledOff while waiting."""

    def __init__(self, means: VaultMeans, home: Path, key: Key, waiting: Waiting) -> None:
        self._means, self._waiting = means, waiting
        self._tries = Tries(home) if isinstance(key, str) else None

    def __enter__(self) -> None:
        if self._tries is None:
            return
        left = whole = self._tries.pause(self._means.clock.now())
        while left > 0:
            self._waiting.tell(Progress(stage=Stage.WAITING, done=int(whole - left), of=max(int(whole), 1)))
            moment = min(left, _A_MOMENT)
            self._means.wait(self._waiting.stop, moment)
            left -= moment

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if self._tries is None:
            return
        if isinstance(error, WrongPassphrase):
            self._tries.wrong(self._means.clock.now())
        elif error is None:
            self._tries.right()


def entry(vault_id: bytes) -> str:
    """The name of the vault's entry in the keyring."""
    return f"vault {vault_id.hex()}"


def typed_code(code: TypedCode) -> RecoveryCode:
    """The code behind what was typed. Raises RecoveryCodeMistyped."""
    return recovery.read(code.text)


def header_of(home: Path) -> Header:
    """The header that counts in a home. Raises NoVault, HeaderDamaged, VaultTooNew, DiskFailed."""
    return header_file.read_header(home).header
