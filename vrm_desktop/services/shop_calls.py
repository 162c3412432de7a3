"""Calls to a shop, written out for a person to see: the exact text, and all that it tells. No sending.

What stands in a text is told, and nothing else: words, a country, a currency, a thing's id, a number, the page about
whoever asks, and its key where she wants to be known. There is no way for the price cap into it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.plan import QUOTE_DAYS
from vrm_desktop.domain.shop import Can, Errand, Shop, ShopCall, Transport
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.ucp.writing import Asked, Body, text_of, writer
from vrm_desktop.services.errors import NoShopPage, ShopCannot, ShopNeedsCurrency, ShopNotFound
from vrm_desktop.services.find_shop import endpoint_of, own_page, shop_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.page_key import known_by, signs_with
from vrm_desktop.services.ports import ChannelError, PageSigner, Transaction
from vrm_desktop.services.ports_outside import Shops

_CURRENCY_OF_COUNTRY: Final = {
    **dict.fromkeys(
        "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split(),  # noqa: SIM905 - a table reads better
        "EUR",
    ),
    "CH": "CHF",
    "LI": "CHF",
    "GB": "GBP",
    "US": "USD",
    "JP": "JPY",
    "KW": "KWD",
    "DK": "DKK",
    "SE": "SEK",
    "NO": "NOK",
    "PL": "PLN",
    "CZ": "CZK",
    "HU": "HUF",
    "RO": "RON",
    "CA": "CAD",
    "AU": "AUD",
    "IS": "ISK",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Written:
    """A call written out: the text that leaves, and all that it tells."""

    body: str
    tells: tuple[PlannedField, ...]


def asked_of(want: Intentcast) -> Asked:
    """What is said of a want: its title, its country, and a currency. Of the cap its currency alone, never a number."""
    usual = _CURRENCY_OF_COUNTRY.get(want.area.country, "")
    currency = want.price_cap.currency if want.price_cap is not None else usual
    return Asked(words=want.title, country=want.area.country, currency=currency)


def ready_shop(tx: Transaction, shop: Shop | None, ability: Can) -> Shop:
    """The shop, if it can do this in an edition that knows it, and there is a page to name to it.

    Raises:
        ShopNotFound, ShopCannot, NoShopPage: it is not so.
    """
    if shop is None:
        raise ShopNotFound
    if ability not in writer(shop.speaks).speaks_of or not shop.can(ability):
        raise ShopCannot
    if not own_page(tx, shop.speaks):
        raise NoShopPage
    return shop


Choice = bool | None
"""Whether the person is known by one act, whatever is set; None: as it is set."""


def search_of(tx: Transaction, shop: Shop, want: Intentcast, *, known: Choice = None) -> Written:
    """A search for a want."""
    asked = asked_of(want)
    told = {"want.title": asked.words}
    return _written(tx, shop, want, "catalog", writer(shop.speaks).search(asked), told, known)


def look_up_of(tx: Transaction, shop: Shop, want: Intentcast, item: str, *, known: Choice = None) -> Written:
    """What one thing costs now."""
    body = writer(shop.speaks).look_up(item, asked_of(want))
    return _written(tx, shop, want, "catalog", body, {"shop.item": item}, known)


def cart_of(
    tx: Transaction, shop: Shop, want: Intentcast, item: str, quantity: int, *, known: Choice = None
) -> Written:
    """A cart with one thing in it."""
    body = writer(shop.speaks).cart(item, quantity, asked_of(want))
    return _written(tx, shop, want, "cart", body, {"shop.item": item, "want.quantity": str(quantity)}, known)


def checkout_of(
    tx: Transaction, shop: Shop, want: Intentcast, item: str, quantity: int, cart: str, *, known: Choice = None
) -> Written:
    """A checkout, of a cart where there is one."""
    how, asked = writer(shop.speaks), asked_of(want)
    if how.names_currency and not asked.currency:
        raise ShopNeedsCurrency
    body = how.checkout_of(cart, item, quantity, asked) if cart else how.checkout(item, quantity, asked)
    return _written(tx, shop, want, "checkout", body, {"shop.item": item, "want.quantity": str(quantity)}, known)


def order_of(tx: Transaction, shop: Shop, want: Intentcast, order: str, *, known: Choice = None) -> Written:
    """A look at an order: by tools its id is told in the text, by plain calls in the address."""
    told = {"shop.order": order}
    if shop.transport is Transport.REST:
        return Written(body=order, tells=_tells(tx, shop, want, told, {}, known))
    return _written(tx, shop, want, "", {"id": order}, told, known)


def cancel_of(
    tx: Transaction, shop: Shop, want: Intentcast, kind: OutsideKind, key: str, *, known: Choice = None
) -> Written:
    """That a cart or checkout is not wanted any more: its id is told, as that of an order is; nothing else is said."""
    told = {_CANCELLED[kind]: key}
    tells = _tells(tx, shop, want, told, {}, known)
    if shop.transport is Transport.REST:
        return Written(body="{}", tells=tells)
    body = writer(shop.speaks).cancel(key, own_page(tx, shop.speaks), _once(kind, key))
    return Written(body=text_of(body), tells=tells)


def _written(
    tx: Transaction, shop: Shop, want: Intentcast, name: str, body: Body, told: dict[str, str], known: Choice
) -> Written:
    """The text as it leaves: alone, or among a tool's arguments."""
    context = body.get("context")
    tells = _tells(tx, shop, want, told, {**body, **(context if isinstance(context, dict) else {})}, known)
    match shop.transport:
        case Transport.REST:
            return Written(body=text_of(body), tells=tells)
        case Transport.MCP:
            meta = writer(shop.speaks).tool_meta(own_page(tx, shop.speaks))
            return Written(body=text_of({**meta, **({name: body} if name else body)}), tells=tells)


def _tells(
    tx: Transaction, shop: Shop, want: Intentcast, told: dict[str, str], said: Body, known: Choice
) -> tuple[PlannedField, ...]:
    until = want.answers_by + timedelta(days=QUOTE_DAYS)
    values = [*told.items(), ("shop.profile", own_page(tx, shop.speaks))]
    kid = signs_with(tx, known)
    values += [(KEY, kid)] if kid else []
    values += [(name, str(said[member])) for name, member in _ALSO.items() if said.get(member)]
    return tuple(
        PlannedField(name=name, value=value, stage=Stage.REVEAL, purpose=Purpose.QUOTE, until=until, source=Source.WANT)
        for name, value in values
    )


KEY: Final = "shop.key"
_ALSO: Final = {"area": "address_country", "want.currency": "currency"}
_ERRANDS: Final = {
    OutsideKind.SEARCH: Errand.SEARCH,
    OutsideKind.LOOK_UP: Errand.LOOK_UP,
    OutsideKind.CART: Errand.CREATE_CART,
    OutsideKind.CHECKOUT: Errand.CREATE_CHECKOUT,
    OutsideKind.ORDER_LOOK: Errand.GET_ORDER,
    OutsideKind.CANCEL_CART: Errand.CANCEL_CART,
    OutsideKind.CANCEL_CHECKOUT: Errand.CANCEL_CHECKOUT,
}
_CANCELLED: Final = {OutsideKind.CANCEL_CART: "shop.cart", OutsideKind.CANCEL_CHECKOUT: "shop.checkout"}


def act_of(
    means: Means,
    relationship: RelationshipId,
    shop: Shop,
    kind: OutsideKind,
    written: Written,
    want: Intentcast,
    not_before: datetime,
    serves: str = "",
    known: Choice = None,
) -> OutsideAct:
    """The act that carries a written call."""
    return OutsideAct(
        id=means.new_id("act"),
        vendor=shop.vendor,
        relationship=relationship,
        at=means.clock.now(),
        way=Way.UCP,
        kind=kind,
        address=shop.endpoint,
        body=written.body,
        tells=written.tells,
        not_before=not_before,
        intentcast=want.id,
        serves=serves,
        known_once=known is True,
    )


async def call_of(means: Means, act: OutsideAct) -> tuple[Shop, ShopCall, PageSigner | None]:
    """The call that an act stands for: to where the act says, if the shop is still found there, naming the page that
    the ledger says is told, whatever is set by now. With it, what signs it, if the ledger says that its key is told.

    Raises:
        ChannelError: `shop-gone`: the shop is found elsewhere by now, or not at all. `shop-key-changed`: it was to be
            signed with a key that signs no longer.
    """
    told = {one.name: one.value for one in act.tells}
    profile, kid = told.get("shop.profile", ""), told.get(KEY, "")
    shop, signer = await means.vault.read(lambda tx: (shop_of(tx, act.vendor), _signer(tx, act, kid, profile)))
    if shop is None or shop.endpoint != act.address or not profile:
        raise ChannelError("shop-gone", "found elsewhere by now", may_have_arrived=False, final=True)
    errand = _ERRANDS[act.kind]
    plain_look = errand is Errand.GET_ORDER and shop.transport is Transport.REST
    cancelled = told.get(_CANCELLED.get(act.kind, ""), "")
    once = _once(act.kind, cancelled) if cancelled else key_of(act)
    call = ShopCall(
        errand=errand,
        endpoint=endpoint_of(shop),
        body="" if plain_look else act.body,
        profile=profile,
        line=f"shop {act.relationship}",
        key="" if errand.only_reads else once,
        of=act.body if plain_look else cancelled,
        keys=shop.keys,
    )
    return shop, call, signer


def _signer(tx: Transaction, act: OutsideAct, kid: str, profile: str) -> PageSigner | None:
    """What signs with this key, if that is still wanted, for all acts or this one alone; none where none is told."""
    if not kid:
        return None
    keys, shop = tx.page_keys(), shop_of(tx, act.vendor)
    still = bool(keys) and keys[0].kid == kid and shop is not None and own_page(tx, shop.speaks) == profile
    if not still if act.known_once else known_by(tx) != kid:
        raise ChannelError("shop-key-changed", may_have_arrived=False, final=True)
    return tx.page_signer()


def key_of(act: OutsideAct) -> str:
    """The same for every try of one act, and of no use to link two: made of the act's own id and text."""
    return _uuid(f"{act.id}\n{act.relationship}\n{act.body}")


def _once(kind: OutsideKind, key: str) -> str:
    """The same whenever this is taken back: whoever gets it knows the id that it is made of, and learns nothing."""
    return _uuid(f"{kind.value}\n{key}")


def _uuid(text: str) -> str:
    return str(UUID(bytes=base64url.decode(hashes.digest(text.encode()))[:16], version=4))


def shops_of(means: Means) -> Shops:
    """What speaks to shops.

    Raises:
        ChannelError: this program has no way to them.
    """
    if means.outside is None:
        raise ChannelError("address-refused", "no way to shops", may_have_arrived=False, final=True)
    return means.outside.shops()
