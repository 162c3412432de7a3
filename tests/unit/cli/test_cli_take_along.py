"""`vrm vault export|import|wipe`."""

import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.cli import vault_archive_commands

NAME = "Ottilie Zwiebelfisch"


@pytest.fixture
def filled(vrm: CommandLine) -> CommandLine:
    vrm.json("profile", "set", "name", NAME)
    return vrm


def archive_key(vrm: CommandLine) -> tuple[str, ...]:
    file = vrm.home.parent / "archive-passphrase.txt"
    file.write_text("five loud gulls\n")
    return ("--archive-passphrase-file", str(file))


def test_everything_goes_out_and_comes_back_elsewhere(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    ran = filled.run("vault", "export", str(file))
    assert ran.status == 0
    assert "secret keys" in ran.told
    assert "Nothing protects this file" in ran.told
    assert file.stat().st_mode & 0o777 == 0o600
    other = replace(filled, home=tmp_path / "other")
    shape = other.json("vault", "import", str(file))["archive"]
    assert shape["aside"] is None
    assert shape["counts"]["profile_fields"] == 1
    assert other.json("profile", "show") == filled.json("profile", "show")


def test_the_archive_has_the_published_conditions_byte_for_byte(filled: CommandLine, tmp_path: Path) -> None:
    from vrm_desktop.wiring import roster_files

    filled.run("vault", "export", str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        found = {name: archive.read(f"terms/{name}") for name in roster_files()}
    assert found == roster_files()
    assert found


def test_an_encrypted_archive_shows_nothing_and_needs_its_own_passphrase(filled: CommandLine, tmp_path: Path) -> None:
    file, other = tmp_path / "all.age", replace(filled, home=tmp_path / "other")
    assert filled.json("vault", "export", str(file), "--encrypt", *archive_key(filled))["archive"]["encrypted"]
    assert NAME.encode() not in file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert other.run("vault", "import", str(file)).status == 1
    wrong = other.json("vault", "import", str(file), "--archive-passphrase-file", str(other.key_file), status=1)
    assert wrong["error"]["id"] == "wrong-archive-passphrase"
    assert not other.home.exists()
    other.json("vault", "import", str(file), *archive_key(filled))
    assert NAME in other.run("profile", "show").output


def test_a_file_is_never_replaced(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    assert filled.json("vault", "export", str(file), status=1)["error"]["id"] == "name-taken"
    assert file.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "home", "passphrase.txt"}


def test_a_vault_that_stands_there_stays_unless_it_may_be_set_aside(filled: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    filled.run("vault", "export", str(file))
    filled.json("profile", "set", "email", "a@b.example")
    assert filled.json("vault", "import", str(file), status=1)["error"]["id"] == "vault-exists"
    assert "a@b.example" in filled.run("profile", "show").output
    aside = filled.json("vault", "import", str(file), "--set-aside")["archive"]["aside"]
    assert "a@b.example" not in filled.run("profile", "show").output
    assert "a@b.example" in replace(filled, home=Path(aside)).run("profile", "show").output


@pytest.mark.parametrize(
    ("data", "code"), [(None, "file-unreadable"), (b"", "archive-damaged"), (b"PK" * 40, "archive-damaged")]
)
def test_what_is_no_archive_leaves_no_trace(empty: CommandLine, data: bytes | None, code: str) -> None:
    file = empty.home.parent / "broken.zip"
    if data is not None:
        file.write_bytes(data)
    assert empty.json("vault", "import", str(file), status=1)["error"]["id"] == code
    assert not empty.home.exists()


def test_a_wipe_is_never_by_accident(filled: CommandLine) -> None:
    ran = filled.run("--json", "vault", "wipe")
    assert ran.json["error"]["id"] == "not-confirmed"
    assert "snapshots" in ran.told
    assert NAME in filled.run("profile", "show").output


@pytest.mark.parametrize("typed", ["wipe", " wipe ", "yes", ""])
def test_on_a_terminal_the_word_is_typed(filled: CommandLine, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(vault_archive_commands, "at_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _prompt: typed)
    filled.run("vault", "wipe")
    assert filled.home.exists() is (typed.strip() != "wipe")


def test_a_terminal_that_ends_confirms_nothing(filled: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(vault_archive_commands, "at_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", ended)
    assert filled.run("vault", "wipe").status == 1
    assert filled.home.exists()


def test_nothing_of_ours_is_left(filled: CommandLine, tmp_path: Path) -> None:
    filled.run("vault", "export", str(tmp_path / "all.zip"))
    filled.run("vault", "import", str(tmp_path / "all.zip"), "--set-aside")
    filled.run("vault", "backup", str(tmp_path / "one.vrm-backup"))
    (filled.home / "window.ini").write_text("[look]\n")
    (filled.home / "vault-3.db.new-wal").write_bytes(b"left by a crash")
    replace(filled, key_file=tmp_path / "archive").run("profile", "show")
    filled.json("vault", "wipe", "--yes-wipe-everything", "--with-backups")
    assert not filled.home.exists()
    assert filled.json("profile", "show", status=1)["error"]["id"] == "no-vault"


def test_backups_and_what_is_not_ours_stay_and_are_named(filled: CommandLine) -> None:
    backups = filled.home / "backups"
    backups.mkdir(exist_ok=True)
    (backups / "one.vrm-backup").write_bytes(b"1")
    (filled.home / "letter.txt").write_text("dear")
    ran = filled.run("vault", "wipe", "--yes-wipe-everything")
    assert "1 backup is still there." in ran.output
    assert "letter.txt" in ran.output
    assert {path.name for path in filled.home.iterdir()} == {"backups", "letter.txt"}


def test_there_is_nothing_to_wipe_twice(filled: CommandLine) -> None:
    filled.run("vault", "wipe", "--yes-wipe-everything", "--with-backups")
    gone = filled.json("vault", "wipe", "--yes-wipe-everything", status=1)
    assert gone["error"]["id"] == "no-vault"


@pytest.mark.services("age")
def test_what_age_decrypts_is_the_archive(filled: CommandLine, tmp_path: Path) -> None:
    import os

    filled.run("vault", "export", str(tmp_path / "all.age"), "--encrypt", *archive_key(filled))
    main, beside = os.openpty()
    os.write(main, b"five loud gulls\n")
    try:
        asking = ("age", "--decrypt", "--output", str(tmp_path / "all.zip"), str(tmp_path / "all.age"))
        subprocess.run(
            ("setsid", "--ctty", "--wait", *asking), stdin=beside, stdout=beside, stderr=beside, check=True, timeout=60
        )
    finally:
        os.close(main)
        os.close(beside)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert NAME in archive.read("copies/profile.vcf").decode()


def test_the_passphrase_of_the_vault_is_needed_to_take_it_along(filled: CommandLine, tmp_path: Path) -> None:
    filled.key_file.write_text("another\n")
    assert filled.run("vault", "export", str(tmp_path / "all.zip")).status == 3
    assert not (tmp_path / "all.zip").exists()
