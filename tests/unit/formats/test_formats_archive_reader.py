"""The small reader beside the docs, which shares no line with the program, reads what the program wrote."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import specimens
from tests.fakes.archived import archive_of, repacked
from tests.fakes.filled_vault import fill
from tests.fakes.vaults import vault_in, write_now

READER = Path(__file__).parents[3] / "docs" / "examples" / "read_archive.py"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with vault_in(tmp_path / "home") as vault:
        write_now(vault, fill)
        (tmp_path / "all.zip").write_bytes(archive_of(vault))
    return tmp_path / "all.zip"


def read(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-I", str(READER), *map(str, arguments)), capture_output=True, encoding="utf-8", check=False
    )


def test_it_is_short_and_needs_the_standard_library_alone() -> None:
    text = READER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert "vrm_desktop" not in text


def test_it_tells_every_relationship_and_its_messages(archive: Path) -> None:
    done = read(archive)
    assert done.returncode == 0, done.stderr
    assert "every hash fits" in done.stdout
    assert "journal 4, ledger 3 rows, unbroken" in done.stdout
    assert "Rad & Tat (open)" in done.stdout
    assert "vendor signed offer no. 2" in done.stdout


def test_it_prints_a_table_with_the_exact_signed_bytes(archive: Path) -> None:
    rows = [json.loads(line) for line in read(archive, "journal").stdout.splitlines()]
    assert [row["jws"] for row in rows] == [row.jws for row in specimens.JOURNAL]


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [("journal", b"header1.", b"header9."), ("ledger", b'"purpose":"quote"', b'"purpose":"quota"')],
)
def test_it_notices_a_row_changed_with_all_hashes_made_to_fit(
    archive: Path, table: str, old: bytes, new: bytes
) -> None:
    def change(members: dict[str, bytes]) -> None:
        name = f"tables/{table}.jsonl"
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    archive.write_bytes(repacked(archive.read_bytes(), change))
    done = read(archive)
    assert done.returncode == 1
    assert f"{table} row 1" in done.stderr


def test_it_notices_a_member_that_was_changed(archive: Path) -> None:
    changed = repacked(archive.read_bytes(), lambda members: members.update({"README.txt": b"no"}), sealed=False)
    archive.write_bytes(changed)
    assert read(archive).returncode == 1
