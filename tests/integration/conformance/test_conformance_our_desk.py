"""Our own desk keeps every rule that has an occasion, with each of the sample shops' characters, in good time."""

import asyncio
from pathlib import Path

import pytest

from tests.fakes.graded import faults, graded
from tests.fakes.vendor_process import serving
from vrm_desktop.conformance.grading import RULES
from vrm_desktop.conformance.rules import Outcome
from vrm_desktop.resources_folder import resources_folder

COUNTERS = {"counter-closed", "counter-one-signature", "counter-other-text", "counter-refused"}
NO_OCCASION = {
    *("busy-retry-after", "receipt-order", "refund-order", "document-true"),
    *("consent-withdrawn", "grant-answered", "wish-once"),
}


@pytest.mark.parametrize(
    ("desk", "left"),
    [("", NO_OCCASION | COUNTERS), ("veedelvelo", NO_OCCASION), ("kettenwerk", NO_OCCASION | COUNTERS)],
)
def test_the_desk_passes_every_rule_that_has_an_occasion(tmp_path: Path, desk: str, left: set[str]) -> None:
    home = tmp_path / "shop"
    home.mkdir()
    for file in (resources_folder() / "samples" / "desks" / desk).glob("*.*") if desk else ():
        (home / file.name).write_bytes(file.read_bytes())
    with serving(home) as vendor:
        report = asyncio.run(graded(vendor.url))
    assert faults(report) == {}
    assert report.conforms
    assert {grade.rule.id for grade in report.grades if grade.outcome is Outcome.NOT_APPLICABLE} == left
    assert len(report.grades) == len(RULES)
    assert report.seconds < 40
