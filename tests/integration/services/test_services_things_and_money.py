"""What an order leaves behind: the thing with its dates, and money both ways, read from what both sides signed."""

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.fakes.lying_vendor import Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import a_person
from vrm_desktop.domain.agenda import AgendaKind, When
from vrm_desktop.domain.booking import BookingKind, balances
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.services import accept_offer, agenda, compare_offers, keep_things


def test_a_delivered_order_leaves_a_thing_with_its_dates_and_money_both_ways(tmp_path: Path) -> None:
    def say(talk: Talk, message: AnyMessage) -> None:
        honest(talk, message)
        if isinstance(message, messages.Accept):
            for state in ("delivered", "delayed"):
                talk.say(messages.Status(**talk.claims(), state=state))
        if isinstance(message, messages.Paid):
            price = messages.PriceClaim(currency="EUR", items=message.amount, total=message.amount)
            talk.say(messages.Receipt(**talk.claims(), order=message.order, price=price, number="R-1"))
            refund = messages.Refund(**talk.claims(), order=message.order, amount=1_000, currency="EUR", number="G-1")
            talk.say(refund)

    async def job() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(tmp_path / "home", clock) as person:
            liar.script = say
            await person.knows()
            want, (key,) = await person.casts(liar.url)
            await person.settle()
            best = (await compare_offers.compare(person.means, want)).ranked[0].offer
            await accept_offer.accept(person.means, best.id)
            await person.settle()
            file = await person.file(key)
            assert [(one.title, one.order) for one in await keep_things.things(person.means)] == [
                (line.title, file.order.hash if file.order else None) for line in best.lines
            ]
            today = clock.today()
            dates = {one.item.kind: one for one in await agenda.agenda(person.means) if one.when is not When.DONE}
            if best.returns_days is not None:
                assert dates[AgendaKind.RETURN_BY].item.due == today + timedelta(days=best.returns_days)
            if best.warranty_months is not None:
                assert AgendaKind.WARRANTY_ENDS in dates
            assert AgendaKind.DELIVERY_DUE not in dates

            assert best.price is not None
            total = best.price.total
            assert [(one.kind, one.amount.minor) for one in file.bookings] == [(BookingKind.OWED, total)]
            assert balances(file.bookings)[0].open.minor == total
            await accept_offer.paid(person.means, key)
            await person.settle()
            bookings = (await person.file(key)).bookings
            assert {(one.kind, one.number) for one in bookings} == {
                (BookingKind.OWED, ""),
                (BookingKind.PAID, ""),
                (BookingKind.RECEIPT, "R-1"),
                (BookingKind.BACK, "G-1"),
            }
            [euro] = balances(bookings)
            assert (euro.open.minor, euro.spent.minor) == (0, total - 1_000)

            [thing] = [one for one in await keep_things.things(person.means) if one.title == best.lines[0].title]
            await keep_things.forget(person.means, thing.id)
            await person.settle()
            assert thing.id not in {one.id for one in await keep_things.things(person.means)}

    asyncio.run(job())
