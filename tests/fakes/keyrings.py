"""Keyrings that keep, forget, lie, hang and fail, behind the real door. Never here: a real Secret Service."""

import threading
from collections.abc import Callable

from vrm_desktop.vault.unlocking.keyring_slot import Backend, KeyringDoor, choose

LIMIT = 0.3
"""Seconds after which the tests' door gives up a keyring that hangs."""
PATIENCE = 60.0
"""And any other: it answers at once, as soon as a busy computer lets it."""


class MemoryBackend:
    """A keyring that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Moods:
    """A keyring whose mood the test sets: `mood` is called before each of its answers and may change or refuse them.

    `limit` is how many seconds new doors to it wait.
    """

    def __init__(self) -> None:
        self.memory = MemoryBackend()
        self.mood: Callable[[str, object], object] = as_it_is
        self.asked = 0
        self.limit = PATIENCE
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.mood("get", self.memory.get_password(service, username))  # type: ignore[return-value]  # it may lie

    def set_password(self, service: str, username: str, password: str) -> None:
        self.mood("set", None)
        self.memory.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self.mood("delete", None)
        self.memory.delete_password(service, username)

    def door(self) -> KeyringDoor:
        """The door to it."""
        return KeyringDoor(choose_backend=lambda: self, limit_seconds=self.limit)

    def hang(self, _asked: str, value: object) -> object:
        """A mood: never answers, as a prompt nobody sees. `released` ends it."""
        self.released.wait(30)
        return value


def as_it_is(_asked: str, value: object) -> object:
    """A mood: honest."""
    return value


def lies(asked: str, value: object) -> object:
    """A mood: other bytes of the right length come back."""
    return "A" * 43 + "=" if asked == "get" and value is not None else value


def garbles(asked: str, value: object) -> object:
    """A mood: no base 64."""
    return "???" if asked == "get" and value is not None else value


def forgets(asked: str, value: object) -> object:
    """A mood: knows nothing, and says so without an error."""
    return None if asked == "get" else value


def answers_bytes(asked: str, value: object) -> object:
    """A mood: bytes where text belongs."""
    return b"\x00" * 32 if asked == "get" else value


class KeyringLocked(Exception):
    """As `keyring.errors` has it."""


def is_locked(_asked: str, _value: object) -> object:
    """A mood: locked, and nobody there to unlock it."""
    raise KeyringLocked("Failed to unlock the collection!")


def is_gone(_asked: str, _value: object) -> object:
    """A mood: its service has ended."""
    raise ConnectionResetError("the service has left the bus")


def wants_everything_to_end(_asked: str, _value: object) -> object:
    """A mood: the oddest error there is."""
    raise SystemExit(3)


def interrupts(_asked: str, _value: object) -> object:
    """A mood: the second oddest."""
    raise KeyboardInterrupt


SORRY = (lies, garbles, forgets, answers_bytes, is_locked, is_gone, wants_everything_to_end, interrupts)
"""Every mood but hanging, in which no key can be had."""


def unsafe_door(name: str) -> KeyringDoor:
    """The door where the only keyring is of this class, e.g. `keyring.backends.null.Keyring`."""
    module, _, kind = name.rpartition(".")
    backend: Backend = type(kind, (MemoryBackend,), {"__module__": module, "__qualname__": kind})()
    return KeyringDoor(choose_backend=lambda: choose({}, lambda _: backend), limit_seconds=PATIENCE)
