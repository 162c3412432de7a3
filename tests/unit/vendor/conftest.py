"""A desk for each test, with the sample shop behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.open_desk import OpenDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """The sample shop's desk."""
    opened = OpenDesk(tmp_path)
    yield opened
    opened.close()
