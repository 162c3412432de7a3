"""Trying many states of a disk on several cores, each opened and judged as its scenario says.

Never here: how states come about (`power_loss`), or what they mean (`vault_scenarios`).
"""

import gc
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from tests.fakes.power_loss import Disk, Keys, State, Survival
from tests.fakes.process_pool import in_processes
from tests.fakes.traced_disk import Change
from tests.fakes.vault_scenarios import SCENARIOS, Scenario, settle
from vrm_desktop.vault import header_codec, header_file

CORES = max(2, min(4, os.cpu_count() or 2))
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_CALM = (Survival.NOTHING, Survival.ALL)
_WILD = (Survival.TORN, Survival.SOME, Survival.PREFIX, Survival.TORN)
_MOST_ROUNDS = 2000
_STRIDE = 8
"""So many changes in a row are one core's: the disks after neighbouring changes are often the same."""


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

    Ends earlier when no new state comes about. `enough_bad`: stop at so many bad states instead, for controls.
    """
    shares = [partial(_share, scenario.name, start, changes, core, at_least, enough_bad) for core in range(CORES)]
    answers = in_processes(shares)
    seen: set[bytes] = set().union(*(answer[0] for answer in answers))
    bad = {key: text for answer in answers for key, text in answer[1].items()}
    return Verdict(changes=len(changes), states=len(seen), bad=len(bad), examples=tuple(list(bad.values())[:5]))


def _share(
    name: str, start: Path, changes: Sequence[Change], core: int, at_least: int, enough_bad: int | None
) -> tuple[set[bytes], dict[bytes, str]]:
    """One core's part: the states after its own changes, each judged once."""
    gc.set_threshold(50_000)  # thousands of vaults are opened, none of them large
    # The same few headers are read hundreds of thousands of times, and reading one depends on its bytes alone.
    setattr(header_file, "decode_header", lru_cache(maxsize=256)(header_codec.decode_header))  # noqa: B010 - not exported
    seen: set[bytes] = set()
    bad: dict[bytes, str] = {}
    # Some states come about on both sides and count once: in a short scenario every tenth, in a long one few.
    enough = at_least // CORES + max(75, at_least // 50, min(250, at_least // 10))
    with tempfile.TemporaryDirectory(prefix="vrm-power-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as place:
        judge = _Judge(SCENARIOS[name], Path(place) / "vault")
        keys = Keys()
        fruitless = 0
        for turn in range(_MOST_ROUNDS):
            before = len(seen)
            states = _states(name, start, changes, core, turn)
            # What a control must lose is acknowledged late.
            for number, survival, state in states if enough_bad is None else reversed(list(states)):
                key = keys.of(state)
                if key in seen:
                    continue
                seen.add(key)
                trouble = judge.trouble(state)
                if trouble:
                    bad[key] = f"after change {number} ({survival.value}, turn {turn}): {trouble}"
                if enough_bad is not None and len(bad) >= enough_bad:
                    return seen, bad
                if turn >= len(_CALM) and len(seen) >= enough:
                    return seen, bad
            fruitless = fruitless + 1 if len(seen) == before else 0
            if fruitless > 3 * len(_WILD):
                break
    return seen, bad


def _states(
    name: str, start: Path, changes: Sequence[Change], core: int, turn: int
) -> Iterator[tuple[int, Survival, State]]:
    disk = Disk(start)
    survival = _CALM[turn] if turn < len(_CALM) else _WILD[turn % len(_WILD)]
    for number, change in enumerate(changes):
        disk.take(change)
        if number // _STRIDE % CORES == core:
            yield number, survival, disk.after(survival, random.Random(f"{name} {turn} {number}"))  # noqa: S311 - repeatable


@dataclass(slots=True)
class _Judge:
    """Opens every state as the program does, and judges every folder that such an opening leaves behind.

    Many states open to the very same files; what is true of those is asked once.
    """

    scenario: Scenario
    folder: Path
    found_right: set[bytes] = field(default_factory=set)
    keys: Keys = field(default_factory=Keys)

    def trouble(self, state: State) -> str:
        """What is wrong with the state, "" for nothing."""
        try:
            state.write_to(self.folder)
            settle(self.scenario, self.folder)
            settled = self.keys.of(State.found_in(self.folder, state.said))
            if settled not in self.found_right:
                self.scenario.judge(self.folder, state.said)
                self.found_right.add(settled)
        except Exception as error:  # noqa: BLE001 - whatever it is, the state is bad
            return f"{type(error).__name__}: {error}; {sorted(state.files)}, said {state.said}"
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        return ""
