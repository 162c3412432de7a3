"""Known to shops by one's own page, or to nobody: signed requests that hold, and anonymous ones that stay the same."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.people import WANT
from tests.fakes.shop_server import LATE, FakeShop, open_shop
from tests.fakes.shopper import PAGE, Shopper, a_shopper
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.shop import Edition
from vrm_desktop.formats.ucp.own_profile import own_profile
from vrm_desktop.services import find_shop, page_key, say_what_i_want, search_shop, shop_cart
from vrm_desktop.services.errors import NoPageKey, NoShopPage, NotPossibleNow

Job = Callable[[Shopper], Awaitable[None]]
Run = Callable[..., None]
PROOFS = {"signature", "signature-input", "content-digest"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def runs(job: Job, shop: FakeShop | None = None) -> None:
        async def body() -> None:
            async with a_shopper(tmp_path / "home", shop or FakeShop()) as shopper:
                await job(shopper)

        asyncio.run(body())

    return runs


async def page_of(shopper: Shopper) -> dict[str, Any]:
    """The page as the person would put it somewhere now."""
    standing = await page_key.page_standing(shopper.person.means)
    told: dict[str, Any] = json.loads(own_profile(Edition(shopper.shop.edition), standing.keys))
    return told


async def known(shopper: Shopper) -> None:
    """Sign from now on, with the page in its place; the shop answers nobody else."""
    await find_shop.set_own_page(shopper.person.means, PAGE)
    await page_key.be_known(shopper.person.means)
    shopper.shop.page = await page_of(shopper)


async def kid(shopper: Shopper) -> str:
    return (await page_key.page_standing(shopper.person.means)).keys[0].kid


async def searched(shopper: Shopper, base: str) -> tuple[IntentcastId, RelationshipId]:
    """A search of the shop at this address, sent."""
    means = shopper.person.means
    key = (await say_what_i_want.save_want(means, WANT)).id
    vendor = await find_shop.find_shop_at(means, base)
    owner = await search_shop.search(means, key, vendor.id, await search_shop.written(means, key, vendor.id))
    await shopper.person.exchange.one_pass(owner)
    return key, owner


def asked(shop: FakeShop) -> list[dict[str, str]]:
    """The headers of everything that was asked of a shop, beyond looking for it."""
    return [headers for _, place, headers, _ in shop.seen if not place.startswith("/.well-known")]


@pytest.mark.parametrize(("edition", "transport", "order"), [(LATE[0], "mcp", "o-1"), (LATE[1], "rest", "o 1 ü")])
def test_a_shop_that_answers_only_those_it_knows_is_bought_from(
    run: Run, edition: str, transport: str, order: str
) -> None:
    async def job(shopper: Shopper) -> None:
        await known(shopper)
        bought = await shopper.checks_out()
        await shop_cart.hand_over(shopper.person.means, bought.id)
        await shop_cart.outcome(shopper.person.means, bought.id, bought=True, order=order)
        await shop_cart.ask_order(shopper.person.means, bought.id)
        await shopper.person.settle()
        assert (await shopper.now(bought)).order is not None
        assert shopper.shop.refused == []
        assert all(
            headers["ucp-agent"] == f'profile="{PAGE}"'.format(edition=edition) for headers in asked(shopper.shop)
        )
        rows = await shopper.person.means.vault.read(lambda tx: tx.ledger())
        told = [row.value for row in rows if row.name == "shop.key"]
        assert set(told) == {await kid(shopper)}
        acts = await shopper.person.means.vault.read(lambda tx: tx.papers(OutsideAct))
        assert len(told) == len(acts) >= 5

    run(job, FakeShop(edition=edition, transport=transport))


def test_a_signature_that_does_not_hold_is_a_refusal(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        await known(shopper)
        shopper.shop.distort = lambda request: request.replace(b'"DE"', b'"FR"')
        _, owner = await searched(shopper, shopper.shop.base)
        assert shopper.shop.refused == ["digest_mismatch"]
        relationship = await shopper.person.means.vault.read(lambda tx: tx.relationship(owner))
        assert relationship is not None
        assert relationship.trouble == "shop-not-admitted"

    run(job)


@pytest.mark.parametrize("transport", ["rest", "mcp"])
def test_nothing_is_proven_to_anybody_unless_she_says_so(run: Run, transport: str) -> None:
    async def job(shopper: Shopper) -> None:
        await shopper.checks_out()
        assert await page_key.page_standing(shopper.person.means) == page_key.PageStanding(
            address=PAGE, known=False, keys=()
        )
        usual = {"host", "user-agent", "accept", "accept-encoding", "sec-gpc", "content-type", "content-length"}
        usual |= {"connection"}
        also = {"ucp-agent", "idempotency-key"} if transport == "rest" else {"mcp-protocol-version", "mcp-session-id"}
        for headers in asked(shopper.shop):
            assert set(headers) <= usual | also
        rows = await shopper.person.means.vault.read(lambda tx: tx.ledger())
        assert "shop.key" not in {row.name for row in rows}

    run(job, FakeShop(transport=transport))


def test_what_is_asked_anonymously_is_the_same_bytes_with_and_without_a_key(run: Run) -> None:
    raw: list[bytes] = []

    def note(request: bytes) -> bytes:
        raw.append(request)
        return request

    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        await find_shop.set_own_page(means, PAGE)
        await searched(shopper, shopper.shop.base)
        await page_key.be_known(means)
        own = await kid(shopper)
        await page_key.be_known(means)
        assert await kid(shopper) == own
        await page_key.be_anonymous(means)
        await searched(shopper, shopper.shop.base)
        before, after = [one for one in raw if b" /ucp/" in one]
        assert before == after
        head, _, body = before.partition(b"\r\n\r\n")
        base = shopper.shop.base.removeprefix("http://")
        assert head.decode().split("\r\n") == [
            "POST /ucp/catalog/search HTTP/1.1",
            f"Host: {base}",
            "User-Agent: intentcast",
            "Accept-Encoding: identity",
            "Sec-GPC: 1",
            "content-type: application/json",
            'ucp-agent: profile="https://somebody.example/ucp/2026-08-25.json"',
            "accept: application/json",
            f"Content-Length: {len(body)}",
        ]

    run(job, FakeShop(distort=note))


@pytest.mark.parametrize("signed", [True, False])
def test_two_shops_learn_the_same_key_only_when_she_signs(run: Run, *, signed: bool) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        await find_shop.set_own_page(means, PAGE)
        await page_key.be_known(means)
        if not signed:
            await page_key.be_anonymous(means)
        name = await kid(shopper)
        other = FakeShop()
        async with open_shop(other):
            for shop, base in (
                (shopper.shop, shopper.shop.base),
                (other, other.base.replace("127.0.0.1", "localhost")),
            ):
                await searched(shopper, base)
                everything = json.dumps(shop.seen)
                assert asked(shop)
                assert (name in everything) is signed
                assert all((set(headers) >= PROOFS) is signed for headers in asked(shop))
        keys = [row for row in await means.vault.read(lambda tx: tx.ledger()) if row.name == "shop.key"]
        assert [row.value for row in keys] == ([name, name] if signed else [])
        assert len({row.vendor for row in keys}) == (2 if signed else 0)

    run(job)


async def _anonymous(shopper: Shopper) -> None:
    await page_key.be_anonymous(shopper.person.means)


async def _another_page(shopper: Shopper) -> None:
    await find_shop.set_own_page(shopper.person.means, "https://shared.example/ucp.json")


async def _another_key(shopper: Shopper) -> None:
    await page_key.new_key(shopper.person.means)


@pytest.mark.parametrize("change", [_anonymous, _another_page, _another_key])
def test_what_was_written_to_be_signed_does_not_leave_once_she_chose_otherwise(
    run: Run, change: Callable[[Shopper], Awaitable[None]]
) -> None:
    async def job(shopper: Shopper) -> None:
        await known(shopper)
        means = shopper.person.means
        hit = await shopper.hit()
        begun = await shop_cart.begin_cart(means, hit.id)
        await change(shopper)
        before = len(shopper.shop.seen)
        await shopper.person.exchange.one_pass(begun.relationship)
        assert len(shopper.shop.seen) == before
        acts = await means.vault.read(lambda tx: tx.papers(OutsideAct, relationship=begun.relationship))
        assert [(one.state, one.trouble) for one in acts if one.serves] == [(OutsideState.FAILED, "shop-key-changed")]

    run(job)


def test_naming_another_page_ends_being_known(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        with pytest.raises(NoShopPage):
            await page_key.be_known(means)
        with pytest.raises(NotPossibleNow):
            await page_key.new_key(means)
        await known(shopper)
        await find_shop.set_own_page(means, "https://shared.example/ucp.json")
        assert not (await page_key.page_standing(means)).known
        await searched(shopper, shopper.shop.base)
        assert shopper.shop.refused == ["signature_missing"]

    run(job)


def test_a_key_is_followed_by_another_and_both_stand_on_the_page_until_she_says(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        await known(shopper)
        old = await kid(shopper)
        await page_key.new_key(means)
        await searched(shopper, shopper.shop.base)
        assert shopper.shop.refused == ["key_not_found"]
        shopper.shop.page = await page_of(shopper)
        assert [one["kid"] for one in shopper.shop.page["keys"]] == [await kid(shopper), old]
        await searched(shopper, shopper.shop.base)
        await page_key.drop_old_keys(means)
        shopper.shop.page = await page_of(shopper)
        assert [one["kid"] for one in shopper.shop.page["keys"]] == [await kid(shopper)]
        await searched(shopper, shopper.shop.base)
        assert shopper.shop.refused == ["key_not_found"]
        for _ in range(page_key.MOST_KEYS - 1):
            await page_key.new_key(means)
        with pytest.raises(NotPossibleNow):
            await page_key.new_key(means)

    run(job)


def test_one_try_is_signed_by_word_alone_and_another_key_stops_it(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        hit = await shopper.hit()
        with pytest.raises(NoPageKey):
            await shop_cart.begin_cart(means, hit.id, known=True)
        await page_key.new_key(means)
        begun = await shop_cart.begin_cart(means, hit.id, known=True)
        await page_key.be_anonymous(means)
        await shopper.person.settle()
        cart = await shopper.now(begun)
        assert (cart.known, cart.cart) == (True, "cart-1")
        assert [set(headers) >= PROOFS for headers in asked(shopper.shop)] == [False, True, True]
        await shop_cart.to_checkout(means, begun.id)
        await page_key.new_key(means)
        await shopper.person.exchange.one_pass(begun.relationship)
        assert (await shopper.now(begun)).trouble == "shop-key-changed"
        assert len(asked(shopper.shop)) == 3

    run(job)


def test_one_try_is_anonymous_while_all_else_is_signed(run: Run) -> None:
    async def job(shopper: Shopper) -> None:
        means = shopper.person.means
        await find_shop.set_own_page(means, PAGE)
        await page_key.be_known(means)
        hit = await shopper.hit()
        begun = await shop_cart.begin_cart(means, hit.id, known=False)
        await shopper.person.settle()
        assert [set(headers) >= PROOFS for headers in asked(shopper.shop)] == [True, False, False]
        assert (await shopper.now(begun)).known is False

    run(job)
