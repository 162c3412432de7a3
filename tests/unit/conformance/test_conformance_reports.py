"""Marks and reports: what counts as failed, and what a report may show of a vendor's words."""

import json
import xml.etree.ElementTree as ET

from vrm_desktop.conformance.grading import Report
from vrm_desktop.conformance.reports import as_json, junit, summary, text
from vrm_desktop.conformance.rules import Level, Marks, Outcome, core, full

ONE, TWO, THREE = core("one", "1", "One"), core("two", "2", "Two"), full("three", "2", "Three")
RULES = (ONE, TWO, THREE)


def marks(level: Level = Level.FULL) -> Marks:
    return Marks(RULES, level=level)


def outcomes(found: Marks) -> list[str]:
    return [grade.outcome.value for grade in found.grades()]


def report(found: Marks, *, name: str = "A shop") -> Report:
    return Report(url="http://127.0.0.1:1", name=name, level=Level.FULL, grades=found.grades(), seconds=1.25)


def test_one_failure_outweighs_any_number_of_passes() -> None:
    found = marks()
    found.judge(ONE)
    found.judge(ONE, "wrong")
    found.judge(ONE)
    found.judge(ONE, "wrong again")
    (first, *_) = found.grades()
    assert (first.outcome, first.reason) == (Outcome.FAILED, "wrong")


def test_what_nobody_judged_has_failed_and_says_why_the_run_ended() -> None:
    found = marks()
    assert found.grades()[0].reason == "not reached"
    found.stop("the desk went away")
    found.stop("and more")
    assert {grade.reason for grade in found.grades()} == {"not reached: the desk went away"}
    assert outcomes(found) == ["failed"] * 3


def test_not_applicable_yields_to_any_judgement() -> None:
    found = marks()
    found.not_applicable(RULES, "no occasion")
    found.judge(ONE)
    found.judge(TWO, "wrong")
    found.not_applicable(RULES, "still none")
    assert outcomes(found) == ["passed", "failed", "not applicable"]


def test_the_core_leaves_the_rest_out() -> None:
    found = marks(Level.CORE)
    assert found.wants(ONE)
    assert not found.wants(THREE)
    found.judge(THREE, "wrong")
    assert len(found.grades()) == 2


def test_a_note_stands_with_a_pass() -> None:
    found = marks()
    found.judge(ONE, note="only just")
    assert found.grades()[0].reason == "only just"


def test_the_last_line_counts() -> None:
    found = marks()
    found.judge(ONE)
    found.judge(TWO, "wrong")
    found.not_applicable((THREE,), "no occasion")
    made = report(found)
    assert text(made).splitlines()[-1] == summary(made) == "1 passed, 1 failed, 1 not applicable"
    assert "FAILED  two (section 2): Two: wrong" in text(made)
    assert "section 2: 0 of 2 passed" in text(made)
    assert not made.conforms


def test_many_that_were_not_reached_are_one_line() -> None:
    found = marks()
    found.stop("gone")
    assert "FAILED  3 rules not reached: gone" in text(report(found))


def test_a_vendors_words_steer_no_terminal_and_no_parser() -> None:
    found = marks()
    found.judge(ONE, "\x1b[2Jgone\u202e <b> & \x00 \ud83d")
    made = report(found, name="Shop\nFAILED all\x07")
    assert "\x1b" not in text(made)
    assert "\u202e" not in text(made)
    assert "Shop?FAILED all?" in text(made)
    (suite,) = ET.fromstring(junit(made))  # noqa: S314 - made a moment ago
    failure = suite.find("testcase[@name='one']/failure")
    assert failure is not None
    assert "<b> &" in (failure.text or "")
    told = json.loads(as_json(made))
    assert told["counts"] == {"passed": 0, "failed": 3, "not applicable": 0}
    assert told["milliseconds"] == 1250


def test_a_conforming_report_says_so() -> None:
    found = marks()
    for rule in RULES:
        found.judge(rule)
    assert report(found).conforms
    assert json.loads(as_json(report(found)))["conforms"] is True
