"""The pictures of public prices and of buying at a shop, each state as it stands in the window."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import offer_samples, ways_samples
from vrm_desktop.ui.gallery import price_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.offers_view import OffersView
from vrm_desktop.ui.models.prices_view import CheckoutView, PricesView
from vrm_desktop.ui.models.shop_face_view import ShopFaceView
from vrm_desktop.ui.pages.file_page import FilePage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.public_prices import PublicPrices
from vrm_desktop.ui.pages.shop_face_page import ShopFacePage
from vrm_desktop.ui.theme.look import Look

_ADDRESS = "https://ottilie.example/ucp/{edition}.json"
_KEY = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
_WRONG = "Velo Süd: The shop's signature is wrong: somebody may have changed what it said."
Then = Callable[[PublicPrices], None]


def price_pictures() -> tuple[Picture, ...]:
    """Each picture with the state that it shows."""
    shown: dict[str, tuple[PricesView, Then]] = {
        "prices": (samples.USUAL, _nothing),
        "prices-hit": (samples.BUYING, _nothing),
        "prices-none": (samples.NONE, _nothing),
        "prices-long": (samples.LONG, _nothing),
        "prices-add": (samples.USUAL, _adding),
        "prices-add-refused": (samples.USUAL, _refused),
        "prices-search": (samples.USUAL, _searching),
        "prices-search-first": (samples.NONE, _first),
        "prices-search-page": (samples.USUAL, _page),
        "prices-search-words": (samples.USUAL, _words),
        "prices-search-known": (samples.USUAL, _known_words),
        "prices-hit-known": (replace(samples.BUYING, known=True, can_be_known=True), _nothing),
        "prices-wrong-signature": (replace(samples.USUAL, alarm=_WRONG), _nothing),
        "prices-cart": _try(samples.CART),
        "prices-cart-stopped": _try(samples.STOPPED),
        "prices-cart-elsewhere": _try(samples.ELSEWHERE),
        "prices-cart-refused": _try(samples.REFUSED),
        "prices-cart-ready": _try(samples.READY),
        "prices-cart-outcome": _try(samples.OUTCOME),
        "prices-cart-signature": _try(samples.WRONG_SIGNATURE),
        "prices-cart-bought": _try(samples.BOUGHT, samples.CART),
    }
    beside = Picture(name="prices-below-offers", make=lambda look: _made(look, offer_samples.MIXED, samples.USUAL))
    return (
        beside,
        Picture(name="file-for-which-want", make=_file),
        Picture(name="offers-next-ways", make=_next_ways),
        Picture(name="shop-face-none", make=lambda look: _face(look, ShopFaceView())),
        Picture(name="shop-face", make=lambda look: _face(look, ShopFaceView(address=_ADDRESS, key=_KEY))),
        Picture(
            name="shop-face-known",
            make=lambda look: _face(look, ShopFaceView(address=_ADDRESS, known=True, key=_KEY, old=(_KEY[::-1],))),
        ),
        *(
            Picture(name=name, make=partial(_made, offers=offer_samples.NONE_YET, view=view, then=then))
            for name, (view, then) in shown.items()
        ),
    )


def _try(*checkouts: CheckoutView) -> tuple[PricesView, Then]:
    many = tuple(replace(one, id=f"checkout-{at}") for at, one in enumerate(checkouts))
    return replace(samples.BUYING, checkouts=many), _nothing


def _made(look: Look, offers: OffersView, view: PricesView, then: Then | None = None) -> QWidget:
    page = OffersPage(look)
    page.show_offers(offers)
    page.prices.show_prices(view)
    window = in_window(look, PageId.OFFERS, page)
    if then is not None:
        page.show_part(page.prices)
        then(page.prices)
    return window


def _next_ways(look: Look) -> QWidget:
    page = OffersPage(look)
    page.show_offers(offer_samples.NONE_YET)
    page.prices.show_prices(samples.NONE)
    page.next_ways.show_ways(ways_samples.NEXT)
    return in_window(look, PageId.OFFERS, page)


def _file(look: Look) -> QWidget:
    page = FilePage(look)
    long = "Road bike, 54 cm, steel, <b>cheap</b> " * 4
    page.ask(("road-bike.html", f"{long}.html"), (("want-1", "Road bike, 54 cm, used"), ("want-2", long)))
    return in_window(look, PageId.FILE, page)


def _nothing(_prices: PublicPrices) -> None:
    return


def _adding(prices: PublicPrices) -> None:
    prices.open_form(prices.adding)
    prices.adding.address.setText("https://cyclo.example/p/54-steel?utm_source=mail")


def _refused(prices: PublicPrices) -> None:
    _adding(prices)
    prices.adding.show_error(
        "This address leads on to another owner's site, and nothing was asked there.",
        "https://other.example/" + "way/" * 12,
    )


def _searching(prices: PublicPrices) -> None:
    prices.open_form(prices.asking)
    prices.asking.show_trouble("There is no shop here that programs can ask.", "Look at its pages instead.")


def _first(prices: PublicPrices) -> None:
    prices.open_form(prices.asking)


def _page(prices: PublicPrices) -> None:
    prices.open_form(prices.asking)
    prices.asking.ask_page("Shops want the address of a page that says what asks them, and none is set.")


def _known_words(prices: PublicPrices) -> None:
    _words(prices)
    key = ("The key that signs it", _KEY)
    tells = (*samples.SEARCH.tells, key)
    prices.asking.show_search(replace(samples.SEARCH, tells=tells, known=True, can_be_known=True))


def _face(look: Look, view: ShopFaceView) -> QWidget:
    page = ShopFacePage(look)
    page.show_face(view)
    return in_window(look, PageId.SHOP_FACE, page)


def _words(prices: PublicPrices) -> None:
    prices.open_form(prices.asking)
    prices.asking.show_search(samples.SEARCH)
