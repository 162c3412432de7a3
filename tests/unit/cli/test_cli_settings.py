"""Settings by command: shown, changed one at a time, and refused in a sentence."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine

BACKUPS = {"backup": "daily", "backup-kept": "7", "backup-folder": ""}


def values(ran: dict[str, object]) -> dict[str, str]:
    rows = ran["settings"]
    assert isinstance(rows, list)
    return {row["id"]: row["value"] for row in rows}


def test_settings_are_changed_one_at_a_time(vrm: CommandLine) -> None:
    assert values(vrm.json("settings", "show")) == {
        "outbox-pause": "8",
        "lock-after": "15",
        "lock-away": "1",
        "proxy": "",
        **BACKUPS,
    }
    assert values(vrm.json("settings", "set", "outbox-pause", "0"))["outbox-pause"] == "0"
    assert values(vrm.json("settings", "set", "proxy", "socks5://127.0.0.1:9050"))["proxy"] == "socks5://127.0.0.1:9050"
    assert values(vrm.json("settings", "set", "proxy", ""))["proxy"] == ""
    assert values(vrm.json("settings", "set", "lock-after", "60")) == {
        "outbox-pause": "0",
        "lock-after": "60",
        "lock-away": "1",
        "proxy": "",
        **BACKUPS,
    }
    assert values(vrm.json("settings", "set", "lock-away", "0"))["lock-away"] == "0"
    assert "60 idle minutes" in vrm.run("settings", "show").output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outbox-pause", "31"),
        ("outbox-pause", "soon"),
        ("lock-after", "²"),
        ("lock-away", "2"),
        ("proxy", "my proxy"),
        ("backup", "hourly"),
        ("backup", "0"),
        ("backup", "100001"),
        ("backup-kept", "0"),
        ("backup-kept", "366"),
        ("backup-folder", "/nowhere/to/be/found"),
    ],
)
def test_a_setting_that_makes_no_sense_changes_nothing(vrm: CommandLine, name: str, value: str) -> None:
    before = vrm.json("settings", "show")
    assert vrm.run("settings", "set", name, value).status == 1
    assert vrm.json("settings", "show") == before


def test_when_backups_are_made_is_a_setting_too(vrm: CommandLine, tmp_path: Path) -> None:
    assert values(vrm.json("settings", "set", "backup", "250"))["backup"] == "250"
    assert values(vrm.json("settings", "set", "backup", "weekly"))["backup"] == "weekly"
    assert values(vrm.json("settings", "set", "backup-kept", "30"))["backup-kept"] == "30"
    folder = tmp_path / "stick"
    folder.mkdir()
    assert values(vrm.json("settings", "set", "backup-folder", str(folder)))["backup-folder"] == str(folder)
    assert values(vrm.json("settings", "set", "backup-folder", ""))["backup-folder"] == ""
    told = vrm.run("settings", "show").output
    assert "weekly" in told
    assert "30 days" in told
