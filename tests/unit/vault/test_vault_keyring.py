"""The keyring as a way in: only trustworthy backends, never for long, never believed without reading back."""

import threading
from collections.abc import Callable
from functools import partial

import pytest

from vrm_desktop.vault.errors import KeyringRefused, KeyringUnavailable
from vrm_desktop.vault.secret import KeyringKey
from vrm_desktop.vault.unlocking.keyring_slot import ALLOWED, Backend, KeyringDoor, choose, within

KEY = KeyringKey(bytes(range(32)))


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


class ForgetfulBackend(MemoryBackend):
    """What `keyring`'s null backend does: everything succeeds, nothing is kept."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LyingBackend(MemoryBackend):
    """Gives back something else."""

    def get_password(self, service: str, username: str) -> str | None:
        return super().get_password(service, username) and "bm90IGl0"


class StickyBackend(MemoryBackend):
    """Says it deleted, and did not."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class BrokenBackend(MemoryBackend):
    """Fails in its own way."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionError(f"the session bus is gone, and with it {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionError(f"the session bus is gone, and with it {service} {username} {password}")


def door(backend: Backend, limit: float = 5.0) -> KeyringDoor:
    return KeyringDoor(choose_backend=lambda: backend, limit_seconds=limit)


def named(name: str) -> Backend:
    """A working backend whose class has this name."""
    module, _, kind = name.rpartition(".")
    found: Backend = type(kind, (MemoryBackend,), {"__module__": module, "__qualname__": kind})()
    return found


def test_a_kept_key_is_fetched_and_then_forgotten() -> None:
    backend = MemoryBackend()
    keyring = door(backend)
    keyring.keep("vault 1", KEY)
    assert keyring.fetch("vault 1") == KEY
    assert KEY.reveal().hex() not in str(backend.kept)
    keyring.forget("vault 1")
    keyring.forget("vault 1")
    with pytest.raises(KeyringUnavailable, match="no entry"):
        keyring.fetch("vault 1")


@pytest.mark.parametrize(
    "backend", [ForgetfulBackend(), LyingBackend(), BrokenBackend()], ids=lambda b: type(b).__name__
)
def test_a_keyring_that_does_not_give_back_what_it_got_is_not_used(backend: Backend) -> None:
    with pytest.raises(KeyringUnavailable):
        door(backend).keep("vault 1", KEY)


def test_an_entry_that_will_not_go_is_said() -> None:
    keyring = door(StickyBackend())
    keyring.keep("vault 1", KEY)
    with pytest.raises(KeyringUnavailable, match="still has"):
        keyring.forget("vault 1")


@pytest.mark.parametrize("kept", ["", "bm90IGl0", "not base 64!", "é"])
def test_a_garbled_entry_is_no_key(kept: str) -> None:
    backend = MemoryBackend()
    backend.set_password("VRM Desktop", "vault 1", kept)
    with pytest.raises(KeyringUnavailable, match="garbled"):
        door(backend).fetch("vault 1")


def test_a_keyring_that_hangs_is_left_alone_after_the_limit() -> None:
    go_on = threading.Event()

    class HangingBackend(MemoryBackend):
        def get_password(self, service: str, username: str) -> str | None:
            go_on.wait(30)
            return super().get_password(service, username)

    try:
        with pytest.raises(KeyringUnavailable, match=r"did not answer within 0\.05 s"):
            door(HangingBackend(), limit=0.05).fetch("vault 1")
    finally:
        go_on.set()


def test_a_backend_that_fails_is_unavailable_and_names_only_the_kind_of_failure() -> None:
    with pytest.raises(KeyringUnavailable, match="ConnectionError") as caught:
        door(BrokenBackend()).fetch("vault 1")
    assert "session bus" not in str(caught.value)


@pytest.mark.parametrize(
    "wanted",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "os.system",
        "",
    ],
)
def test_a_forced_backend_that_is_not_allowed_is_refused_by_name_and_never_loaded(wanted: str) -> None:
    def load(name: str) -> Backend:
        pytest.fail(f"loaded {name}")

    with pytest.raises(KeyringRefused) as caught:
        choose({"PYTHON_KEYRING_BACKEND": wanted}, load)
    assert caught.value.backend == wanted


def test_a_forced_allowed_backend_is_the_only_one_tried() -> None:
    tried: list[str] = []

    def load(name: str) -> Backend:
        tried.append(name)
        return named(name)

    backend = choose({"PYTHON_KEYRING_BACKEND": ALLOWED[2]}, load)
    assert (type(backend).__module__, tried) == ("keyring.backends.libsecret", [ALLOWED[2]])


def test_the_first_allowed_backend_that_works_is_chosen() -> None:
    def load(name: str) -> Backend:
        if name != ALLOWED[1]:
            raise RuntimeError("not here")
        return named(name)

    assert type(choose({}, load)).__qualname__ == "DBusKeyring"


def test_without_any_that_works_there_is_no_keyring() -> None:
    def load(name: str) -> Backend:
        raise RuntimeError("not here")

    with pytest.raises(KeyringUnavailable, match="works here"):
        choose({}, load)


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"])
def test_a_backend_is_judged_by_the_class_it_really_has(name: str) -> None:
    with pytest.raises(KeyringRefused) as caught:
        choose({}, lambda _: named(name))
    assert caught.value.backend == name
    with pytest.raises(KeyringRefused):
        KeyringDoor(choose_backend=lambda: choose({}, lambda _: named(name))).fetch("vault 1")


def test_the_real_package_offers_none_without_a_session_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(KeyringUnavailable):
        choose({})


def test_the_limit_passes_on_what_the_call_returns() -> None:
    calls: list[Callable[[], object]] = [lambda: 1, lambda: None]
    assert [within(5, call) for call in calls] == [1, None]


def test_a_keyring_that_is_dizzy_right_after_a_change_is_looked_at_again() -> None:
    class DizzyBackend(MemoryBackend):
        def __init__(self, looks: int) -> None:
            super().__init__()
            self.dizzy, self.looks = 0, looks

        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password)
            self.dizzy = self.looks

        def get_password(self, service: str, username: str) -> str | None:
            if self.dizzy:
                self.dizzy -= 1
                raise ConnectionError
            return super().get_password(service, username)

    for looks, kept in ((4, True), (5, False)):
        pauses: list[float] = []
        keyring = KeyringDoor(choose_backend=partial(DizzyBackend, looks), pause=pauses.append)
        if kept:
            keyring.keep("vault 1", KEY)
        else:
            with pytest.raises(KeyringUnavailable, match="ConnectionError"):
                keyring.keep("vault 1", KEY)
        assert len(pauses) == 4


@pytest.mark.parametrize(
    "odd", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()], ids=lambda odd: type(odd).__name__
)
def test_an_error_that_would_end_the_program_is_only_a_keyring_that_failed(odd: BaseException) -> None:
    def fail() -> None:
        raise odd

    with pytest.raises(KeyringUnavailable, match=type(odd).__name__):
        within(5, fail)
