"""Creating, opening, changing the ways in: each failure told apart, one process at a time, nothing lost."""

import errno
import os
import secrets
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.forked_child import exit_status
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, at_noon, make, unlocked
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import (
    DiskFailed,
    DiskFull,
    HeaderDamaged,
    HeaderTampered,
    KdfRefused,
    KeyringUnavailable,
    NoSuchWayIn,
    NoVault,
    PassphraseEmpty,
    VaultBusy,
    VaultClosed,
    VaultDamaged,
    VaultExists,
    WrongPassphrase,
    WrongRecoveryCode,
)
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.header_codec import sealed
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.unlocking.passphrase import STANDARD
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.vault import OpenVault, check, open_vault, restore
from vrm_desktop.vault.ways_in import unlock

NEW = Passphrase("five loud geese grazing")
CODE = RecoveryCode(bytes(range(20)))
KEY = KeyringKey(bytes(range(32)))

NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "home" / "vault")


def shelve(vault: OpenVault, name: str) -> None:
    vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES (?)", (name,)))


def shelves(vault: OpenVault) -> list[str]:
    def look(transaction: Transaction) -> list[str]:
        return [row["name"] for row in transaction.query("SELECT name FROM shelf ORDER BY id")]

    return vault.thread.read_now(look)


def opens(folder: Path, way: Passphrase | RecoveryCode | KeyringKey) -> bool:
    try:
        unlocked(folder, way).close()
    except (WrongPassphrase, WrongRecoveryCode, NoSuchWayIn, KeyringUnavailable):
        return False
    return True


def test_what_was_stored_is_there_after_closing_and_opening(folder: Path) -> None:
    vault = unlocked(folder)
    shelve(vault, "poems")
    vault.close()
    vault.close()
    vault = unlocked(folder)
    assert shelves(vault) == ["poems"]
    assert (vault.ended_badly, vault.header_was_restored, vault.migrated) == (False, False, 0)
    vault.close()


@pytest.mark.parametrize("name", ["with space", "100% ?mode=ro#x", "Größe 日本", "it's", "file:vault", "a;b&c=d"])
def test_any_folder_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / name, Path(f"relative {name}")):
        shutil.rmtree(f"restored {name}", ignore_errors=True)
        make(folder)
        vault = unlocked(folder)
        monkeypatch.chdir("/")  # an open vault stays where it was opened
        shelve(vault, "poems")
        copy = vault.back_up("daily")
        assert vault.check().sound
        vault.close()
        monkeypatch.chdir(tmp_path)
        restored = Path(f"restored {name}")
        restore(copy, restored, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
        for place in (folder, restored):
            vault = unlocked(place)
            assert shelves(vault) == ["poems"]
            vault.close()


def test_everything_in_the_folder_is_private_at_every_time(folder: Path) -> None:
    def modes() -> dict[str, int]:
        return {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.iterdir()]}

    assert modes() == {
        "vault": 0o700,
        "vault.db": 0o600,
        "vault.hdr": 0o600,
        "vault.hdr.bak": 0o600,
        "vault.lock": 0o600,
    }
    vault = unlocked(folder)
    shelve(vault, "poems")
    assert modes()["vault.db-wal"] == 0o600
    vault.close()


def test_creating_never_overwrites_even_a_broken_vault(folder: Path) -> None:
    for present in (header_file.NAME, header_file.PREVIOUS, "vault.db"):
        with pytest.raises(VaultExists):
            make(folder)
        (folder / present).unlink()
    make(folder)


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(PassphraseEmpty):
        make(tmp_path, passphrase=Passphrase(""))
    with pytest.raises(NoVault):
        unlocked(tmp_path)


def test_a_folder_without_a_vault_says_so_and_is_left_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(NoVault):
        unlocked(tmp_path)
    with pytest.raises(NoVault):
        check(tmp_path, PASSPHRASE, kdf=CHEAP_KDF)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed",
    ["", " ", "four calm herons wadin", "four calm herons wading ", "Four calm herons wading", "\ud800", "x" * 99],
)
def test_a_wrong_passphrase_is_told_apart_and_harms_nothing(folder: Path, typed: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(WrongPassphrase):
        unlocked(folder, Passphrase(typed))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert opens(folder, PASSPHRASE)


def test_accents_open_however_the_keyboard_composes_them(tmp_path: Path) -> None:
    make(tmp_path, passphrase=Passphrase(unicodedata.normalize("NFD", "Zwölf Bäume")))
    assert opens(tmp_path, Passphrase(unicodedata.normalize("NFC", "Zwölf Bäume")))
    assert opens(tmp_path, Passphrase(unicodedata.normalize("NFD", "Zwölf Bäume")))
    assert not opens(tmp_path, Passphrase("Zwolf Baume"))


def test_a_damaged_database_is_not_called_a_wrong_passphrase(folder: Path) -> None:
    database = folder / "vault.db"
    whole = database.read_bytes()
    for damaged in (b"", whole[:4096], whole[:5000], bytes(len(whole)), secrets.token_bytes(len(whole)), None):
        database.unlink() if damaged is None else database.write_bytes(damaged)
        with pytest.raises(VaultDamaged):
            unlocked(folder)
        with pytest.raises(WrongPassphrase):
            unlocked(folder, NEW)


def test_another_vaults_database_is_damage(folder: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    (folder / "vault.db").write_bytes((other / "vault.db").read_bytes())
    with pytest.raises(VaultDamaged):
        unlocked(folder)


def test_a_database_that_forgot_which_vault_it_is_is_damage(folder: Path) -> None:
    for statement in ("UPDATE vault_info SET vault_id = x'00'", "DELETE FROM vault_info", "DROP TABLE vault_info"):
        vault = unlocked(folder)
        kept = (folder / "vault.db").read_bytes()
        vault.thread.write_now(lambda transaction, statement=statement: transaction.execute(statement))  # type: ignore[misc]
        vault.close()
        with pytest.raises(VaultDamaged):
            unlocked(folder)
        (folder / "vault.db").write_bytes(kept)


def test_a_damaged_header_heals_from_its_previous_version_and_says_so(folder: Path) -> None:
    (folder / header_file.NAME).write_bytes(b"")
    with pytest.raises(WrongPassphrase):
        unlocked(folder, NEW)
    assert (folder / header_file.NAME).read_bytes() == b"", "only the right passphrase heals"
    vault = unlocked(folder)
    assert vault.header_was_restored
    vault.close()
    vault = unlocked(folder)
    assert not vault.header_was_restored
    vault.close()


def test_a_lost_header_is_told_apart_from_no_vault_and_from_a_wrong_passphrase(folder: Path) -> None:
    for name in (header_file.NAME, header_file.PREVIOUS):
        (folder / name).unlink()
    with pytest.raises(HeaderDamaged) as caught:
        unlocked(folder)
    assert not isinstance(caught.value, HeaderTampered)


def test_a_header_lighter_than_the_policy_is_refused(folder: Path) -> None:
    with pytest.raises(KdfRefused):
        open_vault(folder, PASSPHRASE, kdf=STANDARD, random=secrets.token_bytes, clock=at_noon, migrations=SIMPLE)


_SECOND_PROCESS = """
import sys
from pathlib import Path
from tests.fakes.forked_child import exit_status
from tests.fakes.vault_parts import unlocked, make
from vrm_desktop.vault.errors import VaultBusy
for use in (unlocked, make):
    try:
        use(Path(sys.argv[1]))
    except VaultBusy:
        print("busy")
"""


def test_a_second_process_is_refused_at_once_and_a_second_opening_too(folder: Path) -> None:
    vault = unlocked(folder)
    shelve(vault, "poems")
    assert vault.check().sound
    with pytest.raises(VaultBusy):
        unlocked(folder)
    with pytest.raises(VaultBusy):
        check(folder, PASSPHRASE, kdf=CHEAP_KDF, migrations=SIMPLE)
    second = subprocess.run(
        [sys.executable, "-c", _SECOND_PROCESS, str(folder)], capture_output=True, text=True, check=True
    )
    assert (second.stdout, second.stderr) == ("busy\nbusy\n", "")
    assert shelves(vault) == ["poems"]
    vault.close()
    assert opens(folder, PASSPHRASE)


@NEEDS_FORK
def test_a_holder_that_dies_leaves_the_vault_free_and_whole(folder: Path) -> None:
    def die() -> None:
        shelve(unlocked(folder), "poems")
        os._exit(9)

    assert exit_status(die) == 9
    vault = unlocked(folder)
    assert vault.ended_badly
    assert shelves(vault) == ["poems"]
    vault.close()
    vault = unlocked(folder)
    assert not vault.ended_badly
    vault.close()


def test_a_new_passphrase_replaces_the_old_one_everywhere(folder: Path) -> None:
    vault = unlocked(folder)
    shelve(vault, "poems")
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase(NEW, NEW)
    with pytest.raises(PassphraseEmpty):
        vault.change_passphrase(PASSPHRASE, Passphrase(""))
    vault.change_passphrase(PASSPHRASE, NEW)
    assert vault.header.generation == 3
    vault.close()
    assert not opens(folder, PASSPHRASE)
    (folder / header_file.NAME).unlink()
    assert not opens(folder, PASSPHRASE), "the previous header would still let the old passphrase in"
    vault = unlocked(folder, NEW)
    assert shelves(vault) == ["poems"]
    vault.close()


def test_a_change_cut_short_between_its_two_writes_leaves_both_passphrases_and_can_be_repeated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = unlocked(folder)
    write = header_file.write_header

    def once(place: Path, header: Header) -> None:
        if len(header.slots) == 1:
            raise DiskFull("no space left on device")
        write(place, header)

    monkeypatch.setattr(header_file, "write_header", once)
    with pytest.raises(DiskFull):
        vault.change_passphrase(PASSPHRASE, NEW)
    assert (vault.header.generation, len(vault.header.slots)) == (2, 2)
    assert vault.check().sound
    monkeypatch.undo()
    vault.close()
    assert opens(folder, PASSPHRASE)
    assert opens(folder, NEW)
    vault = unlocked(folder, PASSPHRASE)
    vault.change_passphrase(PASSPHRASE, NEW)
    vault.close()
    assert [opens(folder, PASSPHRASE), opens(folder, NEW)] == [False, True]


@pytest.mark.parametrize("written", ["cut", "of another data key"])
def test_a_new_way_in_counts_only_when_it_opens_what_is_on_the_disk(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    other = make(tmp_path / "other", passphrase=NEW)
    foreign = (other / header_file.NAME).read_bytes()
    vault = unlocked(folder)
    write = header_file.write_header

    def lying_disk(place: Path, header: Header) -> None:
        write(place, header)
        (place / header_file.NAME).write_bytes(foreign if written == "of another data key" else b"{")

    monkeypatch.setattr(header_file, "write_header", lying_disk)
    with pytest.raises(HeaderDamaged, match="just written"):
        vault.change_passphrase(PASSPHRASE, NEW)
    monkeypatch.undo()
    vault.close()
    (folder / header_file.NAME).unlink()
    assert opens(folder, PASSPHRASE), "the old way in never went"


def test_the_last_way_in_cannot_be_taken_away(folder: Path) -> None:
    vault = unlocked(folder)
    vault.set_way_in(PASSPHRASE, CODE)
    data_key = unlock(vault.header, CODE, CHEAP_KDF).data_key
    only_code = tuple(slot for slot in vault.header.slots if slot.kind is SlotKind.RECOVERY)
    header = sealed(replace(vault.header, slots=only_code), data_key)
    with pytest.raises(ValueError, match="at least one"):
        vault._rewrapper.remove(header, proof=CODE, kind=SlotKind.RECOVERY)
    vault.close()


def test_a_shared_folder_keeps_its_mode_and_a_new_or_empty_one_is_private(tmp_path: Path) -> None:
    shared, empty = tmp_path / "shared", tmp_path / "empty"
    for place in (shared, empty):
        place.mkdir()
        place.chmod(0o755)
    (shared / "somebody's file").write_bytes(b"")
    for place in (shared, empty, tmp_path / "new"):
        make(place)
    modes = [place.stat().st_mode & 0o777 for place in (shared, empty, tmp_path / "new")]
    assert modes == [0o755, 0o700, 0o700]


@NEEDS_FORK
def test_a_database_damaged_when_its_session_ended_badly_is_found_at_the_next_start(folder: Path) -> None:
    def die() -> None:
        vault = unlocked(folder)
        for number in range(300):
            shelve(vault, f"{number} " * 100)
        vault.check()  # moves the log into the file
        shelve(vault, "last")
        os._exit(9)

    assert exit_status(die) == 9
    database = folder / "vault.db"
    damaged = bytearray(database.read_bytes())
    for page in range(6, 10):
        damaged[page * 4096 + 50] ^= 1
    database.write_bytes(damaged)
    with pytest.raises(VaultDamaged):
        unlocked(folder)


def test_a_lock_that_cannot_be_taken_for_another_reason_is_not_called_busy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("vrm_desktop.vault.lock_file._lock", no_locks)
    with pytest.raises(DiskFailed, match="No locks available"):
        unlocked(folder)


def test_the_same_passphrase_again_gets_a_fresh_slot(folder: Path) -> None:
    vault = unlocked(folder)
    before = vault.header.slots
    vault.change_passphrase(PASSPHRASE, PASSPHRASE)
    assert len(vault.header.slots) == 1
    assert vault.header.slots[0].salt != before[0].salt
    vault.close()
    assert opens(folder, PASSPHRASE)


def test_recovery_code_and_keyring_open_until_they_are_taken_away(folder: Path) -> None:
    assert not opens(folder, CODE)
    vault = unlocked(folder)
    vault.set_way_in(PASSPHRASE, CODE)
    vault.set_way_in(CODE, KEY)
    with pytest.raises(ValueError, match="keeps its passphrase"):
        vault.remove_way_in(PASSPHRASE, SlotKind.PASSPHRASE)
    vault.close()
    assert all(opens(folder, way) for way in (PASSPHRASE, CODE, KEY))
    assert not opens(folder, RecoveryCode(bytes(20)))
    assert not opens(folder, KeyringKey(bytes(32)))

    vault = unlocked(folder, CODE)
    vault.change_passphrase(CODE, NEW)
    vault.remove_way_in(NEW, SlotKind.KEYRING)
    with pytest.raises(NoSuchWayIn):
        vault.remove_way_in(NEW, SlotKind.KEYRING)
    vault.close()
    assert [opens(folder, way) for way in (PASSPHRASE, NEW, CODE, KEY)] == [False, True, True, False]


def test_the_vault_hands_out_keys_for_other_purposes_only_and_none_once_closed(folder: Path) -> None:
    vault = unlocked(folder)
    assert vault.subkey(Purpose.IDENTITIES) != vault.subkey(Purpose.BACKUP)
    for private in (Purpose.DATABASE, Purpose.HEADER_SEAL):
        with pytest.raises(ValueError, match="to itself"):
            vault.subkey(private)
    vault.close()
    with pytest.raises(VaultClosed):
        vault.subkey(Purpose.IDENTITIES)
