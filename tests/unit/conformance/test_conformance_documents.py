"""The published descriptions and the document say what the code says: calls, codes, categories, rules, vectors."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from vrm_desktop.conformance.codes import STATUSES
from vrm_desktop.conformance.grading import CHAPTERS, RULES
from vrm_desktop.conformance.misbehaving.scenarios import SCENARIOS
from vrm_desktop.conformance.openapi import openapi, openapi_bytes
from vrm_desktop.vendor.web.problems import STATUS_AND_TITLE

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = (ROOT / "docs" / "protocol.md").read_text("utf-8")
MESSAGES = ROOT / "tests" / "data" / "messages"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def validator(schema: str) -> jsonschema.Draft202012Validator:
    description = dict(openapi())
    return jsonschema.Draft202012Validator({**description, "$ref": f"#/components/schemas/{schema}"})


def test_the_published_openapi_description_is_generated() -> None:
    assert script("make_openapi").DESCRIPTION.read_bytes() == openapi_bytes(), "run docs/make_openapi.py"


def test_the_documents_closed_lists_are_generated() -> None:
    module = script("make_categories")
    assert module.with_categories(DOCUMENT) == DOCUMENT, "run docs/make_categories.py"


def test_the_document_lists_exactly_the_codes_that_the_kit_knows_with_their_statuses() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([0-9]{3}(?: / [0-9]{3})*) \|", DOCUMENT, re.MULTILINE)
    assert {code: tuple(map(int, statuses.split(" / "))) for code, statuses in rows} == dict(STATUSES)


def test_our_desk_knows_the_same_codes() -> None:
    assert STATUS_AND_TITLE.keys() == STATUSES.keys()
    assert all(status in STATUSES[code] for code, (status, _title) in STATUS_AND_TITLE.items())


@pytest.mark.parametrize("file", sorted(MESSAGES.glob("*.json")), ids=lambda path: path.stem)
def test_golden_bytes_fit_the_description(file: Path) -> None:
    value = json.loads(file.read_bytes())
    fitting = validator("Card" if file.stem == "vendor-card" else "Envelope")
    fitting.validate(value)
    assert not fitting.is_valid({**value, "disclosures": 1, "serial": -1})


def test_every_operation_says_how_it_refuses() -> None:
    operations = [
        operation
        for path in openapi()["paths"].values()
        for method, operation in path.items()
        if method in {"get", "post"}
    ]
    assert len(operations) == 5
    assert len({operation["operationId"] for operation in operations}) == 5
    told = " ".join(answer["description"] for operation in operations for answer in operation["responses"].values())
    assert all(f"`{code}`" in told for code in STATUSES)


def test_rules_have_ids_of_their_own_and_sections_of_the_document() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    sections = set(re.findall(r"^## ([0-9]+)\. ", DOCUMENT, re.MULTILINE))
    assert {rule.section for rule in RULES} <= sections
    assert all(re.fullmatch(r"[a-z0-9.-]+", rule.id) for rule in RULES)


def test_scenarios_and_chapters_are_there() -> None:
    assert len(SCENARIOS) > 50
    assert len(set(CHAPTERS)) == len(CHAPTERS)
    assert all(re.fullmatch(r"[a-z-]+", name) for name in SCENARIOS)
