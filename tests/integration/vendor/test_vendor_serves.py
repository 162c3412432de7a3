"""The main job over real HTTP with a real process, and the forms of its answers."""

import re
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.vendor_process import JSON, Caller, HeldRead, VendorProcess, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.messages import Closure, Confirmation
from vrm_desktop.resources_folder import resources_folder


def test_the_nine_steps(caller: Caller, person: AskingPerson) -> None:
    caller.exchange(person, person.ping())
    caller.exchange(person, person.reveal())
    caller.exchange(person, person.counter(person.total() - 1000))
    caller.exchange(person, person.accept(), hears=2)
    assert person.confirmed().text.offer == person.offer()[0]
    caller.exchange(person, person.end())
    assert isinstance(person.last(), Closure)


@pytest.mark.parametrize(
    ("desk", "answer"), [("rheinrad", "accept"), ("veedelvelo", "counter"), ("kettenwerk", "decline")]
)
def test_the_sample_desks_are_data_alone(tmp_path: Path, http: httpx.Client, desk: str, answer: str) -> None:
    home = tmp_path / desk
    home.mkdir()
    for file in (resources_folder() / "samples" / "desks" / desk).iterdir():
        (home / file.name).write_bytes(file.read_bytes())
    with serving(home) as vendor:
        caller = Caller(vendor.url, http)
        person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
        caller.exchange(person, person.ping())
        assert person.answer().answer == answer


def test_a_slow_desk_answers_in_its_own_time_and_after_a_kill(tmp_path: Path, http: httpx.Client, port: int) -> None:
    home = tmp_path / "slow"
    home.mkdir()
    (home / "desk.toml").write_text('name = "Slow"\n[pace]\nterms_seconds = 4\n')
    with serving(home, "--port", str(port)) as vendor:
        caller = Caller(vendor.url, http)
        person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
        assert caller.open(person.ping()).status_code == 202
        quiet = caller.read(person)
        assert quiet.json()["messages"] == []
        assert 1 <= int(quiet.headers["Retry-After"]) <= 5
        vendor.kill()
    with serving(home, "--port", str(port)) as vendor:
        Caller(vendor.url, http).listen(person, hears=1)
    assert person.answer().answer == "accept"


def test_the_card_is_signed_has_a_tag_and_keeps_key_and_serial(tmp_path: Path, http: httpx.Client, port: int) -> None:
    home = tmp_path / "shop"
    with serving(home, "--port", str(port)) as vendor:
        first = http.get(f"{vendor.url}/.well-known/intentcast.json")
        card = parse_card(first.content, now=datetime.now(UTC), pinned=None, last_serial=None)
        assert card.endpoint == f"{vendor.url}/intentcast"
        assert http.get(first.url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert "server" not in first.headers
        assert "set-cookie" not in first.headers
    with serving(home, "--port", str(port)) as vendor:
        again = http.get(f"{vendor.url}/.well-known/intentcast.json")
        assert again.content == first.content
        assert vendor.stop(signal.SIGINT) == 0
    with serving(home, "--port", str(port), "--name", "Another name", "--public-url", "https://rad.example") as vendor:
        other = http.get(f"{vendor.url}/.well-known/intentcast.json")
        said = parse_card(other.content, now=datetime.now(UTC), pinned=card.key, last_serial=card.serial)
        assert (said.serial, said.name) == (2, "Another name")
        assert said.endpoint == "https://rad.example/intentcast"


def test_posts_and_reads_have_the_documented_form(caller: Caller, person: AskingPerson) -> None:
    ping = person.ping()
    opened = caller.open(ping)
    assert opened.status_code == 202
    assert opened.headers["Location"] == f"{caller.endpoint}/conversations/{ping.message_id}"
    assert int(opened.headers["Retry-After"]) >= 1
    assert opened.content == b""
    page = caller.read(person, "?side=vendor&after=0")
    assert page.headers["Content-Type"] == "application/json"
    assert re.fullmatch(r'"[\w-]{43}"', page.headers["ETag"])
    body = page.json()
    assert body["more"] is False
    assert [(entry["number"], entry["side"]) for entry in body["messages"]] == [(1, "vendor")]
    assert caller.read(person, "?side=vendor", {"If-None-Match": page.headers["ETag"]}).status_code == 304
    person.hear(*(Envelope.from_value(entry["envelope"]) for entry in body["messages"]))
    assert caller.read(person, "?after=1").json() == {"messages": [], "more": False}
    caller.exchange(person, person.reveal())
    both = caller.read(person, "?side=both&after=1,0").json()["messages"]
    assert [(entry["side"], entry["number"]) for entry in both] == [("vendor", 2), ("person", 1), ("person", 2)]
    assert [Envelope.from_value(entry["envelope"]) for entry in both[1:]] == [each.envelope for each in person.sent]


def test_a_reader_who_waits_is_told_at_once(vendor: VendorProcess, caller: Caller, person: AskingPerson) -> None:
    caller.exchange(person, person.ping())
    reveal = person.reveal()
    held = HeldRead(vendor, caller, person, after=1)
    begun = time.monotonic()
    assert caller.post(person, reveal).status_code == 202
    status, body = held.answer()
    assert time.monotonic() - begun < 25, "long before the wait is over"
    assert status == 200
    assert body.count(b'"jws"') == 1


def test_a_wait_ends_with_an_empty_answer(caller: Caller, person: AskingPerson) -> None:
    caller.exchange(person, person.ping())
    begun = time.monotonic()
    empty = caller.read(person, "?after=1", {"Prefer": "wait=1"})
    assert 0.9 < time.monotonic() - begun < 25
    assert empty.json()["messages"] == []
    again = caller.read(person, "?after=1", {"Prefer": "wait=1", "If-None-Match": empty.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_calmly_even_while_people_wait(
    vendor: VendorProcess, caller: Caller, person: AskingPerson, number: signal.Signals
) -> None:
    caller.exchange(person, person.ping())
    held = HeldRead(vendor, caller, person, after=1)
    begun = time.monotonic()
    assert vendor.stop(number) == 0
    assert time.monotonic() - begun < 25, "long before the wait is over"
    assert held.answer() == (200, b'{"messages":[],"more":false}')


def test_a_second_desk_in_the_same_folder_is_told_so(vendor: VendorProcess) -> None:
    import subprocess
    import sys

    from tests.fakes.vendor_process import _START

    second = subprocess.run(
        [sys.executable, "-c", _START, "serve", "--home", str(vendor.home), "--port", "0"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert second.returncode == 1
    assert second.stdout == b""
    assert b"another vrm-vendor" in second.stderr


def test_what_is_logged_names_no_person_and_no_conversation(
    tmp_path: Path, vendor: VendorProcess, caller: Caller, person: AskingPerson
) -> None:
    caller.exchange(person, person.ping())
    caller.exchange(person, person.reveal())
    caller.exchange(person, person.accept(), hears=2)
    assert any(isinstance(message, Confirmation) for message in person.heard)
    vendor.stop()
    log = (tmp_path / "vendor.log").read_text()
    for secret in (str(person.conversation.id), person.secret, person.signer.kid, "Ada", "Rheinweg", "road bike 54"):
        assert secret not in log


def test_unknown_addresses_and_methods_are_refused_without_redirects(vendor: VendorProcess, http: httpx.Client) -> None:
    for path in ("/", "/intentcast", "/intentcast/conversations/", "/.well-known/intentcast.json/"):
        answer = http.get(vendor.url + path)
        assert answer.status_code == 404, path
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert http.put(f"{vendor.url}/intentcast/conversations", headers=JSON).status_code == 405


def test_goods_are_read_again_while_the_desk_serves(full_shelves: Path, http: httpx.Client) -> None:
    header = "id,title,price,availability,product_type\n"
    with serving(full_shelves) as vendor:
        before = Caller(vendor.url, http).card
        beside = full_shelves / "beside.csv"
        beside.write_text(f"{header}1,Laptop,900.00 EUR,in_stock,electronics.laptop\n")
        beside.replace(full_shelves / "catalogue.csv")
        ends = time.monotonic() + 60
        while (card := Caller(vendor.url, http).card)["serial"] == before["serial"]:
            assert time.monotonic() < ends, "the new goods were not taken over"
        assert (before["categories"], card["categories"]) == (["mobility.bicycle"], ["electronics.laptop"])
        person = AskingPerson(vendor=Kid(card["key"]), now=datetime.now(UTC))
        refused = Caller(vendor.url, http).open(person.ping())
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:intentcast:error:not-served")
