"""Real processes killed at their calls, refused calls by a full or failing disk, and cut short in their writes.

Afterwards the vault opens or says what is damaged, what was acknowledged is there, nothing twice, and the check agrees.
"""

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import specimens
from tests.fakes.cut_off import CORES
from tests.fakes.killed_at_call import require_ptrace, run_killed
from tests.fakes.process_pool import in_processes
from tests.fakes.starved import Harm, Outcome, cut_short, kill_at, program, refuse, suffer_all
from tests.fakes.traced_disk import require_strace
from tests.fakes.vault_scenarios import SCENARIOS, give, opened
from tests.faults.conftest import Count
from vrm_desktop.domain.ids import MessageId

KILLS = 14
"""Kills of each scenario by default, evenly spread."""
REFUSED_EACH, CUT_SHORT = 3, 11
"""By default each scenario is refused each call so often by each cause, and its files are cut short so often."""

BLOCKS = {
    "ENOSPC": ("pwrite64", "write", "ftruncate", "mkdir", "link"),
    "EIO": ("pwrite64", "write", "fsync", "rename"),
}
SAID = {
    "ENOSPC": {"disk-full", "disk-failed", "backup-failed", "commit-uncertain"},
    "EIO": {"disk-failed", "backup-failed", "commit-uncertain", "rotation-failed", "vault-damaged"},
}


@pytest.fixture
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    require_strace()
    SCENARIOS[request.param].prepare(tmp_path / "start")
    return tmp_path / "start"


def suffered(name: str, start: Path, harms: Sequence[Harm]) -> list[Outcome]:
    """Every harm by itself, on several cores."""
    place = start.parent
    works: list[Callable[[], list[Outcome]]] = []
    for core in range(CORES):
        (place / str(core)).mkdir(exist_ok=True)
        works.append(partial(suffer_all, name, start, place / str(core), harms[core::CORES]))
    return [outcome for outcomes in in_processes(works) for outcome in outcomes]


def require_no_trouble(outcomes: Sequence[Outcome], what: str, count: Count) -> None:
    reached = sum(outcome.reached for outcome in outcomes)
    trouble = [outcome.trouble for outcome in outcomes if outcome.trouble]
    count(f"{what}: {len(outcomes)} runs, {reached} hit, {len(trouble)} bad")
    assert not trouble, "\n".join(trouble[:5])
    assert reached


def calls_of(name: str, start: Path) -> tuple[str, ...]:
    """Every changing call of a run that nobody kills."""
    require_ptrace()
    folder = start.parent / "whole"
    shutil.copytree(start, folder)
    (whole,) = in_processes([partial(run_killed, program(SCENARIOS[name], folder), at=None)])
    assert whole.status == 0, whole.printed
    SCENARIOS[name].judge(folder, whole.printed.splitlines())
    return whole.calls


def killed(name: str, start: Path, numbers: Sequence[int], of: int, count: Count) -> None:
    outcomes = suffered(name, start, [kill_at(number) for number in numbers])
    assert all(outcome.reached for outcome in outcomes)
    require_no_trouble(outcomes, f"kills at {len(numbers)} of {of} calls, {name}", count)


@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_killed_at_calls_from_the_first_to_the_last(start: Path, name: str, count: Count) -> None:
    every = len(calls_of(name, start))
    spread = sorted({1 + (every - 1) * part // (KILLS - 1) for part in range(KILLS)})
    killed(name, start, spread, every, count)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_killed_at_every_call(start: Path, name: str, count: Count) -> None:
    every = len(calls_of(name, start))
    killed(name, start, range(1, every + 1), every, count)


def faults(name: str, each: int) -> list[Harm]:
    """So many refusals of each call by each cause, once and for good in turn."""
    dice = random.Random(f"faults {name}")  # noqa: S311 - repeatable
    return [
        refuse(call, error, dice.randint(1, 14 if call in {"pwrite64", "fsync"} else 4), for_good=turn % 2 == 0)
        for error, calls in BLOCKS.items()
        for call in calls
        for turn in range(each)
    ]


def shortages(name: str, start: Path, count: int) -> list[Harm]:
    """Limits between nothing and twice what is there, never at the end of a page."""
    dice = random.Random(f"short {name}")  # noqa: S311 - repeatable
    most = 2 * max([path.stat().st_size for path in start.rglob("*.db")], default=250_000)
    return [cut_short(dice.randrange(most) | 1) for _ in range(count)]


def require_right_words(outcomes: Sequence[Outcome]) -> None:
    """A refusal names its cause."""
    for outcome in outcomes:
        for error, codes in SAID.items():
            if outcome.refusal and any(f"error={error}" in part for part in outcome.harm):
                assert outcome.refusal in codes, outcome


@pytest.fixture(scope="module")
def runs() -> list[int]:
    """How many runs each test of this module starved."""
    return []


def starved(name: str, start: Path, harms: Sequence[Harm], count: Count) -> None:
    outcomes = suffered(name, start, harms)
    require_no_trouble(outcomes, f"full and failing disks, {name}", count)
    require_right_words(outcomes)


@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_starved_and_refused(start: Path, name: str, runs: list[int], count: Count) -> None:
    harms = faults(name, each=REFUSED_EACH) + shortages(name, start, CUT_SHORT)
    starved(name, start, harms, count)
    runs.append(len(harms))


def test_three_hundred_starved_runs_lost_nothing(runs: list[int], count: Count) -> None:
    if len(runs) < len(SCENARIOS):
        pytest.skip("counts what all the others of this module ran")
    count(f"full and failing disks, all: {sum(runs)} runs")
    assert sum(runs) >= 300


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_starved_a_thousand_times(start: Path, name: str, count: Count) -> None:
    harms = faults(f"{name}, long", each=12) + shortages(f"{name}, long", start, 36)
    assert len(harms) * len(SCENARIOS) >= 1000
    starved(name, start, harms, count)


@pytest.mark.parametrize("start", ["create"], indirect=True)
def test_creating_survives_each_flush_that_fails(start: Path, count: Count) -> None:
    """SQLite does not say when closing could not empty its log, and a database must not part from a full one."""
    flushes = calls_of("create", start).count("fsync")
    harms = [refuse("fsync", "EIO", number, for_good=False) for number in range(1, flushes + 1)]
    starved("create", start, harms, count)


@pytest.mark.parametrize("start", ["use"], indirect=True)
def test_a_folder_that_lost_what_was_acknowledged_is_caught(start: Path, tmp_path: Path) -> None:
    """The judge itself, given a vault from before the acknowledgement."""
    shutil.copytree(start, tmp_path / "older")
    with pytest.raises(AssertionError, match="acknowledged"):
        SCENARIOS["use"].judge(tmp_path / "older", ["given 2", "given 3"])


@pytest.mark.parametrize("start", ["use"], indirect=True)
def test_a_program_that_repeats_under_a_new_id_is_caught(start: Path) -> None:
    """The judge itself, given what a program leaves that writes once more what a refused commit had kept."""
    again = replace(specimens.LEDGER[0], seq=0, message=MessageId("given-2-again"), value="value 2")
    vault = opened(start)
    give(vault, 2)
    vault.thread.write_now(lambda sql: vault.contents(sql).append_ledger(again))
    vault.close()
    with pytest.raises(AssertionError, match="the ledger says"):
        SCENARIOS["use"].judge(start, ["given 2"])
