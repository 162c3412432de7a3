"""Trying many states of a disk on several cores, each opened and judged as its scenario says.

Never here: how states come about (`power_loss`), or what they mean (`vault_scenarios`).
"""

import os
import random
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.fakes.power_loss import Disk, State, Survival
from tests.fakes.process_pool import in_processes
from tests.fakes.traced_disk import Change
from tests.fakes.vault_scenarios import SCENARIOS, Scenario

CORES = max(2, min(4, os.cpu_count() or 2))
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_CALM = (Survival.NOTHING, Survival.ALL)
_WILD = (Survival.TORN, Survival.SOME, Survival.PREFIX, Survival.TORN)
_MOST_ROUNDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many different states were opened, and what was wrong with each of the bad ones (at most some)."""

    changes: int
    states: int
    bad: int
    examples: tuple[str, ...]


def try_states(
    scenario: Scenario, start: Path, changes: Sequence[Change], *, at_least: int, enough_bad: int | None = None
) -> Verdict:
    """Cut the power after every change, again and again in other ways, until so many different states were judged.

    `enough_bad`: stop at so many bad states instead, for controls.
    """
    shares = [
        partial(_share, scenario.name, start, changes, core, at_least // CORES + 1, enough_bad) for core in range(CORES)
    ]
    answers = in_processes(shares)
    seen: set[bytes] = set().union(*(answer[0] for answer in answers))
    bad = {key: text for answer in answers for key, text in answer[1].items()}
    return Verdict(changes=len(changes), states=len(seen), bad=len(bad), examples=tuple(list(bad.values())[:5]))


def _share(
    name: str, start: Path, changes: Sequence[Change], core: int, at_least: int, enough_bad: int | None
) -> tuple[set[bytes], dict[bytes, str]]:
    scenario = SCENARIOS[name]
    seen: set[bytes] = set()
    bad: dict[bytes, str] = {}
    with tempfile.TemporaryDirectory(prefix="vrm-power-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as place:
        fruitless = 0
        for turn in range(_MOST_ROUNDS):
            before = len(seen)
            disk = Disk(start)
            for number, change in enumerate(changes):
                disk.take(change)
                survival = _CALM[turn] if turn < len(_CALM) else _WILD[turn % len(_WILD)]
                state = disk.after(survival, random.Random(f"{name} {turn} {number}"))  # noqa: S311 - repeatable
                key = state.key()
                if key in seen or key[0] % CORES != core:  # each core judges its own share of all states
                    continue
                seen.add(key)
                trouble = _judged(scenario, state, Path(place) / "vault")
                if trouble:
                    bad[key] = f"after change {number} ({survival.value}, turn {turn}): {trouble}"
                if enough_bad is not None and len(bad) >= enough_bad:
                    return seen, bad
                if turn >= len(_CALM) and len(seen) >= at_least:
                    return seen, bad
            fruitless = fruitless + 1 if len(seen) == before else 0
            if fruitless > 3 * len(_WILD):
                break
    return seen, bad


def _judged(scenario: Scenario, state: State, folder: Path) -> str:
    try:
        state.write_to(folder)
        scenario.judge(folder, state.said)
    except Exception as error:  # noqa: BLE001 - whatever it is, the state is bad
        return f"{type(error).__name__}: {error}; {sorted(state.files)}, said {state.said}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ""
