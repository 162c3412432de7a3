"""`vrm page`: prices on saved shop pages, beside the offers for a want, and never among them."""

import json
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine

ADDRESS = "https://www.shop.example/p/7?colour=red&utm_source=mail&gclid=1"


@pytest.fixture
def want(vrm: CommandLine) -> str:
    return str(
        vrm.json("intentcast", "new", "used 54 cm road bike, under 800 EUR, Cologne, by Friday")["intentcast"]["id"]
    )


def saved(folder: Path, price: object = "799.00", url: str = "/p/7?tag=me-21", **offer: object) -> str:
    made = {"price": price, "priceCurrency": "EUR", "url": url, **offer}
    value = {"@type": "Product", "name": "Road bike", "offers": made}
    file = folder / "page.html"
    file.write_text(f'<script type="application/ld+json">{json.dumps(value)}</script>', encoding="utf-8")
    return str(file)


def test_a_saved_page_stands_beside_the_offers_and_is_marked(vrm: CommandLine, want: str, tmp_path: Path) -> None:
    file = saved(tmp_path, availability="InStock", itemCondition="NewCondition", priceValidUntil="2031-01-31")
    [kept] = vrm.json("page", "add", file, "--for", want, "--url", ADDRESS)["public_prices"]
    assert (kept["price"], kept["offer_made"], kept["host"]) == (
        {"minor": 79_900, "currency": "EUR"},
        False,
        "www.shop.example",
    )
    assert (kept["link"], kept["stripped"]) == ("https://www.shop.example/p/7", ["tag", "utm_source", "gclid"])
    assert vrm.json("page", "list")["public_prices"] == [kept]
    shown = vrm.json("offers", want)
    assert (shown["offers"], shown["public_prices"]) == ([], [kept])
    told = vrm.run("offers", want).output
    assert told.startswith("No offers yet.\nPublic prices, no offers made for you:\n~  www.shop.example: Road bike, ")
    assert "public price, seen on" in told
    assert "taken out of the link: tag, utm_source, gclid" in told


def test_a_page_seen_again_replaces_and_a_dropped_price_is_gone(vrm: CommandLine, want: str, tmp_path: Path) -> None:
    vrm.json("page", "add", saved(tmp_path), "--for", want, "--url", ADDRESS)
    [later] = vrm.json("page", "add", saved(tmp_path, "699"), "--for", want, "--url", ADDRESS)["public_prices"]
    assert vrm.json("page", "list", "--for", want)["public_prices"] == [later]
    assert vrm.run("page", "drop", later["id"]).output == "Struck off.\n"
    assert vrm.run("page", "list").output == "No public prices are kept.\n"
    assert "public_prices" not in vrm.json("offers", want)


def test_a_link_to_another_site_gives_way_to_where_the_page_was_saved(
    vrm: CommandLine, want: str, tmp_path: Path
) -> None:
    for url in ("https://network.example/click?id=1", "javascript:alert(1)", "https://[", ""):
        file = saved(tmp_path, url=url)
        [kept] = vrm.json("page", "add", file, "--for", want, "--url", ADDRESS)["public_prices"]
        assert kept["link"] == "https://www.shop.example/p/7?colour=red", url


def test_what_a_page_leaves_open_stays_open(vrm: CommandLine, want: str, tmp_path: Path) -> None:
    rate = {"shippingRate": {"value": "4.90", "currency": "EUR"}}
    tax = {"price": "10", "valueAddedTaxIncluded": False}
    ranged = [{"price": "12", "priceCurrency": "EUR"}, {"price": "x"}]
    file = saved(tmp_path, None, "", priceSpecification=tax, shippingDetails=rate)
    told = vrm.run("page", "add", file, "--for", want).output
    assert told.startswith("~  a shop that the page does not name: Road bike, €10.00")
    assert "without tax · shipping €4.90" in told
    file = saved(tmp_path, None, "", lowPrice="10", highPrice="12")
    assert "€10.00 to €12.00" in vrm.run("page", "add", file, "--for", want).output
    file = saved(tmp_path, None, "", offers=ranged)
    assert "Left out, as their price is not clear: 1" in vrm.run("page", "add", file, "--for", want).output
    many = [
        {"@type": "Product", "name": f"Bike {n}", "offers": {"price": 1, "priceCurrency": "EUR"}} for n in range(30)
    ]
    Path(file).write_text(f'<script type="application/ld+json">{json.dumps(many)}</script>', encoding="utf-8")
    assert "There is more on this page than was read." in vrm.run("page", "add", file, "--for", want).output


def test_what_cannot_be_kept_is_said(vrm: CommandLine, want: str, tmp_path: Path) -> None:
    add = ("page", "add", saved(tmp_path, "on request"), "--for")
    assert vrm.json(*add, want, status=1)["error"]["id"] == "no-price-on-page"
    saved(tmp_path)
    assert vrm.json(*add, "nothing", status=1)["error"]["id"] == "not-found"
    assert vrm.json("page", "list", "--for", "nothing", status=1)["error"]["id"] == "not-found"
    assert vrm.json("page", "drop", "nothing", status=1)["error"]["id"] == "not-found"
    none = str(tmp_path / "none.html")
    assert vrm.json("page", "add", none, "--for", want, status=1)["error"]["id"] == "file-unreadable"
