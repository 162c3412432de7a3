"""Open vaults for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.filled_vault import fill
from tests.fakes.vaults import vault_in, write_now
from vrm_desktop.vault.vault import OpenVault


@pytest.fixture
def empty_vault(tmp_path: Path) -> Iterator[OpenVault]:
    """A new vault with the program's own schema."""
    with vault_in(tmp_path / "vault") as vault:
        yield vault


@pytest.fixture
def filled_vault(empty_vault: OpenVault) -> OpenVault:
    """A vault that holds every specimen."""
    write_now(empty_vault, fill)
    return empty_vault


@pytest.fixture(scope="module")
def lasting_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """One empty vault for a module's property tests, whose examples keep nothing (see `tried`)."""
    with vault_in(tmp_path_factory.mktemp("lasting") / "vault") as vault:
        yield vault
