"""What the program adds to what it stands on: start-up against bare Python, one cast against the bare HTTP exchanges.

Run it by hand: `python tests/benchmarks/bench_main_job.py [rounds]`. In every round all contestants take turns on the
same machine; medians and their ratios are printed. Asserts nothing.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from tests.fakes.fleet import Fleet, desks  # noqa: E402 - the checkout is not on the path of a script
from tests.fakes.programs import Vrm, a_vrm, program  # noqa: E402
from vrm_desktop.domain.ids import IntentcastId, VendorId  # noqa: E402
from vrm_desktop.services import choose_vendors, collect_offers, say_what_i_want, send_intentcast  # noqa: E402
from vrm_desktop.services.collect_offers import Answer, CastProgress  # noqa: E402
from vrm_desktop.services.house import OpenHome  # noqa: E402
from vrm_desktop.wiring import Home  # noqa: E402

LINE = "used 54 cm road bike, under 800 EUR, Cologne"
SHOPS = ("rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad")
EXCHANGES_A_VENDOR = 5
"""Open, ask, reveal, ask, ask: what a vendor that accepts and offers needs at least; fewer for the others."""


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _told(title: str, times: dict[str, list[float]], floor: str) -> None:
    middle = {name: statistics.median(each) for name, each in times.items()}
    print(title)
    for name, seconds in middle.items():
        print(f"  {name:34} {seconds * 1e3:8.0f} ms   {seconds / middle[floor]:6.1f} x {floor}")


def start_up(rounds: int, vrm: Vrm) -> None:
    """Starting a process: nothing, a library, and the commands that should feel instant."""
    python = [sys.executable]
    contestants = {
        "python -c pass": [*python, "-c", "pass"],
        "python -c 'import httpx'": [*python, "-c", "import httpx"],
        "vrm --version": [*program("vrm"), "--version"],
        "vrm --help": [*program("vrm"), "--help"],
        "vrm intentcast list": vrm.command("intentcast", "list"),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _round in range(rounds):
        for name, command in contestants.items():
            times[name].append(
                _timed(lambda command=command: subprocess.run(command, check=True, capture_output=True))  # type: ignore[misc]
            )
    _told(f"start-up, {rounds} rounds", times, "python -c pass")


async def cast_once(home: OpenHome, vendors: tuple[VendorId, ...]) -> tuple[float, float]:
    """Seconds from the confirmed plan until all were asked, and until all have answered."""
    parsed = await say_what_i_want.read_line(home.means, LINE)
    want = await say_what_i_want.save_want(home.means, say_what_i_want.draft_of(parsed))
    await choose_vendors.confirm_plan(home.means, await choose_vendors.plan(home.means, want.id, vendors))
    began = time.perf_counter()
    _changes, asked = await send_intentcast.cast(home.means, want.id, spread=0.0)
    home.exchange.tend(asked)
    await _until(home, want.id, lambda cast: all(one.answer is not Answer.HELD for one in cast.vendors))
    sent = time.perf_counter() - began
    await _until(home, want.id, lambda cast: cast.all_answered)
    return sent, time.perf_counter() - began


async def _until(home: OpenHome, key: IntentcastId, enough: Callable[[CastProgress], bool]) -> None:
    while not enough(await collect_offers.progress(home.means, key)):
        await home.exchange.next_changes(30.0)


async def bare_exchanges(client: httpx.AsyncClient, urls: list[str]) -> float:
    """Seconds for as many bare exchanges with the same desks as a cast needs: all desks at once, each in order."""
    path = "/.well-known/intentcast.json"

    async def one(url: str) -> None:
        for _exchange in range(EXCHANGES_A_VENDOR):
            (await client.get(url + path)).raise_for_status()

    began = time.perf_counter()
    await asyncio.gather(*(one(url) for url in urls))
    return time.perf_counter() - began


async def casting(rounds: int, vrm: Vrm, fleet: Fleet) -> None:
    """One cast to four desks, against the bare HTTP under it."""
    urls = list(fleet.urls.values())
    times: dict[str, list[float]] = {"bare HTTP": [], "cast, all asked": [], "cast, offers in": []}
    passphrase = vrm.key_file.read_text(encoding="utf-8").strip()
    async with Home().open(vrm.home, passphrase) as home, httpx.AsyncClient(trust_env=False) as client:
        vendors = tuple([(await choose_vendors.add_vendor(home.means, url)).id for url in urls])
        for _round in range(rounds):
            times["bare HTTP"].append(await bare_exchanges(client, urls))
            sent, answered = await cast_once(home, vendors)
            times["cast, all asked"].append(sent)
            times["cast, offers in"].append(answered)
    _told(f"one cast to {len(urls)} desks, {rounds} rounds", times, "bare HTTP")


def main(rounds: int) -> None:
    """Both comparisons, in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        vrm = a_vrm(Path(folder))
        vrm.json("vault", "create")
        start_up(rounds, vrm)
        with desks(Path(folder), SHOPS) as fleet:
            asyncio.run(casting(rounds, vrm, fleet))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
