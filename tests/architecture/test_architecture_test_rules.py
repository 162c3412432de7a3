"""The rules in tests/conftest.py bite: each is given something it must catch, in a test run of its own."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.architecture.source_tree import CHECKOUT

SETTINGS = f"""
[tool.pytest.ini_options]
pythonpath = ["{(CHECKOUT / "packaging").as_posix()}"]
markers = ["services", "long"]
filterwarnings = ["error"]
"""

PATIENCE = "_PATIENCE_SECONDS = 60.0"
"""What a real thread is given to end; the stray one is not waited for as long."""

PLANTED = """
import asyncio, gc, socket, threading, time, warnings
import pytest

kept = []

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, name="stray", daemon=True).start()

def test_lets_a_thread_end():
    threading.Thread(target=time.sleep, args=(0.2,)).start()

def test_leaves_a_task():
    loop = asyncio.new_event_loop()
    kept.extend([loop, loop.create_task(asyncio.sleep(1), name="stray")])
    loop.run_until_complete(asyncio.sleep(0))

async def fail():
    raise ValueError("unseen")

async def start_and_forget():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()

def test_looks_away_from_a_task():
    asyncio.run(start_and_forget())

def test_connects_elsewhere():
    with socket.socket() as reaching:
        reaching.connect(("192.0.2.1", 80))

def test_looks_up_elsewhere():
    socket.getaddrinfo("vendor.example", 443)

def test_talks_to_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1])):
            pass

@pytest.mark.services("x-server")
def test_wants_a_screen():
    raise AssertionError

@pytest.mark.long
def test_takes_for_ever():
    pass

def test_reads_reference_data(shared_data):
    raise AssertionError
"""


def _run(folder: Path, source: str, *arguments: str) -> dict[str, list[tuple[str, str]]]:
    """For each test in `source`, what became of it besides passing: pairs of kind and message."""
    rules = (CHECKOUT / "tests" / "conftest.py").read_text("utf-8")
    assert rules.count(PATIENCE) == 1
    (folder / "conftest.py").write_text(rules.replace(PATIENCE, "_PATIENCE_SECONDS = 5.0"), encoding="utf-8")
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "test_planted.py").write_text(source, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    variables = {**kept, "PATH": "", "VRM_TEST_DATA": "/nowhere/at/all"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:pytest-qt",
        "-p",
        "no:cacheprovider",
        "--junit-xml=junit",
    ]
    subprocess.run([*command, *arguments], check=False, cwd=folder, env=variables, capture_output=True)
    found: dict[str, list[tuple[str, str]]] = {}
    for case in ET.parse(folder / "junit").iter("testcase"):  # noqa: S314 - our own pytest wrote it a moment ago
        ends = found.setdefault(case.get("name", ""), [])
        ends += [(end.tag, f"{end.get('message', '')}\n{end.text}") for end in case]
    return found


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """What becomes of the planted tests, without services, reference data or `--long`."""
    return _run(tmp_path_factory.mktemp("planted"), PLANTED)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("test_leaves_a_thread", "error", "left behind: thread stray"),
        ("test_leaves_a_task", "error", "left behind: task stray"),
        ("test_looks_away_from_a_task", "error", "left behind: Task exception was never retrieved"),
        ("test_connects_elsewhere", "failure", "tests talk to loopback only"),
        ("test_looks_up_elsewhere", "failure", "tests talk to loopback only"),
        ("test_wants_a_screen", "skipped", "needs Xvfb (x-server): packaging/bootstrap.py test --with-services"),
        ("test_takes_for_ever", "skipped", "only with --long"),
        ("test_reads_reference_data", "skipped", "reference data is not at"),
    ],
)
def test_the_rule_catches_what_is_planted(
    outcomes: dict[str, list[tuple[str, str]]], name: str, kind: str, message: str
) -> None:
    assert [end for end in outcomes[name] if end[0] == kind and message in end[1]], outcomes[name]


@pytest.mark.parametrize("name", ["test_lets_a_thread_end", "test_talks_to_itself"])
def test_the_rule_spares_what_is_innocent(outcomes: dict[str, list[tuple[str, str]]], name: str) -> None:
    assert outcomes[name] == []


def test_long_tests_run_when_asked_for(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.long\ndef test_takes_for_ever():\n    raise AssertionError('it ran')\n"
    assert _run(tmp_path, source, "--long")["test_takes_for_ever"][0][0] == "failure"


def test_an_unknown_service_is_an_error_and_not_a_skip(tmp_path: Path) -> None:
    source = "import pytest\n@pytest.mark.services('no-such-service')\ndef test_wants_nonsense():\n    pass\n"
    kinds = [end[0] for ends in _run(tmp_path, source).values() for end in ends]
    assert kinds == ["error"]
