"""How long the window's event loop is kept from its turn during a cast: real desks, vault and window, no screen.

Run it by hand: `python tests/benchmarks/bench_window.py [casts]`. A timer ticks every 10 ms; each cast goes from the
typed line to all answers with the pages it passes on screen. The gaps' median, p99 and maximum are printed, beside
those of the same window with nothing to do. Asserts nothing.
"""

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtTest import QTest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.ui_probes import LoopGaps, Probe, texts
from tests.fakes.vendor_process import serving
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import choose_vendors
from vrm_desktop.ui.application import create_application
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.tokens import ThemeChoice

SHOPS = ("rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad")
IDLE_MS = 2000


def one_cast(person: AskingWindow) -> None:
    """From the typed line to everybody's answer, the counter agreed to, and the offers on screen."""
    day = person.home.means.clock.now().date() + timedelta(days=10)
    person.asking.new_want()
    QTest.keyClicks(
        person.compose.line.edit, f"used 54 cm road bike, under 900 EUR, Cologne, by {day.isoformat()}", delay=5
    )
    person.until(person.compose.go_on.isEnabled)
    person.compose.go_on.click()
    person.until(lambda: person.window.page_id is PageId.PLAN and person.plan.confirm.isEnabled())
    person.plan.confirm.click()
    person.until(lambda: person.window.page_id is PageId.CAST)
    person.until(
        lambda: any(part.counter is not None and part.counter.isVisible() for part in person.cast.parts.values())
    )
    next(part.counter for part in person.cast.parts.values() if part.counter is not None).accept.click()
    person.until(lambda: "Everybody has answered." in texts(person.cast))
    person.window.show_page(PageId.OFFERS)
    person.until(lambda: len(person.offers.table.shown_ids) == len(SHOPS) - 1)


def told(name: str, gaps: LoopGaps) -> str:
    """One line of figures."""
    p50, p99, longest = gaps.percentile_ms(50), gaps.percentile_ms(99), gaps.longest_ms
    return f"{name:>8}: {len(gaps.gaps_ms):5} turns, gaps p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {longest:.1f} ms"


def main(casts: int) -> None:
    """Measure and print."""
    application, look = create_application(["bench"], theme=ThemeChoice.LIGHT)
    folder = Path(tempfile.mkdtemp(prefix="vrm-bench-"))
    with ExitStack() as stack:
        urls = []
        for shop in SHOPS:
            shutil.copytree(resources_folder() / "samples" / "desks" / shop, folder / shop / "home")
            urls.append(stack.enter_context(serving(folder / shop / "home")).url)
        person = stack.enter_context(asking_window(folder / "home", look, Probe(application)))
        for url in urls:
            person.run(choose_vendors.add_vendor(person.home.means, url))
        person.window.show_page(PageId.WANTS)
        idle = LoopGaps()
        idle.start()
        QTest.qWait(IDLE_MS)
        idle.stop()
        print(told("idle", idle))
        for number in range(1, casts + 1):
            gaps = LoopGaps()
            gaps.start()
            one_cast(person)
            gaps.stop()
            print(told(f"cast {number}", gaps))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
