"""A made-up person's side of one conversation, sans-IO: seals with the protocol's own functions, receives strictly.

Sealing changes nothing until `commit`, so that the same place in a conversation can be tried with many messages.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from vrm_desktop.canon import base64url
from vrm_desktop.conformance.ask import Ask
from vrm_desktop.conformance.errors import NotToBeHad
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, proffer
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure, padded
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.meanings import area_claim
from vrm_desktop.protocol.messages import Accept, AnyMessage, Contact, CoSigned, DataWish, Offer, Ping, TermsAccept
from vrm_desktop.protocol.negotiation import Accepted, Countered
from vrm_desktop.protocol.orders import order_text, record_hash
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.receiving import Received, decode_again, decode_message, receive
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal, seal_accept, seal_grant, seal_reveal, seal_update
from vrm_desktop.protocol.shapes import LEFT_OUT
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.protocol.stamping import Stamp, stamp

VALID = timedelta(days=3)
DELIVERY = {
    "profile.name": "Conformance Test",
    "profile.address.street": "Teststraße 1",
    "profile.address.postcode": "50667",
    "profile.address.locality": "Köln",
    "profile.address.country": "DE",
}


class Asker:
    """One person in one conversation with the desk `vendor`. `random(n)` gives n bytes; `now` is asked every time."""

    def __init__(
        self,
        *,
        vendor: Kid,
        ask: Ask,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
        others: bool = False,
    ) -> None:
        """`others`: proffer the ask's other terms instead of those that the card lists."""
        self.ask, self.now, self.random = ask, now, random
        self.signer = SeedSigner(random(32))
        self.secret = base64url.encode(random(32))
        self.conversation = Conversation(side=Side.PERSON, own_kid=self.signer.kid, peer_kid=vendor)
        self.sent: list[Sealed] = []
        self.heard: list[tuple[MessageId, AnyMessage]] = []
        self.copied: list[Disclosure] = []
        self.agreements: tuple[SignedAgreement, SignedAgreement] | None = None
        values = {"want.title": ask.title, "want.details": ask.details}
        self.disclosures = tuple(Disclosure.fresh(name, value, random) for name, value in values.items())
        self.digests = padded([each.digest for each in self.disclosures], random)
        terms = ask.other_terms if others and ask.other_terms is not None else ask.terms
        cast, service = (
            proffer(
                self.signer,
                entry=entry,
                begins=begins,
                person=self.signer.kid,
                vendor=vendor,
                made=self.today,
                nonce=random(16),
            )
            for entry, begins in zip(terms, (TermsFrom.PING, TermsFrom.ACCEPT), strict=True)
        )
        self.proffered: tuple[CoSigned, CoSigned] = (cast, service)

    @property
    def today(self) -> date:
        """The day it is, in UTC."""
        return self.now().date()

    @property
    def id(self) -> MessageId:
        """The conversation's id, once the ping is committed."""
        if self.conversation.id is None:
            raise NotToBeHad("nothing was sent yet")
        return self.conversation.id

    # what the protocol's History asks for

    def own_id(self, number: int) -> MessageId | None:
        """The id of this person's message of that number."""
        return self.sent[number - 1].message_id if 0 < number <= len(self.sent) else None

    def peer_id(self, number: int) -> MessageId | None:
        """The id of the desk's message of that number."""
        return self.heard[number - 1][0] if 0 < number <= len(self.heard) else None

    def said(self, side: Side, id: MessageId) -> Kind | None:
        """The kind of that side's message with that id."""
        message = self.stored(side, id)
        return kind_of(message) if message is not None else None

    def stored(self, side: Side, id: MessageId) -> AnyMessage | None:
        """That side's message with that id."""
        if side is Side.VENDOR:
            return next((message for known, message in self.heard if known == id), None)
        jws = next((sealed.envelope.jws for sealed in self.sent if sealed.message_id == id), None)
        return decode_again(jws, self.conversation.own_kids) if jws is not None else None

    def disclosed(self) -> Collection[str]:
        """The names of all fields that were told."""
        return {Disclosure.from_text(text).name for sealed in self.sent for text in sealed.envelope.disclosures}

    # sealing: nothing changes

    def ping(self) -> Sealed:
        """The first question."""
        ask = self.ask
        message = Ping(
            **stamp(self.conversation, exp=self.today + VALID),
            category=ask.category,
            attributes=dict(ask.attributes),
            condition="any",
            fulfilment="any",
            area=area_claim(ask.area),
            answers_by=(self.today + timedelta(days=2)).isoformat(),
            needed_by=(self.today + timedelta(days=9)).isoformat(),
            asked="5",
            read=read_hash(self.secret),
            agreements=self.proffered,
            digests=self.digests,
        )
        return seal(self.conversation, message, self.signer)

    def contact(self, *, known: str = "") -> Sealed:
        """A conversation without a want; `known` is an older key's word for this one."""
        message = Contact(
            **stamp(self.conversation, exp=self.today + VALID),
            about="question",
            read=read_hash(self.secret),
            agreements=self.proffered,
            digests=self.digests,
            known=known or LEFT_OUT,
        )
        return seal(self.conversation, message, self.signer)

    def update(self, name: str, value: str) -> Sealed:
        """A new value of a field that was told, under the agreement that covers the order."""
        until = self.today + timedelta(days=30)
        return seal_update(
            self.conversation,
            basis=self.agreed()[1],
            disclosures=((Disclosure.fresh(name, value, self.random), Purpose.DELIVERY, until),),
            disclosed=self.disclosed(),
            exp=self.now() + VALID,
            signer=self.signer,
        )

    def grant(self, of: MessageId, wish: DataWish) -> Sealed:
        """All that the desk's wish names, made up, by consent."""
        until = self.today + timedelta(days=30)
        return seal_grant(
            self.conversation,
            basis=self.agreed()[1],
            of=of,
            wish=wish,
            disclosures=tuple(
                (Disclosure.fresh(one.name, "Conformance Test", self.random), Purpose(one.purpose), until)
                for one in wish.fields
            ),
            consent=True,
            exp=self.now() + VALID,
            signer=self.signer,
        )

    def told(self, of: MessageId | None = None) -> tuple[Disclosure, ...]:
        """All that was told, or what was told beside one message."""
        return tuple(
            Disclosure.from_text(text)
            for sealed in self.sent
            if of in {None, sealed.message_id}
            for text in sealed.envelope.disclosures
        )

    def seal(self, build: Callable[[Stamp], Sealable]) -> Sealed:
        """Any message without values beside it; `build` makes it from its claims."""
        return seal(self.conversation, build(stamp(self.conversation, exp=self.now() + VALID)), self.signer)

    def terms_accept(self, countered: Countered) -> Sealed:
        """The counter closed: both documents with both signatures."""
        cast, service = (
            countersign(document, self.signer) if changed else document
            for document, changed in zip(countered.documents, countered.changed, strict=True)
        )
        return self.seal(lambda claims: TermsAccept(**claims, agreements=(cast, service)))

    def reveal(self) -> Sealed:
        """The want in words, under the first agreement."""
        until = self.today + timedelta(days=30)
        return seal_reveal(
            self.conversation,
            basis=self.agreed()[0],
            disclosures=tuple((each, Purpose.QUOTE, until) for each in self.disclosures),
            pledged=self.digests,
            exp=self.now() + VALID,
            signer=self.signer,
        )

    def accept(self, offer_id: MessageId, offer: Offer, *, payment: str = "") -> Sealed:
        """The order that accepts `offer`, with a made-up address beside it."""
        service, until = self.agreed()[1], self.today + timedelta(days=30)
        given = [Disclosure.fresh(name, value, self.random) for name, value in DELIVERY.items()]
        order = order_text(
            offer,
            offer_id=offer_id,
            agreement=service,
            payment=payment or next(iter(offer.payment), "none"),
            digests=tuple(sorted(each.digest for each in given)),
            made=self.now(),
        )
        return seal_accept(
            self.conversation,
            basis=service,
            order=order,
            disclosures=tuple((each, Purpose.DELIVERY, until) for each in given),
            exp=self.now() + VALID,
            signer=self.signer,
        )

    # what changes this side

    def commit(self, sealed: Sealed) -> Envelope:
        """Make `sealed` the next message of this side."""
        self.sent.append(sealed)
        self.conversation = sealed.conversation
        return sealed.envelope

    def hear(self, envelope: Envelope) -> Received:
        """The desk's next message.

        Raises:
            ProtocolError: it is refused; this side stays as it was.
        """
        received = receive(self.conversation, envelope, now=self.now(), history=self)
        self.conversation = received.conversation
        self.heard.append((received.message_id, received.message))
        self.copied += received.disclosures
        return received

    def agree(self, verdict: Accepted | Countered, closing: Sealed | None = None) -> None:
        """Keep the agreements that stand now; `closing` is this person's terms-accept of a counter."""
        if isinstance(verdict, Accepted):
            self.agreements = verdict.agreements
        elif closing is not None:
            message = decode_message(closing.envelope.jws, self.signer.kid)
            documents = message.agreements if isinstance(message, TermsAccept) else ()
            cast, service = (
                SignedAgreement(document, person=self.signer.kid, vendor=self.conversation.peer_kid)
                for document in documents
            )
            self.agreements = (cast, service)

    def agreed(self) -> tuple[SignedAgreement, SignedAgreement]:
        """The agreements that stand.

        Raises:
            NotToBeHad: there are none.
        """
        if self.agreements is None:
            raise NotToBeHad("the desk did not sign the terms")
        return self.agreements

    def record(self, accept: Sealed) -> str:
        """The record hash of the order that `accept`, which was sent, has made."""
        message = decode_message(accept.envelope.jws, self.signer.kid)
        seen = getattr(message.seen, "seq", 0)
        return record_hash(
            self.id,
            tuple(each.message_id for each in self.sent[: message.seq]),
            tuple(id_ for id_, _ in self.heard[:seen]),
        )

    def order_of(self, accept: Sealed) -> CoSigned:
        """The order that `accept` carries."""
        message = decode_message(accept.envelope.jws, self.signer.kid)
        if not isinstance(message, Accept):
            raise NotToBeHad("that was no accept")
        return message.order
