"""The stages: what they add up to, what is said of each, and that a stage which broke is never a pass."""

import ast
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from environment import Environment
from stages import STAGE_NAMES, TESTS, run_stages

CHECKOUT = Path(__file__).resolve().parents[3]
JUNIT = '<testsuites><testsuite tests="{}" failures="{}" errors="0" skipped="{}"/></testsuites>'


class RecordedTools:
    """Stands for the tools: each exits with its status; pytest leaves the JUnit file it is told to, if any."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commands: list[list[str]] = []
        self.status = 0
        self.junit: str | None = JUNIT.format(5, 0, 1)
        self.says = b"SKIPPED [1] needs Xvfb\n5 passed\n"
        monkeypatch.setattr(subprocess, "run", self._run)

    def _run(self, command: list[str], *, stdout: int, **_: object) -> subprocess.CompletedProcess[bytes]:
        self.commands.append(command)
        with open(stdout, "wb", closefd=False) as log:
            log.write(self.says)
        if self.status == -1:
            raise subprocess.TimeoutExpired(command, 1)
        junit = next((word.partition("=")[2] for word in command if word.startswith("--junit-xml=")), None)
        if junit and self.junit:
            Path(junit).write_text(self.junit)
        return subprocess.CompletedProcess(command, self.status)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> RecordedTools:
    return RecordedTools(monkeypatch)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(folder=tmp_path / ".venv", checkout=tmp_path)


def test_all_stages_run_and_the_sum_closes_the_output(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_stages(environment, chosen=[], long=False) == 0
    assert len(tools.commands) == len(STAGE_NAMES)
    checks = len(STAGE_NAMES) - len(TESTS)
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == f"{4 * len(TESTS) + checks} passed, 0 failed, {len(TESTS)} skipped"


def test_coverage_is_gated_only_over_all_stages(environment: Environment, tools: RecordedTools) -> None:
    run_stages(environment, chosen=["unit"], long=False)
    assert [command[-1] for command in tools.commands] == ["tests/unit"]


def test_long_is_handed_on(environment: Environment, tools: RecordedTools) -> None:
    run_stages(environment, chosen=["properties"], long=True)
    assert "--long" in tools.commands[0]


def test_journeys_bring_the_wheel_that_they_run(environment: Environment, tools: RecordedTools) -> None:
    run_stages(environment, chosen=["journeys"], long=False)
    assert [command[-1] for command in tools.commands] == ["packaging/wheel.py", "tests/journeys"]


def test_a_folder_that_is_a_stage_of_its_own_runs_once(environment: Environment, tools: RecordedTools) -> None:
    run_stages(environment, chosen=["integration"], long=False)
    pytests = [command[command.index("pytest") :] for command in tools.commands]
    inside = sorted(stage.name for stage in TESTS if stage.name.startswith("integration/"))
    assert len(pytests) == 1 + len(inside) > 1
    (whole,) = [words for words in pytests if "tests/integration" in words]
    assert sorted(word for word in whole if word.startswith("--ignore=")) == [
        f"--ignore=tests/{name}" for name in inside
    ]
    assert sorted(words[-1] for words in pytests if words is not whole) == [f"tests/{name}" for name in inside]
    tools.commands.clear()
    run_stages(environment, chosen=[inside[0]], long=False)
    assert [command[-1] for command in tools.commands] == [f"tests/{inside[0]}"]


def test_stages_of_one_core_run_two_at_a_time_and_others_alone(
    environment: Environment, tools: RecordedTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: dict[str, int] = {}
    running: set[str] = set()
    lock = threading.Lock()

    def run(command: list[str], *, stdout: int, **given: object) -> subprocess.CompletedProcess[bytes]:
        name = next((word for word in command if word.startswith("tests/")), command[-1])
        with lock:
            running.add(name)
            begun[name] = len(running)
        done = tools._run(command, stdout=stdout, **given)
        with lock:
            running.remove(name)
        return done

    monkeypatch.setattr(subprocess, "run", run)
    run_stages(environment, chosen=[], long=False)
    assert set(begun.values()) <= {1, 2}
    assert {begun[f"tests/{stage.name}"] for stage in TESTS if stage.cores > 1} == {1}
    assert next(iter(begun)) == "packaging/wheel.py", "the journeys run what it builds"


def test_coverage_counts_what_is_measured_and_leaves_the_others_quick(
    environment: Environment, tools: RecordedTools
) -> None:
    run_stages(environment, chosen=["architecture", "unit"], long=False)
    assert {command[-1]: "coverage" in command for command in tools.commands} == {
        "tests/architecture": False,
        "tests/unit": True,
    }


def test_a_reason_for_skipping_is_printed(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str]
) -> None:
    run_stages(environment, chosen=["ui"], long=False)
    assert "SKIPPED [1] needs Xvfb" in capsys.readouterr().out


@pytest.mark.parametrize("status", [-1, 2, 5])
def test_a_stage_that_broke_counts_as_failed(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    tools.status, tools.junit, tools.says = status, None, b"no tests ran"
    assert run_stages(environment, chosen=["properties"], long=False) == 1
    told = capsys.readouterr().out
    assert "no tests ran" in told
    assert told.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def test_failures_are_counted_and_the_log_is_shown(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.status, tools.junit, tools.says = 1, JUNIT.format(9, 2, 0), b"E  assert 1 == 2"
    assert run_stages(environment, chosen=["unit"], long=False) == 1
    told = capsys.readouterr().out
    assert "assert 1 == 2" in told
    assert told.splitlines()[-1] == "7 passed, 2 failed, 0 skipped"


def test_a_check_that_fails_shows_in_the_sum(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.status = 1
    assert run_stages(environment, chosen=["lint"], long=False) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def test_an_unknown_stage_is_a_usage_error(
    environment: Environment, tools: RecordedTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_stages(environment, chosen=["units"], long=False) == 2
    assert "units" in capsys.readouterr().err
    assert not tools.commands


def test_every_folder_of_tests_has_its_stage() -> None:
    folders = {path.relative_to(CHECKOUT / "tests").parts[0] for path in (CHECKOUT / "tests").rglob("test_*.py")}
    assert folders - {"benchmarks"} <= {stage.name for stage in TESTS}


def test_an_old_python_can_read_the_first_file_as_far_as_its_sentence() -> None:
    ast.parse((CHECKOUT / "packaging" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_command_explains_itself() -> None:
    command = [sys.executable, str(CHECKOUT / "packaging" / "bootstrap.py"), "test", "--help"]
    assert "--with-services" in subprocess.run(command, check=True, capture_output=True, text=True).stdout
