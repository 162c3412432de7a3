"""What a vendor's site says elsewhere: asked for when the vendor is added, kept, shown, and never because of a cast."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.lying_vendor import LyingVendor, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.scripted_server import answer
from vrm_desktop.cli import shapes
from vrm_desktop.domain.page_visit import LEAVING
from vrm_desktop.domain.reaching import TermsKnown, VendorWays
from vrm_desktop.domain.signals import NamedTerms, SignalPlace, SignalState, VendorSignal
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
    visit_pages,
)
from vrm_desktop.ui.presenters.vendors import vendors_view

WENT = {SignalState.UNREADABLE: "answered-badly", SignalState.UNREACHED: "connection-lost"}
FILES = {
    "/.well-known/myterms.json": b'{"agreements":[{"id":"SD-BASE","url":"https://shop.example/t"},{"id":"MY-OWN"}],'
    b'"effective_date":"2026-02-01"}',
    "/.well-known/gpc.json": b'{"gpc":true,"lastUpdate":"2025-01-02"}',
}


def served(files: dict[str, bytes]) -> Callable[[str], bytes]:
    def reply(path: str) -> bytes:
        body = files.get(path)
        return answer(status="404 Not Found") if body is None else answer(body)

    return reply


async def outcomes(person: Person) -> dict[str, str]:
    """What is written down of the requests that left: path to outcome."""
    return {urlsplit(one.address).path: one.outcome for one in await visit_pages.visits(person.means)}


def adding(
    folder: Path, reply: Callable[[str], bytes | None], look: Callable[[Person, LyingVendor, Counterparty], None]
) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(folder, clock) as person:
            asked: dict[str, str] = {}

            async def answers(call: str, _data: bytes, writer: asyncio.StreamWriter) -> bool:
                path = call.removeprefix("GET ")
                asked[path] = (await outcomes(person))[path]
                if path == "/.well-known/intentcast.json" or not path.startswith("/.well-known/"):
                    return False
                said = reply(path)
                if said is None:
                    await asyncio.Event().wait()
                else:
                    writer.write(said)
                return True

            vendor.answers = answers
            known = await choose_vendors.add_vendor(person.means, vendor.url)
            assert await choose_vendors.vendor(person.means, known.id) == known
            look(person, vendor, known)
            assert set(asked.values()) == {LEAVING}
            went = {f"/.well-known/{one.place.value}": WENT.get(one.state, "") for one in known.signals}
            told = await outcomes(person)
            assert told == {path: went.get(path, "") for path in asked}

    asyncio.run(run())


def test_what_is_found_is_kept_and_shown(tmp_path: Path) -> None:
    def look(person: Person, vendor: LyingVendor, known: Counterparty) -> None:
        now, roster = person.clock.now(), person.means.roster
        assert known.signals == (
            VendorSignal(
                place=SignalPlace.MYTERMS_JSON,
                state=SignalState.FOUND,
                asked=now,
                terms=(NamedTerms(name="SD-BASE", link="https://shop.example/t"), NamedTerms(name="MY-OWN")),
                since="2026-02-01",
            ),
            VendorSignal(place=SignalPlace.MYTERMS, state=SignalState.ABSENT, asked=now),
            VendorSignal(place=SignalPlace.GPC, state=SignalState.FOUND, asked=now, honours=True, since="2025-01-02"),
        )
        shape = shapes.vendor(known, roster)["signals"]
        assert isinstance(shape, list)
        assert [one["roster"] for one in shape[0]["terms"]] == ["SD-BASE", None]
        (row,) = vendors_view((VendorWays(vendor=known, ways=(), terms=TermsKnown.UNKNOWN),), roster).rows
        facts = dict(row.facts)
        assert (
            facts["Its site names conditions"]
            == "Just the service (SD-BASE), MY-OWN (not known here), as of 2026-02-01"
        )
        assert facts["Its site on tracking"].endswith("as of 2025-01-02")

    adding(tmp_path, served(FILES), look)


REPLIES: dict[str, tuple[Callable[[str], bytes | None], SignalState]] = {
    "nothing there": (served({}), SignalState.ABSENT),
    "gone": (lambda _path: answer(status="410 Gone"), SignalState.ABSENT),
    "a page instead": (lambda _path: answer(b"<!doctype html><p>Not found"), SignalState.UNREADABLE),
    "a redirect": (
        lambda _path: answer(status="302 Found", headers=b"Location: http://127.0.0.1:1/\r\n"),
        SignalState.UNREADABLE,
    ),
    "too much": (lambda _path: answer(b" " * 40_000), SignalState.UNREADABLE),
    "broken": (lambda _path: b"HTTP/9 nonsense\r\n\r\n", SignalState.UNREADABLE),
    "silence": (lambda _path: None, SignalState.UNREACHED),
}


@pytest.mark.parametrize("case", REPLIES)
def test_whatever_is_there_the_vendor_is_added_in_time(case: str, tmp_path: Path) -> None:
    reply, state = REPLIES[case]
    began = time.monotonic()

    def look(person: Person, vendor: LyingVendor, known: Counterparty) -> None:
        assert {signal.state for signal in known.signals} == {state}
        assert len(known.signals) == len(SignalPlace)
        words = [
            label
            for label, _ in vendors_view(
                (VendorWays(vendor=known, ways=(), terms=TermsKnown.UNKNOWN),), person.means.roster
            )
            .rows[0]
            .facts
        ]
        assert ("Its site on tracking" in words) is (state is SignalState.UNREADABLE)

    adding(tmp_path, reply, look)
    assert time.monotonic() - began < 60


def test_terms_that_are_not_ours_are_shown_as_such_and_do_not_count_as_signed(tmp_path: Path) -> None:
    def look(person: Person, vendor: LyingVendor, known: Counterparty) -> None:
        from dataclasses import replace

        assert known.card is not None
        roster = person.means.roster
        assert choose_vendors.signs_usual_terms(known, roster)
        first, *rest = known.card.terms
        other = replace(first, entry=rest[0].entry)
        unknown = replace(first, roster="SD-ALL")
        card = replace(known.card, terms=(other, unknown, *rest))
        lying = replace(known, card=card)
        assert not choose_vendors.signs_usual_terms(lying, roster)
        assert shapes.vendor(lying, roster)["terms_standing"] == {
            other.roster: "redefined",
            "SD-ALL": "unknown",
            rest[0].roster: "known",
        }
        (row,) = vendors_view((VendorWays(vendor=lying, ways=(), terms=TermsKnown.NAMES),), roster).rows
        assert row.signs == "Names conditions of its own choice"
        said = dict(row.facts)["Signs"]
        assert f"{other.roster} (not the text known here under this name), SD-ALL (not known here)" in said

    adding(tmp_path, served({}), look)


def test_every_request_asks_not_to_be_tracked_and_a_cast_asks_for_no_file(tmp_path: Path) -> None:
    """From adding a vendor to leaving it: whatever goes out carries `Sec-GPC: 1`, and a cast looks nothing up."""

    async def job() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            await choose_vendors.add_vendor(person.means, desk.url)
            looked_up = [one.split(b" ")[1] for one in desk.recording.sent()]
            assert looked_up == [
                b"/.well-known/intentcast.json",
                *(f"/.well-known/{one}".encode() for one in SignalPlace),
            ]
            key = (await say_what_i_want.save_want(person.means, WANT)).id
            await choose_vendors.confirm_plan(person.means, await choose_vendors.plan(person.means, key))
            await send_intentcast.cast(person.means, key, spread=0.0)
            await person.settle()
            best = (await compare_offers.compare(person.means, key)).ranked[0].offer
            await accept_offer.accept(person.means, best.id)
            await person.settle()
            (row,) = (await collect_offers.progress(person.means, key)).vendors
            await keep_relationship.say(person.means, row.relationship.id, "Does the bell work?")
            await person.settle()
            await end_relationship.end(person.means, row.relationship.id)
            await person.settle()
            requests = desk.recording.sent()
            assert len([one for one in requests if one.startswith(b"POST ")]) >= 5
            assert all(one.lower().count(b"\r\nsec-gpc: 1\r\n") == 1 for one in requests)
            assert [one for one in requests if b" /.well-known/" in one.split(b"\r\n")[0]] == requests[:4]

    asyncio.run(job())
