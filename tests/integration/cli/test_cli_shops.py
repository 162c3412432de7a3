"""`vrm shop …` against a shop on loopback: found, searched, bought as far as the shop's own page, and asked about."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.shop_server import FakeShop, open_shop, product
from tests.fakes.shop_signatures import ShopSigner

PAGE = "https://somebody.example/ucp.json"
WANT = {
    "title": "gravel bike, 54 cm",
    "category": "mobility.bicycle",
    "area": "DE",
    "price_cap": {"minor": 90_000, "currency": "EUR"},
}


@contextmanager
def served(shop: FakeShop) -> Iterator[FakeShop]:
    """The shop on a thread of its own, as each command has its own loop."""
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        async with open_shop(shop):
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    try:
        yield shop
    finally:
        done.set()
        thread.join()


@pytest.fixture
def shop() -> Iterator[FakeShop]:
    warning = {"type": "warning", "code": "late", "content": "Delivery may take a week"}
    sold = [product("bike", "Road bike, 54 cm", 79_900), product("dear", "Dear bike", 99_900)]
    with served(FakeShop(products=sold, messages=[warning])) as running:
        yield running


@pytest.fixture
def want(vrm: CommandLine, tmp_path: Path) -> str:
    file = tmp_path / "want.json"
    file.write_text(json.dumps(WANT), encoding="utf-8")
    made = vrm.json("intentcast", "new", "--file", str(file))["intentcast"]["id"]
    assert isinstance(made, str)
    return made


def test_a_thing_is_bought_by_commands_as_far_as_the_shops_own_page(
    vrm: CommandLine, want: str, shop: FakeShop
) -> None:
    refused = vrm.run("shop", "search", want, shop.base)
    assert refused.status == 1
    assert "vrm shop page --set ADDRESS" in refused.told
    assert vrm.json("shop", "page", "--set", PAGE) == {"page": PAGE, "known": False, "keys": [], "example": None}
    found = vrm.json("shop", "find", shop.base)["shop"]
    assert (found["says"], found["transport"], found["newer_than_known"]) == ("2026-08-25", "rest", False)
    shown = vrm.json("shop", "search", want, found["vendor"])
    assert (shown["sent"], json.loads(shown["body"])["query"]) == (False, WANT["title"])
    assert "POST /ucp/catalog/search" not in shop.places
    assert "Nothing was sent." in vrm.run("shop", "search", want, found["vendor"]).output
    sent = vrm.json("shop", "search", want, found["vendor"], "--yes")
    assert [(one["title"], one["offer_made"]) for one in sent["hits"]] == [("Road bike, 54 cm", False)]
    assert [(one["kept"], one["above_cap"]) for one in sent["searches"]] == [(1, 1)]
    told = {(row["name"], row["value"]) for row in vrm.json("ledger", "list")["entries"]}
    assert told == {(one["name"], one["value"]) for one in shown["tells"]}
    read = vrm.run("shop", "hits", want).output
    assert "no offers made for you" in read
    assert "The shop warns: Delivery may take a week" in read
    assert [one["way"] for one in vrm.json("page", "list")["public_prices"]] == ["ucp"]
    assert "on the shop's price list" in vrm.run("page", "list").output
    cart = vrm.json("shop", "cart", sent["hits"][0]["id"])["checkout"]
    assert (cart["step"], cart["stops"]) == ("cart", [])
    out = vrm.json("shop", "checkout", cart["id"])
    assert out["link"] == f"{shop.base}/pay/checkout-2"
    assert out["checkout"]["step"] == "handed-over"
    bought = vrm.json("shop", "outcome", cart["id"], "--bought", "--order", "o-1")["checkout"]
    assert bought["step"] == "bought"
    order = vrm.json("shop", "order", cart["id"])["checkout"]["order"]
    assert [one["what"] for one in order["events"]] == ["shipped"]
    assert "TRK-1" in vrm.run("shop", "order", cart["id"]).output
    assert [one["id"] for one in vrm.json("shop", "list")["checkouts"]] == [cart["id"]]


def test_a_stop_is_said_and_waits_for_a_yes(vrm: CommandLine, want: str, shop: FakeShop) -> None:
    vrm.json("shop", "page", "--set", PAGE)
    hit = vrm.json("shop", "search", want, shop.base, "--yes")["hits"][0]["id"]
    shop.wrong_total = 5
    stopped = vrm.json("shop", "cart", hit, status=1)["checkout"]
    assert [one["kind"] for one in stopped["stops"]] == ["sums"]
    assert "do not add up" in vrm.run("shop", "list").output
    assert vrm.run("shop", "checkout", stopped["id"]).status == 1
    assert "If you want it all the same: vrm shop go-on checkout-" in vrm.run("shop", "cart", hit).output
    vrm.json("shop", "go-on", stopped["id"])
    shop.continue_url = "https://pay.elsewhere.example/{id}"
    away = vrm.json("shop", "checkout", stopped["id"], status=1)["checkout"]
    assert [(one["kind"], one["what"]) for one in away["stops"]] == [("link-elsewhere", "pay.elsewhere.example")]
    vrm.json("shop", "outcome", stopped["id"], "--not-bought")


def test_a_key_that_was_not_read_yet_is_read_anew_by_the_command_that_is_named(
    vrm: CommandLine, want: str, shop: FakeShop
) -> None:
    vrm.json("shop", "page", "--set", PAGE)
    shop.signer = ShopSigner(listed="another")
    vendor = vrm.json("shop", "find", shop.base)["shop"]["vendor"]
    search = ("shop", "search", want, vendor, "--yes")
    assert f"vrm shop find {vendor}" in vrm.run(*search).output
    shop.signer.listed = shop.signer.kid
    vrm.json("shop", "find", vendor)
    found = vrm.run(*search).output
    assert "Signed by the shop" in found
    assert "vrm shop find" not in found


def test_a_search_tells_what_came_of_it_alone_and_what_was_bought_all_the_same_stands_as_bought(
    vrm: CommandLine, want: str, shop: FakeShop
) -> None:
    vrm.json("shop", "page", "--set", PAGE)
    first = vrm.json("shop", "search", want, shop.base, "--yes")["hits"][0]["id"]
    with served(FakeShop(wrong_total=5)) as other:
        found = vrm.json("shop", "search", want, other.base, "--yes")
        assert (len(found["hits"]), len(found["searches"])) == (1, 1)
        assert found["hits"][0]["id"] != first
        assert len(vrm.json("shop", "hits", want)["hits"]) == 2
        asked = vrm.json("intentcast", "cast", want, status=1)["next"]
        assert f"vrm shop cart {first}" in {one["command"] for one in asked}
        stopped = vrm.json("shop", "cart", found["hits"][0]["id"], status=1)["checkout"]
        bought = vrm.json("shop", "outcome", stopped["id"], "--bought")["checkout"]
        assert (bought["step"], bought["stops"]) == ("bought", [])
        assert ": bought  (" in vrm.run("shop", "list").output


def test_a_thing_that_was_seen_is_noted_and_a_page_to_name_is_written(
    vrm: CommandLine, want: str, shop: FakeShop
) -> None:
    vendor = vrm.json("shop", "find", shop.base)["shop"]["vendor"]
    words = ("--item", "bike-v1", "--title", "Bike", "--price", "799.00 EUR")
    noted = vrm.json("shop", "note", want, vendor, *words)["hit"]
    assert (noted["item"], noted["price"]) == ("bike-v1", {"minor": 79_900, "currency": "EUR"})
    assert vrm.json("shop", "list")["checkouts"] == []
    page = json.loads(vrm.json("shop", "page", "--example")["example"])
    assert page["ucp"]["version"] == "2026-08-25"
    assert vrm.run("shop", "find", f"{shop.base}1").status == 1


def test_being_known_is_chosen_said_and_taken_back(vrm: CommandLine, want: str, shop: FakeShop, tmp_path: Path) -> None:
    assert "vrm shop page --set ADDRESS" in vrm.run("shop", "page", "--known").told
    vrm.json("shop", "page", "--set", PAGE)
    assert "Nothing is signed" in vrm.run("shop", "page").output
    file = tmp_path / "page.json"
    (key,) = vrm.json("shop", "page", "--known", "--write", str(file))["keys"]
    shop.page = json.loads(file.read_text(encoding="utf-8"))
    assert [one["kid"] for one in shop.page["keys"]] == [key]
    said = vrm.run("shop", "page").output
    assert "it is you each time, and link it to your page" in said
    assert "--write FILE" not in said
    shown = vrm.run("shop", "search", want, shop.base).output
    assert f"which links it to your page and to all else that it signs: {key}" in shown
    assert vrm.json("shop", "search", want, shop.base, "--yes")["hits"]
    assert shop.refused == []
    again = vrm.run("shop", "page", "--new-key").output
    assert f"On the page still: {key}" in again
    assert "--write FILE" in again
    page = vrm.json("shop", "page", "--drop-old-keys", "--example", "2026-04-08")
    assert (page["known"], key in page["keys"], len(page["keys"])) == (True, False, 1)
    assert [one["kid"] for one in json.loads(page["example"])["signing_keys"]] == page["keys"]
    assert vrm.run("shop", "page", "--write", str(file)).status == 1
    assert vrm.json("shop", "page", "--anonymous")["known"] is False
    assert vrm.run("shop", "search", want, shop.base).output.count(key) == 0
    assert json.loads(vrm.json("shop", "page", "--example")["example"]).keys() == {"ucp"}


def test_a_cart_is_given_up_and_one_search_is_signed_by_word_alone(vrm: CommandLine, want: str, shop: FakeShop) -> None:
    vrm.json("shop", "page", "--set", PAGE)
    refused = vrm.run("shop", "search", want, shop.base, "--known")
    assert refused.status == 1
    assert "vrm shop page --new-key" in refused.told
    page = vrm.json("shop", "page", "--new-key", "--with-keys", "--example")
    assert (page["known"], page["keys"][0] in page["example"]) == (False, True)
    found = vrm.json("shop", "search", want, shop.base, "--known", "--yes")
    assert "signature" in shop.seen[-1][2]
    assert [one["signed"] for one in found["searches"]] == ["none"]
    cart = vrm.json("shop", "cart", found["hits"][0]["id"])["checkout"]
    assert "signature" not in shop.seen[-1][2]
    over = vrm.json("shop", "give-up", cart["id"])["checkout"]
    assert (over["step"], over["given_up"]) == ("not-bought", [{"what": "cart", "end": "confirmed", "trouble": None}])
    assert shop.cancelled == ["cart-1"]
    assert "The shop has cancelled the cart." in vrm.run("shop", "list").output
    assert vrm.run("shop", "give-up", cart["id"]).status == 1


def test_a_vendor_without_that_way_is_said_to_have_none(vrm: CommandLine) -> None:
    vendor = vrm.json("counterparty", "add", "Radhaus", "--email", "hallo@radhaus.example")["counterparty"]["id"]
    told = vrm.run("shop", "find", vendor)
    assert (told.status, "Radhaus is not known to answer as a shop" in told.told) == (1, True)
    assert "vrm shop find DOMAIN" in told.told
    told = vrm.run("quote", "tools", vendor)
    assert (told.status, "Radhaus is not known to have a quote desk" in told.told) == (1, True)
    assert "vrm quote add VENDOR" in told.told
