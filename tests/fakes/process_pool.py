"""Work done by several new processes at once, each handing its answer back.

New ones, not forked ones: cryptographic libraries may hang in a fork of a process that has used them. Never here: what
the work is.
"""

import faulthandler
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")

PATIENCE_SECONDS = 1800


def unmeasured() -> dict[str, str]:
    """The environment for children by the thousand: coverage would slow each of them, and make calls of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def in_processes(works: Sequence[Callable[[], _T]]) -> list[_T]:
    """What each of the works returns, in their order; all run at the same time. Works and answers can be pickled.

    Raises RuntimeError when one of them failed or took more than half an hour, with its traceback.
    """
    with tempfile.TemporaryDirectory(prefix="vrm-work-") as scratch:
        places = [Path(scratch) / str(number) for number in range(len(works))]
        for place, work in zip(places, works, strict=True):
            place.write_bytes(pickle.dumps(work))
        children = [
            subprocess.Popen(
                [sys.executable, "-m", __name__, str(place)], stderr=subprocess.PIPE, text=True, env=unmeasured()
            )
            for place in places
        ]
        said = [child.communicate()[1] for child in children]
        if any(child.returncode for child in children):
            raise RuntimeError("\n".join(said))
        return [pickle.loads(place.with_suffix(".answer").read_bytes()) for place in places]  # noqa: S301 - our own


def _work(place: Path) -> None:
    faulthandler.dump_traceback_later(PATIENCE_SECONDS, exit=True)  # one that hangs says where
    work = pickle.loads(place.read_bytes())  # noqa: S301 - our parent wrote it
    place.with_suffix(".answer").write_bytes(pickle.dumps(work()))


if __name__ == "__main__":
    _work(Path(sys.argv[1]))
    os._exit(0)
