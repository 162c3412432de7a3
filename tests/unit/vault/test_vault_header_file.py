"""The header on the disk: whole at every moment, healed from its predecessor, private."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.data.vaults import make_headers
from tests.fakes.vault_parts import PASSPHRASE
from vrm_desktop.vault import header_file
from vrm_desktop.vault.durable_files import replace_file
from vrm_desktop.vault.errors import DiskFailed, DiskFull, HeaderDamaged, NoVault, VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader, encode_header, sealed

FIRST = make_headers.build(PASSPHRASE)
SECOND = sealed(replace(FIRST, generation=8), make_headers.DATA_KEY)
NEWER = (Path(make_headers.__file__).parent / "headers" / "newer-format-2.hdr").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    header_file.write_header(tmp_path, FIRST)
    header_file.write_header(tmp_path, SECOND)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read(folder: Path) -> tuple[Header, bool]:
    found = header_file.read_header(folder)
    return found.header, found.from_previous


def test_the_current_and_the_previous_version_are_kept(folder: Path) -> None:
    assert read(folder) == (SECOND, False)
    assert header_file.read_one(folder / header_file.PREVIOUS) == FIRST


def test_nobody_else_may_read_it_and_nothing_is_left_beside_it(folder: Path) -> None:
    assert names(folder) == [header_file.NAME, header_file.PREVIOUS]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_empty_folder_holds_no_vault(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NoVault):
            header_file.read_header(place)


def test_a_database_without_any_header_is_a_lost_header_and_not_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "vault.db").write_bytes(bytes(4096))
    with pytest.raises(HeaderDamaged, match=r"vault\.hdr: absent; vault\.hdr\.bak: absent"):
        header_file.read_header(tmp_path)


@pytest.mark.parametrize("data", [None, b"", b"x", encode_header(SECOND)[:-1]], ids=["absent", "empty", "x", "cut"])
def test_a_damaged_header_is_stood_in_for_and_then_healed(folder: Path, data: bytes | None) -> None:
    current = folder / header_file.NAME
    current.unlink() if data is None else current.write_bytes(data)
    assert read(folder) == (FIRST, True)
    header_file.restore_from_previous(folder)
    assert read(folder) == (FIRST, False)
    assert (folder / header_file.DAMAGED).exists() is (data is not None)


def test_a_header_cut_at_any_byte_or_flipped_at_any_byte_is_stood_in_for(folder: Path) -> None:
    data = encode_header(SECOND)
    for at in range(len(data)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]):
            (folder / header_file.NAME).write_bytes(damaged)
            assert read(folder) == (FIRST, True)


def test_both_versions_damaged_is_said_with_both_reasons(folder: Path) -> None:
    for name in (header_file.NAME, header_file.PREVIOUS):
        (folder / name).write_bytes(b"{}")
    with pytest.raises(HeaderDamaged, match=r"not a header.*not a header"):
        header_file.read_header(folder)


def test_a_newer_header_is_never_passed_over_for_an_older_one(folder: Path) -> None:
    (folder / header_file.NAME).write_bytes(NEWER)
    with pytest.raises(VaultTooNew):
        header_file.read_header(folder)


def test_a_damaged_header_never_replaces_a_good_previous_one(folder: Path) -> None:
    (folder / header_file.NAME).write_bytes(b"damaged")
    header_file.write_header(folder, SECOND)
    assert header_file.read_one(folder / header_file.PREVIOUS) == FIRST


def test_forgetting_the_previous_version_leaves_two_equal_ones(folder: Path) -> None:
    header_file.forget_previous(folder)
    assert header_file.read_one(folder / header_file.PREVIOUS) == SECOND


def test_what_a_killed_writer_left_is_overwritten(folder: Path) -> None:
    for name in (header_file.NAME, header_file.PREVIOUS):
        (folder / f"{name}.new").write_bytes(b"half a hea")
    header_file.write_header(folder, FIRST)
    assert read(folder) == (FIRST, False)
    assert names(folder) == [header_file.NAME, header_file.PREVIOUS]


def test_a_failing_write_leaves_the_old_bytes_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    replace_file(target, b"old")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DiskFull, match="No space left"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole_write(descriptor, bytes(data[:3])))
    replace_file(tmp_path / "file", b"more than three bytes")
    assert (tmp_path / "file").read_bytes() == b"more than three bytes"


def test_a_folder_in_the_headers_place_is_a_failure_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / header_file.NAME).mkdir()
    with pytest.raises(DiskFailed):
        header_file.read_header(tmp_path)


def test_an_absent_file_reads_as_absent(tmp_path: Path) -> None:
    with pytest.raises(UnreadableHeader, match="absent"):
        header_file.read_one(tmp_path / "nothing")
