"""A person, a want, and a vendor with a quote desk that does as a test says. Never here: what is expected."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.scripted_desks import OnlyDesks, ScriptedDesks, said
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.quote_desk import DeskProfile
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import collect_offers, keep_counterparty, keep_desks, say_what_i_want
from vrm_desktop.services.collect_offers import Answer
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.keep_desks import QuoteView
from vrm_desktop.services.means import Means

QUARTER = timedelta(minutes=20)
READY = '{"status":"ready","currency":"EUR","total":129.5,"shipping":9.5,"valid_until":"2026-12-24","lines":[%s]}'
LINE = '{"description":"Bike","quantity":1,"unit_price":120}'


def profile(name: str = "cintra-supply") -> DeskProfile:
    return read_profile((resources_folder() / "quote_desks" / f"{name}.json").read_bytes())


@dataclass(slots=True, kw_only=True)
class Asking:
    """A person, a want, and a vendor with a desk."""

    person: Person
    means: Means
    desks: ScriptedDesks
    exchange: Exchange
    want: IntentcastId
    vendor: VendorId

    async def ask(self, typed: dict[str, str] | None = None) -> RelationshipId:
        shown = await keep_desks.put_in(self.means, self.want, self.vendor, typed or {})
        key = await keep_desks.ask(self.means, self.want, shown)
        await self.exchange.one_pass(key)
        return key

    async def later(self, after: timedelta = QUARTER) -> QuoteView:
        self.person.clock.move(seconds=after.total_seconds())
        await collect_offers.sync_once(self.means, self.exchange)
        return await self.view()

    async def view(self) -> QuoteView:
        (one,) = await keep_desks.quotes(self.means, self.want)
        return one

    async def answer(self) -> Answer:
        return (await collect_offers.progress(self.means, self.want)).vendors[0].answer


Job = Callable[[Asking], Awaitable[None]]


def run_asking(folder: Path, job: Job, kind: DeskProfile | None = None) -> None:
    """Do the job with a desk of this kind (None: one that nobody has described)."""
    address = "https://desk.kram.example/mcp"

    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            await person.knows()
            desks = ScriptedDesks(
                answers={
                    "submit_rfq": [said('{"rfq_id":"RFQ-1","status":"received"}')],
                    "get_quote": [said('{"status":"pending"}'), said(READY % LINE)],
                    "accept_quote": [said('{"order_id":"O-1","payment_url":"https://pay.kram.example/1?ref=a"}')],
                }
            )
            means = replace(person.means, outside=OnlyDesks(quoting=desks))
            exchange = Exchange(means)
            want = (await say_what_i_want.save_want(means, WANT)).id
            vendor, _file = await keep_counterparty.add(
                means, ContactDetails(name="Kramladen", kind=OrganisationKind.SHOP)
            )
            await keep_desks.add(means, vendor.id, address, kind)
            asking = Asking(person=person, means=means, desks=desks, exchange=exchange, want=want, vendor=vendor.id)
            try:
                await job(asking)
            finally:
                await exchange.close()

    asyncio.run(body())
