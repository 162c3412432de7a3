"""The two small vendors of the documentation, in Python and in JavaScript, pass the kit's core as they stand there."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.graded import faults, graded
from tests.fakes.held_port import held_port
from vrm_desktop.conformance.rules import Level

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
NODE = shutil.which("node")
FEWER_THAN = 200
WIDEST = 120


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as held:
        yield held


@pytest.mark.parametrize(
    "program",
    [
        pytest.param([sys.executable, str(EXAMPLES / "minimal_vendor.py")], id="python"),
        pytest.param(
            [NODE or "node", str(EXAMPLES / "minimal_vendor.mjs")],
            id="node",
            marks=pytest.mark.skipif(NODE is None, reason="needs node, version 18 or later (Debian: nodejs)"),
        ),
    ],
)
def test_a_minimal_vendor_passes_the_core(tmp_path: Path, program: list[str], port: int) -> None:
    endpoint = f"http://127.0.0.1:{port}/intentcast"
    card = [sys.executable, str(EXAMPLES / "make_card.py"), "--folder", str(tmp_path), "--endpoint", endpoint]
    for _ in range(2):
        subprocess.run(card, check=True, timeout=120)
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen([*program, str(tmp_path), str(port)], stdout=subprocess.PIPE, stderr=log) as vendor,
    ):
        try:
            assert vendor.stdout is not None
            assert vendor.stdout.readline().startswith(b"listening on http://127.0.0.1:")
            report = asyncio.run(graded(f"http://127.0.0.1:{port}", level=Level.CORE))
        finally:
            vendor.kill()
    assert faults(report) == {}
    assert report.conforms
    ended = [path.read_text() for path in tmp_path.glob("*.talk") if '"state":"ended"' in path.read_text()]
    assert ended
    assert all('"disclosures":["' not in text for text in ended), "what was told is erased"


def test_a_card_made_elsewhere_needs_to_be_told_where_the_roster_is(tmp_path: Path) -> None:
    copy = tmp_path / "a" / "b" / "make_card.py"
    copy.parent.mkdir(parents=True)
    shutil.copy(EXAMPLES / copy.name, copy)
    words = [sys.executable, str(copy), "--folder", str(tmp_path / "shop"), "--endpoint", "https://shop.example/x"]
    ran = subprocess.run(words, check=False, timeout=120, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, "Traceback" in ran.stderr) == (2, "", False)
    assert "say with --roster" in ran.stderr
    roster = EXAMPLES.parents[1] / "resources" / "roster"
    subprocess.run([*words, "--roster", str(roster)], check=True, timeout=120)
    assert (tmp_path / "shop" / "intentcast.json").exists()


@pytest.mark.parametrize("program", ["minimal_vendor.py", "minimal_vendor.mjs"])
def test_the_program_is_as_small_as_is_said_and_knows_nothing_of_this_project(program: str) -> None:
    lines = (EXAMPLES / program).read_text().splitlines()
    assert len(lines) < FEWER_THAN
    assert not [line for line in lines if len(line) > WIDEST or "vrm_desktop" in line]
