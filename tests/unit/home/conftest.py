"""A home for each test of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.dwelling import Dwelling, a_dwelling


@pytest.fixture
def dwelling(tmp_path: Path) -> Iterator[Dwelling]:
    """A new vault, and a keyring that lets go of whoever it kept waiting."""
    found = a_dwelling(tmp_path / "home")
    yield found
    found.keyring.released.set()
