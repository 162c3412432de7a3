"""The domain's words for payloads and back, and the error codes of the document."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.offer import Offer, OfferLine, Price
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol import errors, messages
from vrm_desktop.protocol.errors import Malformed, ProtocolError
from vrm_desktop.protocol.meanings import (
    area_claim,
    area_from,
    day_claim,
    line_claims,
    lines_from,
    offer_from,
    payment_from,
    price_claim,
    price_from,
)
from vrm_desktop.protocol.shapes import read_day, read_instant, write_instant

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "protocol.md"


def meant(message: messages.Offer, two: TwoSides) -> Offer:
    return offer_from(
        message,
        id=two.person.own[0],
        relationship=RelationshipId("r"),
        intentcast=IntentcastId("i"),
        vendor=VendorId("v"),
        vendor_name="Radhaus",
        received=NOW,
    )


def test_an_offer_is_told_in_the_domains_words() -> None:
    two = TwoSides().revealed()
    offer = meant(two.offer_message(), two)
    assert offer.price is not None
    assert (offer.price.total, offer.price.all_in.minor) == (429_900, 429_900)
    assert (offer.by, offer.valid_until) == (date(2026, 12, 10), datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert (offer.fulfilment, offer.lines[0].condition) == (Fulfilment.DELIVERED, Condition.NEW)
    assert (offer.returns_days, offer.warranty_months) == (30, 24)
    assert (offer.asks[0].name, offer.asks[0].purpose, offer.asks[0].days) == ("profile.phone", "delivery", 30)
    assert offer.payment == ("sepa-transfer", "vendor-link")


def test_what_an_offer_leaves_open_stays_open() -> None:
    two = TwoSides().revealed()
    bare = msgspec.structs.replace(
        two.offer_message(), price=UNSET, by=UNSET, returns_days=UNSET, warranty_months=UNSET, payment=(), asks=()
    )
    offer = meant(bare, two)
    assert (offer.price, offer.by, offer.returns_days, offer.warranty_months) == (None, None, None, None)


def test_prices_and_lines_survive_both_ways() -> None:
    price = Price(currency="EUR", items=10, shipping=2, fees=1, tax=3, total=16)
    assert price_from(price_claim(price)) == price
    lines = (
        OfferLine(title="A", quantity=1, unit=None),
        OfferLine(title="B", quantity=9, unit=5, condition=Condition.USED, sku="s", gtin="g", link="l"),
    )
    assert lines_from(line_claims(lines)) == lines


def test_a_line_out_of_bounds_is_not_said() -> None:
    for line in (OfferLine(title="", quantity=1, unit=None), OfferLine(title="x", quantity=1000, unit=None)):
        with pytest.raises(Malformed):
            line_claims((line,))


def test_a_price_that_does_not_sum_up_has_no_meaning() -> None:
    with pytest.raises(InvalidValue):
        price_from(messages.PriceClaim(currency="EUR", items=1, total=2))


@pytest.mark.parametrize(
    "area", [Area(country="DE"), Area(country="DE", region="DE-NW"), Area(country="DE", postal_prefix="33")]
)
def test_an_area_survives_both_ways(area: Area) -> None:
    assert area_from(area_claim(area)) == area


def test_a_region_of_another_country_has_no_meaning() -> None:
    with pytest.raises(InvalidValue):
        area_from(messages.AreaClaim(country="DE", region="AT-1"))


def test_payment_details_keep_every_member() -> None:
    payment = messages.Payment(method="sepa-transfer", payee="P", iban="I", bic="B", reference="R", link="L")
    told = payment_from(payment)
    assert [getattr(told, field.name) for field in fields(told)] == ["sepa-transfer", "P", "I", "B", "R", "L"]


def test_a_day_that_is_not_there_is_left_out() -> None:
    assert day_claim(None) is UNSET
    assert day_claim(date(2026, 1, 2)) == "2026-01-02"


@pytest.mark.parametrize("text", ["2026-02-30", "20260222", "2026-W01-1", "2026-2-2", "", "x"])
def test_a_day_has_one_form(text: str) -> None:
    with pytest.raises(Malformed):
        read_day(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-1-01T00:00:00Z", "2026-01-01T00:00:60Z", "", "x"]
)
def test_an_instant_has_one_form(text: str) -> None:
    with pytest.raises(Malformed):
        read_instant(text)


def test_days_and_instants_survive_both_ways() -> None:
    assert read_day("0999-02-03").isoformat() == "0999-02-03"
    for text in ("2026-11-22T12:00:00Z", "0999-01-01T00:00:00Z"):
        assert write_instant(read_instant(text)) == text


def test_every_error_has_a_code_of_its_own_that_the_document_names() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ProtocolError)]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes))
    document = DOCUMENT.read_text("utf-8")
    named = set(re.findall(r"^\| `([a-z-]+)` \|", document, re.MULTILINE))
    assert set(codes) - {"protocol"} <= named
