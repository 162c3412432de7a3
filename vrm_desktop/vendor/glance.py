"""The cheap checks: what can be refused from the unverified text, before any signature costs time. Accepts nothing."""

from collections.abc import Collection
from datetime import UTC, datetime, time

from vrm_desktop.canon import base64url
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.conversation import MOST_MESSAGES
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.checking import check_version
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Expired, Full, Malformed, NotServed, WrongAudience
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import AreaClaim
from vrm_desktop.protocol.shapes import canonical_value, read_day, read_instant, struct_of
from vrm_desktop.protocol.stamping import SKEW


def glance(envelope: Envelope, *, desk: Collection[Kid], now: datetime) -> None:
    """Refuse a further message that no signature could save; `desk` are the keys that it may be for.

    Raises:
        Malformed, NotServed, WrongAudience, Expired, Full: as their names say.
    """
    _check(_claims(envelope), desk=desk, now=now)


def glance_at_ping(envelope: Envelope, *, card: VendorCard, desk: Collection[Kid], now: datetime) -> None:
    """Refuse an opening that no signature could save; `desk` are the keys that it may be for.

    Raises:
        NotServed: the card does not list a ping's category or its region. A contact may be about anything.
        Malformed, WrongAudience, Expired: as their names say.
    """
    claims = _claims(envelope)
    _check(claims, desk=desk, now=now)
    match claims:
        case {"kind": "contact"}:
            return
        case {"category": str(category), "area": dict(said)}:
            pass
        case _:
            raise Malformed("a ping names a category and an area")
    try:
        area = area_from(struct_of(said, AreaClaim))
    except InvalidValue as error:
        raise Malformed(str(error)) from error
    if not card.serves(category=category, area=area):
        raise NotServed("a category or region that the card does not list")


def addressed(envelope: Envelope, *, desk: Collection[Kid]) -> Kid:
    """For which of the keys in `desk` a message says it is.

    Raises:
        WrongAudience: for none of them.
        Malformed, NotServed: no message at all.
    """
    match _claims(envelope):
        case {"aud": str(audience)} if audience in desk:
            return Kid(audience)
        case _:
            raise WrongAudience("for another desk")


def _claims(envelope: Envelope) -> JsonValue:
    parts = envelope.jws.split(".")
    if len(parts) != 3:
        raise Malformed("a compact JWS has three parts")
    try:
        value = canonical_value(base64url.decode(parts[1]))
    except CanonError as error:
        raise Malformed(str(error)) from error
    check_version(value)
    return value


def _check(claims: JsonValue, *, desk: Collection[Kid], now: datetime) -> None:
    match claims:
        case {"aud": str(audience), "seq": int(number), "exp": str(exp)}:
            pass
        case _:
            raise Malformed("a message names its audience, number and expiry")
    if number > MOST_MESSAGES:
        raise Full(f"{MOST_MESSAGES} messages are the most in one direction")
    if audience not in desk:
        raise WrongAudience("for another desk")
    last = read_instant(exp) if "T" in exp else datetime.combine(read_day(exp), time.max, UTC)
    if now > last + SKEW:
        raise Expired(f"valid through {last.isoformat()}")
