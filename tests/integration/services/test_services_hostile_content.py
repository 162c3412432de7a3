"""Answers that are well-formed HTTP and nothing else: at every door where a vendor's JSON comes in, a clear error.

A real server says it, the real channel and courier read it. Time and memory have bounds, and are measured.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.memory_peak import MIB, peak_growth
from tests.fakes.moving_clock import MovingClock
from tests.fakes.scripted_server import answer, scripted_server
from vrm_desktop.channels.native import NativeChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.services.ports import ChannelError

LIMITS = Limits()
SECONDS = 10.0
"""Of the processor's time: what else a computer does is no matter here."""
MOST_GROWTH = 32 * MIB

CONTENT: dict[str, bytes] = {
    "empty": b"",
    "UTF-16": '{"messages":[],"more":false}'.encode("utf-16"),
    "UTF-7": b"+AHsAIg-messages",
    "byte order mark": b'\xef\xbb\xbf{"messages":[],"more":false}',
    "invalid UTF-8": b'{"messages":[],"more":"\xff\xfe"}',
    "truncated": b'{"messages":[',
    "trailing bytes": b'{"messages":[],"more":false}x',
    "two values": b'{"messages":[]}{"messages":[]}',
    "a page": b"<!doctype html><title>Shop</title>",
    "depth 100,000": b"[" * 100_000 + b"]" * 100_000,
    "depth 30,000": b'{"messages":' + b"[" * 15_000 + b"]" * 15_000 + b"}",
    "objects to depth 30,000": b'{"a":' * 6_000 + b"1" + b"}" * 6_000,
    "duplicate keys": b'{"messages":[],"messages":[]}',
    "NaN": b'{"messages":[],"more":NaN}',
    "Infinity": b'{"messages":[],"more":Infinity}',
    "1e999": b'{"messages":[],"more":1e999}',
    "an integer of 5,000 digits": b'{"messages":[],"more":' + b"9" * 5000 + b"}",
    "a lone surrogate": b'{"messages":[],"more":"\\ud800"}',
    "NUL": b'{"messages":[],"more":\x00}',
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "text for a list": b'{"messages":"none"}',
    "a boolean for a list": b'{"messages":true}',
    "nothing that is known": b'{"hello":"world"}',
}
LARGE: dict[str, bytes] = {
    "a million keys": b'{"messages":[],' + b",".join(b'"k%d":0' % number for number in range(330_000)) + b"}",
    "a million values": b'{"messages":[' + b",".join([b"0"] * 1_000_000) + b"]}",
    "a million lists": b'{"messages":[' + b",".join([b"[]"] * 1_000_000) + b"]}",
    "a word of four megabytes": b'{"messages":[],"more":"' + b"W" * (4 * MIB - 100) + b'"}',
    "escapes": b'{"messages":[],"more":"' + b"\\u0041" * 600_000 + b'"}',
    "depth of four megabytes": b"[" * (4 * MIB - 1),
}


async def _card(channel: NativeChannel, url: str) -> object:
    return await channel.fetch_card(url, pinned=None, last_serial=None)


async def _messages(channel: NativeChannel, url: str) -> object:
    address = f"{url}/i/conversations/x"
    return await channel.fetch(address, secret="s", side="vendor", after=(0, 0), wait=0, line="a")


async def _ping(channel: NativeChannel, url: str) -> object:
    vendor, clock = SeedSigner(b"\x07" * 32), MovingClock()
    return await channel.open(f"{url}/i", AskingPerson(vendor=vendor.kid, now=clock.now()).ping().to_bytes(), line="a")


Door = Callable[[NativeChannel, str], Awaitable[object]]
DOORS: dict[str, tuple[Door, str, bytes, set[str]]] = {
    "card": (_card, "200 OK", b"application/json", {"malformed", "bad-card", "too-large"}),
    "list": (_messages, "200 OK", b"application/json", {"answered-badly"}),
    "problem": (_ping, "400 Bad Request", b"application/problem+json", {"answered-badly"}),
}


def said(door: str, body: bytes, *, kind: bytes | None = None) -> ChannelError:
    """The error at a door where a server says `body`, in time."""
    knock, status, usual, _codes = DOORS[door]
    headers = b"Content-Type: %b\r\n" % (usual if kind is None else kind) if kind != b"" else b""

    async def run() -> ChannelError:
        reply = answer(body, status=status, headers=headers)
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            with pytest.raises(ChannelError) as failure:
                await knock(NativeChannel(courier, MovingClock()), peer.url)
            return failure.value

    began = time.process_time()
    error = asyncio.run(run())
    assert time.process_time() - began < SECONDS
    return error


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", CONTENT)
def test_what_is_no_answer_is_a_clear_error_at_every_door(door: str, case: str) -> None:
    error = said(door, CONTENT[case])
    assert error.code in DOORS[door][3]
    assert error.may_have_arrived


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("case", LARGE)
def test_what_is_large_takes_little_time_and_memory(door: str, case: str) -> None:
    with peak_growth() as peak:
        try:
            error: ChannelError | None = said(door, LARGE[case])
        except pytest.fail.Exception:
            error = None  # a list with a strange member that nobody reads is a list
    if error is None:
        assert (door, case) == ("list", "a word of four megabytes")
    else:
        assert error.code in DOORS[door][3]
    assert peak.growth <= MOST_GROWTH


def test_the_measure_would_notice_a_reader_that_keeps_much() -> None:
    with peak_growth() as peak:
        kept = bytearray(b"x" * 64 * MIB)
    assert len(kept) < peak.growth + MIB


@pytest.mark.parametrize("kind", [b"", b"text/html", b"application/json; charset=utf-16", b"image/png"])
@pytest.mark.parametrize("door", ["card", "list"])
def test_the_type_that_an_answer_claims_makes_nothing_of_it_that_it_is_not(door: str, kind: bytes) -> None:
    assert said(door, b"<!doctype html>", kind=kind).code in DOORS[door][3]


@pytest.mark.parametrize("kind", [b"", b"text/html", b"application/json"])
def test_a_problem_of_another_type_is_none(kind: bytes) -> None:
    body = b'{"type":"urn:intentcast:error:fork","title":"x","status":400}'
    assert said("problem", body).code == "fork"
    error = said("problem", body, kind=kind)
    assert (error.code, error.final) == ("answered-badly", False)


def test_no_test_here_reaches_beyond_this_computer() -> None:
    """What keeps them home is the rule in tests/conftest.py (an audit hook), and no line of the code under test."""
    rules = (Path(__file__).parents[2] / "conftest.py").read_text(encoding="utf-8")
    assert "sys.addaudithook(refuse_other_machines)" in rules
