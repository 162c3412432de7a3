"""Every reader of bytes that are not ours, fed more than a million inputs that follow its own branches.

Each reader runs in a process of its own, so that neither libFuzzer nor the measuring of coverage minds the other.
`--long` feeds ten times as much.
"""

import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.fuzz_targets import CONTROL, PLANS

CHECKOUT = Path(__file__).resolve().parents[3]
AT_LEAST = 1_000_000
_LIMIT_SECONDS = 280
_MADE = re.compile(r"^stat::number_of_executed_units:\s+([0-9]+)$", re.MULTILINE)

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("atheris") is None,
        reason=f"atheris has no wheel for Python {sys.version_info.major}.{sys.version_info.minor} on {sys.platform}",
    ),
    pytest.mark.timeout(2400),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one process came to; `breaking` is the input that broke the reader."""

    status: int
    inputs: int
    seconds: float
    told: str
    breaking: bytes | None


def fuzz(name: str, inputs: int, folder: Path) -> Ran:
    """Run one target."""
    folder.mkdir()
    variables = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    command = [sys.executable, "-m", "tests.fakes.fuzz_run", name, str(inputs), str(folder)]
    began = time.monotonic()
    done = subprocess.run(
        command, check=False, cwd=CHECKOUT, env=variables, capture_output=True, timeout=_LIMIT_SECONDS * 10
    )
    told = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    broke = [*folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*"), *folder.glob("leak-*")]
    return Ran(
        status=done.returncode,
        inputs=_number(_MADE, told),
        seconds=time.monotonic() - began,
        told=told,
        breaking=broke[0].read_bytes() if broke else None,
    )


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Mapping[str, Ran]:
    """All targets, two at a time."""
    folder = tmp_path_factory.mktemp("fuzz")
    times = 10 if request.config.getoption("--long") else 1
    with ThreadPoolExecutor(max_workers=2) as lanes:
        slowest_first = sorted(PLANS, key=lambda name: name != "typed-line")
        waiting = {name: lanes.submit(fuzz, name, PLANS[name].inputs * times, folder / name) for name in slowest_first}
        return {name: future.result() for name, future in waiting.items()}


@pytest.mark.parametrize("name", PLANS)
def test_no_input_breaks_the_reader_or_holds_it_up_for_a_second(ran: Mapping[str, Ran], name: str) -> None:
    one = ran[name]
    assert one.breaking is None, f"{one.breaking!r}\n{one.told[-3000:]}"
    assert one.status == 0, one.told[-3000:]
    assert one.inputs >= PLANS[name].inputs


def test_a_million_inputs_were_read(ran: Mapping[str, Ran], capsys: pytest.CaptureFixture[str]) -> None:
    total = sum(one.inputs for one in ran.values())
    broke = sum(one.breaking is not None for one in ran.values())
    with capsys.disabled():
        print()
        for name, one in ran.items():
            print(f"fuzzed {name}: {one.inputs:,} inputs in {one.seconds:.1f} s")
        print(f"fuzzed in all: {total:,} inputs, {broke} broke a reader")
    assert total >= AT_LEAST


def test_a_planted_bug_is_found(tmp_path: Path) -> None:
    found = fuzz("control", CONTROL.inputs, tmp_path / "control")
    assert found.breaking is not None, found.told[-3000:]
    assert found.breaking.startswith(b"vrm")
    assert "the planted bug" in found.told
    assert found.inputs < CONTROL.inputs
