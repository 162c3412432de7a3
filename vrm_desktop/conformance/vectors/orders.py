"""Vectors on an offer: accepts whose order is not the offer, counters for offers never made, reveals told twice."""

from collections.abc import Callable

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.errors import NotToBeHad
from vrm_desktop.conformance.forging import Members, members_of, signed
from vrm_desktop.conformance.rules import Level
from vrm_desktop.conformance.vectors.vector import Place, Vector, changed, vector, words
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.protocol.messages import Offer
from vrm_desktop.protocol.signing import SeedSigner, Signer, Typ, protected_header

_OFFERED, _CORE = Place.OFFERED, Level.CORE


def latest_offer(asker: Asker) -> tuple[MessageId, Offer]:
    """The offer heard last.

    Raises:
        NotToBeHad: none was made.
    """
    for id_, message in reversed(asker.heard):
        if isinstance(message, Offer):
            return id_, message
    raise NotToBeHad("the desk made no offer")


def _hash(asker: Asker) -> str:
    return base64url.encode(asker.random(32))


def _order(
    change: Callable[[Asker, Members], None], by: Callable[[Asker], Signer] | None = None
) -> Callable[[Asker], bytes]:
    """An honest accept whose order text is changed in place and signed again."""

    def make(asker: Asker) -> bytes:
        sealed = asker.accept(*latest_offer(asker))
        members = members_of(sealed)
        text = strict_json.decode(base64url.decode(asker.order_of(sealed).payload))
        if not isinstance(text, dict):
            raise TypeError("an order is an object")
        change(asker, text)
        signer = by(asker) if by is not None else asker.signer
        payload, protected = base64url.encode(strict_json.encode(text)), protected_header(Typ.ORDER, asker.signer.kid)
        signature = base64url.encode(signer.sign(f"{protected}.{payload}".encode("ascii")))
        members["order"] = {"payload": payload, "signatures": [{"protected": protected, "signature": signature}]}
        return signed(members, asker.signer, disclosures=sealed.envelope.disclosures)

    return make


def _price(_asker: Asker, text: Members) -> None:
    price = text["price"]
    if isinstance(price, dict) and isinstance(price["items"], int) and isinstance(price["total"], int):
        text["price"] = {**price, "items": price["items"] + 1, "total": price["total"] + 1}
    else:
        text["price"] = {"currency": "EUR", "fees": 0, "items": 1, "shipping": 0, "tax": 0, "total": 1}


def _lines(_asker: Asker, text: Members) -> None:
    lines = text["lines"]
    if isinstance(lines, list) and isinstance(lines[0], dict):
        text["lines"] = [{**lines[0], "title": "Two of them"}, *lines[1:]]


def _set(**members: object) -> Callable[[Asker, Members], None]:
    return lambda _asker, text: text.update(members)  # type: ignore[arg-type] # JSON all of it


def _random(name: str) -> Callable[[Asker, Members], None]:
    return lambda asker, text: text.update({name: _hash(asker)})


def _binding(_asker: Asker, text: Members) -> None:
    text["binding"] = text["binding"] is not True


def _digest_gone(_asker: Asker, text: Members) -> None:
    digests = text["digests"]
    if isinstance(digests, list):
        text["digests"] = digests[1:]


def _left_out(asker: Asker) -> bytes:
    sealed = asker.accept(*latest_offer(asker))
    return signed(members_of(sealed), asker.signer, disclosures=sealed.envelope.disclosures[1:])


def _other_offer(asker: Asker) -> bytes:
    sealed = asker.accept(*latest_offer(asker))
    return signed(changed(sealed, offer=_hash(asker)), asker.signer, disclosures=sealed.envelope.disclosures)


def _counter(asker: Asker) -> bytes:
    members = changed(words(asker), kind="counter", text=None, offer=_hash(asker), total=1, currency="EUR")
    return signed(members, asker.signer)


def _reveal_again(asker: Asker) -> bytes:
    sealed = next(each for each in asker.sent if members_of(each)["kind"] == "reveal")
    place = {name: value for name, value in members_of(words(asker)).items() if name in {"seq", "prev", "seen"}}
    return signed({**members_of(sealed), **place}, asker.signer, disclosures=sealed.envelope.disclosures)


def _honest(_asker: Asker, _text: Members) -> None:
    """Nothing changed."""


VECTORS: tuple[Vector, ...] = (
    vector("order-other-price", "7", _OFFERED, "An order at another price", "bad-order", _order(_price), level=_CORE),
    vector("order-other-lines", "7", _OFFERED, "An order of something else", "bad-order", _order(_lines)),
    vector("order-other-payment", "7", _OFFERED, "A way to pay that the offer does not name", "bad-order",
           _order(_set(payment="cowries"))),
    vector("order-other-day", "7", _OFFERED, "An order for another day", "bad-order", _order(_set(by="2031-01-01"))),
    vector("order-binding-changed", "7", _OFFERED, "An order that says otherwise whether the offer is binding",
           "bad-order", _order(_binding)),
    vector("order-of-another-conversation", "7", _OFFERED, "An order of another conversation", "bad-order",
           _order(_random("conv"))),
    vector("order-of-another-offer", "7", _OFFERED, "An order whose text names another offer", "bad-order",
           _order(_random("offer"))),
    vector("order-of-another-agreement", "5", _OFFERED, "An order under another agreement", "bad-order",
           _order(_random("agreement"))),
    vector("order-for-another-desk", "7", _OFFERED, "An order with another desk", "bad-order",
           _order(_random("vendor"))),
    vector("order-signed-by-another", "7", _OFFERED, "An order that another key signed", "bad-signature bad-order",
           _order(_honest, lambda asker: SeedSigner(asker.random(32))), level=_CORE),
    vector("order-digest-missing", "6", _OFFERED, "A value whose digest the order does not hold",
           "bad-disclosure", _order(_digest_gone)),
    vector("accept-left-out", "6", _OFFERED, "An accept that lacks a disclosure", "bad-disclosure", _left_out),
    vector("accept-of-another-offer", "7", _OFFERED, "An accept of an offer that was not made", "bad-order",
           _other_offer, level=_CORE),
    vector("counter-of-another-offer", "7", _OFFERED, "A counter to an offer that was not made",
           "malformed bad-order", _counter),
    vector("reveal-again", "7", _OFFERED, "A second reveal", "not-allowed-now", _reveal_again),
)  # fmt: skip
"""All are posted where an honest accept of the desk's latest offer would be taken."""
