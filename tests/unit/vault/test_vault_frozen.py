"""Vaults written by every released schema open, migrate and hold what they held: forever."""

import json
import shutil
from pathlib import Path

import pytest

from tests.fakes.filled_vault import all_of
from tests.fakes.vaults import read_now, vault_in
from vrm_desktop.vault.migrating import packaged_migrations

FROZEN = Path(__file__).parents[2] / "data" / "vaults"
VAULTS = sorted(path.name for path in FROZEN.glob("schema-*"))


def test_the_present_schema_has_its_frozen_vaults() -> None:
    newest = len(packaged_migrations())
    assert {f"schema-{newest}-clean", f"schema-{newest}-log"} <= set(VAULTS)


@pytest.mark.parametrize("name", VAULTS)
def test_a_frozen_vault_opens_whole_and_holds_what_it_held(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(FROZEN / name, folder)
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    with vault_in(folder) as vault:
        assert vault.ended_badly is name.endswith("-log")
        report = vault.check()
        assert report.sound
        assert {table: report.counts[table] for table in rows} == rows
        everything = read_now(vault, all_of)
    assert [noun for noun, found in everything.items() if not found] == []
