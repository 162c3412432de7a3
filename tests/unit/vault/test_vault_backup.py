"""A backup is one file that counts only after it was opened; what cannot be trusted never gets the name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.shelved_vault import make_shelved, shelve, shelves_in
from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, SIMPLE, at_noon, unlocked
from tests.fakes.vaults import read_now
from vrm_desktop.domain.ids import Digest
from vrm_desktop.vault import backup, backup_container, backup_summary, soundness
from vrm_desktop.vault.backup_container import Front
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import (
    BackupDamaged,
    BackupFailed,
    DiskFull,
    FolderMissing,
    NameReserved,
    NameTaken,
    VaultTooNew,
)
from vrm_desktop.vault.keeping import Retention
from vrm_desktop.vault.kept_backups import free_name, kept, last_verified_backup, let_go, place_of
from vrm_desktop.vault.repositories.chains import Head
from vrm_desktop.vault.secret import Subkey
from vrm_desktop.vault.vault import OpenVault, restore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_shelved(tmp_path / "vault", *(f"shelf {number} " * 40 for number in range(60)))


@pytest.fixture
def vault(folder: Path) -> Iterator[OpenVault]:
    vault = unlocked(folder)
    yield vault
    vault.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in place_of(folder).iterdir())


def test_one_file_holds_header_and_database_and_nothing_readable(vault: OpenVault, folder: Path) -> None:
    file = vault.back_up("daily")
    assert names(folder) == [file.name] == ["20260504T120000Z-daily.vrm-backup"]
    assert file.stat().st_mode & 0o777 == 0o600
    data = file.read_bytes()
    assert backup_container.glance(file).header == (folder / "vault.hdr").read_bytes()
    assert b"shelf" not in data
    assert b"SQLite" not in data
    assert not list(folder.glob("*.tmp*"))


def test_a_backup_holds_what_only_the_log_held(vault: OpenVault, folder: Path, tmp_path: Path) -> None:
    shelve(vault, "in the log")
    file = vault.back_up("daily")
    restore(file, tmp_path / "again", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    assert shelves_in(tmp_path / "again")[-1] == "in the log"


def test_two_in_one_second_have_two_names_and_the_rule_keeps_the_newer(vault: OpenVault, folder: Path) -> None:
    vault.back_up("daily")
    second = vault.back_up("daily")
    assert second.name == "20260504T120000Z-daily~1.vrm-backup"
    assert names(folder) == [second.name]


def test_a_copy_that_cannot_be_trusted_is_thrown_away_and_the_older_one_kept(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_one = vault.back_up("daily")
    before = kept_one.read_bytes()
    copy_to = VaultConnection.copy_to

    def torn(self: VaultConnection, target: Path) -> None:
        copy_to(self, target)
        target.write_bytes(target.read_bytes()[:-4096])

    def emptied(self: VaultConnection, target: Path) -> None:
        copy_to(self, target)
        target.write_bytes(b"")

    def full(self: VaultConnection, target: Path) -> None:
        raise DiskFull("database or disk is full")

    for failure, error in ((torn, BackupFailed), (emptied, BackupFailed), (full, DiskFull)):
        monkeypatch.setattr(VaultConnection, "copy_to", failure)
        with pytest.raises(error):
            vault.back_up("daily")
        assert names(folder) == [kept_one.name]
        assert kept_one.read_bytes() == before
    assert not list(folder.glob("*.tmp*"))


def test_a_file_that_was_not_written_as_meant_is_thrown_away(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = backup_container.write_container

    def other_header(path: Path, front: Front, database: Path, key: Subkey) -> None:
        write(path, replace(front, header=front.header[:-1] + b" "), database, key)

    def flipped(path: Path, front: Front, database: Path, key: Subkey) -> None:
        write(path, front, database, key)
        data = bytearray(path.read_bytes())
        data[9000] ^= 1
        path.write_bytes(data)

    def other_key(path: Path, front: Front, database: Path, key: Subkey) -> None:
        write(path, front, database, Subkey(bytes(32)))

    for failure in (other_header, flipped, other_key):
        monkeypatch.setattr(backup_container, "write_container", failure)
        with pytest.raises(BackupFailed):
            vault.back_up("daily")
        assert names(folder) == []


def test_a_copy_with_other_rows_or_chains_is_thrown_away(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    real = soundness.counts
    monkeypatch.setattr(
        soundness,
        "counts",
        lambda connection: {**real(connection), **({"book": 9} if connection.path.name == backup.TRIAL else {})},
    )
    with pytest.raises(BackupFailed, match="as many rows"):
        vault.back_up("daily")
    monkeypatch.setattr(soundness, "counts", real)
    heads = soundness.heads

    def moved(connection: VaultConnection) -> Mapping[str, Head]:
        other = {"ledger": Head(length=1, link=Digest("x"))}
        return other if connection.path.name == backup.TRIAL else heads(connection)

    monkeypatch.setattr(soundness, "heads", moved)
    with pytest.raises(BackupFailed, match="end elsewhere"):
        vault.back_up("daily")


def test_another_summary_inside_than_was_meant_is_noticed(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backup_summary.encode
    monkeypatch.setattr(backup_summary, "encode", lambda summary: real(replace(summary, schema=summary.schema + 1)))
    with pytest.raises(BackupFailed, match="summary"):
        vault.back_up("daily")


def test_a_file_of_the_persons_choice_is_never_replaced(vault: OpenVault, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "my copy.vrm-backup"
    summary = vault.back_up_to(target)
    assert summary.counts == {"book": 0, "shelf": 60, "vault_info": 1}
    with pytest.raises(NameTaken):
        vault.back_up_to(target)
    with pytest.raises(FolderMissing):
        vault.back_up_to(tmp_path / "nowhere" / "copy.vrm-backup")
    restore(target, tmp_path / "again", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    assert len(shelves_in(tmp_path / "again")) == 60
    assert last_verified_backup(folder) is None


def test_a_backup_touches_no_file_beside_its_own(vault: OpenVault, tmp_path: Path) -> None:
    beside = tmp_path / "copy.new"
    beside.write_text("somebody's draft")
    vault.back_up_to(tmp_path / "copy")
    assert beside.read_text() == "somebody's draft"


def test_no_backup_gets_a_name_that_the_next_opening_would_clear(vault: OpenVault, folder: Path) -> None:
    for name in ("vault-9.db", "vault-7.db-wal", "vault.hdr.old", "set-aside-2026", backup.TRIAL):
        for place in (folder, folder / ".." / folder.name):
            with pytest.raises(NameReserved):
                vault.back_up_to(place / name)
    vault.back_up_to(folder.parent / "vault-9.db")
    vault.back_up_to(folder / "my own")


def test_what_is_left_of_a_backup_that_was_cut_off_goes_with_the_next_opening(vault: OpenVault, folder: Path) -> None:
    kept_one = vault.back_up("daily")
    left = [kept_one.with_name(kept_one.name + end) for end in (".unfinished", ".new")]
    mine = kept_one.with_name("list.new")
    for path in (*left, mine):
        path.write_bytes(b"half")
    vault.close()
    unlocked(folder).close()
    assert sorted(path.name for path in kept_one.parent.iterdir()) == sorted([kept_one.name, mine.name])


def test_another_place_is_used_and_its_backups_go_by_the_rule(vault: OpenVault, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    for _ in range(3):
        vault.back_up("daily", place=place, retention=Retention(daily=1, weekly=0, risks=0))
    assert [found.label for found in kept(place)] == ["daily"]


def test_only_whole_backups_of_this_vault_are_counted_and_let_go(
    vault: OpenVault, folder: Path, tmp_path: Path
) -> None:
    older = vault.back_up("daily")
    place = place_of(folder)
    data = older.read_bytes()
    damaged = place / "20260505T120000Z-daily.vrm-backup"
    damaged.write_bytes(data[:-1])
    other = unlocked(make_shelved(tmp_path / "other", "a"))
    foreign = place / "20260506T120000Z-daily.vrm-backup"
    other.back_up("daily").rename(foreign)
    other.close()
    (place / "20260507T120000Z-daily.vrm-backup").mkdir()
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    assert [found.file for found in kept(place)] == [foreign, older]
    assert let_go(place, vault.vault_id, Retention(daily=1, weekly=0, risks=0)) == ()
    assert {older, damaged, foreign} <= set(place.iterdir())
    assert free_name(place, NOON, "daily").name == "20260504T120000Z-daily~1.vrm-backup"


def test_a_backup_is_made_when_it_is_due_and_not_before(vault: OpenVault, folder: Path) -> None:
    assert last_verified_backup(folder) is None
    first = vault.back_up_if_due("daily", timedelta(days=1))
    assert first is not None
    newest = last_verified_backup(folder)
    assert newest is not None
    assert (newest.file, newest.made, newest.bytes) == (first, NOON, first.stat().st_size)
    assert vault.back_up_if_due("daily", timedelta(days=1)) is None
    vault._rewrapper = replace(vault._rewrapper, clock=lambda: NOON + timedelta(days=1))
    assert vault.back_up_if_due("daily", timedelta(days=1)) is not None


def test_a_label_that_is_no_label_is_refused_before_anything_is_written(vault: OpenVault, folder: Path) -> None:
    with pytest.raises(ValueError, match="label"):
        vault.back_up("../evil")
    assert names(folder) == []


def test_a_backup_of_the_programs_own_schema_carries_its_chains(filled_vault: OpenVault, tmp_path: Path) -> None:
    summary = filled_vault.back_up_to(tmp_path / "full.vrm-backup")
    assert set(summary.heads) == {"journal", "ledger"}
    assert summary.heads["ledger"].link == read_now(filled_vault, lambda contents: contents.ledger_head())


def test_a_summary_survives_only_as_it_was_sealed(filled_vault: OpenVault, tmp_path: Path) -> None:
    summary = filled_vault.back_up_to(tmp_path / "full.vrm-backup")
    key = Subkey(bytes(32))
    sealed = backup_summary.seal(summary, key, bound_to=b"front", random=bytes)
    assert backup_summary.unseal(sealed, key, bound_to=b"front") == summary
    for other in (sealed[:20], sealed[:-1] + b"\0", b""):
        with pytest.raises(BackupDamaged):
            backup_summary.unseal(other, key, bound_to=b"front")
    with pytest.raises(BackupDamaged):
        backup_summary.unseal(sealed, key, bound_to=b"another front")


@pytest.mark.parametrize(
    "text",
    [
        b"[]",
        b"{",
        b'{"counts":{},"heads":{},"made":1,"schema":1,"x":1}',
        b'{"counts":{"a":-1},"heads":{},"made":1,"schema":1}',
        b'{"counts":{"a":true},"heads":{},"made":1,"schema":1}',
        b'{"counts":{},"heads":{"a":[1]},"made":1,"schema":1}',
        b'{"counts":{},"heads":{},"made":99999999999999,"schema":1}',
    ],
)
def test_a_summary_of_another_shape_is_refused(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(backup_summary, "encode", lambda _summary: text)
    summary = backup_summary.Summary(made=NOON, schema=1, counts={}, heads={})
    sealed = backup_summary.seal(summary, Subkey(bytes(32)), bound_to=b"", random=bytes)
    with pytest.raises(BackupDamaged):
        backup_summary.unseal(sealed, Subkey(bytes(32)), bound_to=b"")


def test_a_newer_backup_says_what_it_needs(vault: OpenVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(backup_container, "FORMAT", 7)
    file = tmp_path / "newer.vrm-backup"
    vault.back_up_to(file)
    monkeypatch.setattr(backup_container, "FORMAT", 1)
    with pytest.raises(VaultTooNew) as caught:
        restore(file, tmp_path / "again", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    assert caught.value.needs == "backup format 7"
    assert not (tmp_path / "again").exists()
