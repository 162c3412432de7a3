"""`vrm agenda`: dates of one's own, ticked off, listed, and taken into another program's calendar."""

import stat
from pathlib import Path

import vobject

from tests.fakes.command_line import CommandLine
from vrm_desktop.domain.agenda import AgendaKind, When
from vrm_desktop.wording.agenda import agenda_kind_label, when_label


def test_a_date_of_ones_own_is_listed_ticked_off_and_taken_back(vrm: CommandLine) -> None:
    added = vrm.json("agenda", "add", "2031-01-31", "  Ask the works\tagain ")["date"]
    assert (added["due"], added["text"], added["when"]) == ("2031-01-31", "Ask the works again", "later")
    assert vrm.json("agenda", "list")["agenda"] == [added]
    assert "Ask the works again" in vrm.run("agenda", "list").output
    assert vrm.json("agenda", "done", added["id"])["date"]["done"] is True
    assert vrm.json("agenda", "list")["agenda"] == []
    assert vrm.run("agenda", "list").output.strip() == "Nothing falls due."
    assert [one["when"] for one in vrm.json("agenda", "list", "--all")["agenda"]] == ["done"]
    assert vrm.json("agenda", "done", "--undo", added["id"])["date"] == added


def test_what_is_past_its_day_is_overdue(vrm: CommandLine) -> None:
    assert vrm.json("agenda", "add", "2020-02-29", "Too late")["date"]["when"] == "overdue"


def test_a_calendar_says_only_what_is_due_unless_names_are_wished_for(vrm: CommandLine, tmp_path: Path) -> None:
    vrm.json("agenda", "add", "2031-01-31", "Ask the works again")
    vrm.json("agenda", "done", vrm.json("agenda", "add", "2031-02-01", "Done with")["date"]["id"])
    plain, named = tmp_path / "plain.ics", tmp_path / "named.ics"
    assert vrm.json("agenda", "export", str(plain))["calendar"] == {"file": str(plain), "dates": 1, "names": False}
    assert "1 date is in" in vrm.run("agenda", "export", "--names", str(named)).output
    [bare] = vobject.readOne(plain.read_text("utf-8")).vevent_list
    [told] = vobject.readOne(named.read_text("utf-8")).vevent_list
    assert (bare.summary.value, told.summary.value) == ("A date of your own", "Ask the works again")
    assert b"works" not in plain.read_bytes()
    assert bare.uid.value == told.uid.value
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600


def test_an_older_calendar_gives_way_and_no_other_file_does(vrm: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    for _time in range(2):
        assert vrm.run("agenda", "export", str(file)).status == 0
    file.write_text("my diary", "utf-8")
    assert vrm.run("agenda", "export", str(file)).status == 1
    assert file.read_text("utf-8") == "my diary"
    assert sorted(one.name for one in tmp_path.glob("*dates*")) == ["dates.ics"]


def test_a_date_that_is_not_there_is_said(vrm: CommandLine) -> None:
    for wrong in ("reminder:nothing", "nothing"):
        assert vrm.json("agenda", "done", wrong, status=1)["error"]["id"] == "not-found"
    assert vrm.json("agenda", "add", "2031-01-01", " ", status=1)["error"]["id"] == "not-possible-now"
    assert vrm.json("agenda", "add", "2031-01-01", "x", "--counterparty", "v", status=1)["error"]["id"] == "not-found"


def test_every_kind_of_date_has_words() -> None:
    assert all(agenda_kind_label(kind) for kind in AgendaKind)
    assert len({when_label(when) for when in When}) == len(When)
