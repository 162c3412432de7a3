"""The coverage gates: every line and branch of `domain` and `protocol`, nine tenths of every other room.

Here: adding up coverage.py's JSON report by room and saying which fall short. Never here: exclusions; those stand
in pyproject.toml for all to see. Run by `bootstrap.py test`, after all test stages, in the project's environment.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

WHOLE = frozenset({"domain", "protocol"})
OTHERS_PERCENT = 90.0
PACKAGE = "vrm_desktop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """Lines and branches of one room, counted together, and the lines where something is missing."""

    name: str
    covered: int
    total: int
    gaps: tuple[str, ...]

    @property
    def percent(self) -> float:
        """0 to 100; a room with nothing to run is covered."""
        return 100.0 * self.covered / self.total if self.total else 100.0

    @property
    def required(self) -> float:
        """What this room must reach, in percent."""
        return 100.0 if self.name in WHOLE else OTHERS_PERCENT

    @property
    def falls_short(self) -> bool:
        """Counted in whole lines and branches where all are required, so that rounding hides none."""
        return self.covered < self.total if self.name in WHOLE else self.percent < self.required


def rooms(report: Mapping[str, Any]) -> list[Room]:
    """The rooms of coverage.py's JSON `report`, by name. Modules outside a room are one called "(top)"."""
    covered: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    gaps: dict[str, list[str]] = defaultdict(list)
    for path, file in sorted(report["files"].items()):
        parts = Path(path.replace("\\", "/")).parts
        inside = parts[parts.index(PACKAGE) + 1 :]
        name = inside[0] if len(inside) > 1 else "(top)"
        summary = file["summary"]
        covered[name] += summary["covered_lines"] + summary["covered_branches"]
        total[name] += summary["num_statements"] + summary["num_branches"]
        missing = _runs(file["missing_lines"])
        missing += [f"{start}->{end}" for start, end in file["missing_branches"] if start not in file["missing_lines"]]
        if missing:
            gaps[name].append(f"{path}: {', '.join(missing)}")
    return [Room(name=name, covered=covered[name], total=total[name], gaps=tuple(gaps[name])) for name in sorted(total)]


def _runs(lines: Sequence[int]) -> list[str]:
    """Neighbouring lines told as one: 3, 4, 5, 9 become "3-5" and "9"."""
    told: list[str] = []
    start = previous = None
    for line in [*lines, None]:
        if start is not None and previous is not None and (line is None or line > previous + 1):
            told.append(str(start) if start == previous else f"{start}-{previous}")
            start = None
        start, previous = (line if start is None else start), line
    return told


def main() -> int:
    """Combines the stages' measurements, prints a line a room; 1 when a room falls short or nothing was measured."""
    subprocess.run([sys.executable, "-m", "coverage", "combine", "--quiet"], check=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)], check=True)
        measured = rooms(json.loads(path.read_text(encoding="utf-8")))
    for room in measured:
        print(f"{room.name:<14}{room.percent:6.1f} %  of {room.required:.0f} %{'  SHORT' if room.falls_short else ''}")
        if room.falls_short:
            print("\n".join(f"    {gap}" for gap in room.gaps))
    return 1 if not measured or any(room.falls_short for room in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
