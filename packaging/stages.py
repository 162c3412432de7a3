"""The stages of `bootstrap.py test`: which there are, how they run side by side on two cores, what they add up to.

Here: commands, their order and their budgets. Never here: what is tested (tests/), or tools' settings (pyproject.toml).
Two stages run at a time, the longest first, so that no core waits at the end; what keeps two cores busy by itself has
them to itself. A folder inside another may be a stage of its own: the other leaves it out. Every stage leaves its log
and its JUnit file in .bootstrap/results/.
"""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from environment import Environment
from wheel import SITE

_LIMIT_SECONDS = 2400


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One command. `budget` in seconds is what it should take on two cores; beyond it is said, not failed.

    `cores`: how many it keeps busy by itself. `measured`: whether what its tests run counts for coverage.
    """

    name: str
    budget: int
    command: tuple[str, ...] = ()
    cores: int = 1
    measured: bool = True

    @property
    def runs_tests(self) -> bool:
        """Whether it is a folder under tests/, run by pytest."""
        return not self.command

    @property
    def file_name(self) -> str:
        """What its log and its JUnit file are called, without an ending."""
        return self.name.replace("/", "-")

    def lies_in(self, folder: str) -> bool:
        """Whether it is the folder of this name, or inside it."""
        return f"{self.name}/".startswith(f"{folder}/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one stage came to. A check counts as one test, so that the sum cannot hide it."""

    stage: Stage
    seconds: float
    passed: int
    failed: int
    skipped: int = 0
    log: str = field(repr=False)


_PYTHON = "{python}"
WHEEL = Stage(name="wheel", budget=15, command=(_PYTHON, "packaging/wheel.py"))
CHECKS = (
    WHEEL,
    Stage(name="lint", budget=5, command=(_PYTHON, "-m", "ruff", "check", ".")),
    Stage(name="format", budget=5, command=(_PYTHON, "-m", "ruff", "format", "--check", ".")),
    Stage(name="types", budget=90, command=(_PYTHON, "-m", "mypy")),
)
TESTS = (
    Stage(name="architecture", budget=90, measured=False),
    Stage(name="unit", budget=300),
    Stage(name="properties", budget=100),
    Stage(name="integration", budget=150),
    Stage(name="integration/services", budget=200),
    Stage(name="integration/vendor", budget=200),
    Stage(name="ui", budget=240),
    Stage(name="journeys", budget=180, measured=False),
    Stage(name="faults", budget=120, measured=False),
    Stage(name="faults/fuzzing", budget=80, cores=2, measured=False),
    Stage(name="faults/vault", budget=240, cores=2, measured=False),
)
COVERAGE = Stage(name="coverage", budget=20, command=(_PYTHON, "packaging/coverage_gate.py"))
STAGE_NAMES = tuple(stage.name for stage in (*CHECKS, *TESTS, COVERAGE))


def run_stages(environment: Environment, *, chosen: Sequence[str], long: bool) -> int:
    """Runs the `chosen` stages (all when empty), prints the table and the sum; 0 when nothing failed.

    Coverage is measured over all test stages, so it is gated only when all of them run.
    """
    names = {*chosen, WHEEL.name} if "journeys" in chosen else set(chosen)
    unknown = sorted(names - set(STAGE_NAMES))
    if unknown:
        print(f"No such stage: {', '.join(unknown)}. There are: {', '.join(STAGE_NAMES)}.", file=sys.stderr)
        return 2
    runner = _Runner(environment=environment, results=environment.checkout / ".bootstrap" / "results", long=long)
    runner.clear()
    wanted = [stage for stage in (*CHECKS, *TESTS) if not names or any(stage.lies_in(name) for name in names)]
    first = [stage for stage in wanted if stage is WHEEL]  # the journeys run what it builds
    single = sorted((stage for stage in wanted if stage.cores == 1 and stage not in first), key=lambda one: -one.budget)
    began = time.monotonic()
    outcomes = [runner.run(stage) for stage in first]
    with ThreadPoolExecutor(max_workers=2) as lanes:
        outcomes += lanes.map(runner.run, single)
    outcomes += [runner.run(stage) for stage in wanted if stage.cores > 1]
    if not chosen:
        outcomes.append(runner.run(COVERAGE))
    return _report(outcomes, elapsed=time.monotonic() - began)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Runner:
    environment: Environment
    results: Path
    long: bool

    def clear(self) -> None:
        shutil.rmtree(self.results, ignore_errors=True)
        (self.results / "coverage").mkdir(parents=True)

    def run(self, stage: Stage) -> Outcome:
        outcome = self._outcome(stage)
        print(_told(outcome), flush=True)
        return outcome

    def _outcome(self, stage: Stage) -> Outcome:
        log_path = self.results / f"{stage.file_name}.log"
        junit = self.results / f"{stage.file_name}.xml"
        began = time.monotonic()
        with log_path.open("wb") as log:
            variables = self._variables(stage)
            status = _limited(self._command(stage, junit), self.environment.checkout, variables, log.fileno())
        seconds = time.monotonic() - began
        log_text = log_path.read_text(encoding="utf-8", errors="replace")
        if not stage.runs_tests:
            return Outcome(stage=stage, seconds=seconds, passed=int(status == 0), failed=int(status != 0), log=log_text)
        passed, failed, skipped = _counts(junit)
        if status and not failed:
            failed = 1  # pytest itself broke, collected nothing, or ran into the limit
        return Outcome(stage=stage, seconds=seconds, passed=passed, failed=failed, skipped=skipped, log=log_text)

    def _command(self, stage: Stage, junit: Path) -> list[str]:
        python = str(self.environment.python)
        if not stage.runs_tests:
            return [python if word == _PYTHON else word for word in stage.command]
        inside = [other.name for other in TESTS if other != stage and other.lies_in(stage.name)]
        folders = [f"tests/{stage.name}", *(f"--ignore=tests/{name}" for name in inside)]
        pytest = ["-m", "pytest", "-q", "--color=no", f"--junit-xml={junit}", *folders]
        measuring = ["-m", "coverage", "run"] if stage.measured else []
        return [python, *measuring, *pytest, *(["--long"] if self.long else [])]

    def _variables(self, stage: Stage) -> dict[str, str]:
        # Journeys start the programs that people install: the wheel's, and not the checkout's.
        wheel = {"PYTHONPATH": str(SITE), "VRM_TEST_WHEEL": str(SITE)} if stage.name == "journeys" else {}
        return {
            **os.environ,
            "COVERAGE_FILE": str(self.results / "coverage" / "measured"),
            "PYTHONUNBUFFERED": "1",
            "QT_QPA_PLATFORM": "offscreen",
            **wheel,
        }


def _limited(command: list[str], folder: Path, variables: dict[str, str], log: int) -> int:
    try:
        return subprocess.run(
            command,
            check=False,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=_LIMIT_SECONDS,
        ).returncode
    except subprocess.TimeoutExpired:
        return 124


def _counts(junit: Path) -> tuple[int, int, int]:
    """Passed, failed (errors included), skipped; zeros when pytest left no file."""
    if not junit.exists():
        return 0, 0, 0
    suite = ET.parse(junit).getroot().find("testsuite")  # noqa: S314 - our own pytest wrote it a moment ago
    if suite is None:
        return 0, 0, 0
    tests, failures, errors, skipped = (int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped"))
    return tests - failures - errors - skipped, failures + errors, skipped


def _told(outcome: Outcome) -> str:
    """One line for a stage that passed (and why tests were skipped); the whole log for one that did not."""
    line = f"── {outcome.stage.name}: {'FAILED' if outcome.failed else 'passed'} in {outcome.seconds:.1f} s"
    if outcome.failed:
        return f"{line}\n{outcome.log.rstrip()}"
    skips = [entry for entry in outcome.log.splitlines() if entry.startswith("SKIPPED")]
    return "\n".join([line, *skips])


def _report(outcomes: Sequence[Outcome], *, elapsed: float) -> int:
    print(f"\n{'stage':<22}{'seconds':>9}{'budget':>8}  result")
    for outcome in outcomes:
        over = "  over budget" if outcome.seconds > outcome.stage.budget else ""
        result = f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        print(f"{outcome.stage.name:<22}{outcome.seconds:>9.1f}{outcome.stage.budget:>8}  {result}{over}")
    print(f"{'in all':<22}{elapsed:>9.1f}{sum(outcome.stage.budget for outcome in outcomes):>8}\n")
    failed = sum(outcome.failed for outcome in outcomes)
    passed = sum(outcome.passed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0
