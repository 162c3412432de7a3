"""`payto:` links (RFC 8905) and bank codes as texts: read whole, written back, and refused where they would mislead."""

from dataclasses import replace

import pytest

from tests.fakes.qr_reader import read_qr
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import PaymentDetails
from vrm_desktop.formats.epc_text import EpcTransfer, read_epc
from vrm_desktop.formats.errors import NotAnEpcCode, NotAPayto
from vrm_desktop.formats.iban import bic_is_sound, grouped, iban_is_sound, ibans_in, same_bic
from vrm_desktop.formats.payment_forms import epc_qr_text, payto
from vrm_desktop.formats.payto import Payto, read_payto, write_payto

IBAN = "DE75512108001245126199"
EUR = Money(minor=1250, currency="EUR")
CODE = "BCD\n002\n1\nSCT\n\nRadhaus\n" + IBAN + "\nEUR12.5\n\n\nOrder 7"


def test_the_examples_of_the_standard_are_read() -> None:
    one = read_payto("payto://iban/DE75512108001245126199?amount=EUR:200.0&message=hello")
    assert (one.target, one.iban, one.bic, one.message) == ("iban", IBAN, "", "hello")
    assert one.amount == Money(minor=20000, currency="EUR")
    with_bank = read_payto("payto://iban/SOGEDEFFXXX/DE75512108001245126199")
    assert (with_bank.bic, with_bank.iban, with_bank.amount) == ("SOGEDEFFXXX", IBAN, None)
    other = read_payto("payto://upi/alice@example.com?receiver-name=Alice&amount=INR:200")
    assert (other.is_transfer, other.path, other.receiver) == (False, ("alice@example.com",), "Alice")
    bank = read_payto("payto://bic/sogedeffxxx")
    assert (bank.bic, bank.iban, bank.is_transfer) == ("SOGEDEFFXXX", "", False)
    assert read_payto("payto://ach/122000661/1234").path == ("122000661", "1234")


def test_every_member_survives_writing_and_reading() -> None:
    one = Payto(
        target="iban",
        path=("SOGEDEFFXXX", IBAN),
        amount=EUR,
        receiver="Veedel Velo & Söhne",
        sender="Ottilie / Zwiebelfisch",
        message="Order 7?&=#",
        instruction="A-1",
        others=(("x-shop", "a b"),),
    )
    link = write_payto(one)
    assert link.isascii()
    assert link.startswith(f"payto://iban/SOGEDEFFXXX/{IBAN}?amount=EUR:12.50&receiver-name=Veedel%20Velo")
    read = read_payto(link)
    assert [getattr(read, name) for name in Payto.__slots__] == [getattr(one, name) for name in Payto.__slots__]
    assert write_payto(Payto(target="void", path=("x/y",))) == "payto://void/x%2Fy"
    assert read_payto("payto://void/x%2Fy").path == ("x/y",)


def test_what_people_write_is_put_in_plain_form() -> None:
    assert read_payto("PAYTO://IBAN/de75%205121%200800%201245%201261%2099?AMOUNT=eur:1,000.5").iban == IBAN
    assert read_payto(f"payto://iban/{IBAN}?amount=eur:1,000.5").amount == Money(minor=100_050, currency="EUR")
    assert read_payto(f"payto://iban/{IBAN}?amount=JPY:800").amount == Money(minor=800, currency="JPY")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://iban/" + IBAN,
        "payto:",
        "payto://iban",
        "payto://iban/",
        "payto://iban/DE75512108001245126198",
        f"payto://iban/X/{IBAN}",
        f"payto://iban/SOGEDEFFXXX/SOGEDEFFXXX/{IBAN}",
        "payto://bic/SHORT",
        "payto://a@iban/" + IBAN,
        f"payto://iban/{IBAN}#part",
        f"payto://iban/{IBAN}?amount=EUR",
        f"payto://iban/{IBAN}?amount=EUR:1.234",
        f"payto://iban/{IBAN}?amount=JPY:1.5",
        f"payto://iban/{IBAN}?amount=EUR:,",
        f"payto://iban/{IBAN}?amount=EUR:-1",
        f"payto://iban/{IBAN}?amount=EUR:9999999999999999",
        f"payto://iban/{IBAN}?message=a&message=b",
        f"payto://iban/{IBAN}?=b",
        f"payto://iban/{IBAN}?message=%ff",
        f"payto://iban/{IBAN}?message=a%00b",
        f"payto://iban/{IBAN}?" + "&".join(f"x{n}=1" for n in range(21)),
        f"payto://iban/{IBAN}?message=" + "x" * 2000,
        "payto://iban/ " + IBAN,
        "payto://[iban/" + IBAN,
    ],
)
def test_what_is_no_such_link_is_refused(text: str) -> None:
    with pytest.raises(NotAPayto):
        read_payto(text)


def test_a_bank_code_that_was_drawn_is_read_back() -> None:
    pay = PaymentDetails(method="sepa-transfer", payee="Räder", iban=IBAN, bic="SOGEDEFF", reference="Order 7")
    code = read_epc(read_qr(epc_qr_text(pay, EUR)))
    assert (code.name, code.iban, code.bic, code.amount, code.reference) == ("Räder", IBAN, "SOGEDEFF", EUR, "Order 7")
    assert read_payto(payto(pay, EUR)).bic == "SOGEDEFF"


def test_a_bank_code_may_leave_the_amount_and_the_last_lines_out() -> None:
    short = read_epc(f"BCD\r\n001\r\n2\r\nSCT\r\nSOGEDEFFXXX\r\nRadhaus\r\n{IBAN}\r\n")
    assert (short.amount, short.reference) == (None, "")
    assert read_epc(CODE).amount == EUR
    assert read_epc(CODE.replace("\n\n\nOrder 7", "\n\nRF18539007547034")).reference == "RF18539007547034"
    assert isinstance(short, EpcTransfer)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BCD", "BCX"),
        ("002", "003"),
        ("SCT", "INST"),
        ("Radhaus", ""),
        (IBAN, "DE75512108001245126198"),
        ("SCT\n\n", "SCT\nBANK\n"),
        ("EUR12.5", "USD12.5"),
        ("Order 7", "x" * 300),
        ("Order 7", "\n\n\n"),
    ],
)
def test_what_is_no_bank_code_is_refused(old: str, new: str) -> None:
    with pytest.raises(NotAnEpcCode):
        read_epc(CODE.replace(old, new))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pay to DE75 5121 0800 1245 1261 99 please", [IBAN]),
        ("IBAN:de75-5121-0800-1245-1261-99.", [IBAN]),
        (f"{IBAN} or {IBAN}", [IBAN]),
        ("NL91ABNA0417164300 and NO93 8601 1117 947", ["NL91ABNA0417164300", "NO9386011117947"]),
        ("from DE75 5121 0800 1245 1261 99 today 12", [IBAN]),
        ("DE75512108001245126198", ["DE75512108001245126198"]),
        ("DЕ75512108001245126199", ["DЕ75512108001245126199"]),
        ("no account, order 12 for AB12 cars in 2026", []),
        ("XY12 is a longword without digits", []),
    ],
)
def test_account_numbers_are_found_in_what_people_write(text: str, found: list[str]) -> None:
    assert list(ibans_in(text)) == found


def test_letters_that_look_like_latin_ones_make_no_sound_number() -> None:
    assert [iban_is_sound(one) for one in ibans_in("DЕ75 5121 0800 1245 1261 99")] == [False]


def test_the_length_of_a_country_is_checked() -> None:
    # a valid check digit over a German number that is one digit short
    assert not iban_is_sound("DE0251210800124512619")
    assert iban_is_sound("SA0380000000608010167519")  # a country whose length is not listed


def test_a_bank_is_named_with_or_without_its_head_office() -> None:
    assert bic_is_sound("SOGEDEFF")
    assert not bic_is_sound("SOGEDEFFX")
    assert same_bic("SOGEDEFFXXX", "SOGEDEFF")
    assert not same_bic("SOGEDEFF", "SOGEDEFG")
    assert grouped(IBAN) == "DE75 5121 0800 1245 1261 99"


def test_details_hide_themselves_when_printed() -> None:
    assert IBAN not in repr(read_payto(f"payto://iban/{IBAN}"))
    assert IBAN not in repr(replace(read_epc(CODE), name="x"))
