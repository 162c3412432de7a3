"""The threat model promises nothing that no test tries: each row names its tests, and they are there."""

import re

from tests.architecture.source_tree import CHECKOUT

TEXT = (CHECKOUT / "docs" / "threat-model.md").read_text(encoding="utf-8")


def test_every_row_names_tests_that_exist() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith(("| against", "| ---"))]
    assert len(rows) > 12
    for row in rows:
        named = re.findall(r"`(tests/[^`]+)`", row)
        assert named, row
        assert [name for name in named if not (CHECKOUT / name).is_file()] == []


def test_what_is_not_met_is_said() -> None:
    assert len(re.findall(r"^- \*\*", TEXT.partition("## Where we do NOT meet expectations")[2], re.MULTILINE)) >= 10
