"""Restoring verifies first, replaces nothing, and a damaged vault says what each backup would lack."""

import errno
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.shelved_vault import make_shelved, shelve, shelves_in
from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, SIMPLE, at_noon, unlocked
from vrm_desktop.vault import durable_files, header_file, restoring, tidying
from vrm_desktop.vault.errors import (
    BackupDamaged,
    DiskFailed,
    DiskFull,
    HeaderDamaged,
    VaultBusy,
    VaultTooNew,
    WrongPassphrase,
)
from vrm_desktop.vault.migrating import Migration
from vrm_desktop.vault.restoring import Restored
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.surveying import RestorePoint
from vrm_desktop.vault.vault import restore, survey

NEW = Passphrase("five loud geese grazing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_shelved(tmp_path / "vault", "poems")


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    """A backup that holds the first shelf; the vault has another one since."""
    vault = unlocked(folder)
    vault.back_up_to(tmp_path / "copy.vrm-backup")
    shelve(vault, "novels")
    vault.close()
    return tmp_path / "copy.vrm-backup"


def bring_back(file: Path, folder: Path, passphrase: Passphrase = PASSPHRASE) -> Restored:
    return restore(file, folder, passphrase, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_into_an_empty_place(backup: Path, tmp_path: Path) -> None:
    restored = bring_back(backup, tmp_path / "new" / "place")
    assert restored.aside is None
    assert restored.summary.counts["shelf"] == 1
    assert shelves_in(tmp_path / "new" / "place") == ["poems"]
    assert files(tmp_path / "new" / "place") == {
        "vault-1.db",
        "vault.brought-back",
        "vault.hdr",
        "vault.hdr.bak",
        "vault.lock",
    }


def test_what_stood_is_set_aside_whole_and_opens_there(backup: Path, folder: Path) -> None:
    restored = bring_back(backup, folder)
    assert restored.aside == folder / "set-aside-20260504T120000Z"
    assert shelves_in(folder) == ["poems"]
    assert shelves_in(restored.aside) == ["poems", "novels"]
    again = bring_back(backup, folder)
    assert again.aside == folder / "set-aside-20260504T120000Z-2"
    assert shelves_in(folder) == ["poems"]
    assert [path.name for path in tidying.databases(folder)] == ["vault-2.db"]


def test_what_a_crash_left_in_the_log_is_set_aside_with_it(backup: Path, folder: Path, tmp_path: Path) -> None:
    vault = unlocked(folder)
    shelve(vault, "letters")
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed, ignore=shutil.ignore_patterns("*.lock"))
    vault.close()
    restored = bring_back(backup, crashed)
    assert restored.aside is not None
    assert shelves_in(restored.aside) == ["poems", "novels", "letters"]
    assert shelves_in(crashed) == ["poems"]


def test_without_second_names_for_files_copies_are_set_aside(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    restored = bring_back(backup, folder)
    assert restored.aside is not None
    assert shelves_in(restored.aside) == ["poems", "novels"]
    assert shelves_in(folder) == ["poems"]


@pytest.mark.parametrize("gone", [("vault.hdr", "vault.hdr.bak"), ("vault.db",), ("vault.hdr",)])
def test_a_vault_in_ruins_is_replaced(backup: Path, folder: Path, gone: tuple[str, ...]) -> None:
    for name in gone:
        (folder / name).write_bytes(b"ruins")
    restored = bring_back(backup, folder)
    assert shelves_in(folder) == ["poems"]
    assert restored.aside is not None
    for name in gone:
        assert (restored.aside / name).read_bytes() == b"ruins"


def test_another_vaults_backup_may_take_the_place(backup: Path, tmp_path: Path) -> None:
    other = make_shelved(tmp_path / "other", "maps")
    restored = bring_back(backup, other)
    assert restored.aside is not None
    assert shelves_in(restored.aside) == ["maps"]
    assert shelves_in(other) == ["poems"]


def test_a_backup_opens_with_the_passphrase_of_its_day(backup: Path, folder: Path) -> None:
    vault = unlocked(folder)
    vault.change_passphrase(PASSPHRASE, NEW)
    vault.close()
    with pytest.raises(WrongPassphrase):
        bring_back(backup, folder, NEW)
    assert shelves_in(folder, NEW) == ["poems", "novels"]
    bring_back(backup, folder)
    assert shelves_in(folder) == ["poems"]


def test_nothing_changes_while_the_vault_is_open_or_the_backup_is_newer(backup: Path, folder: Path) -> None:
    vault = unlocked(folder)
    with pytest.raises(VaultBusy):
        bring_back(backup, folder)
    vault.close()
    with pytest.raises(VaultTooNew):
        restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=())
    assert shelves_in(folder) == ["poems", "novels"]


def test_no_backup_is_no_backup(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a backup", encoding="utf-8")
    (tmp_path / "long").write_bytes(b"vrm-vault-backup" + bytes(20_000))
    for name in ("absent", "text", "long", "vault"):
        with pytest.raises(BackupDamaged):
            bring_back(tmp_path / name, folder)
    assert shelves_in(folder) == ["poems"]


def test_an_older_backup_is_migrated_when_it_is_opened(backup: Path, tmp_path: Path) -> None:
    newer = (*SIMPLE, Migration(number=2, name="colour", sql="ALTER TABLE shelf ADD COLUMN colour TEXT;"))
    restore(backup, tmp_path / "new", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=newer)
    vault = unlocked(tmp_path / "new", migrations=newer)
    assert vault.migrated == 1
    vault.close()


@pytest.mark.parametrize(
    ("place", "name", "error"),
    [
        (restoring, "flush_file", DiskFull),
        (os, "link", DiskFailed),
        (header_file, "replace_file", DiskFull),
    ],
)
def test_a_failure_before_the_switch_leaves_everything_as_it_was(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, error: type[Exception]
) -> None:
    before = files(folder)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "broken") if place is os else DiskFull("full")

    with monkeypatch.context() as patched:
        patched.setattr(place, name, fail)
        with pytest.raises(error):
            bring_back(backup, folder)
    assert files(folder) == before
    assert shelves_in(folder) == ["poems", "novels"]


def test_a_failure_in_the_middle_of_the_switch_is_finished_by_the_next_opening(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = durable_files.flush_folder
    calls = 0

    def fail_second(path: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise DiskFailed("broken")
        real(path)

    with monkeypatch.context() as patched:
        patched.setattr(header_file, "flush_folder", fail_second)
        with pytest.raises(DiskFailed):
            bring_back(backup, folder)
    assert shelves_in(folder) == ["poems"]
    assert shelves_in(folder / "set-aside-20260504T120000Z") == ["poems", "novels"]
    assert not list(folder.glob("*.new"))


def test_a_failure_after_the_first_half_of_the_switch_goes_back(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = durable_files.replace_file

    def fail_second(path: Path, data: bytes) -> None:
        if path.name == header_file.NAME:
            raise DiskFull("full")
        real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(header_file, "replace_file", fail_second)
        with pytest.raises(DiskFull):
            bring_back(backup, folder)
    assert shelves_in(folder) == ["poems", "novels"]
    assert not list(folder.glob("*.new"))
    assert [path.name for path in tidying.databases(folder)] == ["vault.db"]


def looked_at(folder: Path, passphrase: Passphrase = PASSPHRASE, place: Path | None = None) -> list[RestorePoint]:
    return list(survey(folder, passphrase, kdf=CHEAP_KDF, place=place, migrations=SIMPLE))


@pytest.fixture
def backed_up(folder: Path) -> Path:
    """A vault with two backups; since the newer one it has two more shelves."""
    vault = unlocked(folder)
    vault.back_up("daily")
    shelve(vault, "novels")
    vault.back_up("before-rotation")
    shelve(vault, "letters", "maps")
    vault.close()
    stamp = (NOON + timedelta(hours=3)).timestamp()
    os.utime(folder / "vault.db", (stamp, stamp))
    return folder


def test_a_whole_vault_shows_what_each_backup_lacks(backed_up: Path) -> None:
    newer, older = sorted(looked_at(backed_up), key=lambda point: point.label)
    assert (newer.good, newer.missing, newer.unknown) == (True, {"shelf": 2}, ())
    assert (older.good, older.missing, older.counts["shelf"]) == (True, {"shelf": 3}, 1)


def test_a_damaged_vault_shows_what_it_still_can(backed_up: Path) -> None:
    database = backed_up / "vault.db"
    stamp = database.stat().st_mtime
    database.write_bytes(database.read_bytes()[:4096])
    os.utime(database, (stamp, stamp))
    points = looked_at(backed_up)
    assert [point.good for point in points] == [True, True]
    assert all(point.unknown == ("book", "shelf", "vault_info") for point in points)
    assert all(point.older_by == timedelta(hours=3) for point in points)
    restored = bring_back(points[0].file, backed_up)
    assert restored.aside is not None


def test_a_table_that_cannot_be_counted_is_unknown_and_the_others_are_not(
    backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = unlocked(backed_up)
    page = vault.thread.read_now(lambda sql: sql.value("SELECT rootpage FROM sqlite_schema WHERE name = 'shelf'"))
    vault.close()
    database = backed_up / "vault.db"
    data = bytearray(database.read_bytes())
    data[(page - 1) * 4096 + 50] ^= 1
    database.write_bytes(data)
    point = looked_at(backed_up)[0]
    assert point.unknown in {("shelf",), ("book", "shelf", "vault_info")}
    assert "shelf" not in point.missing


def test_backups_that_do_not_help_say_why(backed_up: Path, tmp_path: Path) -> None:
    points = looked_at(backed_up)
    data = bytearray(points[0].file.read_bytes())
    data[-9000] ^= 1
    points[0].file.write_bytes(data)
    assert [point.trouble for point in looked_at(backed_up)] == ["backup-damaged", ""]
    assert {point.trouble for point in looked_at(backed_up, NEW)} == {"backup-damaged", "wrong-passphrase"}
    (backed_up / "vault.hdr").unlink()
    (backed_up / "vault.hdr.bak").unlink()
    with pytest.raises(HeaderDamaged):
        unlocked(backed_up)
    assert [point.good for point in looked_at(backed_up)] == [False, True]
    assert looked_at(tmp_path / "nowhere") == []
    elsewhere = looked_at(tmp_path / "nowhere", place=backed_up / "backups")
    assert [(point.good, point.older_by) for point in elsewhere] == [(False, None), (True, None)]


def test_an_open_vault_is_not_looked_at_from_outside(backed_up: Path) -> None:
    vault = unlocked(backed_up)
    with pytest.raises(VaultBusy):
        looked_at(backed_up)
    vault.close()
