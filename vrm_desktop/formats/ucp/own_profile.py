"""The page that a person can put somewhere for shops to read: which edition is spoken and what is used.

It names nobody. Without keys, everybody who uses the same page looks alike; with hers, it is hers alone. Never here:
where it is put, whether it is told, and any secret.
"""

import json
from collections.abc import Sequence
from typing import Final

from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.domain.shop import NEWEST, Can, Edition

_PAGES: Final = {
    Can.SEARCH: ("catalog/search", "catalog_search"),
    Can.LOOK_UP: ("catalog/lookup", "catalog_lookup"),
    Can.CART: ("cart", "cart"),
    Can.CHECKOUT: ("checkout", "checkout"),
}
_EARLY: Final = {Can.CHECKOUT: ("checkout", "checkout")}


def own_profile(edition: Edition = NEWEST, keys: Sequence[PageKey] = ()) -> str:
    """The page for one edition, as JSON, with these keys on it.

    Orders are left out: hearing of them would need an address to be called at.
    """
    used = _EARLY if edition in {Edition.FIRST, Edition.SECOND} else _PAGES
    told = {can.value: _ability(edition, *where) for can, where in used.items()}
    page: dict[str, JsonValue]
    if edition is Edition.FIRST:
        listed: list[JsonValue] = [{"name": name, **ability} for name, ability in told.items()]
        page = {"ucp": {"version": edition.value, "services": {}, "capabilities": listed}}
    else:
        by_name: dict[str, JsonValue] = {name: [ability] for name, ability in told.items()}
        page = {
            "ucp": {"version": edition.value, "services": {}, "capabilities": by_name, "payment_handlers": {}},
        }
    if keys:
        page["keys" if edition is Edition.FOURTH else "signing_keys"] = [_jwk(one) for one in keys]
    return json.dumps(page, indent=2) + "\n"


def _jwk(key: PageKey) -> JsonValue:
    return {"kid": key.kid, "kty": "EC", "crv": "P-256", "x": key.x, "y": key.y, "use": "sig", "alg": "ES256"}


def _ability(edition: Edition, page: str, schema: str) -> dict[str, JsonValue]:
    base = f"https://ucp.dev/{edition.value}"
    return {
        "version": edition.value,
        "spec": f"{base}/specification/{page}",
        "schema": f"{base}/schemas/shopping/{schema}.json",
    }
