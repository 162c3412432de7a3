"""The computer's keyring as it really is: a Secret Service on a session bus of its own, with an empty keyring."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DOOR = """
import os
import time
from keyring.errors import InitError
from vrm_desktop.vault.errors import KeyringUnavailable
from vrm_desktop.vault.secret import KeyringKey
from vrm_desktop.vault.unlocking.keyring_slot import KeyringDoor, choose

door = KeyringDoor(choose_backend=lambda: choose(os.environ))

def settled(call):
    # Right after a write, gnome-keyring now and then knows no collection for a moment, and says so by InitError.
    for _ in range(100):
        try:
            return call()
        except KeyringUnavailable as refusal:
            if not isinstance(refusal.__cause__, InitError):
                raise
            time.sleep(0.1)
    return call()

settled(lambda: door.keep("a vault", KeyringKey(bytes(range(32)))))
print("kept", settled(lambda: door.fetch("a vault")).reveal() == bytes(range(32)))
settled(lambda: door.forget("a vault"))
try:
    settled(lambda: door.fetch("a vault"))
except KeyringUnavailable as refusal:
    print("then", refusal)
"""


@pytest.mark.services("secret-service")
def test_a_real_secret_service_keeps_and_forgets_the_key(tmp_path: Path) -> None:
    unlocked = "printf 'password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
    program = tmp_path / "door.py"
    program.write_text(DOOR, encoding="utf-8")
    variables = {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{unlocked} && exec '{sys.executable}' '{program}'"],
        check=False,
        env=variables,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert told.stdout.splitlines() == ["kept True", "then the keyring has no entry for this vault"], told.stderr
