"""After locking, no key, passphrase or detail of the person is left in the process; two controls show what would be."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.memory_scan import found_in, readable
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import keep_profile
from vrm_desktop.vault import header_file
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.unlocking.subkeys import Purpose, subkey
from vrm_desktop.vault.ways_in import unlock
from vrm_desktop.wiring import Home

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads another process's memory")

_WORDS = "seven quiet otters ferrying"
_CANARY = "Quillfeather-Ostrowski"
_SECONDS = 120
_PROGRAM = """
import os, sys, time
from contextlib import asynccontextmanager
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.ui.start import start
from vrm_desktop.wiring import Home

class House(Home):
    @asynccontextmanager
    async def open(self, *given, **named):
        async with super().open(*given, **named) as opened:
            print("opened", flush=True)
            yield opened

    def role_command(self, role):
        return (sys.executable, "-c", os.environ["PROGRAM"], role)

def stay(_command):
    print("stays", flush=True)
    time.sleep(600)

print("locked" if "--locked" in sys.argv else "starts", flush=True)
relaunch = stay if os.environ.get("STAYS") else None
sys.exit(start(sys.argv, house=House(kdf=CHEAP_KDF), environment=os.environ, relaunch=relaunch))
"""


class Window:
    """One window on a vault that holds the canary, with its profile page open."""

    def __init__(self, folder: Path, *, stays: bool) -> None:
        self.home = folder / "home"
        house = Home(kdf=CHEAP_KDF)
        house.create(self.home, _WORDS)
        asyncio.run(self._plant(house))
        (folder / "key").write_text(_WORDS)
        self._variables = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PROGRAM": _PROGRAM,
            "XDG_RUNTIME_DIR": str(folder),
            "VRM_PASSPHRASE_FILE": str(folder / "key"),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
            "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere",
            **({"STAYS": "1"} if stays else {}),
        }
        command = [sys.executable, "-c", _PROGRAM, "--home", str(self.home), "--page", "profile"]
        self.process = subprocess.Popen(command, env=self._variables, stdout=subprocess.PIPE, text=True)

    def secrets(self) -> dict[str, str | bytes]:
        """What must not be there any more."""
        header = header_file.read_header(self.home).header
        opened = unlock(header, Passphrase(_WORDS), CHEAP_KDF)
        database = subkey(opened.data_key, header.vault_id, Purpose.DATABASE)
        return {
            "passphrase": _WORDS,
            "canary": _CANARY,
            "data key": opened.data_key.reveal(),
            "database key": database.reveal(),
        }

    def lock(self) -> None:
        """Lock it by command."""
        command = [sys.executable, "-m", "vrm_desktop", "vrm", "--home", str(self.home), "lock"]
        assert subprocess.run(command, env=self._variables, check=False, timeout=_SECONDS).returncode == 0

    def said(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate(timeout=_SECONDS)

    async def _plant(self, house: Home) -> None:
        async with house.open(self.home, _WORDS) as home:
            await keep_profile.set_field(home.means, FieldPath.NAME, _CANARY)


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(1)


@pytest.mark.parametrize("stays", [False, True], ids=["replaced", "control-not-replaced"])
def test_nothing_is_left_in_memory_after_locking_where_the_controls_find_it(tmp_path: Path, *, stays: bool) -> None:
    window = Window(tmp_path, stays=stays)
    try:
        if not readable(window.process.pid):
            pytest.skip("this user may not read another process's memory")
        secrets = window.secrets()
        assert (window.said(), window.said()) == ("starts", "opened")
        until(lambda: {"canary", "database key"} <= found_in(window.process.pid, secrets).keys())
        window.lock()
        assert window.said() == ("stays" if stays else "locked")
        if stays:
            assert "canary" in found_in(window.process.pid, secrets)
        else:
            until(lambda: bool(found_in(window.process.pid, {"gate": "Welcome back"})))  # its lock screen is there
            assert found_in(window.process.pid, secrets) == {}
    finally:
        window.close()
