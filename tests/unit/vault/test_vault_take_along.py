"""Everything out into an archive and back into a vault: the same rows, all or nothing."""

import errno
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.archived import archive_in, archive_of, brought_in, fingerprints, fingerprints_in, repacked
from tests.fakes.filled_vault import all_of, expected, fill
from tests.fakes.vault_parts import PASSPHRASE
from tests.fakes.vaults import read_now, vault_in, write_now
from vrm_desktop.formats.errors import ArchiveDamaged
from vrm_desktop.vault import header_file
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import DiskFull, ImportRefused, PassphraseEmpty, VaultBusy, VaultExists, VaultTooNew
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.wiping import wipe

OTHER = Passphrase("another phrase of four")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    with vault_in(folder) as vault:
        write_now(vault, fill)
    return folder


def test_export_wipe_and_import_give_back_every_row_of_every_table(home: Path) -> None:
    before, archive = fingerprints_in(home), archive_in(home)
    wipe(home, backups=True, random=secrets.token_bytes)
    assert not home.exists()
    done = brought_in(archive, home, OTHER)
    assert done.aside is None
    assert fingerprints_in(home, OTHER) == before


def test_what_was_brought_in_reads_like_what_was_taken_out(home: Path, tmp_path: Path) -> None:
    brought_in(archive_in(home), tmp_path / "new")
    with vault_in(tmp_path / "new") as vault:
        assert read_now(vault, all_of) == expected()


def test_a_second_export_is_the_same_byte_for_byte(home: Path, tmp_path: Path) -> None:
    first = archive_in(home)
    brought_in(first, tmp_path / "new")
    assert archive_in(tmp_path / "new") == first


def test_text_is_found_again(home: Path, tmp_path: Path) -> None:
    brought_in(archive_in(home), tmp_path / "new")
    with vault_in(home) as old, vault_in(tmp_path / "new") as new:
        found = [read_now(vault, lambda contents: contents.find("gern")) for vault in (old, new)]
    assert found[0] == found[1]
    assert found[0]


def test_an_empty_vault_comes_back_empty(tmp_path: Path) -> None:
    with vault_in(tmp_path / "old") as vault:
        before, archive = fingerprints(vault), archive_of(vault)
    brought_in(archive, tmp_path / "new")
    assert fingerprints_in(tmp_path / "new") == before


def test_a_vault_that_stands_there_is_in_the_way(home: Path) -> None:
    before = fingerprints_in(home)
    with pytest.raises(VaultExists):
        brought_in(archive_in(home), home)
    assert fingerprints_in(home) == before


def test_with_leave_it_is_set_aside_whole(home: Path, tmp_path: Path) -> None:
    with vault_in(tmp_path / "empty") as vault:
        archive, empty = archive_of(vault), fingerprints(vault)
    before = fingerprints_in(home)
    done = brought_in(archive, home, OTHER, set_aside=True)
    assert done.aside is not None
    assert fingerprints_in(home, OTHER) == empty
    assert fingerprints_in(done.aside) == before


def test_a_vault_that_is_open_is_left_alone(home: Path) -> None:
    archive = archive_in(home)
    with vault_in(home), pytest.raises(VaultBusy):
        brought_in(archive, home, set_aside=True)


def test_an_empty_passphrase_is_refused_and_nothing_is_left(home: Path, tmp_path: Path) -> None:
    with pytest.raises(PassphraseEmpty):
        brought_in(archive_in(home), tmp_path / "new", Passphrase(""))
    assert _left(tmp_path / "new") == []


def test_an_older_layout_is_brought_to_the_newest(tmp_path: Path) -> None:
    from tests.fakes.vault_parts import CHEAP_KDF, at_noon
    from vrm_desktop.vault.migrating import packaged_migrations
    from vrm_desktop.vault.vault import create_vault, open_vault

    steps = packaged_migrations()
    create_vault(
        tmp_path / "old", PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon, migrations=steps[:2]
    )
    vault = open_vault(
        tmp_path / "old", PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon, migrations=steps[:2]
    )
    try:
        archive = archive_of(vault)
    finally:
        vault.close()
    assert b'"schema":2' in _member(archive, "manifest.json")
    brought_in(archive, tmp_path / "new")
    with vault_in(tmp_path / "new") as new:
        assert new.migrated == 0
        assert new.check().sound


def test_a_newer_layout_is_refused_with_what_it_needs(home: Path, tmp_path: Path) -> None:
    def newer(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["schema"] = 99
        members["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(VaultTooNew) as caught:
        brought_in(repacked(archive_in(home), newer), tmp_path / "new")
    assert caught.value.needs == "schema 99"
    assert not (tmp_path / "new").exists()


LIES = {
    "a table is left out": lambda members: members.pop("tables/notes.jsonl"),
    "a table nobody knows": lambda members: members.update({"tables/zebras.jsonl": b""}),
    "another column": lambda members: _replace(members, "settings", b'"key"', b'"kez"'),
    "a row that points nowhere": lambda members: members.update({"tables/vendors.jsonl": b""}),
    "a journal without its first row": lambda members: _drop_first(members, "journal"),
    "a ledger without its last row": lambda members: _drop_last(members, "ledger"),
    "a chain that ends elsewhere": lambda members: _replace(members, "chain_heads", b'"length":4', b'"length":5'),
    "a chain nobody knows": lambda members: _replace(members, "chain_heads", b'"name":"journal"', b'"name":"diary"'),
    "a disclosed value changed": lambda members: _replace(members, "ledger", b"DE-NW 50", b"DE-NW 51"),
    "signed bytes changed": lambda members: _replace(members, "journal", b"header1.", b"header9."),
    "text where a number belongs": lambda members: _replace(members, "outbox", b'"attempts":2', b'"attempts":"two"'),
    "another vault's id": lambda members: _replace(members, "vault_info", b'"only":1', b'"only":2'),
    "no vault at all": lambda members: members.update({"tables/vault_info.jsonl": b""}),
    "a record nobody can read": lambda members: _replace(members, "notes", b'"kind":"ping"', b'"kinf":"ping"'),
    "a row twice": lambda members: members.update(
        {"tables/settings.jsonl": members["tables/settings.jsonl"] + members["tables/settings.jsonl"]}
    ),
    "a page's keys that are none": lambda members: _replace(members, "settings", b'"look"', b'"page-keys"'),
    "text that the vault never keeps": lambda members: _replace(members, "settings", b'"dark"', b'"da\\u0000rk"'),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_fit_together_is_refused_whole(home: Path, tmp_path: Path, lie: str) -> None:
    archive = repacked(archive_in(home), LIES[lie])
    with pytest.raises((ImportRefused, ArchiveDamaged)):
        brought_in(archive, tmp_path / "new")
    assert _left(tmp_path / "new") == []


class _Stopped(Exception):
    pass


def test_stopped_at_any_statement_the_folder_opens_as_before(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, before = archive_in(home), fingerprints_in(home)
    execute, left = VaultConnection.execute, [1_000_000]

    def counting(self: VaultConnection, sql: str, parameters: tuple[object, ...] = ()) -> int:
        left[0] -= 1
        if not left[0]:
            raise _Stopped
        return execute(self, sql, parameters)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(VaultConnection, "execute", counting)
        brought_in(archive, tmp_path / "counted")
        statements = 1_000_000 - left[0]
        for stop_at in range(1, statements + 1, 5):
            left[0] = stop_at
            with pytest.raises(_Stopped):
                brought_in(archive, home, OTHER, set_aside=True)
    assert statements > 100
    assert fingerprints_in(home) == before
    assert not list(home.glob("set-aside-*"))


def test_a_full_disk_leaves_the_folder_as_it_was(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull("no space") from OSError(errno.ENOSPC, "no space")

    archive, before = archive_in(home), fingerprints_in(home)
    with monkeypatch.context() as patch:
        patch.setattr(header_file, "replace_both", full)
        with pytest.raises(DiskFull):
            brought_in(archive, home, OTHER, set_aside=True)
    assert fingerprints_in(home) == before


def _left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "vault.lock"] if folder.exists() else []


def _member(archive: bytes, name: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return file.read(name)


def _replace(members: dict[str, bytes], table: str, old: bytes, new: bytes) -> None:
    name = f"tables/{table}.jsonl"
    assert old in members[name]
    members[name] = members[name].replace(old, new)


def _drop_first(members: dict[str, bytes], table: str) -> None:
    name = f"tables/{table}.jsonl"
    members[name] = members[name].split(b"\n", 1)[1]


def _drop_last(members: dict[str, bytes], table: str) -> None:
    name = f"tables/{table}.jsonl"
    members[name] = b"".join(_lines(members[name])[:-1])


def _lines(data: bytes) -> list[bytes]:
    return list(_split(data))


def _split(data: bytes) -> Iterator[bytes]:
    yield from data.splitlines(keepends=True)
