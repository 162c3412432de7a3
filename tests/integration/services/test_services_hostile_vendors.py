"""A vendor that is down, slow or lies in a cast: a stable code, the others go on, nothing is disclosed beyond the plan.

Each case is one lie, told by a vendor that otherwise keeps the protocol, beside a real desk that is honest.
"""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.asking_person import published_roster
from tests.fakes.decoding import holds
from tests.fakes.desks import a_desk
from tests.fakes.lying_vendor import PROBLEM, Answering, LyingVendor, Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, USUAL, WANT, Person, a_person
from tests.fakes.scripted_server import answer
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign, proffer
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.sealing import seal
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services import (
    choose_vendors,
    collect_offers,
    compare_offers,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.ports import ChannelError

SECONDS = 60.0
HASTY = Limits(deadline_seconds=3.0)
HTML = answer(b"<html><script>alert(1)</script></html>", headers=b"Content-Type: text/html\r\n")
JSON = b"Content-Type: application/json\r\n"
Lie = Callable[[LyingVendor], None]


def says(on: str, reply: bytes) -> Lie:
    """Answers every request that begins with `on` with these bytes."""

    def lie(vendor: LyingVendor) -> None:
        async def answers(request: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
            if not request.startswith(on):
                return False
            writer.write(reply)
            await writer.drain()
            return True

        vendor.answers = answers

    return lie


def problem(code: str, status: str, headers: bytes = b"") -> bytes:
    body = strict_json.encode({"type": f"urn:intentcast:error:{code}", "title": "x", "status": int(status[:3])})
    return answer(body, status=status, headers=PROBLEM + headers)


def does(on: str, act: Callable[[asyncio.StreamWriter], Any]) -> Lie:
    def lie(vendor: LyingVendor) -> None:
        async def answers(request: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
            if not request.startswith(on):
                return False
            with suppress(ConnectionError):
                await act(writer)
            return True

        vendor.answers = answers

    return lie


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def flood(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(50):
        writer.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
        await writer.drain()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{")
    await writer.drain()
    writer.transport.abort()


def scripted(say: Callable[[Talk, AnyMessage], None]) -> Lie:
    def lie(vendor: LyingVendor) -> None:
        vendor.script = say

    return lie


def at_ping(act: Callable[[Talk], None]) -> Lie:
    return scripted(lambda talk, message: act(talk) if isinstance(message, messages.Ping) else honest(talk, message))


def at_reveal(act: Callable[[Talk], None]) -> Lie:
    return scripted(lambda talk, message: act(talk) if isinstance(message, messages.Reveal) else honest(talk, message))


def spoil_signature(talk: Talk) -> None:
    talk.accept_terms()
    head, payload, signature = talk.letters[-1]["envelope"]["jws"].split(".")
    spoiled = signature[:-6] + ("AAAAAA" if signature[-6:-1] != "AAAAA" else "BBBBBA")
    talk.letters[-1]["envelope"]["jws"] = f"{head}.{payload}.{spoiled}"


def sign_with_another_key(talk: Talk) -> None:
    talk.sign_anyhow(
        SeedSigner(b"\x09" * 32), kind="terms-answer", v=1, aud=talk.conversation.peer_kid, seq=1, exp="2026-12-01",
        conv=str(talk.conversation.id), answer="decline", reason="terms",
    )  # fmt: skip


def fork(talk: Talk) -> None:
    declined = messages.TermsAnswer(**talk.claims(), answer="decline", reason="terms")
    other = seal(talk.conversation, declined, talk.vendor.signer)
    talk.accept_terms()
    talk.hand_out(other.envelope)


def leave_a_gap(talk: Talk) -> None:
    talk.accept_terms()
    talk.say(messages.Message(**talk.claims(), text="hello"))
    del talk.letters[0]


def speak_out_of_turn(talk: Talk) -> None:
    claims = {key: value for key, value in talk.claims().items() if isinstance(value, int | str)}
    talk.sign_anyhow(talk.vendor.signer, kind="message", v=1, text="before any terms", **claims)


def accept_another_text(talk: Talk) -> None:
    cast, service = (
        proffer(
            talk.vendor.signer,
            entry=published_roster().get("SD-BASE-ATP"),
            begins=begins,
            person=talk.conversation.peer_kid,
            vendor=talk.vendor.signer.kid,
            made=talk.vendor.clock.now().date(),
            nonce=os.urandom(16),
        )
        for begins in TermsFrom
    )
    talk.say(messages.TermsAnswer(**talk.claims(), answer="accept", agreements=(cast, service)))


def sign_one_of_two(talk: Talk) -> None:
    cast, service = talk.ping.agreements
    signed = countersign(cast, talk.vendor.signer)
    talk.say(messages.TermsAnswer(**talk.claims(), answer="accept", agreements=(signed, service)))


def wrong_sums(talk: Talk) -> None:
    talk.offer()
    jws = talk.letters[-1]["envelope"]["jws"]
    value = strict_json.decode(base64url.decode(jws.split(".")[1]))
    assert isinstance(value, dict)
    value["price"] = {"currency": "EUR", "items": 1, "shipping": 0, "fees": 0, "tax": 0, "total": 41_000}
    del talk.letters[-1]
    talk.sign_anyhow(talk.vendor.signer, **value)


def six_offers(talk: Talk) -> None:
    for number in range(6):
        talk.conversation = replace(talk.conversation, offers=min(number, 4))
        talk.offer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One lie, the code it must be known by, and the stages of disclosure that the liar may have reached."""

    lie: Lie
    code: str
    stages: frozenset[Stage] = frozenset({Stage.PING})
    state: RelationshipState = RelationshipState.ASKING


UNREACHED = RelationshipState.UNREACHABLE
BROKEN = RelationshipState.BROKEN
REVEALED = frozenset({Stage.PING, Stage.REVEAL})
CASES = {
    "is down": Case(lie=lambda vendor: setattr(vendor, "down", True), code="connection-lost", state=UNREACHED),
    "drips its answer to the ping": Case(lie=does("POST", drip), code="timed-out", state=UNREACHED),
    "answers the ping with a page": Case(lie=says("POST", HTML), code="answered-badly", state=UNREACHED),
    "answers the ping with 50 MB": Case(lie=does("POST", flood), code="too-large", state=UNREACHED),
    "announces 50 MB": Case(
        lie=says("POST", b"HTTP/1.1 202 Accepted\r\nContent-Length: 52428800\r\n\r\n"),
        code="too-large",
        state=UNREACHED,
    ),
    "points to a strange place": Case(
        lie=says("POST", answer(status="202 Accepted", headers=b"Location: http://127.0.0.1:9/else\r\n")),
        code="wrong-location",
        state=UNREACHED,
    ),
    "points nowhere": Case(lie=says("POST", answer(status="202 Accepted")), code="wrong-location", state=UNREACHED),
    "points to no address at all": Case(
        lie=says("POST", answer(status="202 Accepted", headers=b"Location: http://[::1\r\n")),
        code="wrong-location",
        state=UNREACHED,
    ),
    "redirects": Case(
        lie=says("POST", answer(status="307 Temporary Redirect", headers=b"Location: http://127.0.0.1:9/\r\n")),
        code="answered-badly",
        state=UNREACHED,
    ),
    "is busy for thirty years": Case(
        lie=says("POST", problem("busy", "429 Too Many Requests", b"Retry-After: 999999999\r\n")),
        code="busy",
        state=UNREACHED,
    ),
    "does not serve this": Case(
        lie=says("POST", problem("not-served", "422 Unprocessable")), code="not-served", state=UNREACHED
    ),
    "has a problem of its own making": Case(
        lie=says("POST", problem("self-made", "400 Bad Request")), code="answered-badly", state=UNREACHED
    ),
    "says a problem that is no JSON": Case(
        lie=says("POST", answer(b"{", status="400 Bad Request", headers=PROBLEM)),
        code="answered-badly",
        state=UNREACHED,
    ),
    "answers the question with a page": Case(lie=says("GET", HTML), code="answered-badly"),
    "answers the question with 50 MB": Case(lie=does("GET", flood), code="too-large"),
    "drips its messages": Case(lie=does("GET", drip), code="timed-out"),
    "hangs up in the middle": Case(lie=does("GET", hang_up), code="connection-lost"),
    "forgets the conversation": Case(
        lie=says("GET", problem("unknown-conversation", "404 Not Found")), code="unknown-conversation"
    ),
    "says unsigned that all is a fork": Case(lie=says("GET", problem("fork", "409 Conflict")), code="fork"),
    "sends a list of nothing": Case(lie=says("GET", answer(b'{"messages":[[]]}', headers=JSON)), code="answered-badly"),
    "sends a list of strange sides": Case(
        lie=says("GET", answer(b'{"messages":[{"envelope":{},"number":1,"side":[]}]}', headers=JSON)),
        code="answered-badly",
    ),
    "sends envelopes that are none": Case(
        lie=says("GET", answer(b'{"messages":[{"envelope":{"a":1},"number":1,"side":"vendor"}]}', headers=JSON)),
        code="malformed",
    ),
    "sends too long a list": Case(
        lie=says(
            "GET",
            answer(
                b'{"messages":[' + b",".join([b'{"envelope":{},"number":1,"side":"vendor"}'] * 33) + b"]}", headers=JSON
            ),
        ),
        code="answered-badly",
    ),
    "signs wrongly": Case(lie=at_ping(spoil_signature), code="bad-signature"),
    "signs with another key": Case(lie=at_ping(sign_with_another_key), code="bad-signature"),
    "leaves a gap": Case(lie=at_ping(leave_a_gap), code="missing"),
    "speaks before any terms": Case(lie=at_ping(speak_out_of_turn), code="not-allowed-now", state=BROKEN),
    "accepts another text": Case(lie=at_ping(accept_another_text), code="bad-agreement", state=BROKEN),
    "signs one of the two": Case(lie=at_ping(sign_one_of_two), code="bad-signature"),
    "says two things in one place": Case(lie=at_ping(fork), code="fork", state=BROKEN),
    "offers parts that do not sum up": Case(
        lie=at_reveal(wrong_sums), code="malformed", stages=REVEALED, state=RelationshipState.OPEN
    ),
    "makes six offers": Case(
        lie=at_reveal(six_offers),
        code="full",
        stages=REVEALED,
        state=BROKEN,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rest_of_the_cast_goes_on_beside_a_vendor_that(name: str, tmp_path: Path) -> None:
    case = CASES[name]

    async def body() -> None:
        clock = MovingClock()
        async with (
            a_lying_vendor(clock) as liar,
            a_desk(tmp_path / "desk", clock) as desk,
            a_person(tmp_path / "home", clock, limits=HASTY if case.code == "timed-out" else USUAL) as person,
        ):
            await person.knows()
            for url in (liar.url, desk.url):
                await choose_vendors.add_vendor(person.means, url)
            case.lie(liar)
            await _cast_to_known(person)
            began = time.monotonic()
            await person.settle()
            assert time.monotonic() - began < SECONDS
            await _check(person, liar, case)

    asyncio.run(body())


async def _cast_to_known(person: Person) -> None:
    key = (await say_what_i_want.save_want(person.means, WANT)).id
    await choose_vendors.confirm_plan(person.means, await choose_vendors.plan(person.means, key))
    await send_intentcast.cast(person.means, key, spread=0.0)


async def _check(person: Person, liar: LyingVendor, case: Case) -> None:
    (want,) = {one.intentcast for one in await _relationships(person)}
    assert want is not None
    progress = {row.vendor_name: row for row in (await collect_offers.progress(person.means, want)).vendors}
    row = progress.pop(liar.name)
    assert row.trouble == case.code
    assert row.relationship.state is case.state
    assert f"trouble {case.code}" in await person.notes(row.relationship.id)
    assert [other.answer for other in progress.values()] == ["offered"]
    assert (liar.name, case.code) in await collect_offers.troubled(person.means)

    file = await person.file(row.relationship.id)
    assert {line.stage for line in file.disclosures} == case.stages
    for request in liar.requests:
        for value in PROFILE.values():
            # The country of the area that the person chose is said in the ping, and only there.
            assert value == "DE" or not holds(request, value)
    lost = [entry for entry in file.waiting if entry.state is ActState.HELD]
    assert not lost
    ranked = (await compare_offers.compare(person.means, want)).ranked
    assert ranked[-1].offer.vendor_name != liar.name or case.code in {"full", "fork"}


async def _relationships(person: Person) -> list[Relationship]:
    return [file.relationship for file in await keep_relationship.relationships(person.means)]


async def _talk_to(liar: LyingVendor, person: Person) -> RelationshipId:
    await person.knows()
    _, (key,) = await person.casts(liar.url)
    return key


def run_alone(tmp_path: Path, job: Callable[[Person, LyingVendor], Any]) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(tmp_path / "home", clock) as person:
            await job(person, liar)

    asyncio.run(body())


def test_a_list_that_always_promises_more_is_read_once(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor) -> None:
        key = await _talk_to(liar, person)

        def repeating(vendor: LyingVendor) -> Answering:
            async def answers(request: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
                if not request.startswith("GET"):
                    return False
                writer.write(
                    answer(strict_json.encode({"messages": vendor.talk.letters[:1], "more": True}), headers=JSON)
                )
                return True

            return answers

        liar.answers = repeating(liar)
        began = time.monotonic()
        await person.settle()
        assert time.monotonic() - began < SECONDS
        assert len(liar.requests) < 12
        file = await person.file(key)
        assert [row.kind for row in file.journal].count(Kind.TERMS_ANSWER) == 1
        assert file.relationship.trouble == ""

    run_alone(tmp_path, job)


def test_a_vendor_that_was_down_gets_the_same_bytes_once_it_is_back(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor) -> None:
        key = await _talk_to(liar, person)
        says("POST", problem("busy", "503 Unavailable", b"Retry-After: 999999999\r\n"))(liar)
        await person.settle()
        (entry,) = (await person.file(key)).waiting
        assert (entry.not_before - person.clock.now()).total_seconds() <= 3600 * 1.2
        liar.answers = None
        person.clock.move(seconds=3600 * 1.2 + 1)
        await person.settle()
        pings = [one for one in liar.requests if b"/conversations HTTP" in one]
        assert len(pings) == 2
        assert pings[0] == pings[1]
        assert (await person.file(key)).relationship.state is RelationshipState.OPEN

    run_alone(tmp_path, job)


def test_a_desk_restored_from_a_backup_loses_no_message(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor) -> None:
        key = await _talk_to(liar, person)
        await person.settle()
        says("", problem("unknown-conversation", "404 Not Found"))(liar)
        await keep_relationship.say(person.means, key, "are you there?")
        await person.settle()
        file = await person.file(key)
        assert file.relationship.trouble == "unknown-conversation"
        assert [entry.state for entry in file.waiting] == [ActState.SEALED]
        liar.answers = None
        person.clock.move(seconds=120)
        await person.settle()
        file = await person.file(key)
        assert file.waiting == ()
        assert file.relationship.trouble == ""
        assert len(liar.talk.peer) == 3

    run_alone(tmp_path, job)


def test_a_card_with_another_key_or_an_older_serial_is_refused_and_the_pinned_stays(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor) -> None:
        known = await choose_vendors.add_vendor(person.means, liar.url)
        assert (await choose_vendors.add_vendor(person.means, liar.url)).id == known.id
        liar.signer = SeedSigner(b"\x0a" * 32)
        with pytest.raises(ChannelError) as caught:
            await choose_vendors.add_vendor(person.means, liar.url)
        assert caught.value.code == "key-changed"
        assert (await choose_vendors.vendor(person.means, known.id)).pinned == known.pinned
        for reply, code in ((HTML, "malformed"), (answer(status="302 Found"), "no-card")):
            says("GET", reply)(liar)
            with pytest.raises(ChannelError) as caught:
                await choose_vendors.add_vendor(person.means, liar.url)
            assert caught.value.code in {code, "not-strict-json", "bad-card"}
        does("GET", flood)(liar)
        with pytest.raises(ChannelError) as caught:
            await choose_vendors.add_vendor(person.means, liar.url)
        assert caught.value.code == "too-large"

    run_alone(tmp_path, job)


def test_an_envelope_may_stand_twice_in_one_list(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor) -> None:
        key = await _talk_to(liar, person)

        def twice(talk: Talk, message: AnyMessage) -> None:
            honest(talk, message)
            if talk.letters:
                talk.hand_out(Envelope.from_bytes(strict_json.encode(talk.letters[-1]["envelope"])))

        liar.script = twice
        await person.settle()
        file = await person.file(key)
        assert [row.kind for row in file.journal if row.sender == "vendor"] == [Kind.TERMS_ANSWER, Kind.OFFER]
        assert file.relationship.trouble == ""

    run_alone(tmp_path, job)
