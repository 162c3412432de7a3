"""A want as schema.org `Demand` in JSON-LD, the mirror of an `Offer`: what a program of a vendor's may read.

Holds what the request says in words, and no more: never the price cap, a place finer than the area, or who asks.
"""

import json

from vrm_desktop.domain.categories import CATEGORIES, CategoryKind
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast

FILE_NAME = "request.jsonld"
MEDIA = "application/ld+json"

_SCHEMA = "https://schema.org/"
_GOODS = "http://purl.org/goodrelations/v1#"
_CONDITIONS = {Condition.NEW: "New", Condition.USED: "Used", Condition.REFURBISHED: "Refurbished"}
_DELIVERY = {
    Fulfilment.DELIVERED: f"{_GOODS}DeliveryModeMail",
    Fulfilment.COLLECTED: f"{_GOODS}DeliveryModePickUp",
}
_PAYMENT = {
    "sepa-transfer": f"{_GOODS}ByBankTransferInAdvance",
    "on-delivery": f"{_GOODS}COD",
    "cash": f"{_GOODS}Cash",
}
_KINDS = {CategoryKind.GOODS: "Product", CategoryKind.CONTRACT: "Service"}


def demand(want: Intentcast) -> str:
    """The JSON-LD text, in lines; the same want says the same."""
    return json.dumps(_demand(want), ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _demand(want: Intentcast) -> dict[str, object]:
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Demand",
        "itemOffered": _item(want),
        "eligibleQuantity": {"@type": "QuantitativeValue", "value": want.quantity},
        "eligibleRegion": _region(want),
        "validThrough": want.answers_by.isoformat(),
    }
    if want.condition in _CONDITIONS:
        said["itemCondition"] = f"{_SCHEMA}{_CONDITIONS[want.condition]}Condition"
    if want.needed_by is not None:
        said["availabilityEnds"] = want.needed_by.isoformat()
    if want.fulfilment in _DELIVERY:
        said["availableDeliveryMethod"] = _DELIVERY[want.fulfilment]
    methods = [_PAYMENT[way] for way in want.payment if way in _PAYMENT]
    if methods:
        said["acceptedPaymentMethod"] = methods
    if want.bid is not None:
        said["priceSpecification"] = {
            "@type": "PriceSpecification",
            "price": want.bid.amount.decimal(),
            "priceCurrency": want.bid.amount.currency,
            "validThrough": want.bid.until.isoformat(),
        }
    return said


def _item(want: Intentcast) -> dict[str, object]:
    known = CATEGORIES.get(want.category)
    kind = _KINDS.get(known.kind, "Service") if known is not None else "Thing"
    item: dict[str, object] = {"@type": kind, "name": want.title}
    if want.details:
        item["description"] = want.details
    if kind != "Thing":
        item["category"] = want.category
    properties = [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in sorted(want.attributes.items())
    ]
    if properties and kind == "Product":
        item["additionalProperty"] = properties
    return item


def _region(want: Intentcast) -> dict[str, object]:
    region: dict[str, object] = {"@type": "DefinedRegion", "addressCountry": want.area.country}
    if want.area.region is not None:
        region["addressRegion"] = want.area.region.partition("-")[2]
    if want.area.postal_prefix is not None:
        region["postalCodePrefix"] = want.area.postal_prefix
    return region
