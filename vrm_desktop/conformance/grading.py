"""A whole run of the kit against one vendor: the card first, then all parts at once, a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vrm_desktop.conformance import calls, hearing, talk
from vrm_desktop.conformance.ask import Wishes, ask_for
from vrm_desktop.conformance.calls import BUSY, Calls
from vrm_desktop.conformance.chapters import (
    card,
    contacts,
    leaving,
    living,
    ordering,
    reading,
    refusing,
    terms,
    transport,
)
from vrm_desktop.conformance.errors import Broken, NotToBeHad
from vrm_desktop.conformance.rules import Grade, Level, Marks, Outcome, Rule
from vrm_desktop.conformance.talk import Bench
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.roster import Roster

RULES: Final[tuple[Rule, ...]] = (
    *card.RULES, *calls.RULES, *talk.RULES, *hearing.RULES, *transport.RULES, *reading.RULES, *terms.RULES,
    *ordering.RULES, *living.RULES, *contacts.RULES, *leaving.RULES, *refusing.RULES,
)  # fmt: skip
"""Everything that the kit grades."""

Chapter = Callable[[Bench], Awaitable[None]]
LANES: Final[tuple[tuple[Chapter, ...], ...]] = (
    # One at a time, and left before the next: a shop may have one piece only, and keeps it for whoever has an offer.
    (refusing.refuses_at_the_offer, leaving.withdraws, ordering.orders),
    (reading.reads,),
    (refusing.refuses_openings,),
    (refusing.refuses_in_conversation,),
    (reading.reads_pages,),
    (terms.negotiates,),
    (contacts.makes_contact,),
    (leaving.ends_early,),
    (transport.calls_carefully,),
    (transport.repeats,),
    (transport.ignores_unknown,),
)
"""The parts of a run: lanes side by side, the chapters of a lane one after another."""
CHAPTERS: Final[tuple[Chapter, ...]] = tuple(chapter for lane in LANES for chapter in lane)
_AT_ONCE = 4
LONGEST_SECONDS: Final = 300.0
"""A desk that takes nearly all of the patience for every answer ends a run so."""
LIMITS: Final = Limits(request_bytes=512 * 1024, longest_deadline_seconds=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The grades of one run, and how long it took (seconds). `name` is the vendor's own, "" without a card."""

    url: str
    name: str
    level: Level
    grades: tuple[Grade, ...]
    seconds: float

    def count(self, outcome: Outcome) -> int:
        """How many rules came out so."""
        return sum(grade.outcome is outcome for grade in self.grades)

    @property
    def conforms(self) -> bool:
        """Whether nothing failed."""
        return self.count(Outcome.FAILED) == 0


async def grade(
    url: str,
    *,
    wishes: Wishes,
    roster: Roster,
    level: Level,
    patience: float,
    now: Callable[[], datetime],
    random: Callable[[int], bytes],
    chapters: tuple[Chapter, ...] = CHAPTERS,
    longest: float = LONGEST_SECONDS,
) -> Report:
    """Grade the vendor at `url` (its site, or its card's own address). `patience` is seconds for one answer.

    What is left out of `chapters`, or not done after `longest` seconds, is not reached, and has failed.

    Raises:
        BadAsk: the wishes are not on the protocol's lists.
    """
    loop = asyncio.get_running_loop()
    begun, marks, name = loop.time(), Marks(RULES, level=level), ""
    async with Courier(LIMITS) as courier:
        first = Calls(courier.line("card"), marks=marks, now=now, patience=patience)
        try:
            found = await card.check_card(url, first, marks, now)
            name = found.name
            bench = Bench(
                courier=courier,
                card_url=card.card_address(url),
                card=found,
                ask=ask_for(found, wishes, roster),
                marks=marks,
                now=now,
                random=random,
                patience=patience,
            )
        except (Broken, NotToBeHad) as ended:
            marks.stop(str(ended))
        else:
            try:
                async with asyncio.timeout(longest):
                    await _run_all(bench, chapters)
            except TimeoutError:
                marks.stop(f"the run was ended after {longest:g} s")
            marks.not_applicable((BUSY,), "the desk was never busy")
    return Report(url=url, name=name, level=level, grades=marks.grades(), seconds=loop.time() - begun)


async def _run_all(bench: Bench, chapters: tuple[Chapter, ...]) -> None:
    turns = asyncio.Semaphore(_AT_ONCE)

    async def run(chapter: Chapter) -> None:
        try:
            await chapter(bench)
        except (Broken, NotToBeHad) as ended:
            bench.marks.stop(str(ended))
        except ProtocolError as error:
            # The kit's own functions refuse to go on from where the desk has led.
            bench.marks.stop(f"{error.code}: {error}")

    async def follow(lane: tuple[Chapter, ...]) -> None:
        async with turns:
            for chapter in lane:
                if chapter in chapters:
                    await run(chapter)

    async with asyncio.TaskGroup() as group:
        for lane in LANES:
            group.create_task(follow(lane))
