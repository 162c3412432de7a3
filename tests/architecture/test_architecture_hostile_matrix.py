"""Every way in which a vendor may be hostile (tests/data/hostile_matrix.toml) has a test that exists and is run."""

import json
import subprocess
import sys
import tomllib
from functools import cache

from tests.architecture.source_tree import CHECKOUT

_LISTED = """
import json, sys, pytest

class Listing:
    def pytest_collection_finish(self, session):
        found = {item.nodeid: [mark.name for mark in item.iter_markers()] for item in session.items}
        print("LISTED" + json.dumps(found))

sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *sys.argv[1:]], plugins=[Listing()]))
"""
KINDS = {"transport", "address", "TLS", "content", "display", "logic"}
WAYS = {"pages", "shops", "quote desks", "mail"}
"""Ways beyond our own wire: each has an area of its own, with cases of every kind."""
AREAS = {*KINDS, *WAYS, "payment"}
FEWEST = 220
NOT_RUN = {"skip", "skipif", "xfail", "long", "services"}


@cache
def matrix() -> dict[str, dict[str, list[str]]]:
    """Area, case, names of tests."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        (CHECKOUT / "tests" / "data" / "hostile_matrix.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def collected() -> dict[str, list[str]]:
    """Every test of the files that the matrix names, as pytest itself finds them, with its marks."""
    files = sorted(
        {name.partition("::")[0] for cases in matrix().values() for tests in cases.values() for name in tests}
    )
    run = subprocess.run(
        [sys.executable, "-c", _LISTED, *files], check=False, cwd=CHECKOUT, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("LISTED")]
    found: dict[str, list[str]] = json.loads(line.removeprefix("LISTED"))
    return found


def meant(name: str) -> list[str]:
    """The tests that a name stands for."""
    if name.endswith("*]"):
        return [known for known in collected() if known.startswith(name.removesuffix("*]"))]
    return [known for known in collected() if known == name or known.startswith(f"{name}[")]


def test_every_area_has_cases_and_there_are_enough() -> None:
    assert matrix().keys() == AREAS
    assert all(tests for cases in matrix().values() for tests in cases.values())
    assert sum(len(cases) for cases in matrix().values()) >= FEWEST


def test_every_way_has_cases_of_every_kind() -> None:
    assert {way: {case.partition(":")[0] for case in matrix()[way]} for way in WAYS} == dict.fromkeys(WAYS, KINDS)


def test_every_case_has_tests_that_exist_and_are_run() -> None:
    absent = [
        f"{area}, {case}: {name}"
        for area, cases in matrix().items()
        for case, tests in cases.items()
        for name in tests
        if not meant(name) or any(NOT_RUN & set(collected()[test]) for test in meant(name))
    ]
    assert not absent, "\n".join(absent)


def test_a_name_that_stands_for_nothing_is_noticed() -> None:
    assert meant("tests/unit/courier/test_courier_answers.py::test_cookies_are_left_out")
    assert not meant("tests/unit/courier/test_courier_answers.py::test_cookies")
    assert not meant("tests/unit/courier/test_courier_answers.py::test_cookies_are_left_out[chocolate]")
    assert not meant("tests/unit/courier/test_courier_answers.py::test_cookies_are_left_out[choc*]")
