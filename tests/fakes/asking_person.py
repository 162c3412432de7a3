"""A person's side of one conversation, made of the real protocol functions: for tests of a desk."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import UNSET

from vrm_desktop.canon import base64url
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, proffer
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure, padded
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.meanings import area_claim
from vrm_desktop.protocol.messages import (
    AnyMessage,
    Closure,
    Confirmation,
    Contact,
    CoSigned,
    Counter,
    Decline,
    End,
    Kept,
    Message,
    Offer,
    Paid,
    Ping,
    TermsAccept,
    TermsAnswer,
    TermsRefuse,
    WithdrawCast,
)
from vrm_desktop.protocol.negotiation import Accepted, Countered, check_answer
from vrm_desktop.protocol.orders import SignedOrder, check_confirmation, order_text, record_hash
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.receiving import decode_again, receive
from vrm_desktop.protocol.roster import Roster, parse_entry
from vrm_desktop.protocol.sealing import Released, Sealable, Sealed, seal, seal_accept, seal_reveal
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.protocol.stamping import stamp
from vrm_desktop.resources_folder import resources_folder

WANT = {"want.title": "used 54 cm road bike", "want.details": "for longer rides, disc brakes are nice"}
DELIVERY = {"profile.name": "Ada Example", "profile.address.street": "Rheinweg 5", "profile.address.postcode": "50667"}


def published_roster() -> Roster:
    """The roster that the project ships."""
    folder: Path = resources_folder() / "roster"
    return Roster(parse_entry(file.read_bytes()) for file in sorted(folder.glob("*.json")))


@dataclass
class AskingPerson:
    """Sends and receives in one conversation with the desk `vendor`; `now` is the person's clock."""

    vendor: Kid
    now: datetime
    terms: tuple[str, str] = ("PDC-INTENT", "SD-BASE")
    signer: SeedSigner = field(default_factory=lambda: SeedSigner(os.urandom(32)))
    secret: str = field(default_factory=lambda: base64url.encode(os.urandom(32)))
    sent: list[Sealed] = field(default_factory=list)
    heard: list[AnyMessage] = field(default_factory=list)
    heard_ids: list[MessageId] = field(default_factory=list)
    want: dict[str, str] = field(default_factory=lambda: dict(WANT))
    order: CoSigned | None = None
    copied: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = self.signer
        self.conversation = Conversation(side=Side.PERSON, own_kid=self.signer.kid, peer_kid=self.vendor)
        self.roster = published_roster()
        self.disclosures = [Disclosure.fresh(name, value, os.urandom) for name, value in self.want.items()]
        self.digests = padded([disclosure.digest for disclosure in self.disclosures], os.urandom)
        self.proffered: tuple[CoSigned, CoSigned] | None = None

    # what protocol's History asks for

    def own_id(self, number: int) -> MessageId | None:
        return self.sent[number - 1].message_id if 0 < number <= len(self.sent) else None

    def peer_id(self, number: int) -> MessageId | None:
        return self.heard_ids[number - 1] if 0 < number <= len(self.heard_ids) else None

    def said(self, side: Side, id: MessageId) -> Kind | None:
        message = self.stored(side, id)
        return kind_of(message) if message is not None else None

    def stored(self, side: Side, id: MessageId) -> AnyMessage | None:
        if side is Side.VENDOR:
            return dict(zip(self.heard_ids, self.heard, strict=True)).get(id)
        jws = {sealed.message_id: sealed.envelope.jws for sealed in self.sent}.get(id)
        return decode_again(jws, self.conversation.own_kids) if jws is not None else None

    def disclosed(self) -> Collection[str]:
        return {Disclosure.from_text(text).name for sealed in self.sent for text in sealed.envelope.disclosures}

    # saying

    def ping(self, **changes: Any) -> Envelope:
        made = self.now.date()
        self.proffered = self._proffer()
        members: dict[str, Any] = {
            "category": "mobility.bicycle",
            "attributes": {"type": "road", "frame_cm": "53-55"},
            "condition": "used",
            "fulfilment": "any",
            "area": area_claim(Area(country="DE", region="DE-NW")),
            "answers_by": (made + timedelta(days=2)).isoformat(),
            "needed_by": (made + timedelta(days=5)).isoformat(),
            "asked": "5",
            "read": read_hash(self.secret),
            "agreements": self.proffered,
            "digests": self.digests,
        }
        return self.say(lambda claims: Ping(**claims, **{**members, **changes}), exp=made + timedelta(days=3))

    def contact(self, **changes: Any) -> Envelope:
        """A conversation without a cast."""
        self.proffered = self._proffer()
        made = self.now.date()
        members: dict[str, Any] = {
            "about": "question",
            "read": read_hash(self.secret),
            "agreements": self.proffered,
            "digests": self.digests,
        }
        return self.say(lambda claims: Contact(**claims, **{**members, **changes}), exp=made + timedelta(days=3))

    def _proffer(self) -> tuple[CoSigned, CoSigned]:
        cast, service = (
            proffer(
                self.signer,
                entry=self.roster.get(id_),
                begins=begins,
                person=self.signer.kid,
                vendor=self.vendor,
                made=self.now.date(),
                nonce=os.urandom(16),
            )
            for id_, begins in zip(self.terms, (TermsFrom.PING, TermsFrom.ACCEPT), strict=True)
        )
        return cast, service

    def sent_as(self, sealed: Sealed) -> Envelope:
        """A message that was sealed elsewhere is this person's next."""
        return self._sent(sealed)

    def take_back(self) -> None:
        """The last message was refused: go on as if it had not been said."""
        self.sent.pop()
        self.conversation = self.before

    def conversation_of(self, other: "AskingPerson") -> Conversation:
        """Another person's conversation, claimed as one's own."""
        return replace(other.conversation, own_kid=self.signer.kid)

    def other(self, message: AnyMessage, **members: Any) -> dict[str, Any]:
        """The members of a message, some of them otherwise."""
        return {**{name: getattr(message, name) for name in message.__struct_fields__}, **members}

    def say(self, build: Any, *, exp: date | datetime | None = None) -> Envelope:
        message: Sealable = build(stamp(self.conversation, exp=exp or self.now + timedelta(days=3)))
        return self._sent(seal(self.conversation, message, self.signer))

    def terms_accept(self) -> Envelope:
        countered = self._countered()
        documents = tuple(
            countersign(document, self.signer) if changed else document
            for document, changed in zip(countered.documents, countered.changed, strict=True)
        )
        return self.say(lambda claims: TermsAccept(**claims, agreements=documents))

    def terms_refuse(self) -> Envelope:
        return self.say(lambda claims: TermsRefuse(**claims))

    def reveal(self, until: date | None = None) -> Envelope:
        last = until or self.now.date() + timedelta(days=30)
        released: tuple[Released, ...] = tuple((each, Purpose.QUOTE, last) for each in self.disclosures)
        return self._sent(
            seal_reveal(
                self.conversation,
                basis=self.agreements()[0],
                disclosures=released,
                pledged=self.digests,
                exp=self.now + timedelta(days=3),
                signer=self.signer,
            )
        )

    def counter(self, total: int, *, currency: str = "EUR", offer: str | None = None) -> Envelope:
        id_ = offer or self.offer()[0]
        return self.say(lambda claims: Counter(**claims, offer=id_, total=total, currency=currency))

    def decline(self, offer: str | None = None, *, reason: DeclineReason = DeclineReason.PRICE) -> Envelope:
        id_ = offer or self.offer()[0]
        return self.say(lambda claims: Decline(**claims, offer=id_, reason=reason.value))

    def accept(self, offer: tuple[MessageId, Offer] | None = None, *, values: dict[str, str] | None = None) -> Envelope:
        offer_id, message = offer or self.offer()
        given = [Disclosure.fresh(name, value, os.urandom) for name, value in (values or DELIVERY).items()]
        last = self.now.date() + timedelta(days=30)
        service = self.agreements()[1]
        text = order_text(
            message,
            offer_id=offer_id,
            agreement=service,
            payment=message.payment[0],
            digests=tuple(sorted(each.digest for each in given)),
            made=self.now,
            keys=(self.signer.kid, self.conversation.peer_kid),
        )
        sealed = seal_accept(
            self.conversation,
            basis=service,
            order=text,
            disclosures=tuple((each, Purpose.DELIVERY, last) for each in given),
            exp=self.now + timedelta(days=3),
            signer=self.signer,
        )
        envelope = self._sent(sealed)
        self.accepted_at = (len(self.sent), len(self.heard_ids))
        return envelope

    def message(self, text: str = "Is it still there?") -> Envelope:
        return self.say(lambda claims: Message(**claims, text=text))

    def paid(self, total: int) -> Envelope:
        order = self.confirmed().hash
        return self.say(
            lambda claims: Paid(**claims, order=order, amount=total, currency="EUR", method="sepa-transfer")
        )

    def withdraw(self) -> Envelope:
        return self.say(lambda claims: WithdrawCast(**claims))

    def end(self, *keep: Kept, erase: bool = True) -> Envelope:
        return self.say(lambda claims: End(**claims, erase=erase, keep=keep))

    def signed_anyhow(self, members: dict[str, object]) -> Envelope:
        """A message of exactly these members, signed without any check, and not part of this person's chain."""
        from vrm_desktop.canon import strict_json

        return Envelope(jws=sign_compact(self.signer, Typ.MESSAGE, strict_json.encode(members)))

    # hearing

    def hear(self, *envelopes: Envelope) -> None:
        for envelope in envelopes:
            received = receive(self.conversation, envelope, now=self.now, history=self)
            self.conversation = received.conversation
            self.heard.append(received.message)
            self.heard_ids.append(received.message_id)
            self.copied += [(each.name, each.value) for each in received.disclosures]

    def last(self) -> AnyMessage:
        return self.heard[-1]

    def answer(self) -> TermsAnswer:
        return next(message for message in self.heard if isinstance(message, TermsAnswer))

    def agreements(self) -> tuple[SignedAgreement, SignedAgreement]:
        assert self.proffered is not None
        verdict = check_answer(self.proffered, self.answer(), person=self.first.kid, vendor=self.vendor)
        match verdict:
            case Accepted():
                return verdict.agreements
            case Countered():
                cast, service = (
                    SignedAgreement(
                        countersign(document, self.first) if changed else document,
                        person=self.first.kid,
                        vendor=self.vendor,
                    )
                    for document, changed in zip(verdict.documents, verdict.changed, strict=True)
                )
                return cast, service
            case _:
                raise AssertionError(verdict)

    def offer(self, number: int = -1) -> tuple[MessageId, Offer]:
        offers = [
            (id_, message)
            for id_, message in zip(self.heard_ids, self.heard, strict=True)
            if isinstance(message, Offer)
        ]
        return offers[number]

    def total(self) -> int:
        price = self.offer()[1].price
        assert price is not UNSET
        return price.total

    def confirmed(self) -> SignedOrder:
        """The confirmed order, after both records were found to be the same."""
        confirmation = next(message for message in self.heard if isinstance(message, Confirmation))
        assert self.order is not None
        assert self.conversation.id is not None
        mine, theirs = self.accepted_at
        record = record_hash(
            self.conversation.id,
            tuple(sealed.message_id for sealed in self.sent[:mine]),
            tuple(self.heard_ids[:theirs]),
        )
        return check_confirmation(confirmation, order=self.order, record=record)

    def closure(self) -> Closure:
        return next(message for message in self.heard if isinstance(message, Closure))

    def _countered(self) -> Countered:
        assert self.proffered is not None
        verdict = check_answer(self.proffered, self.answer(), person=self.first.kid, vendor=self.vendor)
        assert isinstance(verdict, Countered)
        return verdict

    def _sent(self, sealed: Sealed) -> Envelope:
        self.sent.append(sealed)
        self.before = self.conversation
        self.conversation = sealed.conversation
        message = sealed.envelope
        self._remember_order(message)
        return message

    def _remember_order(self, envelope: Envelope) -> None:
        from vrm_desktop.protocol.messages import Accept

        message = decode_again(envelope.jws, self.conversation.own_kids)
        if isinstance(message, Accept):
            self.order = message.order


def forgotten(person: AskingPerson) -> AskingPerson:
    """The same person with a copy of its state, to send something else from the same place."""
    twin = replace(person)
    twin.first = person.first
    twin.conversation, twin.sent = person.conversation, list(person.sent)
    twin.heard, twin.heard_ids = list(person.heard), list(person.heard_ids)
    twin.disclosures, twin.digests, twin.proffered = person.disclosures, person.digests, person.proffered
    return twin
