"""Which addresses may be connected to, as a pure decision."""

import ipaddress

import pytest

from vrm_desktop.courier.addresses import admitted, is_loopback, may_connect
from vrm_desktop.courier.errors import AddressRefusedError, NameNotFoundError

LOOPBACK = ["127.0.0.1", "127.1.2.3", "127.255.255.255", "::1"]
MUST_DENY = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "192.31.196.1",
    "192.52.193.1",
    "192.175.48.1",
    "::",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2600::1%eth0",
    "4000::1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "223.255.255.255",
    "2001:200::1",
    "2003::1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
]


@pytest.mark.parametrize("text", MUST_DENY + LOOPBACK)
def test_special_addresses_are_no_public_hosts(text: str) -> None:
    assert not may_connect(ipaddress.ip_address(text), loopback_allowed=False)


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_connected_to_right_up_to_the_edges_of_special_ranges(text: str) -> None:
    assert may_connect(ipaddress.ip_address(text), loopback_allowed=False)


@pytest.mark.parametrize("text", MUST_DENY + PUBLIC)
def test_where_loopback_is_meant_nothing_else_will_do(text: str) -> None:
    assert not may_connect(ipaddress.ip_address(text), loopback_allowed=True)
    assert not is_loopback(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", LOOPBACK)
def test_loopback_is_connected_to_where_it_is_meant(text: str) -> None:
    assert may_connect(ipaddress.ip_address(text), loopback_allowed=True)


def test_the_standard_librarys_own_rule_would_not_do() -> None:
    let_through = [text for text in MUST_DENY if ipaddress.ip_address(text).is_global]
    assert let_through, "if this ever is empty, the explicit list may be worth another look"


def test_answers_keep_their_order_and_lose_repeats() -> None:
    answers = ["2606:4700::1111", "1.1.1.1", "2606:4700::1111"]
    found = admitted("shop.example", answers, loopback_allowed=False)
    assert [str(address) for address in found] == ["2606:4700::1111", "1.1.1.1"]


@pytest.mark.parametrize("private", ["10.0.0.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
@pytest.mark.parametrize("is_first", [True, False])
def test_one_private_answer_among_public_ones_refuses_the_name(private: str, *, is_first: bool) -> None:
    answers = [private, "1.1.1.1"] if is_first else ["1.1.1.1", private]
    with pytest.raises(AddressRefusedError):
        admitted("shop.example", answers, loopback_allowed=False)


def test_a_name_without_an_address_is_not_found() -> None:
    with pytest.raises(NameNotFoundError):
        admitted("shop.example", [], loopback_allowed=False)


def test_an_answer_that_is_no_address_refuses_the_name() -> None:
    with pytest.raises(AddressRefusedError):
        admitted("shop.example", ["shop.example"], loopback_allowed=False)
