"""Whatever a vendor answers, a run ends with a report: random bytes of its answers are changed, and nothing breaks."""

import asyncio
import random

import pytest

from tests.fakes.graded import graded_scenario
from vrm_desktop.conformance.grading import CHAPTERS, RULES
from vrm_desktop.conformance.misbehaving.house import House
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.web import Request, honest_answer


def garbling(seed: int) -> Scenario:
    """A vendor of whose answers, the card's apart, every third has a few bytes changed, dropped or doubled."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret hangs on it

    async def answering(house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
        if "well-known" in request.target or dice.random() > 1 / 3:
            return False
        data = bytearray(await honest_answer(house, request))
        body = data.index(b"\r\n\r\n") + 4
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(body if dice.random() < 1 / 4 else len(data))
            data[place] = dice.choice(b'0129-"{}[],:azAZ_ \x00\xff')
        writer.write(bytes(data))
        return True

    return Scenario(lie="garbled", answering=answering)


@pytest.mark.parametrize("seed", range(8))
def test_a_run_survives_garbled_answers(seed: int) -> None:
    report = graded_scenario(garbling(seed), patience=0.5, longest=20)
    assert len(report.grades) == len(RULES)
    assert not report.conforms


@pytest.mark.long
def test_a_run_survives_many_garbled_answers() -> None:
    for seed in range(8, 500):
        chapter = CHAPTERS[seed % len(CHAPTERS)]
        report = graded_scenario(garbling(seed), patience=0.5, longest=20, chapters=(chapter,))
        assert len(report.grades) == len(RULES), seed
