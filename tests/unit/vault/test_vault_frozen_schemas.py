"""No schema is released without its frozen vaults: closed properly, with a full log, and killed on the way to the next.

Whether they still open, and hold their story, is asked in test_repositories_frozen_vaults.
"""

import shutil
from pathlib import Path

import pytest

from tests.data.vaults import make_schema_0001
from tests.data.vaults.make_schema_0001 import RECOVERY
from vrm_desktop.vault import opening
from vrm_desktop.vault.migrating import packaged_migrations, schema_of
from vrm_desktop.vault.opening import log_left_behind
from vrm_desktop.vault.unlocking.passphrase import STANDARD

FROZEN = Path(make_schema_0001.__file__).parent
SCHEMAS = range(1, len(packaged_migrations()) + 1)


def frozen_schema(name: str, scratch: Path) -> int:
    """The schema that a copy of a frozen vault says it has, before anything is migrated."""
    folder = scratch / name
    shutil.copytree(FROZEN / name, folder)
    connection = opening.connect(folder, opening.unlock_header(folder, RECOVERY, STANDARD), packaged_migrations())
    try:
        return schema_of(connection)
    finally:
        connection.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_released_schema_has_a_vault_that_was_closed_and_one_that_was_not(tmp_path: Path, schema: int) -> None:
    for name in (f"schema-{schema:04}", f"schema-{schema:04}-unclean"):
        assert frozen_schema(name, tmp_path) == schema
        assert log_left_behind(FROZEN / name / "vault.db") is name.endswith("unclean")


@pytest.mark.parametrize("schema", SCHEMAS[:-1])
def test_a_schema_that_was_left_behind_has_a_vault_killed_in_the_middle_of_that(tmp_path: Path, schema: int) -> None:
    name = f"schema-{schema:04}-killed"
    assert frozen_schema(name, tmp_path) == schema
    assert log_left_behind(FROZEN / name / "vault.db")
