"""Real processes killed at their calls, refused calls by a full or failing disk, and cut short in their writes.

Afterwards the vault opens or says what is damaged, what was acknowledged is there, nothing twice, and the check agrees.
"""

import random
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.cut_off import CORES
from tests.fakes.process_pool import in_processes
from tests.fakes.starved import Harm, Outcome, cut_short, kill_at, refuse, suffer_all
from tests.fakes.traced_disk import require_strace
from tests.fakes.vault_scenarios import SCENARIOS
from tests.faults.conftest import Count

CALLS = ("pwrite64", "write", "fsync", "ftruncate", "rename", "unlink", "mkdir", "link", "fdatasync")
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
        works.append(partial(suffer_all, SCENARIOS[name], start, place / str(core), harms[core::CORES]))
    return [outcome for outcomes in in_processes(works) for outcome in outcomes]


def require_no_trouble(outcomes: Sequence[Outcome], what: str, count: Count) -> None:
    reached = sum(outcome.reached for outcome in outcomes)
    trouble = [outcome.trouble for outcome in outcomes if outcome.trouble]
    count(f"{what}: {len(outcomes)} runs, {reached} hit, {len(trouble)} bad")
    assert not trouble, "\n".join(trouble[:5])
    assert reached


@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_killed_here_and_there(start: Path, name: str, count: Count) -> None:
    dice = random.Random(name)  # noqa: S311 - repeatable
    harms = [kill_at(call, dice.randint(1, most)) for call, most in (("pwrite64", 20), ("fsync", 12), ("write", 4))]
    harms += [kill_at("rename", 1), kill_at("unlink", dice.randint(1, 4)), kill_at("pwrite64", 1)]
    require_no_trouble(suffered(name, start, harms), f"kills, {name}", count)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_killed_at_every_call(start: Path, name: str, count: Count) -> None:
    outcomes: list[Outcome] = []
    for call in CALLS:
        first, step = 1, 2 * CORES
        while True:
            found = suffered(name, start, [kill_at(call, number) for number in range(first, first + step)])
            outcomes += [outcome for outcome in found if outcome.reached]
            if not all(outcome.reached for outcome in found):
                break
            first += step
    require_no_trouble(outcomes, f"kills at every call, {name}", count)


def faults(name: str, each: int) -> list[Harm]:
    """So many refusals of each call by each cause, once and for good in turn."""
    dice = random.Random(f"faults {name}")  # noqa: S311 - repeatable
    return [
        refuse(call, error, dice.randint(1, 30 if call in {"pwrite64", "fsync"} else 4), for_good=turn % 2 == 0)
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


@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_starved_here_and_there(start: Path, name: str, count: Count) -> None:
    dice = random.Random(name)  # noqa: S311 - repeatable
    harms = dice.sample(faults(name, each=2), 5) + shortages(name, start, 3)
    outcomes = suffered(name, start, harms)
    require_no_trouble(outcomes, f"full and failing disks, {name}", count)
    require_right_words(outcomes)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("start", "name"), [(name, name) for name in SCENARIOS], indirect=["start"], ids=SCENARIOS)
def test_starved_three_hundred_times(start: Path, name: str, count: Count) -> None:
    outcomes = suffered(name, start, faults(name, each=6) + shortages(name, start, 12))
    assert len(outcomes) * len(SCENARIOS) >= 300
    require_no_trouble(outcomes, f"full and failing disks, {name}", count)
    require_right_words(outcomes)


@pytest.mark.parametrize("start", ["use"], indirect=True)
def test_a_folder_that_lost_what_was_acknowledged_is_caught(start: Path, tmp_path: Path) -> None:
    """The judge itself, given a vault from before the acknowledgement."""
    shutil.copytree(start, tmp_path / "older")
    with pytest.raises(AssertionError, match="acknowledged"):
        SCENARIOS["use"].judge(tmp_path / "older", ["given 2", "given 3"])
