"""Reads public prices and tries to buy for one want, on the engine's thread: services in, a worded view out."""

from vrm_desktop.domain.checkout import CheckoutStep
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.shop import Can, Shop
from vrm_desktop.services import (
    choose_vendors,
    keep_pages,
    page_key,
    say_what_i_want,
    search_shop,
    shop_cart,
    watch_prices,
)
from vrm_desktop.services.means import Means
from vrm_desktop.ui.models.prices_view import PricesView
from vrm_desktop.ui.presenters.checkouts import checkout_view, search_alarm, search_words
from vrm_desktop.ui.presenters.public_prices import price_view


async def read_prices(means: Means, key: IntentcastId) -> PricesView:
    """All of them, the newest first.

    Raises:
        NotFound: no such want.
    """
    want = await say_what_i_want.want(means, key)
    kept = await keep_pages.prices(means, key)
    watched = {one.watch.price: one for one in await watch_prices.watched(means)}
    names = {one.id: one.name for one in await choose_vendors.vendors(means)}
    shops = {one.vendor: one for one in await means.vault.read(lambda tx: tx.papers(Shop))}
    found, face = await search_shop.hits(means, key), await page_key.page_standing(means)
    tries = [one for one in await shop_cart.checkouts(means) if one.intentcast == key]
    return PricesView(
        want_id=key,
        today=means.clock.today(),
        quantity=want.quantity,
        prices=tuple(price_view(one, want, watched.get(one.id)) for one in kept),
        checkouts=tuple(
            checkout_view(one, shops.get(one.vendor), names.get(one.vendor, one.vendor))
            for one in tries
            if one.step is not CheckoutStep.NOT_BOUGHT
        ),
        shops=tuple((one.vendor, names.get(one.vendor, one.domain)) for one in shops.values() if one.can(Can.SEARCH)),
        searches=search_words(found, names),
        alarm=search_alarm(found, names),
        known=face.known,
        can_be_known=bool(face.address and face.keys),
    )
