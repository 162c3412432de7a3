"""Shops that sign what they say: a signature that holds is said, and a wrong one stops until the person decides."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.shop_server import EDITIONS, LATE, FakeShop
from tests.fakes.shop_signatures import ShopSigner
from tests.fakes.shopper import Shopper, a_shopper
from vrm_desktop.domain.checkout import CartEnd, Checkout, CheckoutStep, StopKind
from vrm_desktop.domain.shop import Signed
from vrm_desktop.services import find_shop, search_shop, shop_cart, shop_giving_up
from vrm_desktop.services.errors import NotPossibleNow

Job = Callable[[Shopper], Awaitable[None]]
Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def runs(job: Job, shop: FakeShop | None = None) -> None:
        async def body() -> None:
            async with a_shopper(tmp_path / "home", shop or FakeShop()) as shopper:
                await job(shopper)

        asyncio.run(body())

    return runs


def lying(body: bytes) -> bytes:
    """The same answer, with all amounts changed on the way."""
    return body.replace(b"79900", b"19900")


def stops(one: Checkout) -> list[StopKind]:
    return [stop.kind for stop in one.stops]


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_shops_keys_are_kept_from_either_place_of_its_page(run: Run, edition: str, *, flat: bool) -> None:
    async def job(shopper: Shopper) -> None:
        vendor = await shopper.finds()
        shop = await shopper.person.means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id))
        jwk = ShopSigner().jwk()
        assert shop is not None
        assert [(one.kid, one.curve, one.x, one.y) for one in shop.keys] == [
            ("shop-2026", "P-256", jwk["x"], jwk["y"]),
        ]

    run(job, FakeShop(edition=edition, flat=flat))


@pytest.mark.parametrize(
    ("signer", "worth"),
    [(None, Signed.NONE), (ShopSigner(), Signed.RIGHT), (ShopSigner(listed="another"), Signed.UNCHECKED)],
)
@pytest.mark.parametrize(("edition", "transport"), [(LATE[0], "mcp"), (LATE[1], "rest")])
def test_what_a_signature_is_worth_is_kept_beside_what_it_signs_and_stops_nothing(
    run: Run, edition: str, transport: str, signer: ShopSigner | None, worth: Signed
) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        ready = await shopper.checks_out()
        (search,) = (await search_shop.hits(means, ready.intentcast)).searches
        assert (search.signed, ready.signed, ready.stops) == (worth, worth, ())
        await shop_giving_up.give_up(means, ready.id)
        await shopper.person.exchange.one_pass(ready.relationship)
        over = await shopper.now(ready)
        assert (over.signed, {one.end for one in over.given_up}) == (worth, {CartEnd.CONFIRMED})

    run(job, FakeShop(edition=edition, transport=transport, signer=signer))


def test_a_search_with_a_wrong_signature_is_said_and_nothing_is_bought_by_it_unasked(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        hit = await shopper.hit()
        (search,) = (await search_shop.hits(means, hit.intentcast)).searches
        assert (search.signed, hit.low.minor) == (Signed.WRONG, 19_900)
        asked = len(shopper.shop.seen)
        begun = await shop_cart.begin_cart(means, hit.id)
        await shopper.person.settle()
        stopped = await shopper.now(begun)
        assert (stops(stopped), stopped.asking, len(shopper.shop.seen)) == ([StopKind.SIGNATURE], False, asked)
        shopper.shop.signer = ShopSigner()
        await shop_cart.go_on(means, begun.id)
        await shopper.person.settle()
        looked = await shopper.now(begun)
        assert (stops(looked), looked.signed) == ([StopKind.PRICE_CHANGED], Signed.RIGHT)
        assert "POST /ucp/carts" not in shopper.shop.places

    run(job, FakeShop(signer=ShopSigner(tamper=lying)))


@pytest.mark.parametrize("transport", ["rest", "mcp"])
def test_a_cart_with_a_wrong_signature_stops_and_a_yes_counts_for_that_answer_alone(run: Run, transport: str) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        hit = await shopper.hit()
        assert shopper.shop.signer is not None
        shopper.shop.signer.tamper = lambda body: body.replace(b"Shipping", b"Delivery")
        begun = await shop_cart.begin_cart(means, hit.id)
        await shopper.person.settle()
        cart = await shopper.now(begun)
        assert (cart.step, stops(cart), cart.signed) == (CheckoutStep.CART, [StopKind.SIGNATURE], Signed.WRONG)
        with pytest.raises(NotPossibleNow):
            await shop_cart.to_checkout(means, cart.id)
        await shop_cart.go_on(means, cart.id)
        await shop_cart.to_checkout(means, cart.id)
        await shopper.person.settle()
        ready = await shopper.now(begun)
        assert stops(ready) == [StopKind.SIGNATURE]
        with pytest.raises(NotPossibleNow):
            await shop_cart.hand_over(means, ready.id)
        assert [one.kind for one in ready.passed] == [StopKind.SIGNATURE]

    run(job, FakeShop(transport=transport, signer=ShopSigner()))


def test_a_refusal_with_a_wrong_signature_is_said_to_be_one(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        hit = await shopper.hit()
        assert shopper.shop.signer is not None
        shopper.shop.signer.tamper = lambda body: body.replace(b'"messages": []', b'"messages": [{"content": "x"}]')
        shopper.shop.edit = lambda _told: {"ucp": {"version": "2026-08-25", "status": "error"}, "messages": []}
        begun = await shop_cart.begin_cart(shopper.person.means, hit.id)
        await shopper.person.settle()
        assert stops(await shopper.now(begun)) == [StopKind.SIGNATURE, StopKind.REFUSED]

    run(job, FakeShop(signer=ShopSigner()))


def test_a_cancellation_with_a_wrong_signature_confirms_nothing(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        cart = await shopper.cart()
        assert shopper.shop.signer is not None
        shopper.shop.signer.tamper = lambda body: body + b" "
        await shop_giving_up.give_up(shopper.person.means, cart.id)
        await shopper.person.exchange.one_pass(cart.relationship)
        over = await shopper.now(cart)
        assert (over.signed, [one.end for one in over.given_up]) == (Signed.WRONG, [CartEnd.UNCONFIRMED])

    run(job, FakeShop(signer=ShopSigner()))


def test_an_order_with_a_wrong_signature_is_shown_with_the_alarm(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        ready = await shopper.checks_out()
        await shop_cart.hand_over(means, ready.id)
        await shop_cart.outcome(means, ready.id, bought=True, order="o-7")
        assert shopper.shop.signer is not None
        shopper.shop.signer.tamper = lambda body: body.replace(b"TRK-1", b"TRK-2")
        await shop_cart.ask_order(means, ready.id)
        await shopper.person.settle()
        bought = await shopper.now(ready)
        assert bought.order is not None
        assert (bought.step, bought.signed) == (CheckoutStep.BOUGHT, Signed.WRONG)

    run(job, FakeShop(signer=ShopSigner()))
