"""A scenario's program killed at a call, refused a call, or cut short in a write, and its folder judged afterwards.

Never here: what the program does (`vault_scenarios`), or power loss (`power_loss`).
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.process_pool import unmeasured
from tests.fakes.vault_scenarios import REFUSED, Scenario

KILLED = -9
_SECONDS = 60

Harm = tuple[str, ...]
"""Options of strace, or `("fsize", bytes)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`reached`: whether the harm came about; `trouble`: what was wrong then, "" for nothing."""

    harm: Harm
    reached: bool
    refusal: str
    trouble: str


def kill_at(call: str, number: int) -> Harm:
    """Killed when a thread enters this call for this time."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")


def refuse(call: str, error: str, number: int, *, for_good: bool) -> Harm:
    """The call fails from this time on, or this once."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}{'+' if for_good else ''}")


def cut_short(size: int) -> Harm:
    """No file may grow beyond so many bytes: the write that would is done in part, the next one fails."""
    return ("fsize", str(size))


def suffer(scenario: Scenario, start: Path, folder: Path, harm: Harm) -> Outcome:
    """Run the program on a copy of `start` under the harm, then judge what it left."""
    shutil.copytree(start, folder)
    program = [sys.executable, "-m", "tests.fakes.vault_scenarios", scenario.name, str(folder)]
    starving = harm[0] == "fsize"
    command = [*program, harm[1]] if starving else ["strace", "-f", "-qq", "-o", "/dev/null", *harm, *program]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
        env=unmeasured(),
    )
    said = done.stdout.splitlines()
    refusals = [line.removeprefix("refused ") for line in said if line.startswith("refused ")]
    try:
        trouble = _status_trouble(done)
        scenario.judge(folder, [line for line in said if not line.startswith("refused")])
    except Exception as error:  # noqa: BLE001 - whatever it is, this is the finding
        trouble = f"{type(error).__name__}: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(
        harm=harm,
        reached=done.returncode != 0,
        refusal=refusals[-1] if refusals else "",
        trouble=trouble and f"{scenario.name} under {' '.join(harm)}: {trouble}",
    )


def _status_trouble(done: "subprocess.CompletedProcess[str]") -> str:
    """Ended well, killed by us, or with an error of the vault's own; nothing else is an answer."""
    if done.returncode in {0, KILLED, 128 - KILLED, REFUSED}:
        return ""
    return f"ended with {done.returncode}: {done.stderr[-600:]}"


def suffer_all(scenario: Scenario, start: Path, place: Path, harms: Sequence[Harm]) -> list[Outcome]:
    """One after the other."""
    return [suffer(scenario, start, place / f"run-{number}", harm) for number, harm in enumerate(harms)]
