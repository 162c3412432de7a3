"""What the first question of a plan says, exactly: the claims of a ping that come from the want, as they leave.

Beside them a ping carries only what is made fresh for one vendor: keys, salts, digests and the two agreements.
"""

from vrm_desktop.canon import strict_json
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.plan import asked


def exact_claims(want: Intentcast, count: int) -> dict[str, strict_json.JsonValue]:
    """The claims that tell a vendor something of the want when `count` vendors are asked."""
    area: dict[str, strict_json.JsonValue] = {"country": want.area.country}
    if want.area.region is not None:
        area["region"] = want.area.region
    if want.area.postal_prefix is not None:
        area["postal"] = want.area.postal_prefix
    claims: dict[str, strict_json.JsonValue] = {
        "category": want.category,
        "attributes": dict(want.attributes),
        "condition": want.condition.value,
        "fulfilment": want.fulfilment.value,
        "area": area,
        "answers_by": want.answers_by.isoformat(),
        "asked": asked(count).value,
    }
    if want.needed_by is not None:
        claims["needed_by"] = want.needed_by.isoformat()
    return claims


def exact_bytes(want: Intentcast, count: int) -> bytes:
    """The same in the canonical form in which they stand in the signed message."""
    return strict_json.encode(exact_claims(want, count))
