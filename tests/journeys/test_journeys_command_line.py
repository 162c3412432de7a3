"""The main job and each trouble on the way, by the installed programs as processes, JSON read at every step."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.fleet import desks
from tests.fakes.programs import SECONDS, Vrm, a_vrm, plain_environment, program
from vrm_desktop.resources_folder import resources_folder

DAY = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
LINE = f"used 54 cm road bike, under 800 EUR, Cologne, by {DAY}"


@pytest.fixture
def vrm(tmp_path: Path) -> Vrm:
    made = a_vrm(tmp_path)
    made.json("vault", "create")
    return made


def test_a_script_does_the_main_job_with_one_vendor_down(vrm: Vrm, tmp_path: Path) -> None:
    assert vrm.json("profile", "import", str(resources_folder() / "samples" / "person" / "ada.vcf"))["imported"] == 12
    with desks(tmp_path, ["rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad"]) as fleet:
        ids = {name: vrm.json("vendor", "add", url)["vendor"]["id"] for name, url in fleet.urls.items()}
        want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
        fleet.kill("suedstadtrad")
        asked = vrm.json("intentcast", "cast", want, "--spread", "0", "--wait", "10", status=4)
        assert {one["id"]: one["answer"] for one in asked["vendors"]} == {
            ids["rheinrad"]: "offered",
            ids["veedelvelo"]: "countered",
            ids["kettenwerk"]: "declined",
            ids["suedstadtrad"]: "unreachable",
        }
        (counter,) = [one for one in vrm.json("terms", "list")["terms"] if one["open_counter"]]
        vrm.json("terms", "accept", counter["id"])
        offers: list[dict[str, object]] = []
        ends = time.monotonic() + 90
        while len(offers) < 2:
            assert time.monotonic() < ends, offers
            vrm.json("sync", "--wait", "1", status=4)
            offers = vrm.json("offers", want)["offers"]
        ordered = vrm.json("offer", "accept", str(offers[0]["id"]), "--wait", "30")
        assert ordered["order"]["state"] == "confirmed"
        key = ordered["relationship"]["id"]
        vrm.json("relationship", "message", key, "Please ring twice.")
        assert vrm.json("relationship", "end", key, "--wait", "30")["relationship"]["state"] in {"ending", "ended"}
    entries = vrm.json("ledger")["entries"]
    assert {one["vendor"] for one in entries if one["name"] == "profile.name"} == {offers[0]["vendor"]}
    assert vrm.json("journal", "verify")["journal"]["sound"] is True
    assert vrm.json("vault", "check")["vault"]["sound"] is True


def test_a_wrong_passphrase_is_status_3_and_one_sentence(vrm: Vrm) -> None:
    vrm.key_file.write_text("something else\n")
    ran = vrm.run("relationship", "list")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr == "That passphrase does not fit: Check your keyboard, and try again.\n"


def test_without_a_passphrase_or_a_terminal_nothing_is_asked(vrm: Vrm) -> None:
    ran = subprocess.run(
        [*program("vrm"), "--home", str(vrm.home), "relationship", "list"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=vrm.environment,
        timeout=SECONDS,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.count("\n") == 1


def test_german_is_spoken_where_the_system_asks_for_it(vrm: Vrm) -> None:
    german = Vrm(home=vrm.home, key_file=vrm.key_file, environment=plain_environment(LANG="de_DE.UTF-8"))
    assert german.run("relationship", "list").stdout == "Noch keine Beziehungen.\n"
    assert "deine Bedingungen" in german.run("--help").stdout
    assert german.json("relationship", "list") == {"relationships": []}


def test_a_damaged_vault_is_told_and_left_as_it_is(vrm: Vrm) -> None:
    (database,) = vrm.home.glob("*.db")
    whole = database.read_bytes()
    database.write_bytes(whole[:4096] + bytes(64) + whole[4160:])
    damaged = database.read_bytes()
    for words in (("profile", "show"), ("vault", "check")):
        ran = vrm.run(*words)
        assert ran.returncode == 1
        assert ran.stderr == (
            "Your vault is damaged: "
            "Nothing was changed; see `vrm vault backups --compare`, then `vrm vault restore --newest`.\n"
        )
    assert database.read_bytes() == damaged
    database.write_bytes(whole)
    assert vrm.run("profile", "show").returncode == 0


def test_a_vault_in_use_is_told_in_one_sentence(vrm: Vrm, tmp_path: Path) -> None:
    with desks(tmp_path, ["suedstadtrad"], quick=False, offers_seconds=600) as fleet:
        vrm.json("vendor", "add", fleet.urls["suedstadtrad"])
        want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
        holding = subprocess.Popen(
            vrm.command("intentcast", "cast", want, "--wait", "240"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=vrm.environment,
            text=True,
        )
        try:
            assert holding.stderr is not None
            assert "Südstadt Rad" in holding.stderr.readline()
            ran = vrm.run("relationship", "list")
            assert (ran.returncode, ran.stdout) == (1, "")
            assert ran.stderr == (
                "Your vault is open somewhere else: "
                "Close the other window, or wait until the other command has ended.\n"
            )
            holding.send_signal(signal.SIGINT)
            _out, told = holding.communicate(timeout=SECONDS)
        finally:
            holding.kill()
            holding.communicate()
        assert holding.returncode == 1
        assert told.splitlines()[-1] == "Stopped: what waits to leave is kept, and `vrm sync` goes on with it."
        assert len(vrm.json("relationship", "list")["relationships"]) == 1


def test_whoever_stops_reading_hears_no_complaint(vrm: Vrm) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            vrm.command("profile", "show"), stdout=writing, stderr=subprocess.PIPE, env=vrm.environment, check=False
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    if sys.platform != "linux":
        pytest.skip("needs a tmpfs")
    place = tmp_path / "small disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_says_so(small_disk: Path) -> None:
    vrm = a_vrm(small_disk)
    vrm.json("vault", "create")
    vrm.json("profile", "set", "name", "Ada Sommer")
    with (small_disk / "ballast").open("wb", buffering=0) as ballast:
        for size in (65536, 4096, 1):
            try:
                while True:
                    ballast.write(bytes(size))
            except OSError:
                continue
    ran = vrm.run("--json", "profile", "set", "note", "x" * 900)
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["error"]["id"] == "disk-full"
    assert ran.stderr == "The disk is full: Nothing was lost; make room and try again.\n"
    (small_disk / "ballast").unlink()
    assert [one["value"] for one in vrm.json("profile", "show")["fields"]] == ["Ada Sommer"]
    assert vrm.run("profile", "set", "note", "x" * 900).returncode == 0
