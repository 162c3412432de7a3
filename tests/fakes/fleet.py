"""Several sample desks as processes of their own, for tests that run whole commands against them. Only loopback."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.stocked import stock_up
from vrm_desktop.resources_folder import resources_folder

VENDOR = (sys.executable, "-P", "-m", "vrm_desktop", "vrm-vendor")
_SECONDS = 60


@dataclass(slots=True, kw_only=True)
class Fleet:
    """The running desks: `urls` by name."""

    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def kill(self, name: str) -> None:
        """Take one desk down, the hard way."""
        process = self.processes[name]
        process.kill()
        process.wait(_SECONDS)

    def stop(self) -> None:
        """Take all down that still run."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            process.wait(_SECONDS)
            if process.stdout is not None:
                process.stdout.close()


@contextmanager
def desks(
    folder: Path, names: Sequence[str], *, quick: bool = True, offers_seconds: int | None = None
) -> Iterator[Fleet]:
    """The sample desks of these names, serving until the block ends.

    `quick` takes the slow one's pauses away; with `offers_seconds` each takes so long over an offer.
    """
    fleet = Fleet()
    try:
        for name in names:
            home = folder / name
            shutil.copytree(resources_folder() / "samples" / "desks" / name, home)
            stock_up(home / "catalogue.csv")
            if quick:
                _hurry(home / "desk.toml")
            if offers_seconds is not None:
                _take_time(home / "desk.toml", offers_seconds)
            with (folder / f"{name}.log").open("wb") as log:
                fleet.processes[name] = subprocess.Popen(
                    [*VENDOR, "serve", "--home", str(home), "--port", "0"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=os.environ,
                )
        for name, process in fleet.processes.items():
            assert process.stdout is not None
            line = process.stdout.readline().decode()
            assert line.startswith("listening on http://127.0.0.1:"), (folder / f"{name}.log").read_text()
            fleet.urls[name] = line.removeprefix("listening on ").strip()
        yield fleet
    finally:
        fleet.stop()


def _hurry(settings: Path) -> None:
    lines = settings.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("terms_seconds", "offers_seconds", "orders_seconds"))]
    settings.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _take_time(settings: Path, offers_seconds: int) -> None:
    lines = settings.read_text(encoding="utf-8").splitlines()
    slow = [f"offers_seconds = {offers_seconds}" if line.startswith("offers_seconds") else line for line in lines]
    assert slow != lines, "the sample has a pace of its own"
    settings.write_text("\n".join(slow) + "\n", encoding="utf-8")
