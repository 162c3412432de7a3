"""A vendor that keeps the protocol with the protocol's own functions, until a test tells it where to lie.

`script` decides what is said after each message of the person; `answers` may replace any HTTP answer. Never here: what
a person's program should make of it.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from msgspec import UNSET

from tests.fakes.asking_person import published_roster
from tests.fakes.moving_clock import MovingClock
from tests.fakes.scripted_server import answer, raw_server, read_request
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.conversation import Chain, Conversation
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign, proffer
from vrm_desktop.protocol.cards import sign_card
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import with_new_own_key
from vrm_desktop.protocol.messages import AnyMessage, Card, CardTerms, CoSigned
from vrm_desktop.protocol.orders import countersign_order, record_hash
from vrm_desktop.protocol.receiving import decode_again, open_ping, receive
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal
from vrm_desktop.protocol.shapes import write_instant
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.protocol.stamping import stamp

Say = Callable[["Talk", AnyMessage], None]
Answering = Callable[[str, bytes, asyncio.StreamWriter], Awaitable[bool]]
IBAN, OTHER_IBAN = "DE41900000010000000101", "DE30900000010000000202"
PROBLEM = b"Content-Type: application/problem+json\r\n"


@dataclass(slots=True)
class Talk:
    """The vendor's side of one conversation. `letters` is what it hands out, `told` what it got beside messages."""

    vendor: "LyingVendor"
    conversation: Conversation
    ping: messages.Ping
    own: list[MessageId] = field(default_factory=list)
    peer: list[MessageId] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    offers: list[tuple[MessageId, messages.Offer]] = field(default_factory=list)
    remembered: dict[tuple[Side, MessageId], AnyMessage] = field(default_factory=dict)
    values: list[Disclosure] = field(default_factory=list)

    def own_id(self, number: int) -> MessageId | None:
        return self.own[number - 1] if 1 <= number <= len(self.own) else None

    def peer_id(self, number: int) -> MessageId | None:
        return self.peer[number - 1] if 1 <= number <= len(self.peer) else None

    def said(self, side: Side, id: MessageId) -> Kind | None:
        message = self.remembered.get((side, id))
        return kind_of(message) if message is not None else None

    def stored(self, side: Side, id: MessageId) -> AnyMessage | None:
        return self.remembered.get((side, id))

    def disclosed(self) -> Collection[str]:
        return self.told.keys()

    def claims(self) -> dict[str, Any]:
        """The claims of the next honest message."""
        return dict(stamp(self.conversation, exp=self.vendor.clock.now() + timedelta(days=7)))

    def say(self, message: Sealable) -> Sealed:
        """Seal a message properly and hand it out."""
        sealed = seal(self.conversation, message, self.vendor.signer)
        self.conversation = sealed.conversation
        self.own.append(sealed.message_id)
        self.remembered[Side.VENDOR, sealed.message_id] = decode_again(sealed.envelope.jws, (self.vendor.signer.kid,))
        self.hand_out(sealed.envelope)
        return sealed

    def hand_out(self, envelope: Envelope) -> None:
        """Put an envelope on the list, whatever it is."""
        number = len(self.letters) + 1
        self.letters.append({"number": number, "side": "vendor", "envelope": strict_json.decode(envelope.to_bytes())})

    def sign_anyhow(self, signer: SeedSigner, **members: object) -> None:
        """Hand out a message of exactly these members, signed without any check."""
        self.hand_out(Envelope(jws=sign_compact(signer, Typ.MESSAGE, strict_json.encode(members))))

    def sign_out_of_turn(self, kind: str, **members: object) -> None:
        """Sign a message that the vendor's own state has no place for, and let its chain go on from there."""
        claims: dict[str, object] = {"kind": kind, "v": 1}
        for name, value in self.claims().items():
            if isinstance(value, messages.Seen):
                claims[name] = {"seq": value.seq, "id": value.id}
            elif isinstance(value, int | str):
                claims[name] = value
        self.sign_anyhow(self.vendor.signer, **claims, **members)
        identity = Envelope(jws=self.letters[-1]["envelope"]["jws"]).message_id
        chain = Chain(seq=self.conversation.own.seq + 1, last=identity)
        self.conversation = replace(self.conversation, own=chain)
        self.own.append(identity)

    # what an honest vendor says

    def accept_terms(self) -> None:
        """Sign the two agreements as they were proffered."""
        cast, service = (countersign(document, self.vendor.signer) for document in self.ping.agreements)
        self.say(messages.TermsAnswer(**self.claims(), answer="accept", agreements=(cast, service)))

    def counter_terms(self, service: str) -> None:
        """Sign the cast's agreement, and propose another roster entry for the service."""
        cast, _ = self.ping.agreements
        other = proffer(
            self.vendor.signer,
            entry=published_roster().get(service),
            begins=TermsFrom.ACCEPT,
            person=self.conversation.peer_kid,
            vendor=self.vendor.signer.kid,
            made=self.vendor.clock.now().date(),
            nonce=os.urandom(16),
        )
        documents = (countersign(cast, self.vendor.signer), other)
        self.say(messages.TermsAnswer(**self.claims(), answer="counter", agreements=documents))

    def offer(self, **changes: Any) -> None:
        """Offer a bike, with these members otherwise."""
        members: dict[str, Any] = {
            "lines": (messages.OfferLine(title="A bike", unit=41_000, condition="used"),),
            "price": messages.PriceClaim(currency="EUR", items=41_000, total=41_000),
            "binding": True,
            "valid_until": write_instant(self.vendor.clock.now() + timedelta(days=7)),
            "fulfilment": "delivered",
            "payment": ("sepa-transfer",),
        }
        message = messages.Offer(**self.claims(), **{**members, **changes})
        self.offers.append((self.say(message).message_id, message))

    def record(self) -> str:
        """The record up to the accept just heard."""
        assert self.conversation.id is not None
        return record_hash(self.conversation.id, tuple(self.peer), tuple(self.own))

    def confirm(self, accept: messages.Accept, **changes: Any) -> None:
        """Confirm an order, with these members otherwise."""
        payment = messages.Payment(method="sepa-transfer", payee="A shop", iban=IBAN)
        order = countersign_order(accept.order, self.vendor.signer, person=self.conversation.peer_kid)
        members: dict[str, Any] = {"order": order, "record": self.record(), "payment": payment}
        self.say(messages.Confirmation(**self.claims(), **{**members, **changes}))

    def close(self, reason: Any = "ended", *, erased: bool = False) -> None:
        """The last word."""
        self.say(messages.Closure(**self.claims(), reason=reason, erased=erased))


def members_of(document: CoSigned) -> dict[str, object]:
    """A co-signed document as JSON."""
    signatures = [{"protected": one.protected, "signature": one.signature} for one in document.signatures]
    return {"payload": document.payload, "signatures": signatures}


def honest(talk: Talk, message: AnyMessage) -> None:
    """Signs, offers, confirms, closes."""
    match message:
        case messages.Ping():
            talk.accept_terms()
        case messages.Reveal():
            talk.offer()
        case messages.Accept():
            talk.confirm(message)
        case messages.WithdrawCast():
            talk.close("withdrawn", erased=True)
        case messages.End():
            talk.close(erased=True)
        case _:
            pass


@dataclass(slots=True)
class LyingVendor:
    """One vendor. `requests` are the whole requests it got."""

    clock: MovingClock
    signer: SeedSigner = field(default_factory=lambda: SeedSigner(os.urandom(32)))
    url: str = ""
    name: str = "Liar"
    script: Say = honest
    answers: Answering | None = None
    talks: dict[str, Talk] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    down: bool = False
    kinds: tuple[str, ...] = ()
    serial: int = 1
    signer_before: SeedSigner | None = None

    def change_key(self, *, vouched: bool = True) -> None:
        """Sign with a fresh key from now on; the card says so, and the old key signs it too when `vouched`."""
        before, self.signer = self.signer, SeedSigner(os.urandom(32))
        self.signer_before = before if vouched else None
        self.serial += 1
        for talk in self.talks.values():
            talk.conversation = with_new_own_key(talk.conversation, self.signer.kid)

    @property
    def talk(self) -> Talk:
        """The only conversation."""
        (talk,) = self.talks.values()
        return talk

    def card(self) -> bytes:
        """The signed card."""
        entries = [published_roster().get(id_) for id_ in ("PDC-INTENT", "SD-BASE")]
        terms = tuple(CardTerms(roster=one.id, version=one.version, entry=one.entry) for one in entries)
        card = Card(
            serial=self.serial,
            expires=write_instant(self.clock.now() + timedelta(days=90)),
            key=self.signer.kid,
            name=self.name,
            endpoint=f"{self.url}/i",
            categories=("mobility.bicycle",),
            regions=("DE",),
            currencies=("EUR",),
            terms=terms,
            kinds=self.kinds or UNSET,
        )
        return sign_card(card, self.signer, self.signer_before)

    def respond(self, method: str, path: str, body: bytes) -> bytes:
        """The honest HTTP answer."""
        json = b"Content-Type: application/json\r\n"
        if path == "/.well-known/intentcast.json":
            return answer(self.card(), headers=json)
        if method == "POST" and path == "/i/conversations":
            key = self._open(Envelope.from_bytes(body))
            location = f"Location: {self.url}/i/conversations/{key}\r\n".encode()
            return answer(status="202 Accepted", headers=location)
        if not path.startswith("/i/"):
            return answer(status="404 Not Found")
        talk = self.talks[path.split("/")[3]]
        if method == "POST":
            self._take(talk, Envelope.from_bytes(body))
            return answer(status="202 Accepted")
        after = int(path.rpartition("after=")[2])
        rows = [row for row in talk.letters if row["number"] > after]
        return answer(strict_json.encode({"messages": rows[:32], "more": len(rows) > 32}), headers=json)

    def _open(self, envelope: Envelope) -> str:
        opened = open_ping(envelope, desk=self.signer.kid, now=self.clock.now())
        key = str(opened.message_id)
        if key not in self.talks:
            talk = Talk(self, opened.conversation, opened.message, peer=[opened.message_id])
            talk.remembered[Side.PERSON, opened.message_id] = opened.message
            self.talks[key] = talk
            self.script(talk, opened.message)
        return key

    def _take(self, talk: Talk, envelope: Envelope) -> None:
        if envelope.message_id in talk.peer:
            return
        got = receive(talk.conversation, envelope, now=self.clock.now(), history=talk)
        talk.conversation = got.conversation
        talk.peer.append(got.message_id)
        talk.remembered[Side.PERSON, got.message_id] = got.message
        talk.told.update({one.name: one.value for one in got.disclosures})
        talk.values.extend(got.disclosures)
        self.script(talk, got.message)


@asynccontextmanager
async def a_lying_vendor(clock: MovingClock) -> AsyncIterator[LyingVendor]:
    """The vendor at work until the block ends."""
    vendor = LyingVendor(clock)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not vendor.down:
            request = await read_request(reader)
            vendor.requests.append(request)
            head, _, body = request.partition(b"\r\n\r\n")
            method, path, _version = head.split(b"\r\n")[0].decode().split(" ")
            if vendor.answers is not None and await vendor.answers(f"{method} {path}", body, writer):
                continue
            writer.write(vendor.respond(method, path, body))
            await writer.drain()
        writer.transport.abort()

    async with raw_server(converse) as server:
        vendor.url = server.url
        yield vendor
