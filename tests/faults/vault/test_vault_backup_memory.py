"""Reading a backup takes at most 32 MiB and eight times the file, whatever the file says of itself."""

import struct
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.measured_restore import restored_within
from tests.fakes.process_pool import in_processes
from tests.fakes.shelved_vault import make_shelved
from tests.fakes.vault_parts import unlocked
from tests.faults.conftest import Count
from vrm_desktop.vault.transaction import Transaction

MIB = 1 << 20
LENGTHS_AT = 16 + 2 + 2 + 8
PROMISED = struct.Struct(">IIQ")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program its peak")


def backup_of(folder: Path, file: Path, books: int) -> Path:
    """A backup with so many books of 4,000 characters."""

    def fill(sql: Transaction) -> None:
        for number in range(books):
            sql.insert("INSERT INTO book (title, shelf) VALUES (?, 1)", (f"{number} " * 600,))

    vault = unlocked(make_shelved(folder, "poems"))
    vault.thread.write_bulk_now(fill)
    vault.back_up_to(file)
    vault.close()
    return file


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return backup_of(tmp_path / "small", tmp_path / "small.vrm-backup", 1)


def grown(small: Path, file: Path, place: Path) -> tuple[str, int]:
    place.mkdir()
    ((refusal, growth),) = in_processes([partial(restored_within, small, file, place)])
    assert growth <= 32 * MIB + 8 * file.stat().st_size
    return refusal, growth


def test_a_large_backup_takes_what_its_size_allows_and_no_more_than_the_page_cache(
    small: Path, tmp_path: Path, count: Count
) -> None:
    large = backup_of(tmp_path / "large", tmp_path / "large.vrm-backup", 12_000)
    size = large.stat().st_size
    assert size > 24 * MIB
    refusal, growth = grown(small, large, tmp_path / "place")
    assert not refusal
    assert growth > MIB, "the measuring itself"
    assert growth <= 96 * MIB
    count(f"restoring a backup of {size / MIB:.0f} MiB took {growth / MIB:.0f} MiB of memory")


@pytest.mark.parametrize("promised", [(2**32 - 1, 0, 0), (0, 2**32 - 1, 0), (0, 0, 2**40), (65_536, 65_536, 2**63)])
def test_a_file_that_promises_much_takes_little(small: Path, tmp_path: Path, promised: tuple[int, int, int]) -> None:
    data = bytearray(small.read_bytes())
    data[LENGTHS_AT : LENGTHS_AT + PROMISED.size] = PROMISED.pack(*promised)
    forged = tmp_path / "forged.vrm-backup"
    forged.write_bytes(data)
    assert grown(small, forged, tmp_path / "place")[0] == "backup-damaged"
