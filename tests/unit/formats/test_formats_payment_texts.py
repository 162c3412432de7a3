"""What a text says about where to pay, and which domains could be taken for which."""

import pytest

from vrm_desktop.domain.payment import Stated
from vrm_desktop.formats.lookalikes import is_mixed, looks_like
from vrm_desktop.formats.payment_texts import LONGEST, MOST, is_about_paying, link_stated, site_of, stated_in

IBAN = "DE75512108001245126199"
OURS = ("radhaus.example",)


def found(text: str) -> list[Stated]:
    return list(stated_in(text, OURS))


def only(text: str) -> Stated:
    [one] = found(text)
    return one


@pytest.mark.parametrize(
    ("address", "taken_for"),
    [
        ("https://radhaus.example/pay", ""),
        ("https://shop.radhaus.example", ""),
        ("https://rаdhaus.example/pay", "radhaus.example"),  # a Cyrillic letter
        ("https://xn--rdhaus-3nf.example/pay", "radhaus.example"),  # the same as it travels
        ("https://radhau5.example", "radhaus.example"),
        ("https://radhuas.example", "radhaus.example"),
        ("https://radhauss.example", "radhaus.example"),
        ("https://rädhaus.example", "radhaus.example"),
        ("https://radhaus.com", "radhaus.example"),
        ("https://radhaus-payment.com", "radhaus.example"),
        ("https://radhaus.example.evil.com/x", "radhaus.example"),
        ("https://paypal.com", ""),
        ("https://xn--.example", ""),
        ("https://xn--99999999.example", ""),
        ("", ""),
    ],
)
def test_a_domain_that_could_be_taken_for_the_vendors_is_found(address: str, taken_for: str) -> None:
    assert looks_like(address, OURS) == taken_for


def test_short_names_are_only_compared_as_a_whole() -> None:
    assert looks_like("https://aba.example", ("abc.example",)) == ""
    assert looks_like("https://abcd.example", ("abd.example",)) == ""
    assert looks_like("https://modern.example", ("rnodern.example",)) == "rnodern.example"
    assert looks_like("https://radhaus-berlin.example", ("berlin.example", "radhaus.example")) == "berlin.example"
    assert looks_like("https://radhause.example", ("radhausen.example",)) == "radhausen.example"


def test_a_label_of_two_alphabets_is_mixed() -> None:
    assert is_mixed("https://pаypal.example")
    assert not is_mixed("https://радхаус.example")
    assert not is_mixed("https://radhaus.example")


@pytest.mark.parametrize(
    ("link", "site", "secure"),
    [
        ("https://pay.radhaus.example/1", "radhaus.example", True),
        ("http://radhaus.example/1", "radhaus.example", False),
        ("http://127.0.0.1:8471/pay", "127.0.0.1:8471", True),
        ("http://localhost/pay", "localhost", True),
        ("https://psp.test/x", "psp.test", True),
        ("http://10.0.0.1/pay", "10.0.0.1", False),
        ("https://radhaus.example:99999/", "radhaus.example", True),
        ("https://127.0.0.1:99999/", "", True),
    ],
)
def test_a_link_says_whose_it_is_and_whether_it_is_secure(link: str, site: str, *, secure: bool) -> None:
    stated = link_stated(link, OURS)
    assert (stated.link, stated.site, stated.secure, stated.looks_like) == (link, site, secure, "")
    assert site_of(link) == site


def test_a_link_in_two_alphabets_deceives_even_if_it_is_like_no_name() -> None:
    assert link_stated("https://pаy.test", OURS).looks_like == "radhaus.example"
    assert link_stated("https://pаy.test", ()).looks_like == ""


def test_what_opens_in_a_wallet_is_no_web_link() -> None:
    assert link_stated("taler://pay/shop/1", OURS).wallet == "taler://pay/shop/1"


def test_account_numbers_links_and_codes_are_found_once_each() -> None:
    text = (
        f"New account: DE75 5121 0800 1245 1261 99, or payto://iban/{IBAN}?amount=EUR:5&receiver-name=Radhaus.\n"
        f"See https://radhaus.example/pay). Or taler://pay/backend.example/1 or lnbc{'2' * 30}\n"
        f"BCD\n002\n1\nSCT\n\nSomebody\n{IBAN}\nEUR7\n\n\nx"
    )
    kinds = {(one.iban, one.payee, one.link, one.wallet) for one in found(text)}
    assert kinds == {
        (IBAN, "", "", ""),
        (IBAN, "Radhaus", "", ""),
        (IBAN, "Somebody", "", ""),
        ("", "", "https://radhaus.example/pay", ""),
        ("", "", "", "taler://pay/backend.example/1"),
        ("", "", "", f"lnbc{'2' * 30}"),
    }


def test_a_code_or_link_that_does_not_check_is_told_as_such() -> None:
    wrong = "DE75512108001245126198"
    assert only(f"payto://iban/{wrong}").sound is False
    assert only("payto://upi/alice@x.test").wallet == "payto://upi/alice@x.test"
    assert only(f"BCD\n002\n1\nSCT\n\nSomebody\n{wrong}\nEUR7").sound is False
    assert found("Your order has left. Thank you!") == []


def test_only_so_much_is_read() -> None:
    assert found("x" * LONGEST + IBAN) == []
    assert len(found(" ".join(f"https://a{n}.test/" for n in range(60)))) == MOST


def test_a_plain_link_is_not_about_paying_and_one_that_deceives_is() -> None:
    assert not is_about_paying(only("https://parcel.test/track/1"))
    assert is_about_paying(only("https://psp.test/Checkout/1"))
    assert is_about_paying(only("https://radhau5.example/hello"))
    assert is_about_paying(only(IBAN))
