"""A program run beside a Secret Service of its own: a private session bus, an empty keyring, nothing of the machine's.

Never here: what the program does.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNLOCKED = "printf 'password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null"


def run_beside_a_keyring(folder: Path, program: str) -> list[str]:
    """The lines it prints. It runs in `folder`, and may import from the tests."""
    script = folder / "beside_a_keyring.py"
    script.write_text(program, encoding="utf-8")
    variables = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_DATA_HOME": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{UNLOCKED} && exec '{sys.executable}' '{script}'"],
        check=False,
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.splitlines()
