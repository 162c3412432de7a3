"""The domain's words for payloads, and back. Pure conversions of verified messages: no signatures, no state."""

from datetime import date, datetime

from msgspec import UNSET, UnsetType

from vrm_desktop.domain.contract import Every
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.offer import Ask, Offer, OfferedContract, OfferLine, Price
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import read_day, read_instant, struct_of


def offer_from(
    message: messages.Offer,
    *,
    id: MessageId,
    relationship: RelationshipId,
    intentcast: IntentcastId,
    vendor: VendorId,
    vendor_name: str,
    received: datetime,
) -> Offer:
    """A received offer in the domain's words."""
    return Offer(
        id=id,
        relationship=relationship,
        intentcast=intentcast,
        vendor=vendor,
        vendor_name=vendor_name,
        lines=lines_from(message.lines),
        price=None if isinstance(message.price, UnsetType) else price_from(message.price),
        binding=message.binding,
        valid_until=read_instant(message.valid_until),
        fulfilment=Fulfilment(message.fulfilment),
        by=None if isinstance(message.by, UnsetType) else read_day(message.by),
        returns_days=_known(message.returns_days),
        warranty_months=_known(message.warranty_months),
        asks=tuple(Ask(name=ask.name, purpose=ask.purpose, days=ask.days) for ask in message.asks),
        payment=message.payment,
        payment_link=message.payment_link,
        note=message.note,
        received=received,
        contract=contract_from(message.contract),
    )


def contract_from(claim: messages.Contract | UnsetType) -> OfferedContract | None:
    """What an offer says of a contract that runs on, in the domain's words; None where it says nothing."""
    if isinstance(claim, UnsetType):
        return None
    return OfferedContract(
        months=claim.months,
        every=Every(claim.price_every),
        renews_months=claim.renews_months,
        notice_days=claim.notice_days,
        starts=None if isinstance(claim.starts, UnsetType) else read_day(claim.starts),
    )


def price_from(claim: messages.PriceClaim) -> Price:
    """A price in the domain's words.

    Raises:
        InvalidValue: its parts do not sum up (never after `receive`).
    """
    return Price(
        currency=claim.currency,
        items=claim.items,
        shipping=claim.shipping,
        fees=claim.fees,
        tax=claim.tax,
        total=claim.total,
    )


def price_claim(price: Price) -> messages.PriceClaim:
    """A price as it stands on the wire."""
    return messages.PriceClaim(
        currency=price.currency,
        items=price.items,
        shipping=price.shipping,
        fees=price.fees,
        tax=price.tax,
        total=price.total,
    )


def lines_from(lines: tuple[messages.OfferLine, ...]) -> tuple[OfferLine, ...]:
    """Offered things in the domain's words."""
    return tuple(
        OfferLine(
            title=line.title,
            quantity=line.quantity,
            unit=_known(line.unit),
            condition=Condition(line.condition),
            sku=line.sku,
            gtin=line.gtin,
            link=line.link,
        )
        for line in lines
    )


def line_claims(lines: tuple[OfferLine, ...]) -> tuple[messages.OfferLine, ...]:
    """Offered things as they stand on the wire.

    Raises:
        Malformed: a value is out of the wire's bounds.
    """
    return tuple(struct_of(_line_members(line), messages.OfferLine) for line in lines)


def payment_from(payment: messages.Payment) -> PaymentDetails:
    """How to pay, in the domain's words."""
    return PaymentDetails(
        method=payment.method,
        payee=payment.payee,
        iban=payment.iban,
        bic=payment.bic,
        reference=payment.reference,
        link=payment.link,
    )


def area_claim(area: Area) -> messages.AreaClaim:
    """An area as a ping says it."""
    return messages.AreaClaim(
        country=area.country,
        region=UNSET if area.region is None else area.region,
        postal=UNSET if area.postal_prefix is None else area.postal_prefix,
    )


def area_from(claim: messages.AreaClaim) -> Area:
    """The area that a ping says.

    Raises:
        InvalidValue: a region of another country.
    """
    return Area(
        country=claim.country,
        region=None if isinstance(claim.region, UnsetType) else claim.region,
        postal_prefix=None if isinstance(claim.postal, UnsetType) else claim.postal,
    )


def word_claim(word: str) -> str | UnsetType:
    """An optional word; "" is left out."""
    return word or UNSET


def day_claim(day: date | None) -> str | UnsetType:
    """A day as it stands on the wire, left out where there is none."""
    return UNSET if day is None else day.isoformat()


def _known(value: int | UnsetType) -> int | None:
    return None if isinstance(value, UnsetType) else value


def _line_members(line: OfferLine) -> dict[str, object]:
    members: dict[str, object] = {
        "title": line.title,
        "quantity": line.quantity,
        "condition": line.condition.value,
        "sku": line.sku,
        "gtin": line.gtin,
        "link": line.link,
    }
    if line.unit is not None:
        members["unit"] = line.unit
    return members
