"""Vectors of what is said beside and after an order. A desk that does not know a kind refuses it as `malformed`."""

from collections.abc import Callable

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.asker import VALID, Asker
from vrm_desktop.conformance.forging import Members, members_of, signed
from vrm_desktop.conformance.vectors.vector import Place, Vector, changed, vector, words
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.keys import key_proof
from vrm_desktop.protocol.messages import Contact
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.sealing import seal
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.protocol.stamping import stamp

_TALKING, _OPENING = Place.TALKING, Place.OPENING
_NOWHERE = "A" * 43
_CASE = {"about": "data", "what": "What do you hold?", "want": "answer"}


def _says(kind: str, **members: object) -> Callable[[Asker], bytes]:
    """A message of that kind in the place of a message of words."""
    return lambda asker: signed(_later(asker, kind, **members), asker.signer)


def _later(asker: Asker, kind: str, **members: object) -> Members:
    return changed(words(asker), text=None, **{"kind": kind, **members})


def _values(kind: str, change: Callable[[Asker, Members], None]) -> Callable[[Asker], bytes]:
    """An update or a grant of one value that was never told or wished for, changed further."""

    def make(asker: Asker) -> bytes:
        value = Disclosure.fresh("profile.phone", "+49 221 555 0100", asker.random)
        item = {"digest": value.digest, "purpose": "service", "until": asker.today.isoformat()}
        members = _later(asker, kind, agreement=asker.agreed()[0].hash, items=[item])
        change(asker, members)
        return signed(members, asker.signer, disclosures=(value.text,))

    return make


def _nothing(_asker: Asker, _members: Members) -> None:
    """As it is."""


def _consent(of: Callable[[Asker], str]) -> Callable[[Asker, Members], None]:
    def change(asker: Asker, members: Members) -> None:
        members.update(of=of(asker), consent=True)

    return change


def _without(asker: Asker, members: Members) -> None:
    del asker
    members["items"] = []


def _key_change(build: Callable[[Asker, SeedSigner], tuple[str, str]]) -> Callable[[Asker], bytes]:
    """A key-change with the key and the proof that `build` makes; it gets a fresh key."""

    def make(asker: Asker) -> bytes:
        kid, proof = build(asker, SeedSigner(asker.random(32)))
        return signed(_later(asker, "key-change", kid=kid, proof=proof), asker.signer)

    return make


def _of_another_key(asker: Asker, new: SeedSigner) -> tuple[str, str]:
    return new.kid, key_proof(asker.conversation, SeedSigner(asker.random(32)))


def _of_another_conversation(asker: Asker, new: SeedSigner) -> tuple[str, str]:
    elsewhere = Conversation(side=Side.PERSON, own_kid=asker.signer.kid, peer_kid=asker.conversation.peer_kid)
    return new.kid, key_proof(elsewhere, new)


def _to_itself(asker: Asker, _new: SeedSigner) -> tuple[str, str]:
    return asker.signer.kid, key_proof(asker.conversation, asker.signer)


def contact_members(asker: Asker) -> Members:
    """The payload of an honest contact."""
    message = Contact(
        **stamp(asker.conversation, exp=asker.today + VALID),
        about="question",
        read=read_hash(asker.secret),
        agreements=asker.proffered,
        digests=asker.digests,
    )
    return members_of(seal(asker.conversation, message, asker.signer))


def _contact(change: Callable[[Asker, Members], None]) -> Callable[[Asker], bytes]:
    def make(asker: Asker) -> bytes:
        members = contact_members(asker)
        change(asker, members)
        return signed(members, asker.signer)

    return make


def _known_elsewhere(asker: Asker, members: Members) -> None:
    older = SeedSigner(asker.random(32))
    payload = {"conv": _NOWHERE, "kid": asker.signer.kid, "vendor": base64url.encode(asker.random(32))}
    members["known"] = sign_compact(older, Typ.KNOWN, _canonical(payload))


def _known_of_another(asker: Asker, members: Members) -> None:
    older = SeedSigner(asker.random(32))
    payload = {"conv": _NOWHERE, "kid": base64url.encode(asker.random(32)), "vendor": asker.conversation.peer_kid}
    members["known"] = sign_compact(older, Typ.KNOWN, _canonical(payload))


def _canonical(value: dict[str, str]) -> bytes:
    return strict_json.encode(value)


def _one_agreement(_asker: Asker, members: Members) -> None:
    both = members["agreements"]
    members["agreements"] = both[:1] if isinstance(both, list) else both


def _unpadded(_asker: Asker, members: Members) -> None:
    digests = members["digests"]
    members["digests"] = digests[1:] if isinstance(digests, list) else digests


def _free_words(_asker: Asker, members: Members) -> None:
    members["about"] = "my neighbour's dog"


VECTORS: tuple[Vector, ...] = (
    vector("case-without-currency", "7", _TALKING, "An amount without its currency", "malformed",
           _says("case", **_CASE, amount=100)),
    vector("case-of-nothing", "7", _TALKING, "A case that goes on with one that was never opened", "malformed",
           _says("case", **_CASE, case=_NOWHERE)),
    vector("case-evidence-elsewhere", "7", _TALKING, "Evidence that is no message of the conversation", "malformed",
           _says("case", **_CASE, evidence=[_NOWHERE])),
    vector("case-of-another-order", "7", _TALKING, "A case about an order that was never made", "bad-order malformed",
           _says("case", **_CASE, order=_NOWHERE)),
    vector("case-answer-of-nothing", "7", _TALKING, "An answer in a case that was never opened", "malformed",
           _says("case-answer", case=_NOWHERE, answer="resolved")),
    vector("case-answer-of-a-vendor", "7", _TALKING, "The vendor's shape of `case-answer`", "malformed",
           _says("case-answer", case=_NOWHERE, answer="done")),
    vector("data-request-of-a-vendor", "7", _TALKING, "The vendor's shape of `data-request`", "malformed",
           _says("data-request", fields=[{"name": "a", "purpose": "quote", "days": 1}], why="")),
    vector("refuse-of-nothing", "7", _TALKING, "A refusal of what was never wished for", "malformed",
           _says("refuse", of=_NOWHERE, reason="terms")),
    vector("withdraw-consent-of-nothing", "7", _TALKING, "A consent taken back that was never given", "malformed",
           _says("withdraw-consent", of=_NOWHERE)),
    vector("grant-of-nothing", "7", _TALKING, "A grant of what was never wished for", "malformed",
           _values("grant", _consent(lambda _: _NOWHERE))),
    vector("grant-of-a-ping", "7", _TALKING, "A grant of a message that is no data-request", "malformed",
           _values("grant", _consent(lambda asker: asker.id))),
    vector("update-never-disclosed", "6", _TALKING, "An update of a field that was never told",
           "bad-disclosure malformed", _values("update", _nothing)),
    vector("update-of-nothing", "7", _TALKING, "An update without items", "malformed", _values("update", _without)),
    vector("notice-no-such-day", "7", _TALKING, "A notice by a day that does not exist", "malformed",
           _says("notice", about="deadline", by="2027-02-30")),
    vector("voice-empty", "7", _TALKING, "A voice without words", "malformed",
           _says("voice", topic="idea")),
    vector("order-change-too-early", "7", _TALKING, "An order-change before there is an order",
           "not-allowed-now malformed", _says("order-change", order=_NOWHERE, what="cancel")),
    vector("key-change-of-another-key", "4", _TALKING, "A key-change with the proof of another key",
           "bad-signature malformed", _key_change(_of_another_key)),
    vector("key-change-of-another-conversation", "4", _TALKING, "A key-change with a proof for elsewhere",
           "bad-signature malformed", _key_change(_of_another_conversation)),
    vector("key-change-to-itself", "4", _TALKING, "A key-change to the key in use", "bad-signature malformed",
           _key_change(_to_itself)),
    vector("contact-again", "7", _TALKING, "A contact in a conversation", "not-allowed-now malformed",
           lambda asker: signed({**contact_members_of_first(asker), **_place(asker)}, asker.signer)),
    vector("contact-one-agreement", "5", _OPENING, "A contact with one agreement", "malformed",
           _contact(_one_agreement)),
    vector("contact-unpadded", "6", _OPENING, "A contact whose digests are not padded", "malformed",
           _contact(_unpadded)),
    vector("contact-free-words", "7", _OPENING, "A contact about something outside the closed list", "malformed",
           _contact(_free_words)),
    vector("contact-known-elsewhere", "4", _OPENING, "A `known` for another desk", "bad-signature malformed",
           _contact(_known_elsewhere)),
    vector("contact-known-of-another", "4", _OPENING, "A `known` for another person's key", "bad-signature malformed",
           _contact(_known_of_another)),
)  # fmt: skip
"""Where a desk does not list a kind in its card, `malformed` is right for all of them."""


def contact_members_of_first(asker: Asker) -> Members:
    """The payload of a contact, as if the conversation had begun with it."""
    opening = {name: value for name, value in members_of(asker.sent[0]).items() if name in {"read", "agreements"}}
    return {**opening, "kind": "contact", "about": "question", "digests": list(asker.digests)}


def _place(asker: Asker) -> Members:
    here = {"v", "aud", "exp", "seq", "prev", "conv", "seen"}
    return {name: value for name, value in members_of(words(asker)).items() if name in here}
