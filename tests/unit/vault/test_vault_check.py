"""`vault check` names what is wrong and nothing else; copies count only when they open."""

import shutil
from pathlib import Path

import pytest

from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, make, unlocked
from vrm_desktop.vault import header_file
from vrm_desktop.vault.checking import CheckName, CheckReport
from vrm_desktop.vault.errors import VaultTooNew
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import check


def fill(transaction: Transaction) -> None:
    for number in range(200):
        transaction.execute("INSERT INTO shelf (id, name) VALUES (?, ?)", (number, f"shelf {number} " * 20))
        transaction.execute("INSERT INTO book (title, shelf) VALUES ('a book', ?)", (number,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make(tmp_path / "vault")
    vault = unlocked(folder)
    vault.thread.write_now(fill)
    vault.close()
    return folder


def checked(folder: Path) -> CheckReport:
    return check(folder, PASSPHRASE, kdf=CHEAP_KDF, migrations=SIMPLE)


def wrong(report: CheckReport) -> set[str]:
    return {found.name.value for found in report.checks if not found.sound}


def test_a_healthy_vault_is_sound_closed_and_open_even_with_a_full_log(folder: Path) -> None:
    report = checked(folder)
    assert report.sound
    assert report.file == folder / "vault.db"
    assert report.counts == {"book": 200, "shelf": 200, "vault_info": 1}
    assert {found.name for found in report.checks} == set(CheckName)
    vault = unlocked(folder)
    vault.thread.write_now(lambda transaction: transaction.execute("DELETE FROM book WHERE id > 50"))
    assert (folder / "vault.db-wal").stat().st_size > 0
    report = vault.check()
    assert (report.sound, report.counts["book"]) == (True, 50)
    vault.close()


def test_a_flipped_bit_in_any_page_is_found(folder: Path) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    pages = len(whole) // 4096
    assert pages > 20
    for page in range(1, pages):
        damaged = bytearray(whole)
        damaged[page * 4096 + 17 * page % 4096] ^= 0x10
        database.write_bytes(damaged)
        assert wrong(checked(folder)) & {"cipher", "opening"}, f"page {page + 1}"


def test_every_damaged_page_is_named_and_not_the_first_alone(folder: Path) -> None:
    database = folder / "vault.db"
    damaged = bytearray(database.read_bytes())
    for page in (5, 9):
        damaged[page * 4096 + 100] ^= 1
    database.write_bytes(damaged)
    (cipher,) = (found for found in checked(folder).checks if found.name is CheckName.CIPHER)
    assert len(cipher.problems) == 2


def test_half_a_file_is_found_though_every_page_left_is_genuine(folder: Path) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 8192 * 4096])
    assert wrong(checked(folder)) == {"opening"}


def test_a_file_that_does_not_open_is_reported_with_its_reason(folder: Path) -> None:
    (folder / "vault.db").write_bytes(b"")
    report = checked(folder)
    assert (wrong(report), report.counts) == ({"opening"}, {})
    assert report.checks[-1].problems == ("vault.db holds 0 bytes",)


def test_other_first_bytes_than_the_salt_are_found_while_the_vault_still_opens(folder: Path) -> None:
    database = folder / "vault.db"
    database.write_bytes(bytes(16) + database.read_bytes()[16:])
    assert wrong(checked(folder)) >= {"salt"}
    vault = unlocked(folder)
    vault.close()


def test_dangling_rows_are_found(folder: Path) -> None:
    vault = unlocked(folder)
    raw = vault.thread._connection._raw
    raw.set_authorizer(None)
    raw.execute("PRAGMA foreign_keys = OFF")
    vault.thread.write_now(lambda transaction: transaction.execute("DELETE FROM shelf WHERE id = 7"))
    report = vault.check()
    assert wrong(report) == {"references"}
    vault.close()


def test_a_restored_header_is_reported_once(folder: Path) -> None:
    (folder / header_file.NAME).write_bytes(b"{")
    assert wrong(checked(folder)) == {"header"}
    assert checked(folder).sound


def test_a_damaged_or_foreign_previous_header_is_reported(folder: Path, tmp_path: Path) -> None:
    (folder / header_file.PREVIOUS).write_bytes(b"{")
    assert wrong(checked(folder)) == {"previous-header"}
    other = make(tmp_path / "other")
    shutil.copy(other / header_file.NAME, folder / header_file.PREVIOUS)
    assert wrong(checked(folder)) == {"previous-header"}


def test_a_header_swapped_or_cut_while_the_vault_is_open_is_reported(folder: Path, tmp_path: Path) -> None:
    vault = unlocked(folder)
    shutil.copy(make(tmp_path / "other") / header_file.NAME, folder / header_file.NAME)
    assert wrong(vault.check()) == {"header"}
    (folder / header_file.NAME).write_bytes(b"{")
    assert wrong(vault.check()) == {"header"}
    vault.close()


def test_a_vault_of_a_newer_schema_is_not_called_damaged(folder: Path) -> None:
    with pytest.raises(VaultTooNew):
        check(folder, PASSPHRASE, kdf=CHEAP_KDF, migrations=())


def test_damage_in_any_page_of_the_program_s_own_schema_is_a_report_and_no_error(tmp_path: Path) -> None:
    folder = make(tmp_path / "own", migrations=packaged_migrations())
    database = folder / "vault.db"
    whole = database.read_bytes()
    for page in range(len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + 100] ^= 1
        database.write_bytes(damaged)
        report = check(folder, PASSPHRASE, kdf=CHEAP_KDF)
        assert wrong(report) & {"cipher", "opening"}, f"page {page + 1}"
