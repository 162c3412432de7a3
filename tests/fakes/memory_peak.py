"""How much this process grew at its peak while something ran: measured by the system, reset before. Linux only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(slots=True)
class Peak:
    """`growth` in bytes, once the block has ended."""

    growth: int = 0


@contextmanager
def peak_growth() -> Iterator[Peak]:
    """Measures from the resident memory at the beginning to the highest there was until the end."""
    gc.collect()
    peak = Peak()
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark begins anew
    before = _status("VmRSS")
    yield peak
    peak.growth = _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    (found,) = [line for line in lines if line.startswith(f"{name}:")]
    return int(found.split()[1]) * 1024
