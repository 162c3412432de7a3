"""Nothing forbidden stands in the package, and each rule would notice if it did."""

import re

import pytest

from tests.architecture.forbidden import RULES
from tests.architecture.source_tree import CHECKOUT, SourceFile, source_files


@pytest.mark.parametrize("name", RULES)
def test_the_package_keeps_the_rule(name: str) -> None:
    rule = RULES[name]
    offences = [offence for file in source_files("vrm_desktop") for offence in rule.offences(file)]
    assert not offences, f"{name}: {rule.why}"


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, rule in RULES.items() for line in rule.caught])
def test_the_rule_catches_what_is_planted(name: str, line: str) -> None:
    assert RULES[name].offences(SourceFile(place="vrm_desktop/planted.py", text=line))


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, rule in RULES.items() for line in rule.spared])
def test_the_rule_spares_what_is_innocent(name: str, line: str) -> None:
    assert not RULES[name].offences(SourceFile(place="vrm_desktop/planted.py", text=line))


def test_a_place_that_is_allowed_is_spared() -> None:
    planted = SourceFile(place="vrm_desktop/canon/planted.py", text="import json\njson.loads(data)")
    assert not RULES["JSON read loosely"].offences(planted)


def test_no_migration_changes_the_key() -> None:
    found = [path for path in (CHECKOUT / "vrm_desktop").rglob("*.sql") if re.search("(?i)rekey", path.read_text())]
    assert not found
