"""A new data key: everything is the same afterwards but the key; on any difference nothing has changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.filled_vault import all_of, expected
from tests.fakes.shelved_vault import make_shelved, shelve, shelves, shelves_in
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, at_noon, unlocked
from tests.fakes.vaults import read_now
from vrm_desktop.vault import header_file, rotating, soundness, tidying
from vrm_desktop.vault.connection import VaultConnection, open_database
from vrm_desktop.vault.errors import (
    DiskFailed,
    DiskFull,
    RotationFailed,
    VaultClosed,
    VaultDamaged,
    WayInMissing,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vrm_desktop.vault.header import SlotKind
from vrm_desktop.vault.kept_backups import last_verified_backup
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.vault import OpenVault, restore

CODE, NEXT_CODE, KEYRING = RecoveryCode(bytes(20)), RecoveryCode(bytes(range(20))), KeyringKey(bytes(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_shelved(tmp_path / "vault", "poems", "novels")


@pytest.fixture
def vault(folder: Path) -> Iterator[OpenVault]:
    vault = unlocked(folder)
    yield vault
    vault.close()


def test_everything_is_kept_under_another_key_and_the_old_file_is_gone(vault: OpenVault, folder: Path) -> None:
    before, key = vault.header, vault.subkey(Purpose.BACKUP)
    vault.rotate_key(PASSPHRASE)
    assert vault.subkey(Purpose.BACKUP) != key
    assert (vault.header.vault_id, vault.header.generation) == (before.vault_id, before.generation + 1)
    assert vault.header.salt != before.salt
    assert [path.name for path in tidying.databases(folder)] == [vault.header.database] == ["vault-1.db"]
    shelve(vault, "letters")
    assert shelves(vault) == ["poems", "novels", "letters"]
    assert vault.check().sound
    vault.rotate_key(PASSPHRASE)
    vault.close()
    assert shelves_in(folder) == ["poems", "novels", "letters"]
    assert header_file.read_one(folder / header_file.PREVIOUS) == header_file.read_one(folder / header_file.NAME)


def test_the_old_data_key_opens_nothing_any_more(vault: OpenVault, folder: Path, tmp_path: Path) -> None:
    old = header_file.read_one(folder / header_file.NAME)
    vault.rotate_key(PASSPHRASE)
    vault.close()
    present = header_file.read_one(folder / header_file.NAME)
    assert not {slot.wrapped for slot in old.slots} & {slot.wrapped for slot in present.slots}
    stolen = tmp_path / "stolen"
    shutil.copytree(folder, stolen)
    shutil.copy(stolen / present.database, stolen / old.database)
    header_file.replace_both(stolen, old)
    with pytest.raises(VaultDamaged):
        unlocked(stolen)


def test_every_row_of_the_programs_own_schema_is_the_same(filled_vault: OpenVault) -> None:
    filled_vault.rotate_key(PASSPHRASE)
    assert read_now(filled_vault, all_of) == expected()
    assert filled_vault.check().sound


def test_the_backup_made_before_opens_as_it_was(vault: OpenVault, folder: Path, tmp_path: Path) -> None:
    vault.rotate_key(PASSPHRASE)
    backup = last_verified_backup(folder)
    assert backup is not None
    assert backup.label == "before-rotation"
    restore(backup.file, tmp_path / "old", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    assert shelves_in(tmp_path / "old") == ["poems", "novels"]


def test_every_other_way_in_is_asked_for_or_given_up_on_purpose(vault: OpenVault, folder: Path) -> None:
    vault.set_way_in(PASSPHRASE, CODE)
    vault.set_way_in(PASSPHRASE, KEYRING)
    before = vault.header
    with pytest.raises(WayInMissing) as caught:
        vault.rotate_key(PASSPHRASE, recovery=NEXT_CODE)
    assert caught.value.kind == SlotKind.KEYRING
    with pytest.raises(WrongPassphrase):
        vault.rotate_key(Passphrase("no such thing"), recovery=NEXT_CODE, keyring=KEYRING)
    assert vault.header == before
    vault.rotate_key(PASSPHRASE, recovery=NEXT_CODE, give_up=frozenset({SlotKind.KEYRING}))
    assert {slot.kind for slot in vault.header.slots} == {SlotKind.PASSPHRASE, SlotKind.RECOVERY}
    vault.close()
    with pytest.raises(WrongRecoveryCode):
        unlocked(folder, CODE)
    unlocked(folder, NEXT_CODE).close()


def test_a_difference_in_any_table_stops_it(vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_under = VaultConnection.copy_under
    statements = (
        "DELETE FROM shelf WHERE id = 2",
        "UPDATE shelf SET name = 'Poems' WHERE id = 1",
        "INSERT INTO book (title, shelf) VALUES ('one more', 1)",
        "CREATE TABLE another (id INTEGER)",
        "PRAGMA user_version = 9",
    )
    for statement in statements:

        def changed(self: VaultConnection, target: Path, key: object, salt: bytes, sql: str = statement) -> None:
            copy_under(self, target, key, salt)  # type: ignore[arg-type]
            copy = open_database(target, key, salt)  # type: ignore[arg-type]
            copy.execute(sql)
            copy.close()

        with monkeypatch.context() as patched:
            patched.setattr(VaultConnection, "copy_under", changed)
            with pytest.raises(RotationFailed, match="would not be the same"):
                vault.rotate_key(PASSPHRASE)
        assert [path.name for path in tidying.databases(folder)] == ["vault.db"]
        assert vault.check().sound
    assert shelves(vault) == ["poems", "novels"]


def test_a_copy_that_is_torn_or_unsound_stops_it(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_under = VaultConnection.copy_under

    def torn(self: VaultConnection, target: Path, key: object, salt: bytes) -> None:
        copy_under(self, target, key, salt)  # type: ignore[arg-type]
        data = bytearray(target.read_bytes())
        data[4096 + 100] ^= 1
        target.write_bytes(data)

    with monkeypatch.context() as patched:
        patched.setattr(VaultConnection, "copy_under", torn)
        with pytest.raises(RotationFailed):
            vault.rotate_key(PASSPHRASE)
    problems = soundness.problems
    with monkeypatch.context() as patched:
        patched.setattr(
            soundness, "problems", lambda found: ("a page",) if "new" in found.path.name else problems(found)
        )
        with pytest.raises(RotationFailed, match="a page"):
            vault.rotate_key(PASSPHRASE)
    assert shelves(vault) == ["poems", "novels"]
    assert [path.name for path in tidying.databases(folder)] == ["vault.db"]


def test_a_vault_that_changed_under_the_copy_stops_it(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = soundness.fingerprints, 0

    def moving(connection: VaultConnection) -> object:
        nonlocal calls
        calls += 1
        return {**real(connection), "moved": str(calls == 3)}

    monkeypatch.setattr(soundness, "fingerprints", moving)
    with pytest.raises(RotationFailed, match="moved"):
        vault.rotate_key(PASSPHRASE)


def test_no_room_for_the_copy_or_the_header_leaves_the_old_key(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("full")

    for place, name in ((VaultConnection, "copy_under"), (header_file, "write_header")):
        with monkeypatch.context() as patched:
            patched.setattr(place, name, full)
            with pytest.raises(DiskFull):
                vault.rotate_key(PASSPHRASE)
        assert [path.name for path in tidying.databases(folder)] == ["vault.db"]
        shelve(vault, f"after {name}")
    assert vault.check().sound


@pytest.mark.parametrize("name", ["forget_previous", "flush_folder"])
def test_a_failure_once_the_header_is_there_closes_the_vault_and_loses_nothing(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    vault.back_up("daily")

    def broken(*_: object) -> None:
        raise DiskFailed("broken")

    with monkeypatch.context() as patched:
        patched.setattr(header_file, name, broken)
        with pytest.raises(DiskFailed):
            vault.rotate_key(PASSPHRASE)
    with pytest.raises(VaultClosed):
        shelve(vault, "letters")
    assert shelves_in(folder) == ["poems", "novels"]
    assert [path.name for path in tidying.databases(folder)] == ["vault-1.db"]


def test_a_previous_header_swapped_for_another_vaults_is_left_for_a_person_to_see(
    vault: OpenVault, folder: Path, tmp_path: Path
) -> None:
    vault.close()
    other = make_shelved(tmp_path / "other", "maps")
    shutil.copy(other / header_file.NAME, folder / header_file.PREVIOUS)
    (folder / "vault-7.db").write_bytes(b"perhaps of use")
    vault = unlocked(folder)
    report = vault.check()
    assert [check.name.value for check in report.checks if not check.sound] == ["previous-header"]
    assert (folder / "vault-7.db").exists()
    vault.close()


def test_switched_needs_a_header_that_can_be_read(vault: OpenVault, folder: Path) -> None:
    vault.close()
    (folder / header_file.NAME).write_bytes(b"{")
    assert not rotating.switched(folder, vault.header)
