"""Lies on the card: each is a card that a person's program refuses, or should."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.misbehaving.house import House, MakeCard, published
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.vectors.envelopes import SmallOrderSigner
from vrm_desktop.protocol.messages import Card
from vrm_desktop.protocol.shapes import payload_of, struct_of, write_instant
from vrm_desktop.protocol.signing import Signer, Typ, protected_header


def _changed(card: Card, **members: object) -> Card:
    value: dict[str, Any] = {**_members(card), **members}
    return struct_of(value, Card)


def _members(card: Card) -> dict[str, Any]:
    value = strict_json.decode(payload_of(card))
    if not isinstance(value, dict):
        raise TypeError("a card is an object")
    return value


def _signed(members: Mapping[str, object], signer: Signer) -> bytes:
    """Any members under a signature that holds."""
    protected = protected_header(Typ.CARD, signer.kid)
    signing_input = f"{protected}.{base64url.encode(strict_json.encode(members))}".encode("ascii")
    signature = {"protected": protected, "signature": base64url.encode(signer.sign(signing_input))}
    return strict_json.encode({**members, "signature": signature})


def _with(**members: object) -> MakeCard:
    return lambda house, card: _signed({**_members(card), **members}, house.signer)


def _forged(house: House, card: Card) -> bytes:
    return published(house, card).replace(b"Scripted vendor", b"Somebody's else")


def _expired(house: House, card: Card) -> bytes:
    return published(house, _changed(card, expires=write_instant(house.now() - timedelta(days=1))))


def _for_ever(house: House, card: Card) -> bytes:
    return published(house, _changed(card, expires=write_instant(house.now() + timedelta(days=3660))))


def _falling(house: House, card: Card) -> bytes:
    return published(house, _changed(card, serial=100 - house.served))


def _small_order(_house: House, card: Card) -> bytes:
    signer = SmallOrderSigner()
    return _signed({**_members(card), "key": signer.kid}, signer)


CARD_LIES: Mapping[str, Scenario] = {
    "bad-card": Scenario(lie="the card was changed after it was signed", card=_forged),
    "expired-card": Scenario(lie="the card expired yesterday", card=_expired),
    "eternal-card": Scenario(lie="the card lives for ten years", card=_for_ever),
    "falling-serial": Scenario(lie="every card has a lower serial than the one before", card=_falling),
    "small-order-key": Scenario(lie="the card's key is of small order, and anything verifies", card=_small_order),
    "huge-card": Scenario(lie="the card has more than 32 KiB", card=_with(**{"zz-more": "x" * 40_000})),
    "card-elsewhere": Scenario(
        lie="the endpoint is plain http on the net", card=_with(endpoint="http://vendor.example/i")
    ),
    "card-tomorrow": Scenario(lie="the card is of another version of the protocol", card=_with(v=2)),
    "no-categories": Scenario(lie="the card lists categories of its own making", card=_with(categories=["shoes.red"])),
}
