"""Finding shops at their domains over a real courier, and the page that is named to them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.scripted_server import answer
from tests.fakes.shop_server import EDITIONS, FakeShop
from tests.fakes.shopper import Shopper, a_shopper
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.page_visit import PageVisit, VisitFor
from vrm_desktop.domain.shop import Edition
from vrm_desktop.domain.ways import KnownWay
from vrm_desktop.services import choose_vendors, find_shop
from vrm_desktop.services.ports import ChannelError

Job = Callable[[Shopper], Awaitable[None]]
Run = Callable[..., None]
EURO = "EUR"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def runs(job: Job, shop: FakeShop | None = None) -> None:
        async def body() -> None:
            async with a_shopper(tmp_path / "home", shop or FakeShop()) as shopper:
                await job(shopper)

        asyncio.run(body())

    return runs


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("transport", ["rest", "mcp"])
def test_a_shop_is_found_in_every_edition(run: Run, edition: str, transport: str) -> None:
    async def job(shopper: Shopper) -> None:
        vendor = await shopper.finds()
        again = await find_shop.find_shop(shopper.person.means, vendor.id)
        shop = await shopper.person.means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id))
        ways = await shopper.person.means.vault.read(lambda tx: tx.papers(KnownWay, vendor=vendor.id))
        assert shop is not None
        assert (shop.says, shop.speaks, shop.newer) == (edition, Edition(edition), False)
        assert [one.id for one in ways] == [again.id]
        assert (again.versions, again.detail) == ((edition,), transport)
        visits = await shopper.person.means.vault.read(lambda tx: tx.papers(PageVisit))
        assert [(one.why, one.times, one.address) for one in visits] == [
            (VisitFor.DISCOVERY, 2, f"{shopper.shop.base}/.well-known/ucp")
        ]

    run(job, FakeShop(edition=edition, transport=transport))


def test_a_shop_that_knows_its_places_with_a_slash_only_is_found_and_asked(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        hit = await shopper.hit()
        assert hit.low == Money(minor=79_900, currency=EURO)
        assert shopper.shop.places == [
            "GET /.well-known/ucp",
            "GET /.well-known/ucp/",
            "POST /ucp/catalog/search",
            "POST /ucp/catalog/search/",
        ]

    run(job, FakeShop(slash=True))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (answer(b"<html>hello</html>"), "shop-not-here"),
        (answer(b"", status="404 Not Found"), "shop-not-here"),
        (answer(b'{"ucp": {"version": "2025-01-01", "services": {}}}'), "shop-unspoken"),
        (answer(b"", status="403 Forbidden"), "shop-not-admitted"),
        (answer(b"", status="500 Broken"), "answered-badly"),
    ],
)
def test_what_is_no_such_shop_is_said_and_nobody_is_added(run: Run, told: bytes, code: str) -> None:
    async def job(shopper: Shopper) -> None:
        with pytest.raises(ChannelError) as caught:
            await shopper.finds()
        assert caught.value.code == code
        assert await choose_vendors.vendors(shopper.person.means) == ()

    run(job, FakeShop(answers={"/.well-known/ucp": told, "/.well-known/ucp/": told}))


def test_a_shop_that_fails_later_stays_known_with_what_went_wrong(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        vendor = await shopper.finds()
        shopper.shop.answers["/.well-known/ucp"] = answer(b"", status="500 Broken")
        with pytest.raises(ChannelError):
            await find_shop.find_shop(shopper.person.means, vendor.id)
        (known,) = await shopper.person.means.vault.read(lambda tx: tx.papers(KnownWay, vendor=vendor.id))
        assert known.trouble == "answered-badly"

    run(job)


def test_an_edition_newer_than_all_known_is_said_and_spoken_to_in_the_newest(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        vendor = await shopper.finds()
        shop = await shopper.person.means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id))
        assert shop is not None
        assert (shop.says, shop.speaks, shop.newer) == ("2027-03-01", Edition.FOURTH, True)

    told = json.dumps(FakeShop(base="https://shop.example").profile()).replace("2026-08-25", "2027-03-01")
    run(job, FakeShop(answers={"/.well-known/ucp": answer(told.encode())}))


@pytest.mark.parametrize(
    "page", ["http://somebody.example/p", "https://a@b.example/p", "https://localhost/p", "https://x.example/{no}", "x"]
)
def test_a_page_to_name_is_a_plain_protected_address(run: Run, page: str) -> None:
    async def job(shopper: Shopper) -> None:
        with pytest.raises(InvalidValue):
            await find_shop.set_own_page(shopper.person.means, page)
        assert await find_shop.own_page_set(shopper.person.means) == ""

    run(job)
