"""Shop pages by address: asked for once, cleaned, written down before; what leads away, is refused or says no price."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, a_person
from tests.fakes.shop_pages import FakeWeb, leads_to, page, product, unreached
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import LEAVING, PageVisit, VisitFor
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.formats.errors import NoPriceOnPage
from vrm_desktop.services import choose_vendors, keep_pages, say_what_i_want, visit_pages
from vrm_desktop.services.errors import NotFound, PageElsewhere
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import WebPage

SHOP = "https://www.shop.example/p/7"


def shopping(
    folder: Path, pages: dict[str, object], look: Callable[[Means, FakeWeb, IntentcastId], Awaitable[None]]
) -> None:
    async def run() -> None:
        web = FakeWeb(pages=dict(pages))  # type: ignore[arg-type]
        async with a_person(folder, MovingClock()) as person:
            means = replace(person.means, outside=web.outside)
            want = await say_what_i_want.save_want(means, WANT)
            await look(means, web, want.id)

    asyncio.run(run())


def test_a_pasted_address_is_cleaned_asked_for_once_and_tied_to_its_vendor(tmp_path: Path) -> None:
    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        vendor = await choose_vendors.add_organisation(means, "Shop", OrganisationKind.SHOP)
        await means.vault.write(lambda tx: tx.save_vendor(replace(vendor, web="http://shop.example")))
        kept = await keep_pages.add_address(means, want, f"{SHOP}?utm_source=mail&gclid=1#top")
        [price] = kept.prices
        assert web.urls() == [SHOP]
        assert (kept.asked, price.link, price.vendor) == (SHOP, SHOP, vendor.id)
        assert price.stripped == ("utm_source", "gclid")
        again = await keep_pages.add_address(means, want, SHOP)
        assert [one.id for one in again.prices] == [price.id]
        [visit] = await visit_pages.visits(means)
        assert (visit.address, visit.times, visit.outcome, visit.vendor) == (SHOP, 2, "", vendor.id)
        assert visit.why is VisitFor.PERSON

    shopping(tmp_path, {SHOP: page(product("799.00"))}, look)


def test_it_is_written_down_before_it_leaves(tmp_path: Path) -> None:
    seen: list[str] = []

    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        class Watching(FakeWeb):
            """Looks into the vault when it is asked."""

            async def fetch(
                self, url: str, *, most: int, etag: str = "", modified: str = "", seconds: float | None = None
            ) -> WebPage:
                kept = await means.vault.read(lambda tx: tx.papers(PageVisit))
                seen.extend(one.outcome for one in kept if one.address == url)
                return await FakeWeb.fetch(self, url, most=most, etag=etag, modified=modified, seconds=seconds)

        watching = replace(means, outside=Watching(pages=web.pages).outside)
        await keep_pages.add_address(watching, want, SHOP)

    shopping(tmp_path, {SHOP: page(product("799.00"))}, look)
    assert seen == [LEAVING]


def test_redirects_are_followed_on_the_same_owners_site_each_cleaned_and_written_down(tmp_path: Path) -> None:
    first, last = "https://shop.example/7", "https://m.shop.example/p/7"

    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        kept = await keep_pages.add_address(means, want, first)
        assert web.urls() == [first, SHOP, last]
        assert kept.prices[0].link == last
        assert kept.prices[0].stripped == ("srsltid",)
        assert len(await visit_pages.visits(means)) == 3

    pages = {first: leads_to(f"{SHOP}?srsltid=me", 301), SHOP: leads_to("//m.shop.example/p/7", 307)}
    shopping(tmp_path, {**pages, last: page(product("799.00"))}, look)


@pytest.mark.parametrize(
    "location",
    [
        "https://network.example/click?to=shop",
        "https://shop.example.evil.example/",
        "http://127.0.0.1:8080/admin",
        "http://localhost/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_a_redirect_to_another_owner_or_a_private_address_is_told_and_not_followed(
    tmp_path: Path, location: str
) -> None:
    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        with pytest.raises(PageElsewhere) as raised:
            await keep_pages.add_address(means, want, SHOP)
        assert raised.value.link.rstrip("/") == location.rstrip("/")
        assert web.urls() == [SHOP]
        assert await keep_pages.prices(means) == ()

    shopping(tmp_path, {SHOP: leads_to(location)}, look)


@pytest.mark.parametrize("location", [SHOP, "/p/8", "javascript:alert(1)", "https://[", "data:text/html,x"])
def test_circles_and_redirects_to_nowhere_end(tmp_path: Path, location: str) -> None:
    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        with pytest.raises(ChannelError) as raised:
            await keep_pages.add_address(means, want, SHOP)
        assert raised.value.code == "page-refused"
        assert len(web.asked) <= visit_pages.MOST_HOPS + 1
        assert "page-refused" in {one.outcome for one in await visit_pages.visits(means)}

    other = SHOP.replace("/7", "/8")
    shopping(tmp_path, {SHOP: leads_to(location), other: leads_to("/p/7")}, look)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page(status=403), "page-refused"),
        (page(status=429, retry_after=60), "page-refused"),
        (page(status=304), "page-refused"),
        (page(status=404), "page-gone"),
        (page(status=502), "answered-badly"),
        (page(b"%PDF-1.7", kind="application/pdf"), "page-not-html"),
        (page("<title>Just a moment</title><script src=/cdn-cgi/challenge-platform/x.js>"), "page-wall"),
        (unreached("name-not-found"), "name-not-found"),
    ],
)
def test_a_page_that_is_not_had_is_said_plainly(tmp_path: Path, answer: object, code: str) -> None:
    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        with pytest.raises(ChannelError) as raised:
            await keep_pages.add_address(means, want, SHOP)
        assert raised.value.code == code
        assert len(web.asked) == 1
        [visit] = await visit_pages.visits(means)
        assert visit.outcome == ("" if code == "page-wall" else code)

    shopping(tmp_path, {SHOP: answer}, look)


def test_a_page_without_a_price_and_a_want_that_is_not_there(tmp_path: Path) -> None:
    async def look(means: Means, web: FakeWeb, want: IntentcastId) -> None:
        with pytest.raises(NoPriceOnPage):
            await keep_pages.add_address(means, want, SHOP)
        with pytest.raises(NotFound):
            await keep_pages.add_address(means, IntentcastId("none"), SHOP)
        for address in ("ftp://shop.example/", "https://me:pw@shop.example/"):
            with pytest.raises(ChannelError) as raised:
                await keep_pages.add_address(means, want, address)
            assert raised.value.code == "address-refused"
        assert len(web.asked) == 1

    shopping(tmp_path, {SHOP: page("<p>Price on request</p>")}, look)


def test_the_answers_own_word_for_its_letters_counts(tmp_path: Path) -> None:
    async def look(means: Means, _web: FakeWeb, want: IntentcastId) -> None:
        kept = await keep_pages.add_address(means, want, SHOP)
        assert kept.prices[0].title == "Räder"

    body = b'<meta charset="utf-8">' + product("1.00", "R#der").replace("R#der", "Räder").encode("cp1252")
    shopping(tmp_path, {SHOP: page(body, charset="iso-8859-1")}, look)


def test_without_a_way_to_pages_nothing_is_asked(tmp_path: Path) -> None:
    async def look(means: Means, _web: FakeWeb, want: IntentcastId) -> None:
        with pytest.raises(ChannelError):
            await keep_pages.add_address(replace(means, outside=None), want, SHOP)

    shopping(tmp_path, {}, look)
