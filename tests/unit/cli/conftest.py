"""A terminal for each test of the command line."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, a_command_line


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A terminal with a passphrase file and no vault."""
    return a_command_line(tmp_path, capsys)


@pytest.fixture
def vrm(empty: CommandLine) -> CommandLine:
    """A terminal with an empty vault."""
    assert empty.run("vault", "create").status == 0
    return empty
