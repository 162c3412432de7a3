"""The directory: how a vendor can be reached, asked politely; and what else can be done where nobody answers."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.held_port import held_port
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import USUAL, WANT, Person, a_person
from tests.fakes.scripted_server import answer, scripted_server
from tests.fakes.shop_pages import FakeWeb, page, product
from vrm_desktop.channels.web import WebChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.reaching import Because, NextKind, NextWays, TermsKnown, VendorWays, ways_of_entry
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import FoundBy, KnownWay, Shown, Way
from vrm_desktop.services import (
    choose_vendors,
    collect_offers,
    discover_ways,
    import_organisations,
    keep_pages,
    next_ways,
    say_what_i_want,
    send_intentcast,
    visit_pages,
)
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.import_organisations import ListKind
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.wording.reaching import because_words, entry_line, next_words, told_words, way_line, ways_line

UCP = {
    "ucp": {
        "version": "2026-08-25",
        "services": {
            "dev.ucp.shopping": [
                {"version": "2026-08-25", "transport": "rest", "endpoint": "https://shop.example/ucp", "schema": "x"}
            ]
        },
        "capabilities": {"dev.ucp.shopping.catalog.search": [{"version": "2026-08-25"}]},
    }
}


@dataclass(slots=True, kw_only=True)
class Site:
    """A site on loopback that answers by path; what it was asked for, in order."""

    url: str = ""
    files: dict[str, bytes]
    asked: list[str]


def with_site(folder: Path, files: dict[str, object], look: Callable[[Person, Means, Site], Awaitable[None]]) -> None:
    async def run() -> None:
        clock = MovingClock()
        site = Site(files={path: json.dumps(value).encode() for path, value in files.items()}, asked=[])

        def reply(request: bytes) -> bytes:
            path = request.split(b" ")[1].decode()
            site.asked.append(path)
            return answer(site.files[path]) if path in site.files else answer(status="404 Not Found")

        async with (
            scripted_server(reply) as server,
            a_person(folder, clock) as person,
            Courier(USUAL) as courier,
        ):
            site.url = server.url
            web = WebChannel(courier, clock)
            means = replace(person.means, outside=OnlyPages(channel=web).outside)
            await look(person, means, site)

    asyncio.run(run())


@dataclass(slots=True, kw_only=True)
class OnlyPages(FakeWeb):
    """The real way to pages."""

    channel: WebChannel

    def web(self) -> WebChannel:  # type: ignore[override]
        """The real one."""
        return self.channel


def known(found: VendorWays) -> set[Way]:
    return {one.way for one in found.ways}


def test_a_domain_is_asked_in_a_handful_of_requests_and_not_again_within_the_day(tmp_path: Path) -> None:
    async def look(person: Person, means: Means, site: Site) -> None:
        found = await discover_ways.discover(means, site.url)
        assert site.asked[0] == "/.well-known/intentcast.json"
        assert site.asked[-1] == "/.well-known/ucp"
        assert len(site.asked) == 5
        assert known(found) == {Way.UCP, Way.PAGE}
        ucp = next(one for one in found.ways if one.way is Way.UCP)
        assert (ucp.address, ucp.versions, ucp.found) == (
            "https://shop.example/ucp",
            ("2026-08-25",),
            FoundBy.DISCOVERY,
        )
        assert found.terms is TermsKnown.UNKNOWN
        assert ways_line(found) == "answers on UCP (2026-08-25), has a web page, terms unknown"
        count = len(site.asked)
        again = await discover_ways.discover(means, found.vendor.id)
        assert (again.asked, again.looked, len(site.asked)) == ((), person.clock.now(), count)
        assert known(again) == {Way.UCP, Way.PAGE}
        assert len(await choose_vendors.vendors(means)) == 1
        site.files.clear()
        forced = await discover_ways.discover(means, site.url, again=True)
        assert forced.vendor.id == found.vendor.id
        assert next(one.trouble for one in forced.ways if one.way is Way.UCP) == "shop-not-here"
        person.clock.move(days=1)
        assert (await discover_ways.discover(means, found.vendor.id)).asked
        visits = await visit_pages.visits(means)
        assert {one.address.removeprefix(f"{site.url}/.well-known/"): (one.why, one.times) for one in visits} == {
            "intentcast.json": (VisitFor.DISCOVERY, 3),
            "myterms.json": (VisitFor.TERMS, 3),
            "myterms": (VisitFor.TERMS, 3),
            "gpc.json": (VisitFor.TERMS, 3),
            "ucp": (VisitFor.DISCOVERY, 3),
            "ucp/": (VisitFor.DISCOVERY, 2),
        }
        assert len(site.asked) == sum(one.times for one in visits)

    with_site(tmp_path, {"/.well-known/ucp": UCP}, look)


def test_an_address_at_which_nobody_can_be_makes_no_counterparty(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, _site: Site) -> None:
        for _time in range(2):
            with pytest.raises(ChannelError, match=r"192\.168\.0\.1"):
                await discover_ways.discover(means, "https://192.168.0.1")
        assert await choose_vendors.vendors(means) == ()

    with_site(tmp_path, {}, look)


@pytest.mark.parametrize("body", [{"ucp": {}}, [], "x", {"ucp": {"version": "1"}}])
def test_a_profile_that_cannot_be_read_is_no_way(tmp_path: Path, body: object) -> None:
    async def look(_person: Person, means: Means, site: Site) -> None:
        found = await discover_ways.discover(means, site.url)
        assert (known(found), found.trouble) == ({Way.PAGE}, "")

    with_site(tmp_path, {"/.well-known/ucp": body}, look)


def test_a_way_that_fails_later_keeps_its_trouble(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, site: Site) -> None:
        found = await discover_ways.discover(means, site.url)
        site.files["/.well-known/ucp"] = b"{" + b" " * 1_100_000
        again = await discover_ways.discover(means, found.vendor.id, again=True)
        assert again.trouble == "too-large"
        ucp = next(one for one in again.ways if one.way is Way.UCP)
        assert ucp.trouble == "too-large"
        assert "did not answer last time" in way_line(ucp)
        assert "A message is too large." in way_line(ucp)

    with_site(tmp_path, {"/.well-known/ucp": UCP}, look)


def test_a_site_that_is_not_reached_is_asked_no_further(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, _site: Site) -> None:
        web = FakeWeb()
        with held_port() as closed:
            address = f"http://127.0.0.1:{closed}"
            found = await discover_ways.discover(replace(means, outside=web.outside), address)
        assert (found.trouble, len(found.asked), web.asked) == ("connect-failed", 1, [])

    with_site(tmp_path, {}, look)


@pytest.mark.parametrize("whom", ["", "nobody", "ftp://shop.example", "https://", "a b.example"])
def test_what_is_neither_an_id_nor_a_domain_is_nothing(tmp_path: Path, whom: str) -> None:
    async def look(_person: Person, means: Means, _site: Site) -> None:
        with pytest.raises(NotFound):
            await discover_ways.discover(means, whom)
        with pytest.raises(NotFound):
            await discover_ways.ways(means, VendorId("nobody"))
        assert await choose_vendors.vendors(means) == ()

    with_site(tmp_path, {}, look)


def test_a_real_desk_is_found_and_what_the_person_wrote_down_stays(tmp_path: Path) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "me", clock) as person:
            means = replace(person.means, outside=FakeWeb().outside)
            made = await choose_vendors.add_organisation(means, "My bike shop", OrganisationKind.SHOP)
            await means.vault.write(
                lambda tx: tx.save_vendor(replace(made, web=desk.url, email="shop@shop.example", number="K-7"))
            )
            found = await discover_ways.discover(means, made.id)
            assert found.vendor.id == made.id
            assert (found.vendor.email, found.vendor.number) == ("shop@shop.example", "K-7")
            assert found.ways[0].way is Way.NATIVE
            assert known(found) == {Way.NATIVE, Way.MAIL, Way.PAGE}
            assert found.terms is TermsKnown.SIGNS
            assert ways_line(found).startswith("answers directly, accepts e-mail")
            assert [one.vendor.id for one in await discover_ways.directory(means)] == [made.id]

    asyncio.run(run())


def entry(**more: object) -> bytes:
    value = {"slug": "rad", "name": "Radhaus", "relevant-countries": ["de"], "email": "info@rad.example", **more}
    return json.dumps(value).encode() + b"\n"


def test_an_entry_of_a_list_shows_its_ways_and_is_taken_up_when_asked(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, site: Site) -> None:
        data = entry(address="Weg 1\n50667 Köln")
        await import_organisations.import_list(means, ListKind.COMPANIES, data, "companies.jsonl")
        [found] = await import_organisations.organisations(means)
        assert ways_of_entry(found) == (Way.MAIL, Way.LETTER)
        assert ways_of_entry(replace(found, web="https://rad.example")) == (Way.MAIL, Way.PAGE, Way.LETTER)
        assert entry_line(ways_of_entry(found)) == "accepts e-mail, takes letters, terms unknown"
        assert entry_line(()) == "no way is known, terms unknown"
        taken = await discover_ways.discover(means, found.id)
        assert (taken.site, taken.asked, site.asked) == ("", (), [])
        assert known(taken) == {Way.MAIL, Way.LETTER}
        assert {one.found for one in taken.ways} == {FoundBy.LIST}
        assert "from a list" in way_line(taken.ways[0])
        assert "Köln" not in way_line(taken.ways[-1])

    with_site(tmp_path, {}, look)


def asking(folder: Path, look: Callable[[Person, Means, IntentcastId], Awaitable[None]]) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_person(folder, clock) as person:
            web = FakeWeb(pages={"https://shop.example/p": page(product("700.00"))})
            means = replace(person.means, outside=web.outside)
            want = await say_what_i_want.save_want(means, WANT)
            await look(person, means, want.id)
            assert web.urls() in ([], ["https://shop.example/p"]), "looking for ways asks nobody"

    asyncio.run(run())


def kinds(found: NextWays) -> list[NextKind]:
    return [one.kind for one in found.ways]


async def knows(means: Means, **more: object) -> Counterparty:
    made = await choose_vendors.add_organisation(means, "Radhaus", OrganisationKind.SHOP)
    vendor: Counterparty = replace(made, **more)  # type: ignore[arg-type]
    await means.vault.write(lambda tx: tx.save_vendor(vendor))
    return vendor


def test_who_knows_nobody_is_told_to_add_somebody(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, want: IntentcastId) -> None:
        found = await next_ways.next_ways(means, want)
        assert (found.because, kinds(found)) == (Because.NOBODY_KNOWN, [NextKind.ADD])
        await import_organisations.import_list(means, ListKind.COMPANIES, entry(), "companies.jsonl")
        found = await next_ways.next_ways(means, want)
        assert kinds(found) == [NextKind.CHOOSE_FROM_LIST, NextKind.ADD]
        assert next_words(found.ways[0]) == "Choose one of the 1 organisations on your lists"
        assert told_words(found.ways[0]) == ""
        with pytest.raises(NotFound):
            await next_ways.next_ways(means, IntentcastId("none"))

    asking(tmp_path, look)


def test_the_next_best_ways_come_in_order_and_say_what_they_tell(tmp_path: Path) -> None:
    async def look(_person: Person, means: Means, want: IntentcastId) -> None:
        shop = await knows(means, email="info@rad.example", web="https://rad.example", postal="Weg 1\n50667 Köln")
        await knows(means, kind=OrganisationKind.PUBLIC_OFFICE, email="amt@stadt.example")
        await keep_pages.add_address(means, want, "https://shop.example/p")
        found = await next_ways.next_ways(means, want)
        assert found.because is Because.NOBODY_KNOWN
        assert because_words(found.because)
        assert set(kinds(found)) >= {NextKind.USE_PRICE, NextKind.LOOK, NextKind.DISCOVER, NextKind.ADD}
        assert kinds(found).index(NextKind.USE_PRICE) < kinds(found).index(NextKind.LOOK)
        assert {one.vendor.id for one in found.ways if one.vendor is not None} == {shop.id}
        by_kind = {one.kind: one for one in found.ways}
        assert by_kind[NextKind.LOOK].shows is Shown.VISIT
        assert next_words(by_kind[NextKind.USE_PRICE]) == "Buy at a public price: Road bike, €700.00"
        assert told_words(by_kind[NextKind.LOOK]) == "it would learn: that somebody visits the page"
        written = [one for one in found.ways if one.kind in {NextKind.ASK, NextKind.WRITE}]
        assert written
        assert all("876" not in told_words(one) for one in found.ways), "the most that I would pay stays here"

    asking(tmp_path, look)


def test_a_cast_that_is_waited_for_needs_nothing_and_an_expired_one_has_ways_on(tmp_path: Path) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "me", clock) as person:
            means = person.means
            key, _made = await person.casts(desk.url)
            assert (await next_ways.next_ways(means, key)).because is Because.NOTHING_WRONG
            clock.move(days=60)
            want = await say_what_i_want.want(means, key)
            assert want.state is IntentcastState.CAST
            found = await next_ways.next_ways(means, key)
            assert found.because is Because.EXPIRED
            assert kinds(found)[-1] is NextKind.ADD
            assert not any(one.way is Way.NATIVE for one in found.ways), "it was asked by this way already"

    asyncio.run(run())


async def _save(means: Means, one: Relationship) -> None:
    await means.vault.write(lambda tx: tx.save_relationship(one))


def test_who_was_reached_and_answered_badly_is_not_called_unreachable(tmp_path: Path) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "me", clock) as person:
            means = person.means
            key, _made = await person.casts(desk.url)
            (asked,) = await means.vault.read(lambda tx: tx.relationships(key))
            for address, because in (("", Because.UNREACHABLE), (f"{desk.url}/conversations/1", Because.NO_OFFER)):
                await _save(means, replace(asked, trouble="bad-signature", address=address))
                assert (await next_ways.next_ways(means, key)).because is because

    asyncio.run(run())


def test_nobody_reached_is_said_so(tmp_path: Path) -> None:
    async def run() -> None:
        clock = MovingClock()
        async with a_person(tmp_path / "me", clock) as person:
            async with a_desk(tmp_path / "desk", clock) as desk:
                vendor = await choose_vendors.add_vendor(person.means, desk.url)
            want = await say_what_i_want.save_want(person.means, WANT)
            view = await choose_vendors.plan(person.means, want.id, (vendor.id,))
            assert (await next_ways.next_ways(person.means, want.id)).because is Because.NOTHING_WRONG
            await choose_vendors.confirm_plan(person.means, view)
            await send_intentcast.cast(person.means, want.id, spread=0.0)
            await collect_offers.sync_once(person.means, person.exchange)
            found = await next_ways.next_ways(person.means, want.id)
            assert found.because is Because.UNREACHABLE
            assert found.ways[-1].kind is NextKind.ADD

    asyncio.run(run())


def test_a_known_way_of_a_desk_or_letter_has_words() -> None:
    def way(kind: Way, address: str) -> KnownWay:
        return KnownWay(
            id="w", vendor=VendorId("v"), at=MovingClock().now(), way=kind, address=address, found=FoundBy.PERSON
        )

    assert way_line(way(Way.MCP, "https://desk.example/mcp")).startswith(
        "answers as a quote desk  https://desk.example"
    )
    assert way_line(way(Way.LETTER, "Weg 1")).startswith("takes letters  (")
