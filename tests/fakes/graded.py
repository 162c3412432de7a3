"""Runs of the conformance kit for tests: against any address, or against a scripted vendor of one scenario."""

import asyncio
import os
from datetime import UTC, datetime

from tests.fakes.asking_person import published_roster
from vrm_desktop.conformance.ask import Wishes
from vrm_desktop.conformance.grading import CHAPTERS, LONGEST_SECONDS, Chapter, Report, grade
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.scenarios import SCENARIOS
from vrm_desktop.conformance.misbehaving.serving import scripted_vendor
from vrm_desktop.conformance.rules import MISSED, Level, Outcome


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


async def graded(
    url: str,
    *,
    level: Level = Level.FULL,
    patience: float = 10,
    wishes: Wishes | None = None,
    chapters: tuple[Chapter, ...] = CHAPTERS,
    longest: float = LONGEST_SECONDS,
) -> Report:
    """The report on the vendor at `url`."""
    return await grade(
        url,
        wishes=wishes or Wishes(),
        roster=published_roster(),
        level=level,
        patience=patience,
        now=now,
        random=os.urandom,
        chapters=chapters,
        longest=longest,
    )


def graded_scenario(
    name: str | Scenario,
    *,
    level: Level = Level.FULL,
    patience: float = 10,
    wishes: Wishes | None = None,
    chapters: tuple[Chapter, ...] = CHAPTERS,
    longest: float = LONGEST_SECONDS,
) -> Report:
    """The report on the scripted vendor of a scenario."""

    async def run() -> Report:
        async with scripted_vendor(
            SCENARIOS[name] if isinstance(name, str) else name,
            port=0,
            roster=published_roster(),
            now=now,
            random=os.urandom,
        ) as url:
            return await graded(url, level=level, patience=patience, wishes=wishes, chapters=chapters, longest=longest)

    return asyncio.run(run())


def faults(report: Report) -> dict[str, str]:
    """What was found to be wrong, by rule: without what was merely not reached."""
    return {
        grade.rule.id: grade.reason
        for grade in report.grades
        if grade.outcome is Outcome.FAILED and not grade.reason.startswith(MISSED)
    }
