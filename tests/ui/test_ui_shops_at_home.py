"""Public prices and a shop in the real window: pages kept, a list searched, a cart, and the one link that is opened."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.people import WANT
from tests.fakes.shop_pages import product
from tests.fakes.shop_server import FakeShop, open_shop
from tests.fakes.shop_signatures import ShopSigner
from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import PageVisit
from vrm_desktop.domain.reaching import NextKind
from vrm_desktop.services import agenda, find_shop, page_key, say_what_i_want
from vrm_desktop.ui.controllers.shops_controller import ShopsController, web_link
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.public_prices import PublicPrices
from vrm_desktop.ui.presenters.agenda import agenda_line
from vrm_desktop.ui.theme.look import Look

PAGE = "https://somebody.example/ucp/{edition}.json"


class ClosingShop(FakeShop):
    """A shop that says that it closes after each answer, so that nobody has to find out."""

    def reply(self, request: bytes) -> bytes:
        first, _, rest = super().reply(request).partition(b"\r\n")
        return first + b"\r\nConnection: close\r\n" + rest


class AtShop:
    """A person before the offers for one want; `opened` are the links that went to her browser."""

    def __init__(self, window: AskingWindow, shop: FakeShop) -> None:
        self.window, self.shop = window, shop
        want = window.run(say_what_i_want.save_want(window.home.means, WANT))
        self.want = IntentcastId(want.id)
        window.asking.show_want(self.want, PageId.OFFERS)
        page = window.offers
        self.opened: list[str] = []
        page.noticed.connect(window.said.append)
        shops = page.findChild(ShopsController)
        assert shops is not None
        shops._follow = self._open

    @property
    def prices(self) -> PublicPrices:
        return self.window.offers.prices

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return True

    def says(self, words: str) -> None:
        self.window.until(lambda: any(words in text for text in texts(self.prices)))

    def searched(self) -> None:
        """The shop's list was searched for the want."""
        asking = self.prices.asking
        self.prices.look_in.click()
        asking.domain.setText(self.shop.base)
        asking.seek.click()
        self.window.until(asking.page.isVisible)
        asking.page.setText(PAGE)
        asking.name.click()
        self.window.until(asking.send.isVisible)
        asking.send.click()
        self.window.until(lambda: bool(self.prices.table.shown_ids))

    def in_a_cart(self) -> None:
        """What it found is in a cart, as far as that goes by itself."""
        self.searched()
        self.prices.details.quantity.setValue(1)
        self.prices.details.buy.click()
        self.window.until(lambda: self.prices.checkout.check_out.isVisible() or self.prices.checkout.go_on.isVisible())


@pytest.fixture
def shop() -> FakeShop:
    return ClosingShop()


@pytest.fixture
def at_shop(tmp_path: Path, look: Look, probe: Probe, shop: FakeShop) -> Iterator[AtShop]:
    with asking_window(tmp_path / "home", look, probe) as window:
        opening = open_shop(shop)
        window.run(opening.__aenter__())
        shop.continue_url = shop.base.replace("http://", "https://") + "/pay/{id}"
        try:
            yield AtShop(window, shop)
        finally:
            window.run(opening.__aexit__(None, None, None))


def test_the_search_is_seen_word_for_word_before_it_leaves_and_stands_in_the_ledger(at_shop: AtShop) -> None:
    asking = at_shop.prices.asking
    at_shop.prices.look_in.click()
    asking.domain.setText(at_shop.shop.base)
    asking.seek.click()
    at_shop.window.until(asking.page.isVisible)
    asking.page.setText("http://not-protected.example/")
    asking.name.click()
    at_shop.says("It has to be an https address")
    asking.page.setText(PAGE)
    asking.name.click()
    at_shop.window.until(asking.send.isVisible)
    body = asking._body.text().replace("\u200b", "")
    assert at_shop.shop.places == ["GET /.well-known/ucp"]
    assert "80000" not in body
    asking.send.click()
    at_shop.window.until(lambda: bool(at_shop.prices.table.shown_ids))
    assert json.loads(body) == at_shop.shop.seen[-1][3]
    rows = at_shop.window.run(at_shop.window.home.means.vault.read(lambda tx: tx.ledger()))
    assert {row.basis for row in rows} == {BasisKind.OWN_ACT}
    assert asking.isHidden()
    assert "1 public price" in texts(at_shop.prices)


def test_what_is_no_shop_is_said_in_the_form_and_may_be_tried_again(at_shop: AtShop) -> None:
    at_shop.shop.answers["/.well-known/ucp"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    at_shop.shop.answers["/.well-known/ucp/"] = at_shop.shop.answers["/.well-known/ucp"]
    at_shop.prices.look_in.click()
    at_shop.prices.asking.domain.setText(at_shop.shop.base)
    at_shop.prices.asking.seek.click()
    at_shop.says("There is no shop here that programs can ask.")
    assert at_shop.prices.asking.seek.isEnabled()


def test_from_the_list_to_the_shops_own_page_and_what_came_of_it(at_shop: AtShop) -> None:
    at_shop.in_a_cart()
    card = at_shop.prices.checkout
    assert {"Subtotal", "Shipping", "Autumn", "€802.90"} <= set(texts(card))
    card.check_out.click()
    at_shop.window.until(card.open.isVisible)
    assert at_shop.opened == []
    assert any("127.0.0.1" in text and "leads to" in text for text in texts(card))
    card.open.click()
    at_shop.window.until(card.bought.isVisible)
    assert at_shop.opened == [f"{at_shop.shop.base.replace('http:', 'https:')}/pay/checkout-2"]
    dates = at_shop.window.run(agenda.agenda(at_shop.window.home.means))
    (asked,) = [agenda_line(one) for one in dates if one.item.kind is AgendaKind.PAYMENT_OUTCOME]
    assert asked.want == at_shop.want
    card.number.setText("order-7")
    card.bought.click()
    at_shop.window.until(card.ask_order.isVisible)
    card.ask_order.click()
    at_shop.says("Handed to the carrier")


def test_a_price_that_changed_since_stops_until_the_person_says_yes(at_shop: AtShop) -> None:
    at_shop.searched()
    at_shop.shop.price_later["bike-v1"] = 81_000
    at_shop.prices.details.buy.click()
    card = at_shop.prices.checkout
    at_shop.window.until(card.go_on.isVisible)
    at_shop.says("The price has changed: €810.00 now, €799.00 before.")
    assert not any("carts" in place for place in at_shop.shop.places)
    assert card.go_on.text().strip() == "Yes, at the new price"
    card.go_on.click()
    at_shop.window.until(lambda: any("carts" in place for place in at_shop.shop.places))


def test_sums_that_do_not_add_up_and_a_link_to_another_site_stop_and_open_nothing(at_shop: AtShop) -> None:
    at_shop.shop.wrong_total = 1_000
    at_shop.in_a_cart()
    card = at_shop.prices.checkout
    at_shop.says("The shop's sums do not add up.")
    assert not card.check_out.isVisible()
    at_shop.shop.wrong_total = 0
    at_shop.shop.continue_url = "https://pay.invalid/{id}"
    card.leave.click()
    at_shop.window.until(lambda: card.isHidden() and at_shop.prices.details.buy.isEnabled())
    at_shop.prices.details.buy.click()
    at_shop.window.until(card.check_out.isVisible)
    card.check_out.click()
    at_shop.says("The link to pay leads to another site than the shop's: pay.invalid")
    assert not card.open.isVisible()
    assert at_shop.opened == []
    card.go_on.click()
    at_shop.window.until(card.open.isVisible)
    card.open.click()
    at_shop.window.until(card.bought.isVisible)
    assert at_shop.opened == ["https://pay.invalid/checkout-3"]


def test_what_is_left_is_cancelled_at_the_shop_and_what_came_of_it_is_said(at_shop: AtShop) -> None:
    at_shop.in_a_cart()
    card = at_shop.prices.checkout
    card.leave.click()
    at_shop.window.until(lambda: at_shop.shop.cancelled == ["cart-1"])
    at_shop.window.until(lambda: any(one.text == "The shop has cancelled the cart." for one in at_shop.window.said))
    at_shop.window.until(card.isHidden)


def test_a_shop_that_cannot_be_told_is_no_drama(at_shop: AtShop) -> None:
    at_shop.shop.cancels = False
    at_shop.in_a_cart()
    at_shop.prices.checkout.leave.click()
    told = "The shop could not be told that you give up the cart. It should lapse there by itself."
    at_shop.window.until(lambda: any(one.text.startswith(told) for one in at_shop.window.said))
    at_shop.window.until(at_shop.prices.checkout.isHidden)


def test_a_list_with_a_wrong_signature_is_an_alarm_and_the_person_decides(at_shop: AtShop) -> None:
    at_shop.shop.signer = ShopSigner(tamper=lambda body: body.replace(b"79900", b"19900"))
    at_shop.searched()
    at_shop.window.until(at_shop.prices.alarm.isVisible)
    at_shop.prices.details.buy.click()
    card = at_shop.prices.checkout
    at_shop.window.until(card.go_on.isVisible)
    assert any("The shop's signature is wrong" in text for text in texts(card))
    assert not any("lookup" in place for place in at_shop.shop.places)
    at_shop.shop.signer = ShopSigner()
    card.go_on.click()
    at_shop.says("The price has changed: €799.00 now, €199.00 before.")


def test_known_for_one_search_and_anonymous_for_all_else(at_shop: AtShop) -> None:
    means = at_shop.window.home.means
    at_shop.window.run(find_shop.set_own_page(means, PAGE))
    at_shop.window.run(page_key.new_key(means))
    standing = at_shop.window.run(page_key.page_standing(means))
    assert not standing.known
    asking = at_shop.prices.asking
    at_shop.prices.look_in.click()
    asking.domain.setText(at_shop.shop.base)
    asking.seek.click()
    at_shop.window.until(asking.send.isVisible)
    assert (asking.face.known, asking.face.choice) == (False, False)
    assert not any("key that signs" in text for text in texts(asking._tells))
    asking.face.choose.choose("known")
    asking.face.choose.chosen.emit("known")
    key = standing.keys[0].kid
    at_shop.window.until(lambda: any(key in text.replace("\u200b", "") for text in texts(asking._tells)))
    asking.send.click()
    at_shop.window.until(lambda: bool(at_shop.prices.table.shown_ids))
    at_shop.prices.details.buy.click()
    at_shop.window.until(at_shop.prices.checkout.check_out.isVisible)
    signed = {place: "signature" in headers for _, place, headers, _ in at_shop.shop.seen if "/ucp/" in place}
    assert signed == {"/ucp/catalog/search": True, "/ucp/catalog/lookup": False, "/ucp/carts": False}


def test_a_saved_page_is_kept_watched_and_struck_off_and_nobody_is_visited(at_shop: AtShop, tmp_path: Path) -> None:
    file = tmp_path / "bike.html"
    offer = {"price": "759.00", "priceCurrency": "EUR", "url": "https://cyclo.example/p/1?gclid=1"}
    file.write_text(product(0, offers=offer), encoding="utf-8")
    at_shop.prices.add.click()
    at_shop.prices.adding.take_file(str(file))
    at_shop.window.until(lambda: bool(at_shop.prices.table.shown_ids))
    details = at_shop.prices.details
    at_shop.says("Public price, seen on")
    details.show_stripped.click()
    assert "Taken out of the link: gclid" in texts(details)
    details.copy.click()
    assert at_shop.window.copied == ["https://cyclo.example/p/1"]
    details.watch.click()
    at_shop.window.until(details.unwatch.isVisible)
    at_shop.says("Watched until")
    details.unwatch.click()
    at_shop.says("Not watched any more")
    details.drop.click()
    at_shop.window.until(lambda: not at_shop.prices.table.shown_ids)
    assert at_shop.window.run(at_shop.window.home.means.vault.read(lambda tx: tx.papers(PageVisit))) == ()


def test_a_page_is_visited_once_when_asked_and_a_refusal_stays_in_the_form(at_shop: AtShop) -> None:
    body = product("759.00").encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    at_shop.shop.answers["/p/1"] = head.encode() + body
    adding = at_shop.prices.adding
    at_shop.prices.add.click()
    QTest.keyClicks(adding.address, f"{at_shop.shop.base}/gone")
    adding.visit.click()
    at_shop.says("There is no such page any more.")
    adding.address.setText(f"{at_shop.shop.base}/p/1?utm_source=mail")
    adding.visit.click()
    at_shop.window.until(lambda: bool(at_shop.prices.table.shown_ids))
    assert at_shop.shop.places == ["GET /gone", "GET /p/1"]
    at_shop.window.until(lambda: any(one.text == "1 public price is kept." for one in at_shop.window.said))


def test_where_nobody_is_to_ask_the_next_ways_stand_there_and_a_kept_price_is_one(
    at_shop: AtShop, tmp_path: Path
) -> None:
    ways = at_shop.window.offers.next_ways
    at_shop.window.until(ways.isVisible)
    file = tmp_path / "bike.html"
    file.write_text(product("759.00"), encoding="utf-8")
    at_shop.prices.adding.take_file(str(file))
    at_shop.window.until(lambda: any(one.step.kind is NextKind.USE_PRICE for one in ways.rows))
    next(one for one in ways.rows if one.step.kind is NextKind.USE_PRICE).button.click()
    at_shop.window.until(lambda: at_shop.prices.visibleRegion().boundingRect().height() > 200)
    assert at_shop.window.window.page_id is PageId.OFFERS


@pytest.mark.parametrize(
    "link",
    [
        "http://shop.example/pay",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///pay",
        "https://user:secret@shop.example/",
        "https://shop.example@evil.example/",
        "https://shop.example/\npay",
        "https://shop.example\\@evil.example/",
        "https://аpple.example/",
        " https://shop.example/",
        "steam://run/1",
        "",
    ],
)
def test_nothing_but_a_plain_protected_address_is_opened(link: str) -> None:
    assert web_link(link) is None


@pytest.mark.parametrize("link", ["https://shop.example/pay?c=1#x", "https://xn--pple-43d.example:8443/a"])
def test_a_protected_address_is_opened_as_it_stands(link: str) -> None:
    found = web_link(link)
    assert found is not None
    assert found.toString(QUrl.ComponentFormattingOption.FullyEncoded) == link
