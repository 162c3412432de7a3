"""Watched prices: off by default, once a day and page, never against robots.txt, given up after refusals, told once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, a_person
from tests.fakes.shop_pages import FakeWeb, leads_to, page, product, unreached
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.price_watch import MOST_REFUSALS, PriceWatch, WatchState
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.services import keep_pages, say_what_i_want, send_intentcast, watch_prices
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError

SITE = "https://shop.example"
PAGE = f"{SITE}/p/7"
ROBOTS = f"{SITE}/robots.txt"


@dataclass(slots=True, kw_only=True)
class Watcher:
    """Somebody who watches prices on an invented web."""

    means: Means
    web: FakeWeb
    clock: MovingClock
    want: IntentcastId

    async def adds(self, address: str = PAGE) -> PublicPrice:
        """Add a page; what it has is asked for once."""
        [price] = (await keep_pages.add_address(self.means, self.want, address)).prices
        self.web.asked.clear()
        return price

    async def looks(self, days: float = 1.3) -> PriceWatch:
        """Let time pass, look, and say how the newest watch stands."""
        self.clock.move(days=days)
        await watch_prices.look(self.means)
        return (await watch_prices.watched(self.means))[0].watch

    async def news(self) -> list[AgendaItem]:
        """What the agenda says of fallen prices."""
        items = await self.means.vault.read(lambda tx: tx.agenda())
        return [one for one in items if one.kind is AgendaKind.PRICE_FELL]


def watching(folder: Path, look: Callable[[Watcher], Awaitable[None]], **pages: object) -> None:
    async def run() -> None:
        clock, web = MovingClock(), FakeWeb()
        web.pages[PAGE] = page(product("799.00"))
        async with a_person(folder, clock) as person:
            means = replace(person.means, outside=web.outside)
            want = replace(WANT, price_cap=None) if pages.pop("no_cap", False) else WANT
            key = (await say_what_i_want.save_want(means, replace(want, answers_by=None))).id
            await look(Watcher(means=means, web=web, clock=clock, want=key))

    asyncio.run(run())


def test_nothing_is_looked_at_until_the_person_asks(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        await one.adds()
        one.clock.move(days=3)
        await watch_prices.look(one.means)
        assert one.web.asked == []

    watching(tmp_path, look)


def test_a_page_is_looked_at_once_a_day_after_its_robots_and_only_while_asked(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        made = await watch_prices.watch(one.means, price.id)
        assert made.until == one.clock.today() + timedelta(days=30)
        await watch_prices.look(one.means)
        assert one.web.asked == []
        await one.looks()
        assert one.web.urls() == [ROBOTS, PAGE]
        await one.looks(days=0.9)
        assert one.web.urls() == [ROBOTS, PAGE]
        await watch_prices.unwatch(one.means, price.id)
        await one.looks(days=3)
        assert one.web.urls() == [ROBOTS, PAGE]
        [kept] = await watch_prices.watched(one.means)
        assert (kept.watch.state, len(kept.watch.seen)) == (WatchState.ENDED, 1)

    watching(tmp_path, look)


def test_a_look_that_was_cut_short_is_not_repeated_the_same_day(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        await watch_prices.watch(one.means, price.id)
        one.clock.move(days=1.3)

        def killed() -> object:
            raise asyncio.CancelledError

        one.web.pages[PAGE] = killed  # type: ignore[assignment]
        with pytest.raises(asyncio.CancelledError):
            await watch_prices.look(one.means)
        asked = len(one.web.asked)
        await one.looks(days=0.5)
        assert len(one.web.asked) == asked

    watching(tmp_path, look)


def test_an_unchanged_page_says_so_by_its_mark_which_is_forgotten_after_a_week(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        one.web.pages[PAGE] = page(product("799.00"), etag='"v1"', modified="Mon, 23 Nov 2026 08:00:00 GMT")
        price = await one.adds()
        await watch_prices.watch(one.means, price.id)
        for _ in range(9):
            await one.looks()
        marks = [each.etag for each in one.web.asked if each.url == PAGE]
        assert marks == ["", *['"v1"'] * 5, "", '"v1"', '"v1"']
        [kept] = await watch_prices.watched(one.means)
        assert len(kept.watch.seen) == 1
        assert kept.price is not None
        assert kept.price.at == one.clock.now()
        assert kept.price.id == price.id

    watching(tmp_path, look)


def test_a_fall_under_the_most_i_would_pay_is_told_once_and_while_it_lasts(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        one.web.pages[PAGE] = page(product("900.00"))
        price = await one.adds()
        await watch_prices.watch(one.means, price.id, fall=50)
        one.web.pages[PAGE] = page(product("876.55"))
        await one.looks()
        assert await one.news() == []
        one.web.pages[PAGE] = page(product("876.54"))
        await one.looks()
        [told] = await one.news()
        assert (told.due, told.done, told.intentcast) == (one.clock.today(), False, one.want)
        assert told.text == "Road bike, 876.54 EUR"
        await one.looks()
        assert [(each.due, each.done) for each in await one.news()] == [(one.clock.today(), False)]
        [kept] = await watch_prices.watched(one.means)
        assert kept.fallen
        assert [each.low.minor for each in kept.watch.seen] == [90_000, 87_655, 87_654]
        await one.means.vault.write(lambda tx: tx.put_agenda(replace(told, done=True)))
        await one.looks()
        assert [each.done for each in await one.news()] == [True]
        one.web.pages[PAGE] = page(product("850.00"))
        await one.looks()
        assert [each.done for each in await one.news()] == [False]
        one.web.pages[PAGE] = page(product("900.00"))
        await one.looks()
        assert [each.done for each in await one.news()] == [True]

    watching(tmp_path, look)


def test_robots_that_forbid_are_heeded_and_the_page_is_never_asked_for(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        await watch_prices.watch(one.means, price.id)
        one.web.pages[ROBOTS] = page(b"User-agent: *\nDisallow: /p/\n", kind="text/plain")
        found = await one.looks()
        assert one.web.urls() == [ROBOTS]
        assert (found.refusals, found.trouble) == (1, "page-forbids-programs")
        one.web.pages[ROBOTS] = page(status=503)
        found = await one.looks(days=3)
        assert (one.web.urls(), found.refusals) == ([ROBOTS, ROBOTS], 2)
        one.web.pages[ROBOTS] = leads_to("https://other.example/robots.txt")
        found = await one.looks(days=5)
        assert (one.web.urls()[-1], found.refusals, found.trouble) == (PAGE, 0, "")

    watching(tmp_path, look)


@pytest.mark.parametrize(
    "answer",
    [
        page(status=403),
        page(status=404),
        page("<p>Price on request</p>"),
        page("captcha"),
        page(product("799.00", "Another bike")),
        leads_to("https://other.example/"),
        ChannelError("too-large", may_have_arrived=True, final=False),
    ],
    ids=["403", "404", "no price", "wall", "another product", "elsewhere", "endless"],
)
def test_what_refuses_again_and_again_is_left_in_peace(tmp_path: Path, answer: object) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        await watch_prices.watch(one.means, price.id, until=one.clock.today() + timedelta(days=200))
        one.web.pages[PAGE] = answer  # type: ignore[assignment]
        found = await one.looks()
        for pause in (2, 4, 8):
            asked = len(one.web.asked)
            await one.looks(days=pause - 0.9)
            assert len(one.web.asked) == asked, "it is left alone twice as long each time"
            found = await one.looks(days=1)
            assert len(one.web.asked) > asked
        assert (found.state, found.refusals) == (WatchState.REFUSED, MOST_REFUSALS)
        assert len([each for each in one.web.asked if each.url == PAGE]) == MOST_REFUSALS
        last = len(one.web.asked)
        await one.looks(days=40)
        assert len(one.web.asked) == last
        assert found.trouble
        assert [each.low.minor for each in await keep_pages.prices(one.means)] == [79_900]

    watching(tmp_path, look)


def test_two_prices_of_the_product_are_a_range_from_then_on(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        await watch_prices.watch(one.means, price.id)
        one.web.pages[PAGE] = page(product("799.00") + product("699.00"))
        last = (await one.looks()).seen[-1]
        assert (last.low.minor, last.high.minor if last.high else 0) == (69_900, 79_900)

    watching(tmp_path, look)


def test_being_offline_counts_for_nothing_and_ends_the_round(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        for site in ("a", "b", "c", "d"):
            address = f"https://{site}.example/p"
            one.web.pages[address] = page(product("10.00", f"Thing {site}"))
            await watch_prices.watch(one.means, (await one.adds(address)).id)
            one.web.pages[f"https://{site}.example/robots.txt"] = unreached("name-not-found")
        found = await one.looks()
        assert len(one.web.asked) == 2
        assert found.refusals == 0
        assert {each.watch.refusals for each in await watch_prices.watched(one.means)} == {0}

    watching(tmp_path, look)


def test_a_site_is_asked_for_few_pages_at_once_and_for_its_robots_once(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        for number in range(5):
            address = f"{SITE}/p/{number}"
            one.web.pages[address] = page(product("10.00", f"Thing {number}"))
            await watch_prices.watch(one.means, (await one.adds(address)).id)
        await one.looks()
        assert len(one.web.asked) == 1 + watch_prices.MOST_OF_A_SITE
        assert one.web.urls().count(ROBOTS) == 1
        await one.looks(days=0)
        assert len({each.url for each in one.web.asked}) == 6

    watching(tmp_path, look)


def test_it_ends_with_its_last_day_or_with_the_want(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        await watch_prices.watch(one.means, price.id, until=one.clock.today() + timedelta(days=1))
        assert (await one.looks(days=2)).state is WatchState.OVER
        assert one.web.asked == []
        again = await watch_prices.watch(one.means, price.id)
        assert (again.state, len(await watch_prices.watched(one.means))) == (WatchState.WATCHING, 1)
        await send_intentcast.withdraw(one.means, one.want)
        assert (await one.looks()).state is WatchState.OVER
        assert one.web.asked == []

    watching(tmp_path, look)


def test_a_price_that_is_struck_off_takes_its_watch_along(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        made = await watch_prices.watch(one.means, price.id)
        await keep_pages.drop(one.means, price.id)
        assert await watch_prices.watched(one.means) == ()
        with pytest.raises(NotFound):
            await watch_prices.unwatch(one.means, made.id)
        with pytest.raises(NotFound):
            await watch_prices.watch(one.means, price.id)

    watching(tmp_path, look)


def test_what_cannot_be_watched_is_refused(tmp_path: Path) -> None:
    async def look(one: Watcher) -> None:
        price = await one.adds()
        today = one.clock.today()
        for until in (today - timedelta(days=1), today + timedelta(days=400)):
            with pytest.raises(NotPossibleNow):
                await watch_prices.watch(one.means, price.id, until=until)
        with pytest.raises(InvalidValue):
            await watch_prices.watch(one.means, price.id, fall=0)
        [saved] = (await keep_pages.add(one.means, one.want, product("5.00").encode())).prices
        with pytest.raises(NotPossibleNow):
            await watch_prices.watch(one.means, saved.id)
        assert await watch_prices.look(replace(one.means, outside=None)) == await watch_prices.look(one.means)

    watching(tmp_path, look)
