"""Vectors of meaning: pings whose claims, agreements, digests or companions break a rule. Form is in `envelopes`."""

from collections.abc import Callable
from datetime import timedelta

from vrm_desktop.canon import base64url
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.forging import members_of, signed
from vrm_desktop.conformance.rules import Level
from vrm_desktop.conformance.vectors.vector import Place, Vector, changed, ping_with, vector
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import proffer
from vrm_desktop.protocol.messages import CoSigned
from vrm_desktop.protocol.signing import SeedSigner, Signer, Typ, cosign

_OPENING, _CORE = Place.OPENING, Level.CORE


def _text(
    asker: Asker,
    begins: TermsFrom,
    *,
    person: Kid | None = None,
    vendor: Kid | None = None,
    signer: Signer | None = None,
    nonce: bytes = b"",
) -> CoSigned:
    by = signer or asker.signer
    return proffer(
        by,
        entry=asker.ask.terms[0 if begins is TermsFrom.PING else 1],
        begins=begins,
        person=person or asker.signer.kid,
        vendor=vendor or asker.conversation.peer_kid,
        made=asker.today,
        nonce=nonce or asker.random(16),
    )


def _agreements(build: Callable[[Asker], tuple[CoSigned, ...]]) -> Callable[[Asker], bytes]:
    """A ping that carries other agreements."""

    def make(asker: Asker) -> bytes:
        documents = [
            {
                "payload": one.payload,
                "signatures": [{"protected": s.protected, "signature": s.signature} for s in one.signatures],
            }
            for one in build(asker)
        ]
        return signed(changed(asker.ping(), agreements=documents), asker.signer)

    return make


def _for_another_desk(asker: Asker) -> tuple[CoSigned, ...]:
    other = SeedSigner(asker.random(32)).kid
    return _text(asker, TermsFrom.PING, vendor=other), asker.proffered[1]


def _of_another_person(asker: Asker) -> tuple[CoSigned, ...]:
    other = SeedSigner(asker.random(32))
    return _text(asker, TermsFrom.PING, person=other.kid, signer=other), asker.proffered[1]


def _one_nonce(asker: Asker) -> tuple[CoSigned, ...]:
    nonce = asker.random(16)
    return _text(asker, TermsFrom.PING, nonce=nonce), _text(asker, TermsFrom.ACCEPT, nonce=nonce)


def _signed_as_message(asker: Asker) -> tuple[CoSigned, ...]:
    payload = base64url.decode(asker.proffered[0].payload)
    return cosign(asker.signer, Typ.MESSAGE, payload), asker.proffered[1]


def _signature_changed(asker: Asker) -> tuple[CoSigned, ...]:
    first, second = asker.proffered
    return CoSigned(payload=first.payload, signatures=second.signatures), second


def _digests(build: Callable[[list[JsonValue]], list[JsonValue]]) -> Callable[[Asker], bytes]:
    def make(asker: Asker) -> bytes:
        return signed(changed(asker.ping(), digests=build(list(asker.digests))), asker.signer)

    return make


def _audience(asker: Asker) -> bytes:
    return signed(changed(asker.ping(), aud=SeedSigner(asker.random(32)).kid), asker.signer)


def _late(asker: Asker) -> bytes:
    return signed(changed(asker.ping(), exp=(asker.today - timedelta(days=2)).isoformat()), asker.signer)


def _exact(asker: Asker) -> bytes:
    return signed(changed(asker.ping(), exp=f"{asker.today + timedelta(days=2)}T12:00:00Z"), asker.signer)


def _in_conversation(asker: Asker) -> bytes:
    return signed(changed(asker.ping(), conv=base64url.encode(asker.random(32))), asker.signer)


def _companion(asker: Asker) -> bytes:
    return signed(members_of(asker.ping()), asker.signer, disclosures=(asker.disclosures[0].text,))


def _unserved_category(asker: Asker) -> bytes:
    return signed(changed(asker.ping(), category=asker.ask.unserved_category, attributes={}), asker.signer)


def _unserved_area(asker: Asker) -> bytes:
    area = asker.ask.unserved_area
    return signed(changed(asker.ping(), area={"country": area.country if area else "XX"}), asker.signer)


UNSERVED_CATEGORY = vector("category-not-served", "3", _OPENING, "A category that the card does not list",
                           "not-served", _unserved_category, level=_CORE)  # fmt: skip
UNSERVED_AREA = vector("region-not-served", "3", _OPENING, "A region that the card does not list",
                       "not-served", _unserved_area)  # fmt: skip

VECTORS: tuple[Vector, ...] = (
    vector("audience-another", "4", _OPENING, "A ping for another desk", "wrong-audience", _audience, level=_CORE),
    vector("ping-expired", "4", _OPENING, "A ping two days after its `exp`", "expired", _late, level=_CORE),
    vector("ping-exact-time", "4", _OPENING, "A ping whose `exp` is an instant", "malformed", _exact),
    vector("ping-no-such-day", "3", _OPENING, "A day that does not exist", "malformed",
           ping_with(answers_by="2027-02-30")),
    vector("ping-day-and-line-end", "3", _OPENING, "A day with a line end after it", "malformed",
           ping_with(answers_by="2027-02-20\n")),
    vector("ping-not-the-first", "4", _OPENING, "A ping that says to be the second message", "malformed missing",
           ping_with(seq=2)),
    vector("ping-in-conversation", "4", _OPENING, "A ping with a `conv`", "malformed wrong-audience",
           _in_conversation),
    vector("version-another", "3", _OPENING, "Another version", "not-served", ping_with(v=2), level=_CORE),
    vector("must-unknown", "4", _OPENING, "A `must` that names something unknown", "unsupported",
           ping_with(must=["zz-unknown"], **{"zz-unknown": True}), level=_CORE),
    vector("kind-unknown", "3", _OPENING, "An unknown kind", "malformed", ping_with(kind="zz-unknown"), level=_CORE),
    vector("kind-not-opening", "7", _OPENING, "Another kind than a ping", "malformed",
           ping_with(kind="terms-refuse")),
    UNSERVED_CATEGORY,
    UNSERVED_AREA,
    vector("region-of-another-country", "7", _OPENING, "A region of another country", "malformed",
           ping_with(area={"country": "DE", "region": "FR-75"})),
    vector("ping-no-read", "7", _OPENING, "A ping without `read`", "malformed", ping_with(read=None), level=_CORE),
    vector("ping-exact-asked", "7", _OPENING, "An exact number of those asked", "malformed", ping_with(asked="4")),
    vector("digests-unsorted", "6", _OPENING, "Digests that are not sorted", "malformed",
           _digests(lambda digests: digests[::-1])),
    vector("digests-unpadded", "6", _OPENING, "Digests whose number is no multiple of 16", "malformed",
           _digests(lambda digests: digests[1:])),
    vector("digests-none", "6", _OPENING, "A ping without digests", "malformed", _digests(lambda _: [])),
    vector("digest-twice", "6", _OPENING, "A digest twice", "malformed",
           _digests(lambda digests: [*digests[:-1], digests[-2]])),
    vector("ping-with-disclosure", "6", _OPENING, "A disclosure beside a ping", "bad-disclosure", _companion,
           level=_CORE),
    vector("agreement-missing", "5", _OPENING, "One agreement instead of two", "malformed bad-agreement",
           _agreements(lambda asker: asker.proffered[:1])),
    vector("agreements-in-another-order", "5", _OPENING, "The two agreements in the other order", "bad-agreement",
           _agreements(lambda asker: asker.proffered[::-1])),
    vector("agreements-one-nonce", "5", _OPENING, "Two agreements with one nonce", "bad-agreement",
           _agreements(_one_nonce)),
    vector("agreement-of-another-desk", "5", _OPENING, "An agreement with another desk", "bad-agreement",
           _agreements(_for_another_desk), level=_CORE),
    vector("agreement-of-another-person", "5", _OPENING, "An agreement of another person",
           "bad-agreement bad-signature", _agreements(_of_another_person)),
    vector("agreement-signature-changed", "5", _OPENING, "An agreement whose signature does not hold",
           "bad-signature bad-agreement", _agreements(_signature_changed), level=_CORE),
    vector("agreement-signed-as-message", "1", _OPENING, "An agreement under a message's signature",
           "bad-signature bad-agreement", _agreements(_signed_as_message)),
)  # fmt: skip
"""All but the form; those that need something the card does not list have no occasion where it lists everything."""
