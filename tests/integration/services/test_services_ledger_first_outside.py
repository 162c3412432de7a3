"""A mixed cast's bytes, watched on the wire by every way: what they tell stands in the ledger when they pass.

A shop, a quote desk, a vendor by mail and a vendor's own desk, from the first question to an order. Control builds that
forget a row, or say more than was shown, are caught.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.all_ways import FakeDesk, a_person_with_all_ways
from tests.fakes.desks import a_desk
from tests.fakes.mail_servers import smtp_server
from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import PROFILE, WANT, Person
from tests.fakes.recording_proxy import recording_proxy
from tests.fakes.scripted_server import scripted_server
from tests.fakes.shop_server import FakeShop, open_shop
from tests.fakes.telltales import found_in, telling_words
from vrm_desktop.channels.mcp import client, messages
from vrm_desktop.channels.ucp import plain_calls
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.domain.plan import DELIVERED
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats import mail_files
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    accept_offer,
    ask_by_mail,
    choose_vendors,
    confirm_mail_offer,
    find_shop,
    keep_counterparty,
    keep_desks,
    mail_account,
    read_mail,
    reply_references,
    say_what_i_want,
    search_shop,
    send_intentcast,
    shop_cart,
)
from vrm_desktop.vault.repositories.ledger import LedgerPart

WISH = replace(
    WANT, title="zwirbelrad for quendeltours", details="flimmerguard would be nice, no karbonit", place="Ehrenfeld"
)
WORDS = telling_words((*PROFILE.values(), WISH.title, WISH.details, WISH.place, "me-alias@mail.example"))
CAP = ("87654", "876.54", "876,54", "876 54", "876")
NEVER = frozenset({PROFILE[FieldPath.PHONE].split()[-1], *CAP})
ADDRESS = "laden@rad.example"
OFFER = b"""From: Rad & Tat <laden@rad.example>\r
To: %b\r
Subject: Angebot\r
Date: Mon, 23 Nov 2026 08:00:00 +0000\r
Message-ID: <1@rad.example>\r
\r
Das Rad kostet 799,00 EUR inklusive Versand. Freibleibend.\r
"""


@dataclass(slots=True, kw_only=True)
class Watch:
    """Looks into the vault while bytes pass: `told` by vendor, and what the ledger did not have at that moment."""

    person: Person
    told: dict[VendorId, set[str]] = field(default_factory=dict)
    unrecorded: set[tuple[VendorId, str]] = field(default_factory=set)
    never: set[str] = field(default_factory=set)

    async def look(self, vendor: VendorId, stream: bytes) -> None:
        words = found_in(stream, WORDS)
        rows = await self.person.means.vault.read(lambda tx: tx.ledger(vendor=vendor))
        known = "\n".join(row.value for row in rows).lower()
        self.told.setdefault(vendor, set()).update(words)
        self.unrecorded |= {(vendor, word) for word in words if word not in known}
        self.never |= found_in(stream, NEVER)


async def mixed_cast(folder: Path) -> tuple[Watch, dict[Way, set[str]]]:
    """Everything that one person does by four ways, and the words that each of the vendors was told."""
    clock = MovingClock(MORNING)
    shop, desk = FakeShop(), FakeDesk(session="session-1")
    async with AsyncExitStack() as stack:
        box, port = stack.enter_context(smtp_server())
        native = await stack.enter_async_context(a_desk(folder / "desk", clock))
        behind = await stack.enter_async_context(open_shop(shop))
        at_shop = await stack.enter_async_context(recording_proxy(behind.port))
        shop.base = at_shop.url
        quoting = await stack.enter_async_context(scripted_server(desk.reply))
        at_desk = await stack.enter_async_context(recording_proxy(quoting.port))
        at_post = await stack.enter_async_context(recording_proxy(port))
        person = await stack.enter_async_context(a_person_with_all_ways(folder / "home", clock))
        means, watch = person.means, Watch(person=person)
        await person.knows()
        account = MailAccount(
            address="me@mail.example",
            sends=MailBox(host="127.0.0.1", port=at_post.port, security=MailSecurity.NONE),
        )
        await mail_account.set_account(means, account)
        await reply_references.set_sources(means, ("me-*@mail.example",))
        await find_shop.set_own_page(means, "https://somebody.example/ucp/{edition}.json")
        vendors = {
            Way.NATIVE: (await choose_vendors.add_vendor(means, native.url)).id,
            Way.UCP: (await find_shop.find_shop_at(means, shop.base)).id,
            Way.MCP: await _known(person, "Papierladen", ""),
            Way.MAIL: await _known(person, "Rad & Tat", ADDRESS),
        }
        profile = read_profile((resources_folder() / "quote_desks" / "cintra-supply.json").read_bytes())
        await keep_desks.add(means, vendors[Way.MCP], f"{at_desk.url}/mcp", profile)
        lines = {Way.NATIVE: native.recording, Way.UCP: at_shop, Way.MCP: at_desk, Way.MAIL: at_post}
        for way, recording in lines.items():
            recording.look = partial(watch.look, vendors[way])
        key = await _cast(person, vendors)
        hit = (await search_shop.hits(means, key)).prices[0]
        cart = await shop_cart.begin_cart(means, hit.id, 1)
        await person.settle()
        await shop_cart.to_checkout(means, cart.id)
        await person.settle()
        await _order_by_mail(person, key, vendors[Way.MAIL])
        assert [place.split("/")[-1] for place in shop.places[5:]] == ["cancel", "cancel"]  # ordered elsewhere by now
        assert (len(box.mails), len(shop.places), len(desk.called)) == (2, 7, 2)
        return watch, {way: watch.told.get(vendor, set()) for way, vendor in vendors.items()}


async def _known(person: Person, name: str, email: str) -> VendorId:
    details = ContactDetails(name=name, kind=OrganisationKind.SHOP, email=email, country="DE")
    return (await keep_counterparty.add(person.means, details))[0].id


async def _cast(person: Person, vendors: dict[Way, VendorId]) -> IntentcastId:
    key = (await say_what_i_want.save_want(person.means, WISH)).id
    ways = {vendor: way for way, vendor in vendors.items()}
    plan = await choose_vendors.plan(person.means, key, tuple(ways), ways)
    assert {one.way for one in plan.plan.vendors} == set(vendors)
    await choose_vendors.confirm_plan(person.means, plan)
    await send_intentcast.cast(person.means, key, pause=0.0, spread=0.0)
    await person.settle()
    person.clock.move(seconds=1200)
    await person.settle()
    return key


async def _order_by_mail(person: Person, key: IntentcastId, vendor: VendorId) -> None:
    alias = (await choose_vendors.vendor(person.means, vendor)).reply_to
    await read_mail.take_in(person.means, OFFER % alias.encode())
    (proposed,) = await confirm_mail_offer.proposals(person.means, key)
    values = confirm_mail_offer.as_read(person.means, proposed.proposal, valid_until=date(2026, 12, 5))
    offer = await confirm_mail_offer.confirm(
        person.means, proposed.proposal.id, values, frozenset(proposed.proposal.warnings)
    )
    await accept_offer.accept(person.means, offer.id)
    await person.settle()


def test_what_each_way_tells_stands_in_the_ledger_before_it_passes(tmp_path: Path) -> None:
    watch, told = asyncio.run(mixed_cast(tmp_path))
    assert watch.unrecorded == set()
    assert watch.never == set()
    title, details = telling_words((WISH.title,)), telling_words((WISH.details,))
    delivery = telling_words(PROFILE[path] for path in DELIVERED)
    assert told[Way.NATIVE] == title | details | telling_words((WISH.place,))
    assert told[Way.UCP] == title
    assert told[Way.MCP] >= title | details
    assert told[Way.MAIL] >= title | details | delivery
    assert not telling_words((PROFILE[FieldPath.NAME], PROFILE[FieldPath.STREET])) & (told[Way.MCP] | told[Way.UCP])
    assert WISH.place.lower() not in told[Way.UCP] | told[Way.MCP] | told[Way.MAIL]


def test_a_build_that_forgets_a_row_is_caught_by_every_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = LedgerPart.append_ledger

    def forgetful(self: LedgerPart, row: LedgerRow) -> LedgerRow:
        return row if row.name == "want.title" and row.channel != "native" else kept(self, row)

    monkeypatch.setattr(LedgerPart, "append_ledger", forgetful)
    watch, told = asyncio.run(mixed_cast(tmp_path))
    lacking = {vendor for vendor, word in watch.unrecorded if word == "zwirbelrad"}
    assert len(lacking) == len(told) - 1


def test_a_build_that_says_more_than_it_shows_is_caught_by_every_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, begun, posted = mail_files.mail_bytes, messages.initialize, plain_calls._posted
    sender = f"X-Originating-User: {PROFILE[FieldPath.NAME]}\r\n".encode()
    about = {"clientInfo": {"name": PROFILE[FieldPath.STREET], "version": "1"}}

    def capped(body: bytes) -> bytes:
        rest = body.strip()[1:-1]
        return b"{" + rest + (b", " if rest.strip() else b"") + b'"filters": {"price": {"max": 87654}}}'

    monkeypatch.setattr(ask_by_mail, "mail_bytes", lambda *said, **more: sender + written(*said, **more))
    monkeypatch.setattr(client, "initialize", lambda: {**begun(), **about})
    monkeypatch.setattr(plain_calls, "_posted", lambda line, url, body, head: posted(line, url, capped(body), head))
    watch, _told = asyncio.run(mixed_cast(tmp_path))
    assert {word for _vendor, word in watch.unrecorded} >= {"zwiebelfisch", "querlenkerweg"}
    assert "87654" in watch.never
