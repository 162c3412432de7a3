"""Vendor cards: plain JSON with a detached signature over the rest. Fetching and pinning are done elsewhere."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec
from msgspec import UnsetType

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.ids import Digest, Kid
from vrm_desktop.domain.vendor import AcceptedTerms, OrganisationKind, VendorCard
from vrm_desktop.protocol.checking import check_version
from vrm_desktop.protocol.errors import BadCard, Expired, KeyChanged, Malformed, TooLarge
from vrm_desktop.protocol.messages import Card, Signature
from vrm_desktop.protocol.shapes import payload_of, read_instant, revalidated, struct_of
from vrm_desktop.protocol.signing import Signer, Typ, protected_header, verify_detached
from vrm_desktop.protocol.stamping import SKEW

LARGEST = 32 * 1024
LONGEST = timedelta(days=366)


def sign_card(card: Card, signer: Signer, previous: Signer | None = None) -> bytes:
    """The card as published: canonical JSON with the signature of its key, and of the previous key when it changes.

    Raises:
        BadCard: `signer` is not the card's key.
        Malformed: a member is out of bounds.
        TooLarge: over 32 KiB.
    """
    if card.key != signer.kid:
        raise BadCard("a card is signed with its own key")
    payload = payload_of(revalidated(card))
    members: dict[str, object] = {**msgspec.to_builtins(card), "signature": _signature(signer, payload)}
    if previous is not None:
        members["previous"] = _signature(previous, payload)
    data = strict_json.encode(members)
    if len(data) > LARGEST:
        raise TooLarge(f"a card has at most {LARGEST} bytes")
    return data


def parse_card(data: bytes, *, now: datetime, pinned: Kid | None, last_serial: int | None) -> VendorCard:
    """The verified card in `data`. `pinned` is the key first seen, `last_serial` that of the card known so far.

    Raises:
        TooLarge: over 32 KiB.
        Malformed: not strict JSON of a card's shape.
        NotServed: a card of another version.
        BadSignature: its signature does not hold.
        KeyChanged: another key than `pinned`, without its consent.
        Expired: past its `expires`.
        BadCard: the serial falls, it lives too long, or its endpoint is refused.
    """
    if len(data) > LARGEST:
        raise TooLarge(f"a card has at most {LARGEST} bytes")
    members = _members(data)
    check_version(members)
    signature = struct_of(members.pop("signature", None), Signature)
    previous = members.pop("previous", None)
    card = struct_of(members, Card)
    payload = base64url.encode(strict_json.encode(members))
    key = Kid(card.key)
    verify_detached(signature.protected, signature.signature, payload, typ=Typ.CARD, kid=key)
    if pinned is not None and key != pinned:
        if previous is None:
            raise KeyChanged("another key than the one known")
        consent = struct_of(previous, Signature)
        verify_detached(consent.protected, consent.signature, payload, typ=Typ.CARD, kid=pinned)
    expires = read_instant(card.expires)
    if now > expires + SKEW:
        raise Expired(f"the card was valid until {card.expires}")
    if expires > now + LONGEST:
        raise BadCard("a card lives for a year at most")
    if last_serial is not None and card.serial < last_serial:
        raise BadCard("the serial falls")
    return _verified(card, key, expires)


def check_endpoint(url: str) -> str:
    """The endpoint without its trailing slash: https, or plain http to loopback; no user, query or fragment.

    Raises:
        BadCard: any other address.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadCard("the endpoint is no address") from error
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \\@?#")
    if not host or not plain or not (parts.scheme == "https" or (parts.scheme == "http" and _loopback(host))):
        raise BadCard("the endpoint is https, without user, query or fragment")
    return url.rstrip("/")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _members(data: bytes) -> dict[str, JsonValue]:
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    if not isinstance(value, dict):
        raise Malformed("a card is a JSON object")
    return value


def _signature(signer: Signer, payload: bytes) -> dict[str, str]:
    protected = protected_header(Typ.CARD, signer.kid)
    signing_input = f"{protected}.{base64url.encode(payload)}".encode("ascii")
    return {"protected": protected, "signature": base64url.encode(signer.sign(signing_input))}


def _verified(card: Card, key: Kid, expires: datetime) -> VendorCard:
    known = {kind.value for kind in OrganisationKind}
    return VendorCard(
        key=key,
        name=card.name,
        serial=card.serial,
        expires=expires,
        endpoint=check_endpoint(card.endpoint),
        versions=card.versions,
        categories=card.categories,
        regions=card.regions,
        terms=tuple(
            AcceptedTerms(roster=terms.roster, version=terms.version, entry=Digest(terms.entry)) for terms in card.terms
        ),
        currencies=card.currencies,
        languages=card.languages,
        kind=OrganisationKind(card.kind) if card.kind in known else OrganisationKind.OTHER,
        about=card.about,
        email=card.email,
        url=card.url,
        privacy=card.privacy,
        kinds=() if isinstance(card.kinds, UnsetType) else card.kinds,
    )
