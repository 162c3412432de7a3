"""Posts that are too large, of the wrong type, wrong, replayed, forked or too many: the documented answer."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson, forgotten
from tests.fakes.vendor_process import JSON, Caller, VendorProcess, serving
from vrm_desktop.protocol.envelope import Envelope


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendorProcess]:
    """One sample shop for all of these tests: none of them may hurt the next."""
    with serving(tmp_path_factory.mktemp("hostile") / "shop") as running:
        yield running


def head(length: str) -> bytes:
    lines = ("POST /intentcast/conversations HTTP/1.1", "Host: x", "Content-Type: application/json", length, "", "")
    return "\r\n".join(lines).encode()


def error(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    return answer.status_code, body["type"].removeprefix("urn:intentcast:error:")


def test_fifty_megabytes_are_refused_by_their_announced_length(vendor: VendorProcess) -> None:
    with socket.create_connection(("127.0.0.1", vendor.port), timeout=20) as line:
        line.sendall(head(f"Content-Length: {50 * 2**20}"))
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"urn:intentcast:error:too-large" in answer


def test_fifty_megabytes_without_a_length_are_refused_while_they_stream(vendor: VendorProcess) -> None:
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", vendor.port), timeout=20) as line:
        line.sendall(head("Transfer-Encoding: chunked"))
        with suppress(OSError):
            while sent < 50 * 2**20:
                line.sendall(chunk)
                sent += len(chunk)
    assert sent < 25 * 2**20, "the desk stopped reading early; what is over lay in the two systems' buffers"
    with httpx.Client(trust_env=False) as http:
        assert http.get(f"{vendor.url}/.well-known/intentcast.json").status_code == 200


def test_a_little_over_the_limit_is_answered(caller: Caller, http: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield b"x" * 65537

    url = f"{caller.endpoint}/conversations"
    assert error(http.post(url, content=b"x" * 65537, headers=JSON)) == (413, "too-large")
    assert error(http.post(url, content=body(), headers=JSON)) == (413, "too-large")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html"},
        {"Content-Type": "application/jsonx"},
        {},
        {**JSON, "Content-Encoding": "gzip"},
    ],
)
def test_another_content_type_is_refused(
    caller: Caller, person: AskingPerson, http: httpx.Client, headers: dict[str, str]
) -> None:
    answer = http.post(f"{caller.endpoint}/conversations", content=person.ping().to_bytes(), headers=headers)
    assert error(answer) == (415, "wrong-type")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><p>hello</p>",
        b"{}",
        b"[" * 30000,
        b'{"disclosures":[],"jws":1}',
        b'{"disclosures": [],"jws":"a.b.c"}',
        b'{"disclosures":[],"jws":"a.b.c"}',
        b'{"disclosures":[],"jws":"\xff"}',
        b'{"disclosures":[],"jws":"e30.e30.e30"}',
    ],
)
def test_what_is_no_envelope_is_malformed(caller: Caller, http: httpx.Client, body: bytes) -> None:
    answer = http.post(f"{caller.endpoint}/conversations", content=body, headers=JSON)
    assert error(answer) == (400, "malformed")


def test_refusals_carry_their_codes_and_members(caller: Caller, person: AskingPerson) -> None:
    genuine = person.ping()
    head, _, _ = genuine.jws.rpartition(".")
    assert error(caller.open(Envelope(jws=f"{head}.{'A' * 86}"))) == (400, "bad-signature")
    assert caller.open(genuine).status_code == 202
    assert caller.open(genuine).status_code == 202
    caller.listen(person, hears=1)
    twin, gap = forgotten(person), forgotten(person)
    reveal = person.reveal()
    assert caller.post(person, reveal).status_code == 202
    assert caller.post(person, reveal).status_code == 202
    assert error(caller.post(twin, twin.message())) == (409, "fork")
    for _ in range(3):
        gap.message()
    answer = caller.post(gap, gap.message())
    assert error(answer) == (409, "missing")
    assert answer.json()["last"] == 2
    caller.listen(person, hears=1)
    assert len(caller.read(person).json()["messages"]) == 2
    claims: dict[str, object] = {
        "aud": person.vendor,
        "seq": 3,
        "prev": person.conversation.own.last,
        "conv": person.conversation.id,
    }
    claims |= {"seen": {"id": person.heard_ids[1], "seq": 2}}
    early = person.signed_anyhow({**claims, "v": 1, "exp": "2099-01-01", "kind": "terms-refuse"})
    answer = caller.post(person, early)
    assert error(answer) == (409, "not-allowed-now")
    assert answer.json()["state"] == "offered"


def test_other_refusals_of_a_ping(caller: Caller, person: AskingPerson) -> None:
    late = AskingPerson(vendor=person.vendor, now=person.now - timedelta(days=9))
    assert error(caller.open(late.ping())) == (400, "expired")
    elsewhere = AskingPerson(vendor=person.signer.kid, now=person.now)
    assert error(caller.open(elsewhere.ping())) == (400, "wrong-audience")
    assert error(caller.open(person.ping(category="leisure.tent", attributes={}))) == (422, "not-served")


def test_only_the_right_secret_reads(caller: Caller, person: AskingPerson, http: httpx.Client) -> None:
    caller.exchange(person, person.ping())
    url = caller.address(person)
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
        assert error(http.get(url, headers=headers)) == (404, "unknown-conversation")
    unknown = url.replace(str(person.conversation.id), "A" * 43)
    secret = {"Authorization": f"Bearer {person.secret}"}
    assert error(http.get(unknown, headers=secret)) == (404, "unknown-conversation")
    assert http.get(url, headers=secret).status_code == 200
    nobody = http.post(unknown, content=person.message().to_bytes(), headers=JSON)
    assert error(nobody) == (404, "unknown-conversation")


@pytest.mark.parametrize("query", ["?side=person", "?side=both&after=1", "?after=-1", "?after=x", "?after=1,2"])
def test_a_question_that_makes_no_sense_is_malformed(caller: Caller, person: AskingPerson, query: str) -> None:
    caller.exchange(person, person.ping())
    assert error(caller.read(person, query)) == (400, "malformed")


def test_more_than_two_hundred_messages_are_refused(caller: Caller, person: AskingPerson) -> None:
    caller.exchange(person, person.ping())
    for number in range(2, 201):
        assert caller.post(person, person.message(f"number {number}")).status_code == 202
    claims = {"aud": person.vendor, "seq": 201, "prev": person.conversation.own.last, "conv": person.conversation.id}
    more = person.signed_anyhow({**claims, "v": 1, "exp": "2099-01-01", "kind": "message", "text": "more"})
    assert error(caller.post(person, more)) == (409, "full")
    page = caller.read(person, "?after=100").json()
    assert (len(page["messages"]), page["more"]) == (32, True)


def test_over_budget_is_answered_with_the_time_to_come_again(tmp_path: Path, http: httpx.Client) -> None:
    home = tmp_path / "small"
    home.mkdir()
    (home / "desk.toml").write_text('name = "Small"\n[limits]\nconversations_per_minute = 2\n')
    with serving(home) as vendor:
        caller = Caller(vendor.url, http)
        people = [AskingPerson(vendor=caller.card["key"], now=_now()) for _ in range(3)]
        answers = [caller.open(person.ping()) for person in people]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert error(answers[-1]) == (429, "busy")
        assert re.fullmatch("[0-9]+", answers[-1].headers["Retry-After"])


def test_a_closed_desk_takes_nothing_in_but_can_be_read(tmp_path: Path, http: httpx.Client) -> None:
    home = tmp_path / "closed"
    home.mkdir()
    windows = '[[maintenance]]\nfrom = "00:00"\nto = "12:00"\n[[maintenance]]\nfrom = "12:00"\nto = "00:00"\n'
    (home / "desk.toml").write_text(f'name = "Closed"\n{windows}')
    with serving(home) as vendor:
        caller = Caller(vendor.url, http)
        answer = caller.open(AskingPerson(vendor=caller.card["key"], now=_now()).ping())
        assert error(answer) == (503, "busy")
        assert int(answer.headers["Retry-After"]) >= 1


def test_a_line_that_breaks_off_in_the_middle_does_no_harm(
    vendor: VendorProcess, caller: Caller, person: AskingPerson
) -> None:
    for size in (0, 1, 100):
        with socket.create_connection(("127.0.0.1", vendor.port), timeout=10) as line:
            line.sendall(head("Content-Length: 2000") + os.urandom(size))
    caller.exchange(person, person.ping())


def _now() -> datetime:
    return datetime.now(UTC)
