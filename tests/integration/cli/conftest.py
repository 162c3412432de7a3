"""A terminal with a vault, and four desks that all tests of this folder share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, a_command_line
from tests.fakes.fleet import Fleet, desks
from vrm_desktop.resources_folder import resources_folder

SHOPS = ("rheinrad", "veedelvelo", "kettenwerk")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Three desks: one accepts the terms, one counters, one declines."""
    with desks(tmp_path_factory.mktemp("desks"), SHOPS) as running:
        yield running


@pytest.fixture
def vrm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A terminal with a vault and a profile."""
    made = a_command_line(tmp_path, capsys)
    assert made.run("vault", "create").status == 0
    made.json("profile", "import", str(resources_folder() / "samples" / "person" / "ada.vcf"))
    return made
