"""Handing a payment over: what differs from the signed order, what blocks it, and what may follow what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.payment import (
    LONGEST_SEEN,
    MOST_ALARMS,
    NEXT,
    Agreed,
    AlarmSource,
    Decision,
    Difference,
    Differing,
    PaymentHandover,
    PayState,
    PayWay,
    Stated,
    differences,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
EUR = Money(minor=68423, currency="EUR")
TRANSFER = Agreed(amount=EUR, payee="Veedel Velo", iban="DE75512108001245126199", bic="SOGEDEFFXXX")
BY_LINK = Agreed(amount=EUR, link="https://radhaus.example/pay", sites=frozenset({"radhaus.example"}))
OFFERED = PaymentHandover(
    id="payment-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=NOW,
    order=Digest("o" * 43),
)
OTHER = Differing(difference=Difference.ACCOUNT, agreed="A", seen="B")


@pytest.mark.parametrize(
    ("agreed", "stated", "expected"),
    [
        (TRANSFER, Stated(), []),
        (TRANSFER, Stated(iban=TRANSFER.iban, bic="SOGEDEFF", payee="Veedel  Velo", amount=EUR), []),
        (TRANSFER, Stated(iban="DE02120300000000202051"), [Difference.ACCOUNT]),
        (TRANSFER, Stated(iban="DE02120300000000202050", sound=False), [Difference.UNSOUND_ACCOUNT]),
        (TRANSFER, Stated(bic="COBADEFF"), [Difference.BANK]),
        (replace(TRANSFER, bic=""), Stated(bic="COBADEFF"), []),
        (TRANSFER, Stated(payee="veedel velo"), [Difference.PAYEE]),
        (TRANSFER, Stated(amount=Money(minor=68424, currency="EUR")), [Difference.AMOUNT]),
        (TRANSFER, Stated(amount=Money(minor=68423, currency="CHF")), [Difference.AMOUNT]),
        (TRANSFER, Stated(wallet="taler://pay/x/1"), [Difference.ANOTHER_WAY]),
        (BY_LINK, Stated(iban="DE02120300000000202051"), [Difference.ANOTHER_WAY]),
        (BY_LINK, Stated(link="https://radhaus.example/pay", site="radhaus.example"), []),
        (BY_LINK, Stated(link="https://pay.example/", site="pay.example"), [Difference.SITE]),
        (BY_LINK, Stated(link="http://radhaus.example/", site="radhaus.example", secure=False), [Difference.NOT_HTTPS]),
        (
            BY_LINK,
            Stated(link="https://radhau5.example/", site="radhau5.example", looks_like="radhaus.example"),
            [Difference.LOOKALIKE_SITE],
        ),
        (replace(BY_LINK, link="taler://pay/x/1"), Stated(wallet="taler://pay/x/1"), []),
        (
            TRANSFER,
            Stated(iban="DE02120300000000202051", bic="COBADEFF", payee="X", amount=Money(minor=1, currency="EUR")),
            [Difference.ACCOUNT, Difference.BANK, Difference.PAYEE, Difference.AMOUNT],
        ),
    ],
)
def test_every_difference_is_seen_and_nothing_else(agreed: Agreed, stated: Stated, expected: list[Difference]) -> None:
    assert [one.difference for one in differences(agreed, stated)] == expected


def test_a_difference_says_both_sides_and_no_more_than_fits() -> None:
    [one] = differences(TRANSFER, Stated(amount=Money(minor=1, currency="EUR")))
    assert (one.agreed, one.seen) == ("684.23 EUR", "0.01 EUR")
    [long] = differences(BY_LINK, Stated(link="https://x.test/" + "y" * 500))
    assert (long.agreed, len(long.seen)) == ("radhaus.example", LONGEST_SEEN)


def test_an_alarm_blocks_until_the_person_decides_and_is_not_asked_again() -> None:
    heard = OFFERED.heard([OTHER, OTHER], AlarmSource.MESSAGE, NOW)
    assert (heard.blocked, len(heard.undecided), heard.words) == (True, 1, "B")
    with pytest.raises(InvalidValue):
        heard.handed_over(PayWay.TRANSFER, NOW)
    decided = heard.decided(Decision.AS_SIGNED)
    assert (decided.blocked, decided.state) == (False, PayState.OFFERED)
    assert not decided.heard([OTHER], AlarmSource.MAIL, NOW).blocked
    assert decided.heard([replace(OTHER, seen="C")], AlarmSource.MAIL, NOW).blocked


def test_stopping_blocks_and_paying_as_signed_takes_it_up_again() -> None:
    stopped = OFFERED.decided(Decision.STOP)
    assert (stopped.state, stopped.blocked, stopped.undecided) == (PayState.DISPUTED, True, ())
    assert stopped.decided(Decision.AS_SIGNED) == OFFERED
    with pytest.raises(InvalidValue):
        OFFERED.decided(Decision.AS_SIGNED)
    again = OFFERED.heard([OTHER], AlarmSource.TYPED, NOW).decided(Decision.STOP).decided(Decision.AS_SIGNED)
    assert [one.decided for one in again.alarms] == [Decision.STOP]


def test_beyond_twenty_alarms_only_their_number_is_kept() -> None:
    many = [replace(OTHER, seen=str(number)) for number in range(MOST_ALARMS + 3)]
    heard = OFFERED.heard(many, AlarmSource.MESSAGE, NOW)
    assert (len(heard.alarms), heard.more) == (MOST_ALARMS, 3)
    with pytest.raises(InvalidValue):
        replace(heard, alarms=(*heard.alarms, heard.alarms[0]))
    with pytest.raises(InvalidValue):
        replace(heard, more=-1)


def test_a_payment_is_handed_over_asked_about_and_its_receipt_kept() -> None:
    handed = OFFERED.handed_over(PayWay.TRANSFER, NOW)
    assert (handed.state, handed.way, handed.handed, handed.asked) == (
        PayState.HANDED_OVER,
        PayWay.TRANSFER,
        NOW,
        None,
    )
    unsure = handed.answered(PayState.UNSURE, TODAY)
    assert (unsure.state, unsure.asked, unsure.told) == (PayState.UNSURE, TODAY, None)
    later = TODAY + timedelta(days=3)
    paid = unsure.answered(PayState.SAID_PAID, later)
    assert (paid.state, paid.told, paid.receipt) == (PayState.SAID_PAID, later, "")
    kept = paid.answered(PayState.RECEIPT_KEPT, later + timedelta(days=1), "attachment-1")
    assert (kept.state, kept.told, kept.receipt) == (PayState.RECEIPT_KEPT, later, "attachment-1")
    assert kept.answered(PayState.RECEIPT_KEPT, later).receipt == "attachment-1"


def test_what_was_paid_is_not_handed_over_again_and_what_was_not_is() -> None:
    paid = OFFERED.answered(PayState.SAID_PAID, TODAY)
    with pytest.raises(InvalidValue):
        paid.handed_over(PayWay.TRANSFER, NOW)
    with pytest.raises(InvalidValue):
        paid.answered(PayState.NOT_PAID, TODAY)
    not_paid = OFFERED.handed_over(PayWay.VENDOR_PAGE, NOW).answered(PayState.NOT_PAID, TODAY)
    assert not_paid.handed_over(PayWay.TRANSFER, NOW).way is PayWay.TRANSFER


def test_every_state_says_what_may_follow_and_a_handed_over_one_says_how() -> None:
    assert set(NEXT) == set(PayState)
    with pytest.raises(InvalidValue):
        replace(OFFERED, state=PayState.HANDED_OVER)
    with pytest.raises(InvalidValue):
        replace(OFFERED, state=PayState.HANDED_OVER, handed=NOW)
