"""`payto:` links and bank QR codes: read back by hand, module by module, and refused where they would mislead."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fakes.qr_reader import read_qr
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.formats.errors import NoPaymentForm
from vrm_desktop.formats.iban import iban_is_sound
from vrm_desktop.formats.payment_forms import epc_qr_svg, epc_qr_text, payto

PAY = PaymentDetails(
    method="sepa-transfer", payee="Veedel Velo & Söhne", iban="DE19900000010000000303", reference="Order 7/É"
)
AMOUNT = Money(minor=68423, currency="EUR")


@pytest.mark.parametrize(
    "iban", ["DE89370400440532013000", "GB29NWBK60161331926819", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"]
)
def test_published_example_ibans_are_sound(iban: str) -> None:
    assert iban_is_sound(iban)


@pytest.mark.parametrize(
    "iban",
    [
        "",
        "DE",
        "DE88370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000x",
        "D٣89370400440532013000",
    ],
)
def test_slips_and_spaces_in_an_iban_are_not(iban: str) -> None:
    assert not iban_is_sound(iban)


def test_any_single_changed_digit_is_found() -> None:
    iban = "DE89370400440532013000"
    for place in range(2, len(iban)):
        for digit in "0123456789":
            changed = iban[:place] + digit + iban[place + 1 :]
            assert iban_is_sound(changed) == (changed == iban)


def test_a_payto_link_says_payee_amount_and_reference() -> None:
    link = urlsplit(payto(PAY, AMOUNT))
    assert (link.scheme, link.netloc, link.path) == ("payto", "iban", "/DE19900000010000000303")
    assert parse_qs(link.query, strict_parsing=True) == {
        "amount": ["EUR:684.23"],
        "receiver-name": ["Veedel Velo & Söhne"],
        "message": ["Order 7/É"],
    }
    assert payto(PAY, AMOUNT).isascii()


def test_a_payto_link_without_a_reference_has_no_message() -> None:
    assert "message" not in payto(replace(PAY, reference=""), AMOUNT)


def test_a_payto_link_carries_any_currency() -> None:
    assert "amount=JPY:800&" in payto(PAY, Money(minor=800, currency="JPY"))


@pytest.mark.parametrize("pay", [replace(PAY, method="cash"), replace(PAY, iban="DE18900000010000000303")])
def test_no_form_is_made_for_what_is_no_sound_transfer(pay: PaymentDetails) -> None:
    for form in (payto, epc_qr_svg, epc_qr_text):
        with pytest.raises(NoPaymentForm):
            form(pay, AMOUNT)


@pytest.mark.parametrize(
    "amount",
    [
        Money(minor=68423, currency="CHF"),
        Money(minor=0, currency="EUR"),
        Money(minor=-1, currency="EUR"),
        Money(minor=100_000_000_000, currency="EUR"),
    ],
)
def test_a_bank_code_is_for_euro_amounts_within_its_limits(amount: Money) -> None:
    for form in (epc_qr_svg, epc_qr_text):
        with pytest.raises(NoPaymentForm):
            form(PAY, amount)


@pytest.mark.parametrize("minor", [1, 99_999_999_999])
def test_the_limits_themselves_can_be_said(minor: int) -> None:
    assert f"EUR{Money(minor=minor, currency='EUR').decimal()}" in read_qr(
        epc_qr_text(PAY, Money(minor=minor, currency="EUR"))
    )


def test_the_bank_code_reads_back_as_the_guideline_says() -> None:
    lines = read_qr(epc_qr_text(PAY, AMOUNT)).split("\n")
    assert lines[:4] == ["BCD", "002", "1", "SCT"]
    assert lines[4:8] == ["", "Veedel Velo & Söhne", "DE19900000010000000303", "EUR684.23"]
    assert lines[8:] == ["", "", "Order 7/É"]


def test_an_order_without_a_reference_has_a_bank_code_too() -> None:
    lines = read_qr(epc_qr_text(replace(PAY, reference=""), AMOUNT)).split("\n")
    assert lines[-1] == "EUR684.23"
    assert len(lines) == 8


def test_the_bank_code_carries_a_bic_where_there_is_one() -> None:
    assert read_qr(epc_qr_text(replace(PAY, bic="COBADEFFXXX"), AMOUNT)).split("\n")[4] == "COBADEFFXXX"


@pytest.mark.parametrize(
    "pay",
    [
        replace(PAY, bic="COBADEFFX"),
        replace(PAY, reference="x" * 141),
        replace(PAY, reference="é" * 140),
        replace(PAY, payee=""),
        replace(PAY, payee="A\nDE89370400440532013000"),
        replace(PAY, reference="a\nb"),
    ],
)
def test_no_bank_code_is_made_of_details_that_it_has_no_place_for(pay: PaymentDetails) -> None:
    for form in (epc_qr_svg, epc_qr_text):
        with pytest.raises(NoPaymentForm):
            form(pay, AMOUNT)


def test_the_picture_of_the_bank_code_is_svg_with_a_quiet_zone() -> None:
    svg = epc_qr_svg(PAY, AMOUNT).decode()
    assert svg.startswith("<?xml")
    assert "<svg" in svg
