"""Caring for the vault by command: another passphrase, another key, backups that come back."""

from pathlib import Path

from tests.fakes.command_line import CommandLine


def profile(vrm: CommandLine) -> set[str]:
    return {field["value"] for field in vrm.json("profile", "show")["fields"]}


def test_another_passphrase_is_the_only_one(vrm: CommandLine, tmp_path: Path) -> None:
    vrm.json("profile", "set", "nickname", "Ada")
    new = tmp_path / "new"
    new.write_text("another one\n", encoding="utf-8")
    changed = vrm.json("vault", "change-passphrase", "--new-passphrase-file", str(new))
    assert changed["vault"]["state"] == "passphrase-changed"
    assert vrm.run("profile", "show").status == 3
    vrm.key_file.write_text("another one\n", encoding="utf-8")
    assert profile(vrm) == {"Ada"}


def test_without_a_terminal_or_file_there_is_no_new_passphrase(vrm: CommandLine, tmp_path: Path) -> None:
    assert vrm.run("vault", "change-passphrase").status == 3
    assert vrm.run("vault", "change-passphrase", "--new-passphrase-file", str(tmp_path / "none")).status == 3
    assert vrm.run("profile", "show").status == 0


def test_a_new_key_changes_nothing_that_can_be_seen(vrm: CommandLine) -> None:
    vrm.json("profile", "set", "nickname", "Ada")
    before = vrm.json("vault", "check")["vault"]["file"]
    assert vrm.json("vault", "rotate-key")["vault"]["state"] == "key-rotated"
    assert profile(vrm) == {"Ada"}
    report = vrm.json("vault", "check")["vault"]
    assert report["sound"] is True
    assert Path(report["file"]).is_file()
    assert report["file"] != before


def test_a_backup_comes_back_and_sets_aside_what_stood_there(vrm: CommandLine, tmp_path: Path) -> None:
    vrm.json("profile", "set", "nickname", "Ada")
    file = tmp_path / "mine.vrmbackup"
    made = vrm.json("vault", "backup", str(file))["backup"]
    assert made["id"] == str(file)
    assert made["counts"]["profile_fields"] == 1
    assert vrm.run("--json", "vault", "backup", str(file)).json["error"]["id"] == "name-taken"
    vrm.json("profile", "set", "nickname", "Grace")
    back = vrm.json("vault", "restore", str(file))["backup"]
    assert profile(vrm) == {"Ada"}
    assert Path(back["aside"]).is_dir()
    told = vrm.run("vault", "restore", str(file))
    assert told.status == 0
    assert "is kept in" in told.output


def test_what_is_no_backup_changes_nothing(vrm: CommandLine, tmp_path: Path) -> None:
    vrm.json("profile", "set", "nickname", "Ada")
    file = tmp_path / "letter.txt"
    file.write_bytes(b"dear all")
    refused = vrm.run("--json", "vault", "restore", str(file))
    assert (refused.status, refused.json["error"]["id"]) == (1, "backup-damaged")
    assert vrm.run("vault", "restore", str(tmp_path / "none")).status == 1
    assert profile(vrm) == {"Ada"}


def test_a_file_that_cannot_stand_there_is_refused_by_what_is_wrong(vrm: CommandLine, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    verbs = {"backup": "name-taken", "export": "name-taken", "recovery-code --into": "file-exists"}
    for verb, code in verbs.items():
        for file, expected in ((taken, code), (tmp_path / "nowhere" / "file", "folder-missing")):
            ran = vrm.run("--json", "vault", *verb.split(), str(file))
            assert (ran.status, ran.json["error"]["id"]) == (1, expected)
    for verb in ("backup", "export"):
        ran = vrm.run("--json", "vault", verb, str(vrm.home / "vault-7.db"))
        assert (ran.status, ran.json["error"]["id"]) == (1, "name-reserved")
    assert taken.read_text() == "mine"


def test_a_backup_that_is_not_there_is_not_called_damaged(vrm: CommandLine, tmp_path: Path) -> None:
    for file in (tmp_path / "nothing", tmp_path):
        ran = vrm.run("--json", "vault", "restore", str(file))
        assert (ran.status, ran.json["error"]["id"]) == (1, "file-unreadable")
