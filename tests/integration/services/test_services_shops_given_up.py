"""A cart that the person gives up is cancelled at the shop, once; whatever the shop does then troubles nobody."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.people import WANT
from tests.fakes.scripted_server import answer
from tests.fakes.shop_server import EARLY, LATE, FakeShop
from tests.fakes.shopper import Shopper, a_shopper
from vrm_desktop.domain.checkout import CartEnd, Checkout, CheckoutStep
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideRecord, OutsideState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    compare_offers,
    find_shop,
    say_what_i_want,
    search_shop,
    send_intentcast,
    shop_cart,
    shop_giving_up,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.ports import Transaction

Job = Callable[[Shopper], Awaitable[None]]
Run = Callable[..., None]
CHECKOUT, CART = CheckoutStep.CHECKOUT, CheckoutStep.CART


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def runs(job: Job, shop: FakeShop | None = None) -> None:
        async def body() -> None:
            async with a_shopper(tmp_path / "home", shop or FakeShop()) as shopper:
                await job(shopper)

        asyncio.run(body())

    return runs


async def given_up(shopper: Shopper, one: Checkout) -> Checkout:
    await shop_giving_up.give_up(shopper.person.means, one.id)
    await shopper.person.exchange.one_pass(one.relationship)
    return await shopper.now(one)


def ends(one: Checkout) -> list[tuple[CheckoutStep, CartEnd, str]]:
    return [(each.step, each.end, each.trouble) for each in one.given_up]


def cancels(shop: FakeShop) -> list[tuple[str, str]]:
    """Every cancellation that the shop was asked for: the place, or the tool and what it is about."""
    found = []
    for _, place, _, body in shop.seen:
        params = body.get("params", {})
        if place.endswith("/cancel"):
            found.append((place, ""))
        elif str(params.get("name", "")).startswith("cancel"):
            found.append((params["name"], params["arguments"]["id"]))
    return found


async def acts_of_kind(shopper: Shopper, *kinds: OutsideKind) -> list[OutsideAct]:
    acts = await shopper.person.means.vault.read(lambda tx: tx.papers(OutsideAct))
    return [one for one in acts if one.kind in kinds]


@pytest.mark.parametrize("edition", LATE)
@pytest.mark.parametrize("transport", ["rest", "mcp"])
def test_a_checkout_and_its_cart_are_cancelled_once_and_that_is_in_the_ledger(
    run: Run, edition: str, transport: str
) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        over = await given_up(shopper, await shopper.checks_out())
        assert (over.step, over.ended) == (CheckoutStep.NOT_BOUGHT, means.clock.now())
        assert ends(over) == [(CHECKOUT, CartEnd.CONFIRMED, ""), (CART, CartEnd.CONFIRMED, "")]
        assert shopper.shop.cancelled == ["checkout-2", "cart-1"]
        plain = [("/ucp/checkout-sessions/checkout-2/cancel", ""), ("/ucp/carts/cart-1/cancel", "")]
        tools = [("cancel_checkout", "checkout-2"), ("cancel_cart", "cart-1")]
        assert cancels(shopper.shop) == (plain if transport == "rest" else tools)
        rows = await means.vault.read(lambda tx: tx.ledger(relationship=over.relationship))
        told = {row.name: row for row in rows if row.name in {"shop.cart", "shop.checkout"}}
        assert {name: row.value for name, row in told.items()} == {"shop.cart": "cart-1", "shop.checkout": "checkout-2"}
        assert {(row.channel, row.state) for row in told.values()} == {("ucp", LedgerState.SENT)}
        acts = await acts_of_kind(shopper, OutsideKind.CANCEL_CART, OutsideKind.CANCEL_CHECKOUT)
        records = await means.vault.read(lambda tx: tx.papers(OutsideRecord))
        assert {one.act for one in records if one.answered_at} >= {one.id for one in acts}
        with pytest.raises(NotPossibleNow):
            await shop_giving_up.give_up(means, over.id)
        await shopper.person.settle()
        assert len(cancels(shopper.shop)) == 2

    run(job, FakeShop(edition=edition, transport=transport))


@pytest.mark.parametrize("edition", EARLY)
@pytest.mark.parametrize("transport", ["rest", "mcp"])
def test_the_first_editions_have_a_checkout_alone_to_cancel(run: Run, edition: str, transport: str) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        vendor = await shopper.finds()
        key = (await say_what_i_want.save_want(means, WANT)).id
        seen = search_shop.SeenThere(item="bike-v1", title="bike", price=Money(minor=79_900, currency="EUR"))
        hit = await search_shop.note_hit(means, key, vendor.id, seen)
        begun = await shop_cart.begin_cart(means, hit.id)
        await shopper.person.settle()
        assert ends(await given_up(shopper, begun)) == [(CHECKOUT, CartEnd.CONFIRMED, "")]
        if transport == "mcp":
            arguments = shopper.shop.seen[-1][3].get("params", {}).get("arguments") or next(
                body["params"]["arguments"]
                for _, _, _, body in reversed(shopper.shop.seen)
                if body.get("method") == "tools/call"
            )
            once = arguments["idempotency_key"] if edition == EARLY[0] else arguments["meta"]["idempotency-key"]
            assert len(once) == 36

    run(job, FakeShop(edition=edition, transport=transport))


def test_an_id_of_the_shops_stays_one_part_of_the_address(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        ready = await shopper.checks_out()
        assert (ready.session, cancels(shopper.shop)) == ("../a?b#c/d", [])
        await given_up(shopper, ready)
        assert cancels(shopper.shop)[0] == ("/ucp/checkout-sessions/..%2Fa%3Fb%23c%2Fd/cancel", "")

    run(job, FakeShop(edit=lambda told: {**told, "id": "../a?b#c/d"} if "status" in told else told))


ELSEWHERE = b"Location: https://x.example/\r\n"
NO = {"type": "error", "code": "not_found", "content": "There is no such cart"}
REFUSED = json.dumps({"ucp": {"version": "2026-08-25", "status": "error"}, "messages": [NO]}).encode()
OTHER = json.dumps({"ucp": {"version": "2026-08-25"}, "id": "another", "status": "canceled"}).encode()


@pytest.mark.parametrize(
    ("told", "end", "trouble", "said"),
    [
        (answer(REFUSED), CartEnd.UNCONFIRMED, "", ["There is no such cart"]),
        (answer(REFUSED, status="409 Conflict"), CartEnd.UNCONFIRMED, "", ["There is no such cart"]),
        (answer(OTHER), CartEnd.UNCONFIRMED, "", []),
        (answer(b"{}"), CartEnd.UNCONFIRMED, "", []),
        (answer(b"<html>"), CartEnd.UNTOLD, "answered-badly", []),
        (answer(b"", status="404 Not Found"), CartEnd.UNTOLD, "shop-cannot", []),
        (answer(b"", status="401 Who"), CartEnd.UNTOLD, "shop-not-admitted", []),
        (answer(b"", status="500 Broken"), CartEnd.UNTOLD, "answered-badly", []),
        (answer(b"", status="503 Busy", headers=b"Retry-After: 1\r\n"), CartEnd.UNTOLD, "busy", []),
        (
            answer(b"", status="302 Found", headers=ELSEWHERE),
            CartEnd.UNTOLD,
            "shop-moved",
            [],
        ),
    ],
)
def test_whatever_the_shop_makes_of_it_is_said_and_asked_for_once(
    run: Run, told: bytes, end: CartEnd, trouble: str, said: list[str]
) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        cart = await shopper.cart()
        over = await given_up(shopper, cart)
        assert ends(over) == [(CART, end, trouble)]
        assert (over.step, over.stops, over.trouble) == (CheckoutStep.NOT_BOUGHT, (), "")
        assert [one.text for one in over.messages] == said
        relationship = await means.vault.read(lambda tx: tx.relationship(over.relationship))
        assert relationship is not None
        assert (relationship.trouble, relationship.state) == ("", RelationshipState.ASKING)
        asked = len(cancels(shopper.shop))
        await shopper.person.settle()
        await shopper.person.exchange.one_pass(over.relationship)
        assert len(cancels(shopper.shop)) == asked
        (act,) = await acts_of_kind(shopper, OutsideKind.CANCEL_CART)
        assert act.state in {OutsideState.DONE, OutsideState.FAILED}

    run(job, FakeShop(answers={"/ucp/carts/cart-1/cancel": told, "/ucp/carts/cart-1/cancel/": told}))


async def _not_bought(shopper: Shopper, ready: Checkout) -> None:
    await shop_cart.hand_over(shopper.person.means, ready.id)
    await shop_cart.outcome(shopper.person.means, ready.id, bought=False)


async def _want_taken_back(shopper: Shopper, ready: Checkout) -> None:
    await send_intentcast.withdraw(shopper.person.means, ready.intentcast)


async def _want_put_away(shopper: Shopper, ready: Checkout) -> None:
    await send_intentcast.withdraw(shopper.person.means, ready.intentcast)
    await say_what_i_want.close_want(shopper.person.means, ready.intentcast)


@pytest.mark.parametrize("ends_it", [_not_bought, _want_taken_back, _want_put_away])
def test_every_way_to_give_it_up_tells_the_shop(
    run: Run, ends_it: Callable[[Shopper, Checkout], Awaitable[None]]
) -> None:
    async def job(shopper: Shopper) -> None:
        ready = await shopper.checks_out()
        await ends_it(shopper, ready)
        await shopper.person.exchange.one_pass(ready.relationship)
        assert shopper.shop.cancelled == ["checkout-2", "cart-1"]
        assert len(cancels(shopper.shop)) == 2

    run(job)


def test_what_was_taken_to_the_shops_own_page_is_not_cancelled_behind_the_persons_back(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        ready = await shopper.checks_out()
        await shop_cart.hand_over(shopper.person.means, ready.id)
        await send_intentcast.withdraw(shopper.person.means, ready.intentcast)
        await shopper.person.exchange.one_pass(ready.relationship)
        assert cancels(shopper.shop) == []
        assert (await shopper.now(ready)).step is CheckoutStep.HANDED_OVER

    run(job)


def test_what_was_bought_is_not_cancelled(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        ready = await shopper.checks_out()
        await shop_cart.hand_over(shopper.person.means, ready.id)
        await shop_cart.outcome(shopper.person.means, ready.id, bought=True)
        await send_intentcast.withdraw(shopper.person.means, ready.intentcast)
        await shopper.person.exchange.one_pass(ready.relationship)
        assert cancels(shopper.shop) == []

    run(job)


def test_what_has_not_left_yet_stays_here_and_nothing_is_cancelled(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        begun = await shop_cart.begin_cart(means, (await shopper.hit()).id)
        asked = len(shopper.shop.seen)
        over = await given_up(shopper, begun)
        assert (ends(over), len(shopper.shop.seen)) == ([], asked)
        (look,) = await acts_of_kind(shopper, OutsideKind.LOOK_UP)
        assert look.state is OutsideState.UNDONE
        with pytest.raises(NotFound):
            await shop_giving_up.give_up(means, "none")

    run(job)


@pytest.mark.parametrize("kind", [OutsideKind.CART, OutsideKind.CHECKOUT, OutsideKind.LOOK_UP])
def test_a_cart_that_comes_after_it_was_given_up_is_cancelled_at_once(run: Run, kind: OutsideKind) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        begun = await (shopper.cart() if kind is OutsideKind.CHECKOUT else _begun(shopper))
        if kind is OutsideKind.CHECKOUT:
            await shop_cart.to_checkout(means, begun.id)
        given = asyncio.Event()

        def meanwhile(told: dict[str, object]) -> dict[str, object]:
            given.set()
            return told

        # The answer is there; before it is taken in, the person gives it up.
        vault, taken = means.vault.write, asyncio.Event()

        async def write(change: Callable[[Transaction], object]) -> object:
            if given.is_set() and not taken.is_set():
                taken.set()
                await shop_giving_up.give_up(means, begun.id)
            return await vault(change)

        wanted = {OutsideKind.CART: 1, OutsideKind.CHECKOUT: 0, OutsideKind.LOOK_UP: 0}[kind]
        left = [wanted]

        def edit(told: dict[str, object]) -> dict[str, object]:
            left[0] -= 1
            return meanwhile(told) if left[0] < 0 else told

        shopper.shop.edit = edit
        object.__setattr__(means.vault, "write", write)
        await shopper.person.exchange.one_pass(begun.relationship)
        over = await shopper.now(begun)
        assert over.step is CheckoutStep.NOT_BOUGHT
        made = {OutsideKind.CART: ["cart-1"], OutsideKind.CHECKOUT: ["cart-1", "checkout-2"], OutsideKind.LOOK_UP: []}
        assert sorted(shopper.shop.cancelled) == made[kind]
        assert len(cancels(shopper.shop)) == len(made[kind])

    run(job)


async def _begun(shopper: Shopper) -> Checkout:
    return await shop_cart.begin_cart(shopper.person.means, (await shopper.hit()).id)


async def _no_page(shopper: Shopper) -> None:
    await find_shop.set_own_page(shopper.person.means, "")


async def _left(shopper: Shopper) -> None:
    means = shopper.person.means
    (cart,) = await shop_cart.checkouts(means)

    def leave(tx: Transaction) -> None:
        owner = tx.relationship(cart.relationship)
        assert owner is not None
        tx.save_relationship(replace(owner, state=RelationshipState.ENDED, ended=means.clock.now()))

    await means.vault.write(leave)


@pytest.mark.parametrize(("before", "why"), [(_no_page, "shop-no-page"), (_left, "not-possible-now")])
def test_where_nothing_may_be_said_to_the_shop_that_is_said_here(
    run: Run, before: Callable[[Shopper], Awaitable[None]], why: str
) -> None:
    async def job(shopper: Shopper) -> None:
        cart = await shopper.cart()
        await before(shopper)
        assert ends(await given_up(shopper, cart)) == [(CART, CartEnd.UNTOLD, why)]
        assert cancels(shopper.shop) == []

    run(job)


@pytest.mark.parametrize(
    "edit",
    [
        lambda told: {**told, "status": "canceled"} if "status" in told else told,
        lambda told: {**told, "expires_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_what_the_shop_has_ended_itself_is_not_cancelled_again(run: Run, edit: Callable[[object], object]) -> None:
    async def job(shopper: Shopper) -> None:
        ready = await shopper.checks_out()
        assert ready.session
        assert ends(await given_up(shopper, ready)) == []
        assert cancels(shopper.shop) == []

    run(job, FakeShop(edit=edit))  # type: ignore[arg-type] # what the shop says is any JSON


def test_another_want_keeps_its_cart(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        ready = await shopper.checks_out()
        other = (await say_what_i_want.save_want(means, WANT)).id
        await say_what_i_want.close_want(means, other)
        await shopper.person.exchange.one_pass(ready.relationship)
        assert (await shopper.now(ready)).step is CheckoutStep.CHECKOUT
        assert await choose_vendors.vendors(means)
        assert cancels(shopper.shop) == []

    run(job)


@pytest.mark.parametrize("decline_others", [True, False])
def test_another_offer_that_is_accepted_gives_the_cart_up_unless_others_are_to_be_left_alone(
    tmp_path: Path, *, decline_others: bool
) -> None:
    async def go() -> None:
        async with (
            a_shopper(tmp_path / "home", FakeShop()) as shopper,
            a_desk(tmp_path / "desk", shopper.person.clock) as desk,
        ):
            person, means = shopper.person, shopper.person.means
            await person.knows()
            want, _ = await person.casts(desk.url)
            vendor = await shopper.finds()
            shown = await search_shop.written(means, want, vendor.id)
            owner = await search_shop.search(means, want, vendor.id, shown)
            await person.settle()
            begun = await shop_cart.begin_cart(means, (await search_shop.hits(means, want)).prices[0].id)
            await person.settle()
            best = (await compare_offers.compare(means, want)).ranked[0].offer
            await accept_offer.accept(means, best.id, decline_others=decline_others)
            await person.exchange.one_pass(owner)
            assert shopper.shop.cancelled == (["cart-1"] if decline_others else [])
            step = CheckoutStep.NOT_BOUGHT if decline_others else CheckoutStep.CART
            assert (await shopper.now(begun)).step is step

    asyncio.run(go())
