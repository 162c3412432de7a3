"""The computer's keyring as one more way in, never the only one.

Backends are chosen from an allow-list by their class, asked in a thread of their own with a limit, and trusted only
after a write was read back. Never lives here: the data key or the passphrase; the keyring keeps 32 random bytes of its
own. The `keyring` package's own choice is not used: it runs what its configuration file names and may pick a plaintext
file without saying so.
"""

import base64
import binascii
import importlib
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from vrm_desktop.vault.errors import KeyringRefused, KeyringUnavailable
from vrm_desktop.vault.secret import KeyringKey

ALLOWED = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
)
"""The keyrings that protect what they keep, by fully qualified class, best first where several are there."""

SERVICE = "VRM Desktop"
LIMIT_SECONDS = 5.0
_LOOKS, _MOMENT_SECONDS = 5, 0.1

_T = TypeVar("_T")


class Backend(Protocol):
    """The three calls we make of a keyring."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def _load(name: str) -> Backend:
    module, _, kind = name.rpartition(".")
    found = getattr(importlib.import_module(module), kind)
    if not found.priority > 0:  # a class property that raises or asks the session bus when the service is absent
        raise RuntimeError(f"{name} is not usable")
    backend: Backend = found()
    return backend


def choose(environment: Mapping[str, str], load: Callable[[str], Backend] = _load) -> Backend:
    """The keyring to use. `PYTHON_KEYRING_BACKEND` decides if it names an allowed one.

    Raises KeyringRefused when it names any other, KeyringUnavailable when none of the allowed ones works here. May
    block: call it through `KeyringDoor`.
    """
    wanted = environment.get("PYTHON_KEYRING_BACKEND")
    if wanted is not None and wanted not in ALLOWED:
        raise KeyringRefused(wanted)
    for name in ALLOWED if wanted is None else (wanted,):
        try:
            return _load_allowed(load(name))
        except KeyringRefused:
            raise
        except Exception:  # noqa: BLE001, S112 - each backend fails in its own way where its service is absent
            continue
    raise KeyringUnavailable("no keyring that protects what it keeps works here")


def _load_allowed(backend: Backend) -> Backend:
    kind = type(backend)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name not in ALLOWED:
        raise KeyringRefused(name)
    return backend


def within(seconds: float, call: Callable[[], _T]) -> _T:
    """What `call` returns or raises, if it ends within the limit; else KeyringUnavailable. Its thread is abandoned.

    A prompt can block for ever and cannot be cancelled, hence a daemon thread instead of a pool that waits for it.
    """
    answer: Future[_T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001 - handed to the caller, who says what it was
            answer.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        failure = answer.exception(timeout=seconds)
    except TimeoutError as error:
        raise KeyringUnavailable(f"the keyring did not answer within {seconds:g} s") from error
    match failure:
        case None:
            return answer.result()
        case KeyringRefused() | KeyringUnavailable():
            raise failure
        case _:  # whatever it is, even one that asks the whole program to end
            raise KeyringUnavailable(f"the keyring failed: {type(failure).__name__}") from failure


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringDoor:
    """Keeps and fetches one vault's keyring key. Every call blocks for at most `limit_seconds`."""

    choose_backend: Callable[[], Backend] = field(repr=False)
    limit_seconds: float = LIMIT_SECONDS
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def probe(self) -> None:
        """Whether there is a keyring to use. Raises KeyringRefused or KeyringUnavailable."""
        within(self.limit_seconds, self.choose_backend)

    def keep(self, entry: str, key: KeyringKey) -> None:
        """Store the key under `entry`, read it back and compare. Raises KeyringRefused or KeyringUnavailable."""
        text = base64.b64encode(key.reveal()).decode("ascii")

        def call() -> bool:
            backend = self.choose_backend()
            backend.set_password(SERVICE, entry, text)
            return self._read_back(backend, entry) == text

        if not within(self.limit_seconds, call):
            raise KeyringUnavailable("the keyring did not give back what it was given")

    def fetch(self, entry: str) -> KeyringKey:
        """The key under `entry`. Raises KeyringUnavailable also when the keyring knows nothing of it."""
        text: object = within(self.limit_seconds, lambda: self.choose_backend().get_password(SERVICE, entry))
        if text is None:
            raise KeyringUnavailable("the keyring has no entry for this vault")
        try:
            key = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
        except (binascii.Error, ValueError) as error:
            raise KeyringUnavailable("the keyring's entry for this vault is garbled") from error
        if len(key) != 32:
            raise KeyringUnavailable("the keyring's entry for this vault is garbled")
        return KeyringKey(key)

    def _read_back(self, backend: Backend, entry: str) -> str | None:
        """What the keyring has after a change: for a moment gnome-keyring may know no collection, and fails."""
        for _ in range(_LOOKS - 1):
            try:
                return backend.get_password(SERVICE, entry)
            except Exception:  # noqa: BLE001 - each backend fails in its own way; the last look tells
                self.pause(_MOMENT_SECONDS)
        return backend.get_password(SERVICE, entry)

    def forget(self, entry: str) -> None:
        """Remove the key under `entry`; an absent one is fine. Raises KeyringUnavailable when it is still there."""

        def call() -> bool:
            backend = self.choose_backend()
            if backend.get_password(SERVICE, entry) is not None:
                backend.delete_password(SERVICE, entry)
            return self._read_back(backend, entry) is None

        if not within(self.limit_seconds, call):
            raise KeyringUnavailable("the keyring still has the entry")
