"""The power goes at every moment of what a person does with a vault, and what is on the disk then opens, whole.

Real system calls are recorded once for each scenario; from them come thousands of disks as they may be found, each
opened by the program's own way in and checked. Disks without flushes must be caught, or the method would prove nothing.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.cut_off import Verdict, try_states
from tests.fakes.power_loss import Disk, Survival
from tests.fakes.traced_disk import Change, Flushed, Named, Said, record, require_strace
from tests.fakes.vault_scenarios import SCENARIOS
from tests.faults.conftest import Count

Recorded = Callable[[str], tuple[Path, list[Change]]]

FEW = {
    "create": 400,
    "use": 17_500,
    "header": 200,
    "migration": 950,
    "backup": 11_000,
    "restore": 6_000,
    "import": 2_500,
    "rotation": 12_000,
}
"""States by default: few where each is dear, because opening it creates or migrates a vault."""
MANY = {name: 200 if name == "header" else 3 * few for name, few in FEW.items()}
MINIMUM = 50_000


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Each scenario recorded at most once: the folder before it, and what it changed."""
    require_strace()
    known: dict[str, tuple[Path, list[Change]]] = {}

    def get(name: str) -> tuple[Path, list[Change]]:
        if name not in known:
            place = tmp_path_factory.mktemp(name)
            folder, start = place / "vault", place / "start"
            SCENARIOS[name].prepare(folder)
            shutil.copytree(folder, start)
            known[name] = start, record(["-m", "tests.fakes.vault_scenarios", name, str(folder)], folder, place)
        return known[name]

    return get


@pytest.fixture(scope="module")
def judged() -> dict[str, Verdict]:
    """What the tests of this module found so far."""
    return {}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_power_cut_loses_nothing(recorded: Recorded, judged: dict[str, Verdict], count: Count, name: str) -> None:
    start, changes = recorded(name)
    verdict = judged[name] = try_states(SCENARIOS[name], start, changes, at_least=FEW[name])
    count(f"power loss, {name}: {verdict.states} states after {verdict.changes} changes, {verdict.bad} bad")
    assert verdict.bad == 0, "\n".join(verdict.examples)
    assert verdict.states >= FEW[name]


def test_fifty_thousand_power_cuts_lost_nothing(judged: dict[str, Verdict], count: Count) -> None:
    if judged.keys() != SCENARIOS.keys():
        pytest.skip("counts what all the others of this module judged")
    states, bad = (
        sum(number) for number in zip(*((found.states, found.bad) for found in judged.values()), strict=True)
    )
    count(f"power loss, all: {states} states, {bad} bad")
    assert states >= MINIMUM
    assert bad == 0


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", SCENARIOS)
def test_many_more_power_cuts_lose_nothing(recorded: Recorded, count: Count, name: str) -> None:
    start, changes = recorded(name)
    verdict = try_states(SCENARIOS[name], start, changes, at_least=MANY[name])
    count(f"power loss, {name}, long: {verdict.states} states, {verdict.bad} bad")
    assert verdict.bad == 0, "\n".join(verdict.examples)
    assert verdict.states >= MANY[name]


def without_flushes(changes: list[Change], _start: Path) -> list[Change]:
    return [change for change in changes if not isinstance(change, Flushed)]


def without_folder_flushes(changes: list[Change], start: Path) -> list[Change]:
    folders = {change.node for change in changes if isinstance(change, Named) and change.is_folder}
    folders |= set(Disk(start)._folders)
    return [change for change in changes if not (isinstance(change, Flushed) and change.node in folders)]


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("broken", [without_flushes, without_folder_flushes])
def test_a_program_that_does_not_flush_is_caught(
    recorded: Recorded,
    count: Count,
    broken: Callable[[list[Change], Path], list[Change]],
    name: str,
) -> None:
    start, changes = recorded(name)
    if (name, broken) == ("use", without_folder_flushes):
        pytest.skip("using a vault relies on one folder flush only, for a log that is made anew and empty until then")
    verdict = try_states(SCENARIOS[name], start, broken(changes, start), at_least=100, enough_bad=1)
    count(f"control, {name} {broken.__name__}: {verdict.bad} bad among the first {verdict.states} states")
    assert verdict.bad


def test_the_record_follows_every_call_and_all_that_was_said(recorded: Recorded, tmp_path: Path) -> None:
    """Taking every change brings the simulated disk where the real one ended."""
    for name in ("restore", "rotation"):
        start, changes = recorded(name)
        disk = Disk(start)
        for change in changes:
            disk.take(change)
        state = disk.after(Survival.ALL, random.Random(0))  # noqa: S311 - repeatable
        real = start.parent / "vault"
        found = {str(path.relative_to(real)): None if path.is_dir() else path.read_bytes() for path in real.rglob("*")}
        assert state.files == found
        assert state.said == tuple(change.text for change in changes if isinstance(change, Said))
        assert state.said[-1] == "given 2"
