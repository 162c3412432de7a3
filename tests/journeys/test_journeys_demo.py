"""`vrm demo` as a person runs it: nine steps within 45 seconds, and a vault that everything else opens."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.programs import Vrm, plain_environment, program

LIMIT_SECONDS = 45
STEPS = (
    "1. Say what I want",
    "2. Choose whom to ask, and what they may learn",
    "3. Cast",
    "4. Terms first",
    "5. Offers come back",
    "6. Compare",
    "7. Choose",
    "8. Live with it",
    "9. Leave",
)
TRAP = """
import pathlib
pathlib.Path({marker!r}).touch()
raise ImportError("there is no Qt here")
"""


def test_the_demo_tells_nine_steps_and_leaves_a_vault(tmp_path: Path) -> None:
    began = time.monotonic()
    ran = subprocess.run(
        [*program("vrm"), "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=plain_environment(TMPDIR=str(tmp_path)),
        timeout=LIMIT_SECONDS * 2,
        check=False,
    )
    seconds = time.monotonic() - began
    assert (ran.returncode, ran.stderr) == (0, "")
    assert seconds < LIMIT_SECONDS
    lines = ran.stdout.splitlines()
    assert [line for line in lines if re.match(r"\d\. ", line)] == list(STEPS)
    for told in (
        "The first question says only:",
        "Südstadt Rad goes down in the middle of it. The others go on.",
        "Kettenwerk: declined",
        "Kettenwerk: only the first question",
        "payto://iban/",
        "Both sides computed the same record:",
        "What each shop could see",
    ):
        assert told in ran.stdout, told
    assert any(line.strip().startswith("██████") for line in lines)
    (next_command,) = [line.strip() for line in lines if line.endswith("relationship list")]
    words = shlex.split(next_command)
    assert words[0] == "vrm"
    opened = subprocess.run(
        [*program("vrm"), *words[1:]], capture_output=True, text=True, env=plain_environment(), check=True
    )
    assert len(opened.stdout.splitlines()) == 4
    checked = subprocess.run(
        [*program("vrm"), *words[1:-2], "--json", "vault", "check"],
        capture_output=True,
        text=True,
        env=plain_environment(),
        check=False,
    )
    assert json.loads(checked.stdout)["vault"]["sound"] is True, checked.stderr


@contextmanager
def busy_computer(count: int) -> Iterator[None]:
    """Processes that do nothing but compute, until the block ends."""
    burning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _one in range(count)]
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


def test_on_a_busy_computer_without_qt_the_demo_is_one_json_object_in_time(tmp_path: Path) -> None:
    marker = tmp_path / "qt-was-imported"
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "PySide6.py").write_text(TRAP.format(marker=str(marker)))
    path = os.pathsep.join(filter(None, (str(trap), os.environ.get("PYTHONPATH", ""))))
    key_file = tmp_path / "own.txt"
    key_file.write_text("the person's own words\n")
    vrm = Vrm(home=tmp_path / "home", key_file=key_file, environment=plain_environment(PYTHONPATH=path))
    began = time.monotonic()
    with busy_computer(os.cpu_count() or 2):
        ran = vrm.run("--json", "demo")
    seconds = time.monotonic() - began
    assert ran.returncode == 0, ran.stderr
    assert seconds < LIMIT_SECONDS
    told = json.loads(ran.stdout)["demo"]
    assert told["id"] == str(vrm.home)
    assert told["passphrase_file"] == str(key_file)
    assert told["profile_fields_disclosed"] == 5
    assert told["left_state"] == "ended"
    assert told["record"]
    assert all(step in ran.stderr for step in STEPS)
    assert len(vrm.json("relationship", "list")["relationships"]) == 4
    assert not (vrm.home / "passphrase.txt").exists()
    assert not marker.exists()


def test_the_demo_touches_no_vault_that_is_there(tmp_path: Path) -> None:
    key_file = tmp_path / "own.txt"
    key_file.write_text("the person's own words\n")
    vrm = Vrm(home=tmp_path / "home", key_file=key_file)
    vrm.json("vault", "create")
    before = {path.name: path.read_bytes() for path in vrm.home.iterdir() if path.is_file()}
    ran = vrm.run("demo")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("There is a vault here already")
    assert {path.name: path.read_bytes() for path in vrm.home.iterdir() if path.is_file()} == before
