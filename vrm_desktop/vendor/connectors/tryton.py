"""Tryton 8.2: an intentcast becomes a lead, a quotation an offer, an acceptance a sale, an end a closed lead.

Only Tryton's own models are used, over its own protocol; nothing is installed there. Whatever is done is looked for
first, so that doing it again changes nothing. Opportunities keep their history for ever in Tryton, so nothing personal
is written into one: words go into a note, name and address into the party, and both can be taken back.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.domain.money import exponent
from vrm_desktop.protocol.messages import OrderText
from vrm_desktop.vendor.connectors.port import ERASED, Event, Heard, Notes, Said, Told
from vrm_desktop.vendor.connectors.tryton_party import TrytonParty
from vrm_desktop.vendor.connectors.tryton_session import TrytonSession, decimal_value
from vrm_desktop.vendor.errors import ConnectorRefused
from vrm_desktop.vendor.hand_acts import ConfirmOrder, MakeOffer
from vrm_desktop.vendor.settings import DeskSettings

_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{43}")
_OPPORTUNITY = "model.sale.opportunity"
_SALE = "model.sale.sale"
_MOST_HEARD = 50
_LONGEST_TITLE = 200
_MOST_PIECES = 999


class Tryton:
    """One Tryton database (fits `Connector`)."""

    def __init__(self, session: TrytonSession, *, shop: DeskSettings, now: Callable[[], datetime]) -> None:
        self._session = session
        self._parties = TrytonParty(session)
        self._shop = shop
        self._now = now

    async def tell(self, event: Event, notes: Notes) -> Told:
        """Bring one event in; most kinds only make sure that the lead is there."""
        lead = await self._lead(event)
        match event.kind:
            case Kind.REVEAL:
                await self._open(lead, event)
            case Kind.ACCEPT:
                return await self._sell(lead, event, notes)
            case Kind.TERMS_REFUSE | Kind.CLOSURE:
                await self._close(lead)
                await self._forget(lead, event)
            case Kind.TERMS_ANSWER if event.content.get("answer") == "decline":
                await self._close(lead)
            case _ if event.kind == ERASED:
                await self._forget(lead, event)
            case _:
                pass
        return Told(notes={"opportunity": str(lead)})

    async def listen(self, bookmark: str) -> Heard:
        """The quotations of today's leads, as offers; one that was changed is another offer."""
        domain = [["state", "=", "quotation"], ["origin", "like", "sale.opportunity,%"]]
        found = await self._session.call(f"{_SALE}.search", domain, 0, _MOST_HEARD, [["write_date", "DESC"]])
        said = [await self._offer(sale) for sale in reversed(found)]
        return Heard(said=[each for each in said if each is not None], bookmark=bookmark)

    async def check(self) -> str:
        """Sign in, and look whether the user can work with opportunities."""
        await self._session.sign_in()
        await self._session.call(f"{_OPPORTUNITY}.search_count", [])
        if "company" not in self._session.context or "employee" not in self._session.context:
            raise ConnectorRefused("the Tryton user needs a company and an employee")
        return "Tryton lets the desk in"

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()

    async def _lead(self, event: Event) -> int:
        found = await self._session.call(f"{_OPPORTUNITY}.search", [["reference", "=", event.conversation]], 0, 1, None)
        if found:
            lead: int = found[0]
            return lead
        values = {"reference": event.conversation, "description": _coarse(event)}
        (lead,) = await self._session.call(f"{_OPPORTUNITY}.create", [values])
        return lead

    async def _open(self, lead: int, event: Event) -> None:
        """The lead becomes an opportunity of somebody without a name, with the words of the reveal as a note."""
        await self._party(lead, event)
        await self._move(lead, "opportunity", {"lead"})
        words = [event.want.title, event.want.details]
        if event.want.quantity > 1:
            words.append(f"{event.want.quantity} ×")
        text = "\n".join(each for each in words if each)
        if text and not await self._session.call("model.ir.note.search", _notes_of(lead), 0, 1, None):
            await self._session.call(
                "model.ir.note.create", [{"resource": f"sale.opportunity,{lead}", "message": text}]
            )

    async def _party(self, lead: int, event: Event) -> int:
        (row,) = await self._session.call(f"{_OPPORTUNITY}.read", [lead], ["party"])
        if row["party"]:
            party: int = row["party"]
            return party
        party = await self._parties.nameless(event.conversation, country=event.want.area)
        await self._session.call(f"{_OPPORTUNITY}.write", [lead], {"party": party})
        return party

    async def _sell(self, lead: int, event: Event, notes: Notes) -> Told:
        """Name and address to the party, and the sale confirmed; the desk's own word follows when it is still due."""
        if event.order is None or event.order.price is None:
            return Told(notes={"opportunity": str(lead)})
        party = await self._party(lead, event)
        if event.given:
            await self._parties.name(party, event.given)
        sale = await self._sale(lead, event.order, notes)
        (row,) = await self._session.call(f"{_SALE}.read", [sale], ["state"])
        for state, button in (("draft", "quote"), ("quotation", "confirm")):
            if row["state"] == state:
                await self._session.call(f"{_SALE}.{button}", [sale])
                (row,) = await self._session.call(f"{_SALE}.read", [sale], ["state"])
        confirms = Said(id=f"confirmed-{event.id}", conversation=event.conversation, act=ConfirmOrder())
        said = (confirms,) if event.state is State.ORDERED else ()
        return Told(notes={"opportunity": str(lead), "sale": str(sale)}, said=said)

    async def _sale(self, lead: int, order: OrderText, notes: Notes) -> int:
        """The sale of the accepted offer: Tryton's own quotation, else one made of the order."""
        if order.price is None:
            raise ConnectorRefused("an order without a price")
        total = _amount(order.price.total, order.price.currency)
        for sale in [int(notes["sale"])] if "sale" in notes else []:
            (row,) = await self._session.call(f"{_SALE}.read", [sale], ["state", "total_amount"])
            if row["state"] != "cancelled" and _decimal(row["total_amount"]) == total:
                return sale
        await self._move(lead, "opportunity", {"lead"})
        await self._move(lead, "convert", {"opportunity"})
        found = await self._session.call(f"{_SALE}.search", _sales_of(lead), 0, _MOST_HEARD, [["id", "DESC"]])
        for sale in found:
            (row,) = await self._session.call(f"{_SALE}.read", [sale], ["state", "total_amount", "lines"])
            if row["state"] != "cancelled" and row["lines"] and _decimal(row["total_amount"]) == total:
                return int(sale)
            if row["state"] == "draft" and not row["lines"]:
                await self._session.call(f"{_SALE}.write", [sale], {"lines": [["create", _lines(order)]]})
                return int(sale)
        raise ConnectorRefused("Tryton has another sale for this enquiry, at another price")

    async def _move(self, lead: int, button: str, states: set[str]) -> None:
        """Press a button where it is to be pressed; elsewhere the lead is already further."""
        (row,) = await self._session.call(f"{_OPPORTUNITY}.read", [lead], ["state"])
        if row["state"] in states:
            await self._session.call(f"{_OPPORTUNITY}.{button}", [lead])

    async def _close(self, lead: int) -> None:
        open_sales = await self._session.call(
            f"{_SALE}.search", [*_sales_of(lead), ["state", "in", ["draft", "quotation"]]], 0, _MOST_HEARD, None
        )
        if open_sales:
            await self._session.call(f"{_SALE}.cancel", open_sales)
        await self._move(lead, "lost", {"lead", "opportunity"})

    async def _forget(self, lead: int, event: Event) -> None:
        """Take back what the desk does not hold any more."""
        if not (event.want.title or event.want.details):
            notes = await self._session.call("model.ir.note.search", _notes_of(lead), 0, _MOST_HEARD, None)
            if notes:
                await self._session.call("model.ir.note.delete", notes)
        (row,) = await self._session.call(f"{_OPPORTUNITY}.read", [lead], ["party"])
        if row["party"] and not event.given:
            await self._parties.forget(row["party"])

    async def _offer(self, sale: int) -> Said | None:
        fields = ["origin", "total_amount", "currency.code", "quotation_expire", "lines"]
        (row,) = await self._session.call(f"{_SALE}.read", [sale], fields)
        lead = int(str(row["origin"]).partition(",")[2])
        (opportunity,) = await self._session.call(f"{_OPPORTUNITY}.read", [lead], ["reference"])
        conversation = opportunity["reference"] or ""
        if not _CONVERSATION.fullmatch(conversation):
            return None
        lines = [await self._line(each) for each in row["lines"]]
        goods = [each for each in lines if each is not None]
        if not goods:
            return None
        currency, today = row["currency."]["code"], self._now().date()
        single = goods[0] if len(goods) == 1 else None
        act = MakeOffer(
            title="; ".join(title for title, _quantity in goods)[:_LONGEST_TITLE],
            items=_minor(_decimal(row["total_amount"]), currency),
            currency=currency,
            quantity=single[1] if single is not None else 1,
            fulfilment=self._shop.delivery.ways[0],
            by=today + timedelta(days=self._shop.delivery.days),
            valid_days=_days_left(row["quotation_expire"], today) or self._shop.offers.valid_days,
            binding=self._shop.offers.binding,
            returns_days=self._shop.offers.returns_days,
            warranty_months=self._shop.offers.warranty_months,
            note=self._shop.offers.note,
        )
        mark = f"{act.title}\n{act.items}\n{act.currency}\n{act.quantity}\n{row['quotation_expire']}"
        return Said(
            id=f"sale-{sale}-{hashlib.sha256(mark.encode()).hexdigest()[:32]}",
            conversation=conversation,
            act=act,
            notes={"sale": str(sale)},
        )

    async def _line(self, line: int) -> tuple[str, int] | None:
        """Title and pieces of a line. Pieces are reckoned from the amounts: Tryton's quantities are floating-point."""
        fields = ["type", "description", "amount", "unit_price", "product.rec_name"]
        (row,) = await self._session.call("model.sale.line.read", [line], fields)
        if row["type"] != "line":
            return None
        product = row.get("product.") or {}
        title = " ".join(str(row["description"] or product.get("rec_name") or "").split())
        amount, each = _decimal(row["amount"]), _decimal(row["unit_price"])
        pieces = amount / each if each else Decimal(1)
        return title or "–", int(pieces) if pieces == int(pieces) and 1 <= pieces <= _MOST_PIECES else 1


def _coarse(event: Event) -> str:
    want = event.want
    wish = ", ".join(f"{key} {value}" for key, value in sorted(want.attributes.items()))
    return " · ".join(each for each in (want.category, wish, want.area.code if want.area else "") if each)


def _notes_of(lead: int) -> list[list[str]]:
    return [["resource", "=", f"sale.opportunity,{lead}"]]


def _sales_of(lead: int) -> list[list[str]]:
    return [["origin", "=", f"sale.opportunity,{lead}"]]


def _lines(order: OrderText) -> list[dict[str, Any]]:
    """The order's lines, and one for what comes on top of them, so that the sum is the order's."""
    if order.price is None:
        raise ConnectorRefused("an order without a price")
    currency, goods = order.price.currency, order.lines
    made: list[dict[str, Any]] = []
    if len(goods) == 1 and order.price.items % goods[0].quantity == 0:
        made.append(_sale_line(goods[0].title, goods[0].quantity, order.price.items // goods[0].quantity, currency))
    else:
        title = "; ".join(f"{line.quantity} × {line.title}" for line in goods)
        made.append(_sale_line(title, 1, order.price.items, currency))
    on_top = order.price.total - order.price.items
    return [*made, _sale_line("Delivery and fees", 1, on_top, currency)] if on_top else made


def _sale_line(title: str, quantity: int, each: int, currency: str) -> dict[str, Any]:
    return {
        "type": "line",
        "description": title,
        "quantity": quantity,
        "unit_price": decimal_value(_amount(each, currency)),
    }


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-exponent(currency))


def _minor(amount: Decimal, currency: str) -> int:
    return int(amount.scaleb(exponent(currency)).to_integral_value())


def _decimal(value: Mapping[str, Any] | None) -> Decimal:
    return Decimal(value["decimal"]) if value else Decimal()


def _days_left(expires: Mapping[str, int] | None, today: date) -> int | None:
    if not expires:
        return None
    return max(1, (date(expires["year"], expires["month"], expires["day"]) - today).days)
