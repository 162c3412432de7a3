"""A real quote desk, written with another library, asked by a real vault over the real courier until it is ordered."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.fakes.mcp_servers import mcp_servers
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, a_person
from tests.fakes.scripted_desks import OnlyDesks
from vrm_desktop.channels.mcp.desks import DeskChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.quote_desk import QuoteState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    accept_offer,
    collect_offers,
    keep_counterparty,
    keep_desks,
    say_what_i_want,
)
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.ports_outside import QuoteDesks


@dataclass(slots=True, kw_only=True)
class RealDesks(OnlyDesks):
    """Reaches quote desks over the courier."""

    channel: DeskChannel

    def desks(self) -> QuoteDesks:
        return self.channel


def profile(name: str) -> bytes:
    return (resources_folder() / "quote_desks" / f"{name}.json").read_bytes()


async def ordered(address: str, name: str, folder: Path) -> tuple[list[QuoteState], list[int], str]:
    """The states after asking and each look, the totals of the quotes, and the order's number if one can be had."""
    clock = MovingClock()
    async with a_person(folder, clock) as person, Courier(Limits()) as courier:
        await person.knows()
        means = replace(person.means, outside=RealDesks(quoting=None, channel=DeskChannel(courier, clock)))  # type: ignore[arg-type] # no script is read
        exchange = Exchange(means)
        want = (await say_what_i_want.save_want(means, WANT)).id
        vendor, _file = await keep_counterparty.add(means, ContactDetails(name="Desk", kind=OrganisationKind.SHOP))
        await keep_desks.add(means, vendor.id, address, read_profile(profile(name)))
        await keep_desks.tools(means, vendor.id)
        shown = await keep_desks.put_in(means, want, vendor.id, {})
        key = await keep_desks.ask(means, want, shown)
        states: list[QuoteState] = []
        (view,) = await keep_desks.quotes(means, want)
        for _ in range(4):
            await collect_offers.sync_once(means, exchange)
            (view,) = await keep_desks.quotes(means, want)
            states.append(view.asked.state)
            clock.move(seconds=timedelta(hours=2).total_seconds())
        offers = await means.vault.read(lambda tx: tx.offers(want))
        totals = [one.price.total for one in offers if one.price is not None]
        if view.accepts:
            await accept_offer.accept(means, offers[0].id)
            await exchange.one_pass(key)
        (view,) = await keep_desks.quotes(means, want)
        await exchange.close()
        return states, totals, view.asked.order


def test_desks_of_two_kinds_are_asked_until_they_quote_and_one_takes_the_order(tmp_path: Path) -> None:
    with mcp_servers(("rfq", "token"), tmp_path / "servers.log") as addresses:
        rfq = asyncio.run(ordered(addresses["rfq"], "cintra-supply", tmp_path / "one"))
        token = asyncio.run(ordered(addresses["token"], "vibe-manufacturing", tmp_path / "two"))
    waiting, quoted = QuoteState.PENDING, QuoteState.QUOTED
    assert rfq == ([waiting, waiting, waiting, quoted], [12950], "ORD-RFQ-1")
    assert token == ([waiting, quoted, quoted, quoted], [5000], "")
