"""A person with ways to real shops over a real courier, and one shop on loopback that she deals with.

Waiting between pages takes no time. Never here: what is expected.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import USUAL, WANT, Person, a_person
from tests.fakes.shop_server import FakeShop, open_shop
from vrm_desktop.channels.ucp.shops import UcpShops
from vrm_desktop.channels.web import WebChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.checkout import Checkout
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import choose_vendors, find_shop, say_what_i_want, search_shop, send_intentcast, shop_cart
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.ports_outside import Post, QuoteDesks

PAGE = "https://somebody.example/ucp/{edition}.json"


class ToShops:
    """The ways to pages and shops, and to nobody else; `pauses` are the seconds waited between pages."""

    def __init__(self, courier: Courier, clock: MovingClock) -> None:
        self._courier, self._clock = courier, clock
        self.pauses: list[float] = []

    def web(self) -> WebChannel:
        return WebChannel(self._courier, self._clock)

    def shops(self) -> UcpShops:
        async def pause(seconds: float) -> None:
            self.pauses.append(seconds)
            await asyncio.sleep(0)

        return UcpShops(self._courier, self._clock, pause=pause)

    def desks(self) -> QuoteDesks:
        raise AssertionError("no desks here")

    def post(self) -> Post:
        raise AssertionError("no post here")


@dataclass(slots=True, kw_only=True)
class Shopper:
    """One person, one shop."""

    person: Person
    shop: FakeShop
    ways: ToShops

    async def finds(self) -> Counterparty:
        """Set the page that is named to shops, and find the shop."""
        await find_shop.set_own_page(self.person.means, PAGE)
        return await find_shop.find_shop_at(self.person.means, self.shop.base)

    async def searches(self, want: WantDraft = WANT) -> tuple[IntentcastId, RelationshipId]:
        """Find the shop, and cast the want to it alone."""
        vendor = await self.finds()
        key = (await say_what_i_want.save_want(self.person.means, want)).id
        plan = await choose_vendors.plan(self.person.means, key, (vendor.id,), ways={vendor.id: Way.UCP})
        await choose_vendors.confirm_plan(self.person.means, plan)
        _changes, (made,) = await send_intentcast.cast(self.person.means, key, spread=0.0)
        await self.person.settle()
        return key, made

    async def hit(self, want: WantDraft = WANT) -> PublicPrice:
        """The cheapest thing that a search brings."""
        key, _ = await self.searches(want)
        return (await search_shop.hits(self.person.means, key)).prices[0]

    async def cart(self, quantity: int = 1, want: WantDraft = WANT) -> Checkout:
        """A cart of it, as far as that goes by itself."""
        hit = await self.hit(want)
        begun = await shop_cart.begin_cart(self.person.means, hit.id, quantity)
        await self.person.settle()
        return await self.now(begun)

    async def checks_out(self) -> Checkout:
        """A checkout of it, as far as that goes by itself."""
        cart = await self.cart()
        await shop_cart.to_checkout(self.person.means, cart.id)
        await self.person.settle()
        return await self.now(cart)

    async def now(self, of: Checkout) -> Checkout:
        """How it stands."""
        return await shop_cart.checkout(self.person.means, of.id)


@asynccontextmanager
async def a_shopper(folder: Path, shop: FakeShop) -> AsyncIterator[Shopper]:
    """Somebody with a vault in `folder`, and the shop open."""
    clock = MovingClock(MORNING)
    async with open_shop(shop), a_person(folder, clock) as person, Courier(USUAL) as courier:
        ways = ToShops(courier, clock)
        means = replace(person.means, outside=ways)
        exchange = Exchange(means)
        try:
            told = Person(means=means, exchange=exchange, clock=clock, vault=person.vault)
            yield Shopper(person=told, shop=shop, ways=ways)
        finally:
            await exchange.close()
