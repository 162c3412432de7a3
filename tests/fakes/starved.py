"""A scenario's program killed at a call, refused a call, or cut short in a write, and its folder judged afterwards.

Never here: what the program does (`vault_scenarios`), or power loss (`power_loss`).
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.killed_at_call import run_killed
from tests.fakes.process_pool import unmeasured
from tests.fakes.vault_scenarios import REFUSED, SCENARIOS, Scenario

KILLED = -9
_SECONDS = 60

Harm = tuple[str, ...]
"""Options of strace, `("fsize", bytes)` or `("kill", number of the call)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`reached`: whether the harm came about; `trouble`: what was wrong then, "" for nothing."""

    harm: Harm
    reached: bool
    refusal: str
    trouble: str


def kill_at(number: int) -> Harm:
    """Killed when it enters the call of this number among all that change the disk, whichever thread it is."""
    return ("kill", str(number))


def refuse(call: str, error: str, number: int, *, for_good: bool) -> Harm:
    """The call fails from this time on, or this once."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}{'+' if for_good else ''}")


def cut_short(size: int) -> Harm:
    """No file may grow beyond so many bytes: the write that would is done in part, the next one fails."""
    return ("fsize", str(size))


def suffer(scenario: Scenario, start: Path, folder: Path, harm: Harm) -> Outcome:
    """Run the program on a copy of `start` under the harm, then judge what it left."""
    shutil.copytree(start, folder)
    status, printed = _run(program(scenario, folder), harm)
    said = printed.splitlines()
    refusals = [line.removeprefix("refused ") for line in said if line.startswith("refused ")]
    try:
        trouble = _status_trouble(status, printed)
        scenario.judge(folder, [line for line in said if not line.startswith("refused")])
    except Exception as error:  # noqa: BLE001 - whatever it is, this is the finding
        trouble = f"{type(error).__name__}: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(
        harm=harm,
        reached=status != 0,
        refusal=refusals[-1] if refusals else "",
        trouble=trouble and f"{scenario.name} under {' '.join(harm)}: {trouble}",
    )


def program(scenario: Scenario, folder: Path) -> list[str]:
    """The command that acts the scenario out."""
    return [sys.executable, "-m", "tests.fakes.vault_scenarios", scenario.name, str(folder)]


def _run(command: list[str], harm: Harm) -> tuple[int, str]:
    """The exit status and what was printed."""
    match harm[0]:
        case "kill":
            ended = run_killed(command, at=int(harm[1]))
            return ended.status, ended.printed
        case "fsize":
            command = [*command, harm[1]]
        case _:
            command = ["strace", "-f", "-qq", "-o", "/dev/null", *harm, *command]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=_SECONDS,
        env=unmeasured(),
    )
    return done.returncode, done.stdout


def _status_trouble(status: int, printed: str) -> str:
    """Ended well, killed by us, or with an error of the vault's own; nothing else is an answer."""
    return "" if status in {0, KILLED, 128 - KILLED, REFUSED} else f"ended with {status}: {printed[-600:]}"


def suffer_all(name: str, start: Path, place: Path, harms: Sequence[Harm]) -> list[Outcome]:
    """One after the other, of the scenario with this name."""
    return [suffer(SCENARIOS[name], start, place / f"run-{number}", harm) for number, harm in enumerate(harms)]
