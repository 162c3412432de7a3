"""Lies in signed messages: wrong signatures and chains, terms and orders of another text, prices, account numbers."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from vrm_desktop.canon import base64url
from vrm_desktop.conformance.forging import members_of, signed
from vrm_desktop.conformance.misbehaving.account import IBAN, OTHER_IBAN
from vrm_desktop.conformance.misbehaving.house import CURRENCY, SERVICE, Script, Talk
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.script import honest
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign, proffer
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.messages import AnyMessage, CoSigned
from vrm_desktop.protocol.sealing import Sealable, seal
from vrm_desktop.protocol.shapes import write_instant
from vrm_desktop.protocol.signing import SeedSigner, Signer, Typ, cosign
from vrm_desktop.protocol.stamping import stamp

Tell = Callable[[Talk], None]


def _after(kind: type[AnyMessage], tell: Tell, *, instead: bool = True) -> Script:
    """Honest, but after a message of `kind` tell this: instead of what is honest, or after it."""

    def script(talk: Talk, message: AnyMessage) -> None:
        if not isinstance(message, kind):
            honest(talk, message)
            return
        if not instead:
            honest(talk, message)
        tell(talk)

    return script


def show(talk: Talk, message: Sealable, changes: Mapping[str, object], *, signer: Signer | None = None) -> None:
    """Hand out a message with claims or members changed, under a signature that holds; it joins no honest chain."""
    by = signer or talk.house.signer
    members = {**members_of(seal(talk.conversation, message, talk.house.signer)), **changes}
    talk.show(Side.VENDOR, Envelope.from_bytes(signed(members, by)))


def _words(talk: Talk, text: str = "By the way …") -> messages.Message:
    return messages.Message(**talk.claims(), text=text)


def _hash(talk: Talk) -> str:
    return base64url.encode(talk.house.random(32))


def _flipped(talk: Talk) -> None:
    head, _, signature = seal(talk.conversation, _words(talk), talk.house.signer).envelope.jws.rpartition(".")
    raw = bytearray(base64url.decode(signature))
    raw[7] ^= 1
    talk.show(Side.VENDOR, Envelope(jws=f"{head}.{base64url.encode(bytes(raw))}"))


def _other_key(talk: Talk) -> None:
    show(talk, _words(talk), {}, signer=SeedSigner(talk.house.random(32)))


def _fork(talk: Talk) -> None:
    before = talk.claims()
    talk.offer()
    previous = {"prev": before["prev"]} if isinstance(before["prev"], str) else {}
    show(talk, _words(talk), {"seq": before["seq"], **previous})


def _replay(talk: Talk) -> None:
    talk.offer()
    talk.show(Side.VENDOR, Envelope.from_value(talk.rows[-1]["envelope"]))


def _future_kind(talk: Talk) -> None:
    show(talk, _words(talk), {"kind": "zz-unknown"})


def _bad_sum(talk: Talk) -> None:
    price = {"currency": CURRENCY, "items": 41_000, "shipping": 0, "fees": 990, "tax": 0, "total": 41_000}
    show(talk, messages.Offer(**talk.claims(), **_offer(talk)), {"price": price})


def _offer(talk: Talk) -> dict[str, Any]:
    return {
        "lines": (messages.OfferLine(title="A thing", unit=41_000),),
        "price": messages.PriceClaim(currency=CURRENCY, items=41_000, total=41_000),
        "binding": True,
        "valid_until": write_instant(talk.house.now() + timedelta(days=7)),
        "fulfilment": "delivered",
    }


def _other_text(talk: Talk) -> None:
    """ "Accepts" a text of its own, under the signature that the person gave to another."""
    house, person = talk.house, talk.conversation.peer_kid
    other = proffer(
        house.signer,
        entry=house.roster.get("SD-BASE-ATP"),
        begins=TermsFrom.ACCEPT,
        person=person,
        vendor=house.signer.kid,
        made=house.now().date(),
        nonce=house.random(16),
    )
    taken = CoSigned(payload=other.payload, signatures=(talk.ping.agreements[1].signatures[0], *other.signatures))
    first = countersign(talk.ping.agreements[0], house.signer)
    talk.say(messages.TermsAnswer(**talk.claims(), answer="accept", agreements=(first, taken)))


def _counter(talk: Talk) -> messages.TermsAnswer:
    house = talk.house
    other = proffer(
        house.signer,
        entry=house.roster.get(f"{SERVICE}-A"),
        begins=TermsFrom.ACCEPT,
        person=talk.conversation.peer_kid,
        vendor=house.signer.kid,
        made=house.now().date(),
        nonce=house.random(16),
    )
    talk.answered = (countersign(talk.ping.agreements[0], house.signer), other)
    return messages.TermsAnswer(**talk.claims(), answer="counter", agreements=talk.answered)


def _counter_twice(talk: Talk) -> None:
    talk.say(_counter(talk))
    ended = messages.Acknowledgement(**talk.claims(), of=talk.peer[-1])
    show(talk, ended, {"kind": "terms-answer", "answer": "decline", "agreements": []})


def _one_signature(talk: Talk) -> None:
    talk.say(messages.TermsAnswer(**talk.claims(), answer="accept", agreements=talk.ping.agreements))


def _wrong_record(talk: Talk, accept: messages.Accept) -> None:
    talk.confirm(accept, record=_hash(talk))


def _other_order(talk: Talk, accept: messages.Accept) -> None:
    payload = base64url.decode(accept.order.payload).replace(b'"made":"20', b'"made":"19')
    order = cosign(talk.house.signer, Typ.ORDER, payload)
    both = CoSigned(payload=order.payload, signatures=(accept.order.signatures[0], *order.signatures))
    talk.confirm(accept, order=both)


def _other_way_to_pay(talk: Talk, accept: messages.Accept) -> None:
    talk.confirm(accept, payment=messages.Payment(method="vendor-link", link="https://pay.example/"))


def _second_iban(talk: Talk, accept: messages.Accept) -> None:
    talk.confirm(accept)
    talk.say(_words(talk, f"Our account has changed, please pay to {OTHER_IBAN}."))


def _closes(talk: Talk, _accept: messages.Accept) -> None:
    talk.close("other")


def _on_accept(tell: Callable[[Talk, messages.Accept], None]) -> Script:
    def script(talk: Talk, message: AnyMessage) -> None:
        if isinstance(message, messages.Accept):
            tell(talk, message)
        else:
            honest(talk, message)

    return script


def _too_many(talk: Talk) -> None:
    before = talk.conversation
    for _ in range(5):
        talk.offer()
    sixth = seal(before, messages.Offer(**stamp(before, exp=talk.house.now()), **_offer(talk)), talk.house.signer)
    claims = {name: value for name, value in talk.claims().items() if name in {"seq", "prev"}}
    talk.show(Side.VENDOR, Envelope.from_bytes(signed({**members_of(sixth), **claims}, talk.house.signer)))


def _withdrawn(talk: Talk) -> None:
    talk.offer()
    talk.say(messages.OfferWithdrawn(**talk.claims(), offer=talk.offers[-1][0]))


def _silent(_talk: Talk) -> None:
    """Says nothing."""


def _marked_link(talk: Talk) -> None:
    link = f"https://shop.example/thing?visitor={talk.conversation.id}"
    talk.offer(lines=(messages.OfferLine(title="A thing as asked for", unit=41_000, link=link),))


def _of_old(talk: Talk) -> None:
    talk.offer(valid_until=write_instant(talk.house.now() - timedelta(days=1)))


def _other_currency(talk: Talk) -> None:
    talk.offer(price=messages.PriceClaim(currency="USD", items=41_000, total=41_000))


def _talks_on(talk: Talk) -> None:
    _show_ended(talk, "One more thing: we have a sale!")


def _show_ended(talk: Talk, text: str) -> None:
    """A message in a conversation that is over: its claims are right, its place is not."""
    members = {**talk.claims(), "kind": "message", "text": text, "v": 1}
    seen = members["seen"]
    members["seen"] = {"id": talk.peer[-1], "seq": len(talk.peer)} if seen else None
    talk.show(Side.VENDOR, Envelope.from_bytes(signed(members, talk.house.signer)))


def _plain_offer() -> dict[str, object]:
    return {
        "kind": "offer",
        "binding": False,
        "fulfilment": "delivered",
        "lines": [{"title": "A thing", "unit": 100}],
        "valid_until": "2031-01-01T00:00:00Z",
    }


_R, _P = messages.Reveal, messages.Ping
MESSAGE_LIES: Mapping[str, Scenario] = {
    "wrong-signature": Scenario(lie="the offer's signature does not hold", script=_after(_R, _flipped)),
    "other-key": Scenario(lie="the offer is signed by another key than the card's", script=_after(_R, _other_key)),
    "gap": Scenario(
        lie="a number is left out", script=_after(_R, lambda t: show(t, _words(t), {"seq": t.claims()["seq"] + 1}))
    ),
    "fork": Scenario(lie="two messages bear one number", script=_after(_R, _fork)),
    "replay": Scenario(lie="the same message is handed out twice", script=_after(_R, _replay)),
    "never-seen": Scenario(
        lie="`seen` names a message that the person never sent",
        script=_after(_R, lambda t: show(t, _words(t), {"seen": {"id": _hash(t), "seq": 2}})),
    ),
    "other-audience": Scenario(
        lie="a message is for somebody else", script=_after(_R, lambda t: show(t, _words(t), {"aud": _hash(t)}))
    ),
    "other-conversation": Scenario(
        lie="a message is of another conversation", script=_after(_R, lambda t: show(t, _words(t), {"conv": _hash(t)}))
    ),
    "future-kind": Scenario(lie="a message is of an unknown kind", script=_after(_R, _future_kind)),
    "offers-first": Scenario(
        lie="an offer comes before the terms are signed",
        script=_after(
            _P,
            lambda t: show(t, messages.Acknowledgement(**t.claims(), of=t.peer[-1]), _plain_offer()),
        ),
    ),
    "accepts-other-text": Scenario(lie='the terms are "accepted" with another text', script=_after(_P, _other_text)),
    "one-signature": Scenario(lie='the terms are "accepted" without a signature', script=_after(_P, _one_signature)),
    "counter-twice": Scenario(lie="there is a second answer on terms", script=_after(_P, _counter_twice)),
    "other-currency": Scenario(
        lie="the offer is in a currency that the card does not list", script=_after(_R, _other_currency)
    ),
    "bad-sum": Scenario(lie="the parts of the price do not sum up", script=_after(_R, _bad_sum)),
    "too-many-offers": Scenario(lie="there is a sixth offer", script=_after(_R, _too_many)),
    "withdrawn-binding": Scenario(lie="a binding offer is withdrawn", script=_after(_R, _withdrawn)),
    "offer-of-old": Scenario(lie="the offer was valid until yesterday", script=_after(_R, _of_old)),
    "iban-in-offer": Scenario(
        lie="an offer's note names an account", script=_after(_R, lambda t: t.offer(note=f"Pay to {IBAN}."))
    ),
    "marked-links": Scenario(lie="links carry the conversation's id", script=_after(_R, _marked_link)),
    "wrong-record": Scenario(lie="the confirmation states another record", script=_on_accept(_wrong_record)),
    "other-order": Scenario(lie="the confirmation holds another order", script=_on_accept(_other_order)),
    "other-payment": Scenario(lie="the confirmation wants another way to pay", script=_on_accept(_other_way_to_pay)),
    "second-iban": Scenario(lie="a later message names another account", script=_on_accept(_second_iban)),
    "closes-early": Scenario(lie="an accepted offer is closed instead of confirmed", script=_on_accept(_closes)),
    "silent": Scenario(lie="everything is taken and nothing answered", script=_after(_P, _silent)),
    "no-closure": Scenario(lie="an end is never confirmed", script=_after(messages.End, _silent)),
    "keeps-all": Scenario(
        lie="nothing is erased at the end", script=_after(messages.End, lambda t: t.close("ended", erased=False))
    ),
    "talks-on": Scenario(lie="more is said after the closure", script=_after(messages.End, _talks_on, instead=False)),
}
