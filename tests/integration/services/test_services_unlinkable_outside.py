"""Two shops, two quote desks and two vendors by mail pool all that many people sent: our program links none of them.

What the person tells both (it stands in the ledger) is hers to repeat; all else that two have in common is looked for,
in heads and bodies. A control build with one mark for each way is caught.
"""

import asyncio
import secrets
from contextlib import AsyncExitStack
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import all_ways
from tests.fakes.all_ways import FakeDesk, a_person_with_all_ways
from tests.fakes.mail_servers import Postbox, smtp_server
from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import PROFILE, WANT, Person
from tests.fakes.pooling import SharedValue, common_values, values
from tests.fakes.scripted_server import ScriptedServer, scripted_server
from tests.fakes.shop_server import FakeShop, open_shop
from tests.fakes.telltales import mail_pieces
from vrm_desktop.courier.client import Courier, Line
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    ask_by_mail,
    choose_vendors,
    find_shop,
    keep_counterparty,
    keep_desks,
    mail_account,
    reply_references,
    say_what_i_want,
    send_intentcast,
)

PEOPLE = 8
MAILS = ("laden@rad.example", "shop@velo.example")
DESK = read_profile((resources_folder() / "quote_desks" / "cintra-supply.json").read_bytes())
Pools = dict[str, dict[str, list[bytes]]]


async def pooled(folder: Path) -> tuple[Pools, set[str]]:
    """What each vendor got from everybody, by sort of request; and all values that people were shown and told."""
    clock, told = MovingClock(MORNING), set[str]()
    shops, desks = [FakeShop(), FakeShop()], [FakeDesk(session=f"session-{number}") for number in range(2)]
    async with AsyncExitStack() as stack:
        box, port = stack.enter_context(smtp_server())
        at_shops = [await stack.enter_async_context(open_shop(shop)) for shop in shops]
        shops[1].base = f"http://localhost:{at_shops[1].port}"
        at_desks = [await stack.enter_async_context(scripted_server(desk.reply)) for desk in desks]
        for number in range(PEOPLE):
            async with a_person_with_all_ways(folder / f"home-{number}", clock) as person:
                clock.move(seconds=17)
                await _asks_all(person, number, port, [shop.base for shop in shops], at_desks)
                for row in await person.means.vault.read(lambda tx: tx.ledger()):
                    told |= {value for form in (f'"{row.value}"', row.value) for _, value in values(form.encode())}
        pools = _by_recipient(box)
        for sort, start in (("search", b"POST /ucp/"), ("find", b"GET ")):
            pools[sort] = {str(one.port): [r for r in one.requests if r.startswith(start)] for one in at_shops}
        for said in ('"initialize"', '"notifications/initialized"', '"tools/call"', "DELETE "):
            pools[said] = {str(one.port): [r for r in one.requests if said.encode() in r] for one in at_desks}
        for one, other in ((0, 1), (1, 0)):
            assert any(f"session-{one}".encode() in request for request in at_desks[one].requests)
            assert not any(f"session-{one}".encode() in request for request in at_desks[other].requests)
        return pools, told


async def _asks_all(person: Person, number: int, port: int, shops: list[str], desks: list[ScriptedServer]) -> None:
    """One want, in words of its own, cast to six vendors by three ways."""
    means, own = person.means, f"p{number}{secrets.token_hex(6)}"
    await person.knows({**PROFILE, FieldPath.EMAIL: f"{own}@home{number}.example"})
    box = MailBox(host="127.0.0.1", port=port, security=MailSecurity.NONE)
    await mail_account.set_account(means, MailAccount(address=f"{own}@mail{number}.example", sends=box))
    await reply_references.set_sources(means, (f"*@mail{number}.example",))
    await find_shop.set_own_page(means, "https://everybody.example/ucp/{edition}.json")
    ways: dict[VendorId, Way] = {}
    for base in shops:
        ways[(await find_shop.find_shop_at(means, base)).id] = Way.UCP
    for address in MAILS:
        details = ContactDetails(name=address.split("@")[1], kind=OrganisationKind.SHOP, email=address, country="DE")
        ways[(await keep_counterparty.add(means, details))[0].id] = Way.MAIL
    for desk in desks:
        details = ContactDetails(name=f"Desk {desk.port}", kind=OrganisationKind.SHOP)
        vendor = (await keep_counterparty.add(means, details))[0].id
        await keep_desks.add(means, vendor, f"{desk.url}/mcp", DESK)
        ways[vendor] = Way.MCP
    want = replace(WANT, title=secrets.token_hex(12), details="")
    key = (await say_what_i_want.save_want(means, want)).id
    plan = await choose_vendors.plan(means, key, tuple(ways), ways)
    await choose_vendors.confirm_plan(means, plan)
    await send_intentcast.cast(means, key, pause=0.0, spread=0.0)
    await person.settle()


def _by_recipient(box: Postbox) -> Pools:
    """Each vendor's mails, with heads, texts and files pooled apart: each sort has constants of its own.

    A Date says no more than that both were asked at the same time, and is left in.
    """
    found: Pools = {}
    for mail in box.mails:
        to = parseaddr(str(message_from_bytes(mail, policy=policy.default)["To"]))[1]
        for number, piece in enumerate(mail_pieces(mail)):
            found.setdefault(f"mail {number}", {}).setdefault(to, []).append(piece)
    return found


def linking(pools: Pools, told: set[str]) -> tuple[SharedValue, ...]:
    """Telling values that two vendors of one sort have, and that were not told to both."""
    found: tuple[SharedValue, ...] = ()
    for sort, pool in pools.items():
        assert all(len(one) >= PEOPLE for one in pool.values()), sort
        found += tuple(one for one in common_values(pool) if one.value not in told)
    return found


def test_vendors_by_other_ways_that_pool_everything_find_nothing_of_ours_in_common(tmp_path: Path) -> None:
    pools, told = asyncio.run(pooled(tmp_path))
    assert [(one.value, one.members) for one in linking(pools, told)] == []
    assert {one.value for pool in pools.values() for one in common_values(pool)}, "what was told to both is in common"
    count = sum(len(one) for pool in pools.values() for one in pool.values())
    print(f"{count} requests and mails of {PEOPLE} people to six vendors pooled")


class MarkedCourier(Courier):
    """A courier that says the same word of its own to everybody, in a header."""

    def __init__(self, *said: Any, **more: Any) -> None:
        super().__init__(*said, **more)
        self._mark = secrets.token_hex(12)

    def line(self, purpose_key: str) -> Line:
        line = super().line(purpose_key)
        line._client.headers["x-request-origin"] = self._mark
        return line


def _marked_id(seed: str, address: str) -> str:
    """A Message-ID made of the person's domain alone."""
    domain = address.partition("@")[2]
    return f"{sha256(domain.encode()).hexdigest()[:24]}@{domain}"


def test_one_mark_for_each_way_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_ways, "Courier", MarkedCourier)
    monkeypatch.setattr(ask_by_mail, "message_id", _marked_id)
    pools, told = asyncio.run(pooled(tmp_path))
    caught = {sort for sort, pool in pools.items() if linking({sort: pool}, told)}
    assert caught >= {"mail 0", "search", '"initialize"', '"tools/call"', "find"}
