"""Reading URLs strictly: what a request may go to, and in which one spelling."""

import pytest

from vrm_desktop.courier.errors import AddressRefusedError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.targets import Scheme, parse_target


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://shop.example", "https://shop.example/"),
        ("HTTPS://Shop.Example:443/A?b=C", "https://shop.example/A?b=C"),
        ("https://shop.example:8443/x", "https://shop.example:8443/x"),
        ("https://shop.example?q", "https://shop.example/?q"),
        ("https://shop.example/?", "https://shop.example/?"),
        ("https://xn--bcher-kva.example/%C3%BC", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://[2606:4700:0:0::1111]:8443/", "https://[2606:4700::1111]:8443/"),
        ("http://localhost:8080/desk", "http://localhost:8080/desk"),
        ("http://127.0.0.1:8080/desk", "http://127.0.0.1:8080/desk"),
        ("http://127.9.9.9/", "http://127.9.9.9/"),
        ("http://[::1]:8080/desk", "http://[::1]:8080/desk"),
    ],
)
def test_a_usable_url_is_read_into_its_one_spelling(url: str, same: str) -> None:
    target = parse_target(url)
    assert target.url == same
    assert parse_target(target.url) == target


def test_a_target_tells_its_parts() -> None:
    target = parse_target("https://shop.example:8443/a/b?c")
    assert (target.scheme, target.host, target.port, target.path) == (Scheme.HTTPS, "shop.example", 8443, "/a/b?c")
    assert target.authority == "shop.example:8443"
    assert target.address is None
    assert not target.is_here
    assert parse_target("http://localhost:8080/").is_here


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "//shop.example/",
        "https:shop.example",
        "https:///path",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
        "ws://shop.example/",
        "https://user@shop.example/",
        "https://user:secret@shop.example/",
        "https://@shop.example/",
        "https://shop.example/#part",
        "https://shop.example/#",
        "https://shop.example:/",
        "https://shop.example:99999/",
        "https://shop.example:0/",
        "https://shop.example:-1/",
        "https://shop.example:٤٤٣/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[2606:4700::1111/",
        "https://[1.1.1.1]/",
        "https://[::1::]/",
        "https://shop.example./",
        "https://.shop.example/",
        "https://shop..example/",
        "https://-shop.example/",
        "https://shop_1.example/",
        "https://shöp.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/a b",
        "https://shop.example/a\r\nX: y",
        "https://shop.example/\x00",
        "https://shop.example/%zz",
        "https://shop.example/ü",
        "https://shop.example/?a=ü",
        "https://shop.example/<script>",
        " https://shop.example/",
        "https://shop.example/\n",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 127 + "example/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        parse_target(url)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "1.1.1",
        "1.1.1.256",
        "01.1.1.1",
        "1.1.1.1.1",
        "shop.0x7f",
        "shop.1",
        "0x",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_numbers_in_an_unusual_spelling_are_refused(scheme: str, host: str) -> None:
    with pytest.raises(AddressRefusedError):
        parse_target(f"{scheme}://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "desk.localhost",
        "printer",
        "printer.local",
        "db.internal",
        "box.home.arpa",
        "hidden.onion",
        "127.0.0.1",
        "[::1]",
        "10.0.0.1",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_https_goes_to_public_hosts_only(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        parse_target(f"https://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "shop.example",
        "1.1.1.1",
        "10.0.0.1",
        "[2606:4700::1111]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "localhost.",
        "a.localhost",
    ],
)
def test_plain_http_goes_to_this_computer_only(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        parse_target(f"http://{host}/")


@pytest.mark.parametrize("port", [22, 25, 53, 110, 143, 465, 587, 993, 2049, 6000, 6667])
@pytest.mark.parametrize("start", ["https://shop.example", "http://localhost"])
def test_ports_of_other_services_are_refused(start: str, port: int) -> None:
    with pytest.raises(AddressRefusedError):
        parse_target(f"{start}:{port}/")


def test_a_url_may_be_as_long_as_the_limit_and_no_longer() -> None:
    limits = Limits(url_characters=40)
    url = "https://shop.example/".ljust(40, "a")
    assert parse_target(url, limits=limits).url == url
    with pytest.raises(AddressRefusedError):
        parse_target(url + "a", limits=limits)


def test_a_target_does_not_print_its_path_for_paths_can_be_keys() -> None:
    assert "secret" not in repr(parse_target("https://shop.example/secret?secret"))


def test_a_refusal_does_not_repeat_the_path() -> None:
    with pytest.raises(AddressRefusedError) as refusal:
        parse_target("https://10.0.0.1/secret?secret")
    assert "secret" not in str(refusal.value)
