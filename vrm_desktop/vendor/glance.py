"""The cheap checks: what can be refused from the unverified text, before any signature costs time. Accepts nothing."""

from datetime import UTC, datetime, time
from typing import TypeVar

import msgspec

from vrm_desktop.canon import base64url
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.conversation import MOST_MESSAGES
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.checking import check_version
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import Expired, Full, Malformed, NotServed, WrongAudience
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import AreaClaim, Expiry, Hash, Word
from vrm_desktop.protocol.receiving import SKEW
from vrm_desktop.protocol.shapes import canonical_value, read_day, read_instant, struct_of

_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What every message claims of itself; more members are not looked at here."""

    kind: Word
    aud: Hash
    seq: int
    exp: Expiry


class _PingClaims(_Claims, frozen=True, kw_only=True):
    """What a ping claims besides."""

    category: Word
    area: AreaClaim


def glance(envelope: Envelope, *, desk: Kid, now: datetime) -> None:
    """Refuse a further message that no signature could save.

    Raises:
        Malformed, NotServed, WrongAudience, Expired, Full: as their names say.
    """
    claims = _claims(envelope, _Claims)
    if claims.seq > MOST_MESSAGES:
        raise Full(f"{MOST_MESSAGES} messages are the most in one direction")
    _check(claims, desk=desk, now=now)


def glance_at_ping(envelope: Envelope, *, card: VendorCard, now: datetime) -> None:
    """Refuse a ping that no signature could save.

    Raises:
        NotServed: the card does not list its category or its region.
        Malformed, WrongAudience, Expired: as their names say.
    """
    claims = _claims(envelope, _PingClaims)
    _check(claims, desk=card.key, now=now)
    try:
        area = area_from(claims.area)
    except InvalidValue as error:
        raise Malformed(str(error)) from error
    if not card.serves(category=claims.category, area=area):
        raise NotServed("a category or region that the card does not list")


def _claims(envelope: Envelope, kind: type[_Shape]) -> _Shape:
    parts = envelope.jws.split(".")
    if len(parts) != 3:
        raise Malformed("a compact JWS has three parts")
    try:
        value = canonical_value(base64url.decode(parts[1]))
    except CanonError as error:
        raise Malformed(str(error)) from error
    check_version(value)
    return struct_of(value, kind)


def _check(claims: _Claims, *, desk: Kid, now: datetime) -> None:
    if claims.aud != desk:
        raise WrongAudience("for another desk")
    exp = claims.exp
    last = read_instant(exp) if "T" in exp else datetime.combine(read_day(exp), time.max, UTC)
    if now > last + SKEW:
        raise Expired(f"valid through {exp}")
