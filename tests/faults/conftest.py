"""Counts that the fault tests come to, printed together at the end of the run, so that its log says what was tried.

Never here: a fixture of one test.
"""

from collections.abc import Callable

import pytest

Count = Callable[[str], None]
"""Notes one line of figures for the end of the run."""

_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Count:
    """Where a test tells its figures."""
    return request.config.stash.setdefault(_FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what was noted, in the order of the tests, sums last."""
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section("what was tried")
        for line in figures:
            terminalreporter.write_line(line)
