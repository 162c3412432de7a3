"""Proposals of mails and what the person confirms: what they must hold, and how a price falls into its parts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.mail_offer import ConfirmedValues, MailProposal, MailWarning, ProposalState
from vrm_desktop.domain.mail_reading import (
    MailReading,
    OfferStanding,
    Quoted,
    Reason,
    SaidCount,
    SaidMoney,
    SaidStanding,
    TaxBasis,
)
from vrm_desktop.domain.money import Money

AT = Quoted(start=3, end=7, why=Reason.SAID)
PROPOSAL = MailProposal(
    id="proposal-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=datetime(2026, 11, 16, 12, tzinfo=UTC),
    intentcast=IntentcastId("want-1"),
    mail="mail-1",
    digest=Digest("d" * 43),
    sender="shop@shop.example",
    dated=date(2026, 11, 16),
    reading=MailReading(),
)


def euro(minor: int) -> Money:
    return Money(minor=minor, currency="EUR")


def test_a_proposal_is_confirmed_with_its_offer_or_put_aside() -> None:
    confirmed = PROPOSAL.confirmed(MessageId("d" * 43))
    assert (confirmed.state, confirmed.offer) == (ProposalState.CONFIRMED, "d" * 43)
    assert PROPOSAL.dropped().state is ProposalState.DROPPED
    assert PROPOSAL.words == "shop@shop.example"
    with pytest.raises(InvalidValue, match="exactly when"):
        replace(PROPOSAL, state=ProposalState.CONFIRMED)
    with pytest.raises(InvalidValue, match="once"):
        replace(PROPOSAL, warnings=(MailWarning.CUT, MailWarning.CUT))


def test_a_passage_has_a_character() -> None:
    for start, end in ((3, 3), (4, 3), (-1, 3)):
        with pytest.raises(InvalidValue, match="passage"):
            Quoted(start=start, end=end, why=Reason.SAID)


def test_working_days_leave_weekends_out() -> None:
    friday = date(2026, 11, 20)
    assert SaidCount(count=3, working=True, at=AT).after(friday) == date(2026, 11, 25)
    assert SaidCount(count=3, at=AT).after(friday) == date(2026, 11, 23)
    assert SaidCount(count=0, working=True, at=AT).after(friday) == friday


def test_a_reading_without_a_price_is_empty_and_binds_nobody() -> None:
    assert MailReading().empty
    assert not MailReading().binding
    assert not MailReading(total=SaidMoney(money=euro(5), at=AT)).empty
    assert not MailReading(items=SaidMoney(money=euro(5), at=AT)).empty
    assert MailReading(standing=SaidStanding(standing=OfferStanding.BINDING, at=AT)).binding
    assert not MailReading(standing=SaidStanding(standing=OfferStanding.INDICATIVE, at=AT)).binding


def confirmed(**values: object) -> ConfirmedValues:
    return ConfirmedValues(**{"total": euro(70_210), "valid_until": date(2026, 12, 1), **values})  # type: ignore[arg-type]


def test_a_price_falls_into_goods_shipping_and_tax_on_top() -> None:
    assert (confirmed().price.items, confirmed().price.tax) == (70_210, 0)
    net = confirmed(items=euro(59_000), tax=TaxBasis.NET).price
    assert (net.items, net.shipping, net.tax, net.total) == (59_000, 0, 11_210, 70_210)
    sent = confirmed(shipping=euro(490)).price
    assert (sent.items, sent.shipping, sent.tax) == (69_720, 490, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"items": euro(59_000)},
        {"items": euro(59_000), "tax": TaxBasis.GROSS},
        {"items": euro(80_000), "tax": TaxBasis.NET},
        {"shipping": euro(80_000)},
    ],
)
def test_parts_that_do_not_come_to_the_total_are_no_price(values: dict[str, object]) -> None:
    made = confirmed(**values)
    with pytest.raises(InvalidValue):
        _ = made.price


@pytest.mark.parametrize(
    "values",
    [
        {"total": euro(0)},
        {"shipping": euro(-1)},
        {"shipping": Money(minor=1, currency="GBP")},
        {"returns_days": -1},
        {"warranty_months": -1},
    ],
)
def test_values_that_cannot_be_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        confirmed(**values)
