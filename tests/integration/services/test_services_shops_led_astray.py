"""A shop's page about itself that leads inside, or to nowhere: nobody is dialled, nothing was told, and it is said."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.people import WANT
from tests.fakes.scripted_server import answer
from tests.fakes.shop_server import FakeShop
from tests.fakes.shopper import Shopper, a_shopper
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.shop import Transport
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.services import choose_vendors, find_shop, say_what_i_want, send_intentcast
from vrm_desktop.services.ports import ChannelError

UNPROTECTED = (
    "http://10.0.0.1/ucp",
    "http://shop.example/ucp",
    "http://127.0.0.1.shop.example/ucp",
)
INSIDE = (
    "https://10.0.0.1/ucp",
    "https://169.254.169.254/ucp",
    "https://localhost/ucp",
    "https://[fd00::1]/ucp",
)
NO_PLACE = ("file:///etc/passwd", "https://user:secret@shop.example/ucp", "javascript:alert(1)", "")


def leading_to(endpoint: str) -> FakeShop:
    """A shop that names this place as the one to ask at."""
    told = json.dumps(FakeShop(base="https://shop.example").profile()).replace("https://shop.example/ucp", endpoint)
    return FakeShop(answers={"/.well-known/ucp": answer(told.encode()), "/.well-known/ucp/": answer(told.encode())})


async def asks(shopper: Shopper, vendor: VendorId) -> None:
    key = (await say_what_i_want.save_want(shopper.person.means, replace(WANT, condition=Condition.ANY))).id
    plan = await choose_vendors.plan(shopper.person.means, key, (vendor,), ways={vendor: Way.UCP})
    await choose_vendors.confirm_plan(shopper.person.means, plan)
    await send_intentcast.cast(shopper.person.means, key, pause=0.0, spread=0.0)
    await shopper.person.settle()


@pytest.mark.parametrize("endpoint", INSIDE)
def test_a_place_that_leads_inside_is_not_asked_and_nothing_was_told(tmp_path: Path, endpoint: str) -> None:
    async def go() -> None:
        async with a_shopper(tmp_path / "home", leading_to(endpoint)) as shopper:
            means = shopper.person.means
            await asks(shopper, (await shopper.finds()).id)
            (act,) = await means.vault.read(lambda tx: tx.papers(OutsideAct))
            assert (act.state, act.trouble) == (OutsideState.FAILED, "address-refused")
            rows = await means.vault.read(lambda tx: tx.ledger(relationship=act.relationship))
            assert {row.state for row in rows} == {LedgerState.NOT_SENT}
            owner = await means.vault.read(lambda tx: tx.relationship(act.relationship))
            assert owner is not None
            assert (owner.state, owner.trouble) == (RelationshipState.UNREACHABLE, "address-refused")
            assert set(shopper.shop.places) == {"GET /.well-known/ucp"}

    asyncio.run(go())


@pytest.mark.parametrize("endpoint", UNPROTECTED)
def test_a_place_without_protection_is_refused_when_it_is_found(tmp_path: Path, endpoint: str) -> None:
    async def go() -> None:
        async with a_shopper(tmp_path / "home", leading_to(endpoint)) as shopper:
            means = shopper.person.means
            with pytest.raises(ChannelError) as caught:
                await shopper.finds()
            assert (caught.value.code, caught.value.final) == ("shop-unprotected", True)
            assert await choose_vendors.vendors(means) == ()

    asyncio.run(go())


def test_a_known_shop_that_moves_to_a_place_without_protection_stays_where_it_was(tmp_path: Path) -> None:
    async def go() -> None:
        async with a_shopper(tmp_path / "home", FakeShop()) as shopper:
            means = shopper.person.means
            vendor = await shopper.finds()
            before = await means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id))
            shopper.shop.answers = leading_to(UNPROTECTED[1]).answers
            with pytest.raises(ChannelError):
                await find_shop.find_shop(means, vendor.id)
            assert await means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id)) == before
            (known,) = await means.vault.read(lambda tx: tx.papers(KnownWay, vendor=vendor.id))
            assert known.trouble == "shop-unprotected"

    asyncio.run(go())


def test_of_several_places_a_protected_one_is_taken(tmp_path: Path) -> None:
    def both() -> bytes:
        told = FakeShop(base="https://shop.example", transport="mcp").profile()
        (kept,) = told["ucp"]["services"]["dev.ucp.shopping"]
        open_one = {**kept, "transport": "rest", "endpoint": "http://shop.example/ucp"}
        told["ucp"]["services"]["dev.ucp.shopping"] = [open_one, kept]
        return answer(json.dumps(told).encode())

    async def go() -> None:
        async with a_shopper(tmp_path / "home", FakeShop(answers={"/.well-known/ucp": both()})) as shopper:
            vendor = await shopper.finds()
            shop = await shopper.person.means.vault.read(lambda tx: find_shop.shop_of(tx, vendor.id))
            assert shop is not None
            assert (shop.transport, shop.endpoint) == (Transport.MCP, "https://shop.example/ucp/mcp")

    asyncio.run(go())


@pytest.mark.parametrize("endpoint", NO_PLACE)
def test_a_place_that_is_none_makes_no_shop(tmp_path: Path, endpoint: str) -> None:
    async def go() -> None:
        async with a_shopper(tmp_path / "home", leading_to(endpoint)) as shopper:
            with pytest.raises(ChannelError) as caught:
                await shopper.finds()
            assert caught.value.code in {"shop-unspoken", "shop-not-here"}
            assert await choose_vendors.vendors(shopper.person.means) == ()

    asyncio.run(go())
