"""Vectors inside a conversation: chains, `seen`, expiry, states, and reveals that do not fit what was pledged."""

from collections.abc import Callable
from datetime import timedelta

from vrm_desktop.canon import base64url
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.forging import Members, members_of, signed
from vrm_desktop.conformance.rules import Level
from vrm_desktop.conformance.vectors.vector import Place, Vector, changed, message_with, vector, words
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.shapes import write_instant
from vrm_desktop.protocol.signing import SeedSigner

_TALKING, _CORE = Place.TALKING, Level.CORE


def _hash(asker: Asker) -> str:
    return base64url.encode(asker.random(32))


def _seen(build: Callable[[Asker, int, str], Members]) -> Callable[[Asker], bytes]:
    def make(asker: Asker) -> bytes:
        number, last = len(asker.heard), asker.heard[-1][0]
        return signed(changed(words(asker), seen=build(asker, number, last)), asker.signer)

    return make


def _claim(name: str) -> Callable[[Asker], bytes]:
    """One claim replaced by a random hash."""
    return lambda asker: signed(changed(words(asker), **{name: _hash(asker)}), asker.signer)


def _gap(asker: Asker) -> bytes:
    return signed(changed(words(asker), seq=len(asker.sent) + 2, prev=_hash(asker)), asker.signer)


def _fork(asker: Asker) -> bytes:
    before = asker.sent[-2].message_id if len(asker.sent) > 1 else None
    return signed(changed(words(asker), seq=len(asker.sent), prev=before), asker.signer)


def _late(asker: Asker) -> bytes:
    return signed(changed(words(asker), exp=write_instant(asker.now() - timedelta(hours=1))), asker.signer)


def _by_another(asker: Asker) -> bytes:
    return signed(members_of(words(asker)), SeedSigner(asker.random(32)))


def _companion(asker: Asker) -> bytes:
    return signed(members_of(words(asker)), asker.signer, disclosures=(asker.disclosures[0].text,))


def _ping_again(asker: Asker) -> bytes:
    opening = members_of(asker.sent[0])
    place = {name: value for name, value in members_of(words(asker)).items() if name in {"seq", "prev", "conv", "seen"}}
    return signed({**opening, **place}, asker.signer)


def _counter_early(asker: Asker) -> bytes:
    return signed(
        changed(words(asker), kind="counter", text=None, offer=_hash(asker), total=1, currency="EUR"), asker.signer
    )


def _reveal(change: Callable[[Asker, Members, list[str]], None]) -> Callable[[Asker], bytes]:
    """An honest reveal, its payload and what rides beside it changed in place."""

    def make(asker: Asker) -> bytes:
        sealed = asker.reveal()
        members, texts = members_of(sealed), list(sealed.envelope.disclosures)
        change(asker, members, texts)
        return signed(members, asker.signer, disclosures=tuple(texts))

    return make


def _other_agreement(asker: Asker, members: Members, _texts: list[str]) -> None:
    members["agreement"] = _hash(asker)


def _not_pledged(asker: Asker, members: Members, texts: list[str]) -> None:
    other = Disclosure.fresh("want.place", "Köln", asker.random)
    texts[0] = other.text
    _item(members)["digest"] = other.digest


def _left_out(_asker: Asker, _members: Members, texts: list[str]) -> None:
    del texts[0]


def _one_over(asker: Asker, _members: Members, texts: list[str]) -> None:
    texts.append(Disclosure.fresh("want.place", "Köln", asker.random).text)


def _other_value(_asker: Asker, _members: Members, texts: list[str]) -> None:
    first = Disclosure.from_text(texts[0])
    texts[0] = Disclosure(salt=first.salt, name=first.name, value="Something else").text


def _no_such_day(_asker: Asker, members: Members, _texts: list[str]) -> None:
    _item(members)["until"] = "2027-02-30"


def _item(members: Members) -> Members:
    items = members["items"]
    first = items[0] if isinstance(items, list) else None
    if not isinstance(first, dict):
        raise TypeError("a reveal has items")
    return first


VECTORS: tuple[Vector, ...] = (
    vector("gap", "4", _TALKING, "A gap in the numbers", "missing", _gap, level=_CORE),
    vector("fork", "4", _TALKING, "Another message under a number that is taken", "fork", _fork, level=_CORE),
    vector("prev-another", "4", _TALKING, "A `prev` that is not the last message", "fork", _claim("prev"),
           level=_CORE),
    vector("prev-left-out", "4", _TALKING, "A later message without `prev`", "fork malformed",
           message_with(prev=None)),
    vector("seen-falls", "4", _TALKING, "A `seen` that falls", "bad-seen", message_with(seen=None), level=_CORE),
    vector("seen-never-sent", "4", _TALKING, "A `seen` with another hash", "bad-seen",
           _seen(lambda asker, number, _last: {"id": _hash(asker), "seq": number}), level=_CORE),
    vector("seen-to-come", "4", _TALKING, "A `seen` beyond what the desk has sent", "bad-seen",
           _seen(lambda _asker, number, last: {"id": last, "seq": number + 1})),
    vector("conversation-another", "4", _TALKING, "A message of another conversation", "wrong-audience",
           _claim("conv"), level=_CORE),
    vector("audience-changed", "4", _TALKING, "A later message for another desk", "wrong-audience", _claim("aud")),
    vector("message-expired", "4", _TALKING, "A message an hour after its `exp`", "expired", _late, level=_CORE),
    vector("key-changed", "4", _TALKING, "A message by another key than the ping's", "bad-signature", _by_another,
           level=_CORE),
    vector("message-empty", "7", _TALKING, "A message without words", "malformed", message_with(text="")),
    vector("message-too-long", "7", _TALKING, "A message of 4,001 characters", "malformed",
           message_with(text="x" * 4001)),
    vector("message-with-disclosure", "6", _TALKING, "A disclosure beside a message that has no items",
           "bad-disclosure", _companion),
    vector("ping-again", "7", _TALKING, "A second ping in a conversation", "not-allowed-now malformed", _ping_again),
    vector("counter-too-early", "7", _TALKING, "A counter before there is an offer", "not-allowed-now",
           _counter_early, level=_CORE),
    vector("paid-too-early", "7", _TALKING, "`paid` before there is an order", "not-allowed-now",
           message_with(kind="paid", text=None, order="A" * 43, amount=1, currency="EUR", method="cash")),
    vector("terms-refused-too-late", "5", _TALKING, "`terms-refuse` when nothing was countered", "not-allowed-now",
           message_with(kind="terms-refuse", text=None)),
    vector("vendors-kind", "7", _TALKING, "A kind that only a vendor says", "not-allowed-now malformed",
           message_with(kind="acknowledgement", text=None, of="A" * 43)),
    vector("reveal-of-another-agreement", "5", _TALKING, "A reveal under another agreement", "bad-agreement",
           _reveal(_other_agreement)),
    vector("reveal-not-pledged", "6", _TALKING, "A value that the ping did not pledge", "bad-disclosure",
           _reveal(_not_pledged), level=_CORE),
    vector("reveal-left-out", "6", _TALKING, "A digest without its disclosure", "bad-disclosure",
           _reveal(_left_out), level=_CORE),
    vector("reveal-one-over", "6", _TALKING, "A disclosure without its digest", "bad-disclosure",
           _reveal(_one_over)),
    vector("reveal-value-changed", "6", _TALKING, "A value that does not match its digest", "bad-disclosure",
           _reveal(_other_value)),
    vector("reveal-no-such-day", "6", _TALKING, "A reveal until a day that does not exist", "malformed",
           _reveal(_no_such_day)),
)  # fmt: skip
"""All are posted where an honest message of words, or an honest reveal, would be taken."""
