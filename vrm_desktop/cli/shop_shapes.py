"""Shops, their price lists and tries to buy as JSON. Never here: words for people."""

from vrm_desktop.cli import shapes
from vrm_desktop.domain.basket import Basket
from vrm_desktop.domain.checkout import Checkout, Stop
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.shop import Shop, ShopMessage, ShopPolicy
from vrm_desktop.domain.shop_order import ShopOrder
from vrm_desktop.domain.shop_search import ShopSearch


def shop_shape(one: Shop) -> shapes.Shape:
    """A shop."""
    return {
        "vendor": one.vendor,
        "domain": one.domain,
        "found": shapes.instant(one.at),
        "says": one.says,
        "asked_as_of": one.speaks.value,
        "newer_than_known": one.newer,
        "transport": one.transport.value,
        "endpoint": one.endpoint,
        "can": [can.value for can in one.abilities],
        "keys": [key.kid for key in one.keys],
    }


def hit_shape(one: PublicPrice) -> shapes.Shape:
    """An entry of a price list; `offer_made` says that it is no offer."""
    return {
        "id": one.id,
        "intentcast": one.intentcast,
        "vendor": one.vendor,
        "offer_made": False,
        "title": one.title,
        "item": one.item,
        "seen": shapes.instant(one.at),
        "price": shapes.money(one.low),
        "up_to": shapes.money(one.high),
        "availability": one.availability.value if one.availability else None,
        "seller": one.seller or None,
        "host": one.host,
        "link": one.link or None,
        "gtin": one.gtin or None,
        "sku": one.sku or None,
    }


def search_shape(one: ShopSearch) -> shapes.Shape:
    """What a search came to."""
    return {
        "vendor": one.vendor,
        "at": shapes.instant(one.at),
        "kept": one.kept,
        "above_cap": one.above_cap,
        "unclear": one.unclear,
        "more": one.more,
        "total": one.total,
        "refused": one.refused,
        "signed": one.signed.value,
        "messages": [message_shape(each) for each in one.messages],
        "policies": [policy_shape(each) for each in one.policies],
    }


def message_shape(one: ShopMessage) -> shapes.Shape:
    """What a shop says."""
    return {
        "kind": one.kind.value,
        "severity": one.severity.value if one.severity else None,
        "code": one.code or None,
        "text": one.text,
        "must_show": one.must_show,
        "about": one.about or None,
    }


def policy_shape(one: ShopPolicy) -> shapes.Shape:
    """A rule that a shop names."""
    return {"kind": one.kind, "text": one.text or None, "link": one.link or None}


def tells_shape(tells: tuple[PlannedField, ...]) -> list[shapes.Shape]:
    """What something tells."""
    return [{"name": one.name, "value": one.value, "until": one.until.isoformat()} for one in tells]


def _stop(one: Stop) -> shapes.Shape:
    return {
        "kind": one.kind.value,
        "expected": shapes.money(one.expected),
        "told": shapes.money(one.told),
        "what": one.what or None,
        "sums": [
            {
                "kind": each.kind.value,
                "told": shapes.money(each.told),
                "counted": shapes.money(each.counted),
                "what": each.what or None,
            }
            for each in one.sums
        ],
    }


def _basket(one: Basket) -> shapes.Shape:
    return {
        "id": one.id,
        "status": one.status.value,
        "lines": [
            {"item": line.item, "title": line.title, "price": shapes.money(line.price), "quantity": line.quantity}
            for line in one.lines
        ],
        "totals": [
            {"kind": each.kind, "text": each.text or None, "amount": shapes.money(each.amount)} for each in one.totals
        ],
        "policies": [policy_shape(each) for each in one.policies],
        "expires": shapes.instant(one.expires) if one.expires else None,
    }


def _order(one: ShopOrder) -> shapes.Shape:
    return {
        "id": one.held.id,
        "label": one.label or None,
        "link": one.held.order_link or None,
        "holds": _basket(one.held),
        "promises": list(one.promises),
        "events": [
            {
                "what": each.what,
                "at": shapes.instant(each.at) if each.at else None,
                "text": each.text or None,
                "tracking": each.tracking or None,
                "link": each.link or None,
                "amount": shapes.money(each.amount),
            }
            for each in one.events
        ],
    }


def checkout_shape(one: Checkout) -> shapes.Shape:
    """A try to buy."""
    return {
        "id": one.id,
        "vendor": one.vendor,
        "relationship": one.relationship,
        "intentcast": one.intentcast,
        "hit": one.hit,
        "title": one.title,
        "price": shapes.money(one.price),
        "quantity": one.quantity,
        "step": one.step.value,
        "asking": one.asking,
        "trouble": one.trouble or None,
        "may_go_on": one.may_go_on,
        "stops": [_stop(each) for each in one.stops],
        "said_yes_to": [_stop(each) for each in one.passed],
        "signed": one.signed.value,
        "known": one.known,
        "given_up": [
            {"what": each.step.value, "end": each.end.value, "trouble": each.trouble or None} for each in one.given_up
        ],
        "messages": [message_shape(each) for each in one.messages],
        "basket": _basket(one.basket) if one.basket is not None else None,
        "order_id": one.order_id or None,
        "order": _order(one.order) if one.order is not None else None,
    }
