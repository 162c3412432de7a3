"""`vrm-vendor check` and `vrm-vendor misbehave` as processes: their output, files and statuses."""

import json
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vrm_desktop.conformance.misbehaving.scenarios import SCENARIOS

START = "from vrm_desktop.wiring import vrm_vendor; vrm_vendor()"
SECONDS = 240


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


@contextmanager
def misbehaving(scenario: str) -> Iterator[str]:
    """The address of the scripted vendor, as a process; it ends calmly with a signal."""
    command = [sys.executable, "-c", START, "misbehave", scenario]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as vendor:
        assert vendor.stdout is not None
        line = vendor.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:")
        try:
            yield line.removeprefix("listening on ").strip()
        finally:
            vendor.send_signal(signal.SIGTERM)
            assert vendor.wait(SECONDS) == 0
            assert vendor.stdout.read() == ""


def test_a_vendor_that_keeps_the_rules_ends_the_check_with_status_zero(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    with misbehaving("honest") as url:
        done = run("check", url, "--level", "core", "--junit", str(report))
        as_json = run("check", f"{url}/.well-known/intentcast.json", "--level", "core", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    last = done.stdout.splitlines()[-1]
    (suite,) = ET.parse(report).getroot()  # noqa: S314 - written a moment ago
    assert last == f"{suite.get('tests')} passed, 0 failed, 0 not applicable"
    assert len(suite) == int(suite.get("tests", "0")) > 90
    told = json.loads(as_json.stdout)
    assert as_json.stderr.strip() == last
    assert told["conforms"] is True
    assert {check["outcome"] for check in told["checks"]} == {"passed"}
    assert {check["section"] for check in told["checks"]} == set("12345678")


def test_a_vendor_that_lies_ends_the_check_with_status_one(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    with misbehaving("bad-sum") as url:
        done = run("check", url, "--level", "core", "--patience", "1", "--junit", str(report))
    assert done.returncode == 1
    assert "FAILED  vendor-shape (section 7)" in done.stdout
    (suite,) = ET.parse(report).getroot()  # noqa: S314 - written a moment ago
    assert suite.find("testcase[@name='vendor-shape']/failure") is not None
    assert int(suite.get("failures", "0")) > 0


def test_nobody_there_is_a_failed_check_and_no_crash() -> None:
    done = run("check", "http://127.0.0.1:1", "--level", "core")
    assert done.returncode == 1
    assert "answers (section 3)" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("check",), "usage:"),
        (("check", "http://127.0.0.1:1", "--patience", "0"), "usage:"),
        (("misbehave",), "name a scenario"),
        (("misbehave", "politely"), "unknown scenario"),
        (("misbehave", "html", "--port", "99999"), "usage:"),
    ],
)
def test_a_wrong_call_ends_with_status_two(arguments: tuple[str, ...], complaint: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr


def test_a_wish_beyond_the_lists_and_a_file_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with misbehaving("bad-card") as url:
        nowhere = run("check", url, "--junit", str(tmp_path / "no" / "folder.xml"))
    with misbehaving("honest") as url:
        wish = run("check", url, "--category", "shoes.red")
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "No such file" in nowhere.stderr
    assert (wish.returncode, wish.stdout) == (2, "")
    assert "category-unknown" in wish.stderr


def test_the_scenarios_are_listed() -> None:
    done = run("misbehave", "--list")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(SCENARIOS)


def test_a_port_that_is_taken_is_told() -> None:
    with misbehaving("honest") as url:
        second = run("misbehave", "html", "--port", url.rpartition(":")[2])
    assert (second.returncode, second.stdout) == (1, "")
    assert "cannot listen on port" in second.stderr
