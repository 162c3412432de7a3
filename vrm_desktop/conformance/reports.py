"""A report for people, for programs (JSON) and for build servers (JUnit XML). Nothing is graded here."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

from vrm_desktop.canon import strict_json
from vrm_desktop.conformance.grading import Report
from vrm_desktop.conformance.rules import MISSED, Grade, Outcome

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def summary(report: Report) -> str:
    """The counts, in one line."""
    return ", ".join(f"{report.count(outcome)} {outcome}" for outcome in Outcome)


def text(report: Report) -> str:
    """Every failure with its reason, what had no occasion, counts by section, and the summary as the last line."""
    lines = [f"{_plain(report.name) or 'no vendor'} at {report.url}, level {report.level}, {report.seconds:.1f} s", ""]
    failed = [grade for grade in report.grades if grade.outcome is Outcome.FAILED]
    lines += [_line(grade) for grade in failed if not grade.reason.startswith(MISSED)]
    missed = [grade for grade in failed if grade.reason.startswith(MISSED)]
    if missed:
        lines.append(f"FAILED  {len(missed)} rules {_plain(missed[0].reason)}")
    lines += [_line(grade) for grade in report.grades if grade.outcome is Outcome.NOT_APPLICABLE]
    passed = Counter(grade.rule.section for grade in report.grades if grade.outcome is Outcome.PASSED)
    every = Counter(grade.rule.section for grade in report.grades)
    lines += ["", *(f"section {section}: {passed[section]} of {every[section]} passed" for section in sorted(every))]
    return "\n".join([*lines, summary(report)]) + "\n"


def as_json(report: Report) -> bytes:
    """The report as canonical JSON and a line end; `milliseconds` is how long the run took."""
    value = {
        "url": report.url,
        "name": _plain(report.name),
        "level": report.level.value,
        "milliseconds": int(report.seconds * 1000),
        "conforms": report.conforms,
        "counts": {outcome.value: report.count(outcome) for outcome in Outcome},
        "checks": [
            {
                "id": grade.rule.id,
                "section": grade.rule.section,
                "must": grade.rule.must,
                "level": grade.rule.level.value,
                "outcome": grade.outcome.value,
                "reason": _plain(grade.reason),
            }
            for grade in report.grades
        ],
    }
    return strict_json.encode(value) + b"\n"


def junit(report: Report) -> bytes:
    """The report as JUnit XML: one test case a rule, one class a section."""
    failed, left = report.count(Outcome.FAILED), report.count(Outcome.NOT_APPLICABLE)
    attributes = {"name": "intentcast conformance", "tests": str(len(report.grades)), "failures": str(failed)}
    suite = ET.Element("testsuite", {**attributes, "skipped": str(left), "time": f"{report.seconds:.3f}"})
    for grade in report.grades:
        case = ET.SubElement(
            suite, "testcase", classname=f"intentcast.section{grade.rule.section}", name=grade.rule.id, time="0"
        )
        reason = _NOT_XML.sub("?", grade.reason)
        match grade.outcome:
            case Outcome.FAILED:
                ET.SubElement(case, "failure", message=grade.rule.must).text = reason
            case Outcome.NOT_APPLICABLE:
                ET.SubElement(case, "skipped", message=reason)
            case Outcome.PASSED:
                pass
    root = ET.Element("testsuites")
    root.append(suite)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _line(grade: Grade) -> str:
    word = "FAILED" if grade.outcome is Outcome.FAILED else "n/a   "
    return f"{word}  {grade.rule.id} (section {grade.rule.section}): {grade.rule.must}: {_plain(grade.reason)}"


def _plain(text: str) -> str:
    """A vendor's words on one line, without anything that steers a terminal."""
    return _NOT_PLAIN.sub("?", text)[:500]
