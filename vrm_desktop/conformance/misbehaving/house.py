"""The scripted vendor's books: its card, its conversations, and what it takes or refuses. What it says is scripted."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.conformance.misbehaving.account import IBAN
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.conversation import MOST_LIVE_OFFERS, Conversation
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind, Side, allowed
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, document_hash, in_force
from vrm_desktop.protocol.cards import parse_card, sign_card
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure, check_pledged
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadOrder, Malformed, NotServed, ProtocolError
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import AnyMessage, Card, CardTerms
from vrm_desktop.protocol.negotiation import check_closing
from vrm_desktop.protocol.orders import check_accept, countersign_order, record_hash
from vrm_desktop.protocol.receiving import decode_again, open_conversation, receive
from vrm_desktop.protocol.references import check_basis, check_order
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal, seal_use_report
from vrm_desktop.protocol.shapes import write_instant
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.protocol.stamping import Stamp, stamp

CAST, SERVICE = "PDC-INTENT", "SD-BASE"
CURRENCY = "EUR"
PATH = "/intentcast"
_VALID = timedelta(days=30)


class UnknownConversation(ProtocolError):
    """No conversation of that id, or another read secret."""

    code = "unknown-conversation"


@dataclass(slots=True)
class Talk:
    """The vendor's side of one conversation. `rows` is what reads show; `news` is set when there are more."""

    house: "House"
    conversation: Conversation
    ping: messages.Ping | messages.Contact
    own: list[MessageId] = field(default_factory=list)
    peer: list[MessageId] = field(default_factory=list)
    rows: list[dict[str, JsonValue]] = field(default_factory=list)
    offers: list[tuple[MessageId, messages.Offer]] = field(default_factory=list)
    answered: tuple[messages.CoSigned, ...] = ()
    agreements: tuple[SignedAgreement, SignedAgreement] | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def own_id(self, number: int) -> MessageId | None:
        """The id of the vendor's message of that number."""
        return self.own[number - 1] if 1 <= number <= len(self.own) else None

    def peer_id(self, number: int) -> MessageId | None:
        """The id of the person's message of that number."""
        return self.peer[number - 1] if 1 <= number <= len(self.peer) else None

    def said(self, side: Side, id: MessageId) -> Kind | None:
        """The kind of that side's message with that id."""
        message = self.stored(side, id)
        return kind_of(message) if message is not None else None

    def stored(self, side: Side, id: MessageId) -> messages.AnyMessage | None:
        """That side's message with that id."""
        for row in self.rows:
            envelope = Envelope.from_value(row["envelope"])
            if row["side"] == side.value and envelope.message_id == id:
                return decode_again(envelope.jws, self.conversation.kids(side))
        return None

    def disclosed(self) -> Collection[str]:
        """The names of all fields that the person told."""
        envelopes = (Envelope.from_value(row["envelope"]) for row in self.rows if row["side"] == Side.PERSON.value)
        return {Disclosure.from_text(text).name for envelope in envelopes for text in envelope.disclosures}

    def told(self, of: str = "") -> tuple[tuple[Disclosure, str], ...]:
        """What the person told, each with its purpose; `of` names one message of the person's."""
        found: list[tuple[Disclosure, str]] = []
        for row in self.rows:
            envelope = Envelope.from_value(row["envelope"])
            if row["side"] == Side.PERSON.value and envelope.disclosures and of in {"", envelope.message_id}:
                message = decode_again(envelope.jws, self.conversation.kids(Side.PERSON))
                purposes = {item.digest: item.purpose for item in getattr(message, "items", ())}
                given = map(Disclosure.from_text, envelope.disclosures)
                found += [(each, purposes[each.digest]) for each in given]
        return tuple(found)

    def order(self) -> Digest | None:
        """The hash of the order that the person placed; None before there is one."""
        placed = (self.stored(Side.PERSON, id) for id in reversed(self.peer))
        return next((document_hash(one.order) for one in placed if isinstance(one, messages.Accept)), None)

    def claims(self) -> Stamp:
        """The claims of the next honest message."""
        return stamp(self.conversation, exp=self.house.now() + _VALID)

    def may(self, kind: Kind) -> bool:
        """Whether an honest vendor may say this now."""
        if kind is Kind.OFFER and len(self.offers) >= MOST_LIVE_OFFERS:
            return False
        return kind in allowed(Side.VENDOR, self.conversation.state)

    def say(self, message: Sealable) -> Sealed:
        """Seal a message properly and hand it out."""
        sealed = seal(self.conversation, message, self.house.signer)
        self.conversation = sealed.conversation
        self.own.append(sealed.message_id)
        if isinstance(message, messages.Offer):
            self.offers.append((sealed.message_id, message))
        self.show(Side.VENDOR, sealed.envelope)
        return sealed

    def report(self, message: messages.UseReport, copied: tuple[Disclosure, ...] = ()) -> None:
        """Seal a report with a copy of these values beside it, and hand it out."""
        sealed = seal_use_report(self.conversation, message, disclosures=copied, signer=self.house.signer)
        self.conversation = sealed.conversation
        self.own.append(sealed.message_id)
        self.show(Side.VENDOR, sealed.envelope)

    def show(self, side: Side, envelope: Envelope) -> None:
        """Put an envelope on the list, whatever it is."""
        numbers = (row["number"] for row in self.rows if row["side"] == side.value)
        number = max((each for each in numbers if isinstance(each, int)), default=0) + 1
        value = strict_json.decode(envelope.to_bytes())
        self.rows.append({"number": number, "side": side.value, "envelope": value})
        self.news.set()
        self.news = asyncio.Event()

    def record(self, accept: messages.Accept) -> str:
        """The record up to an accept."""
        seen = getattr(accept.seen, "seq", 0)
        return record_hash(self.peer[0], tuple(self.peer[: accept.seq]), tuple(self.own[:seen]))

    # what an honest vendor says

    def accept_terms(self) -> None:
        """Sign the two agreements as they were proffered."""
        documents = tuple(countersign(document, self.house.signer) for document in self.ping.agreements)
        self.agree(documents)
        self.say(messages.TermsAnswer(**self.claims(), answer="accept", agreements=documents))

    def agree(self, documents: tuple[messages.CoSigned, ...]) -> None:
        """Keep what both have signed."""
        person, vendor = self.conversation.peer_kid, self.conversation.own_kid
        cast, service = (SignedAgreement(document, person=person, vendor=vendor) for document in documents)
        self.agreements = (cast, service)

    def offer(self, **changes: Any) -> None:
        """Offer something, with these members otherwise."""
        members: dict[str, Any] = {
            "lines": (messages.OfferLine(title="A thing as asked for", unit=41_000, condition="used"),),
            "price": messages.PriceClaim(currency=CURRENCY, items=41_000, total=41_000),
            "binding": True,
            "valid_until": write_instant(self.house.now() + timedelta(days=7)),
            "fulfilment": "delivered",
            "payment": ("sepa-transfer",),
        }
        self.say(messages.Offer(**self.claims(), **{**members, **changes}))

    def confirm(self, accept: messages.Accept, **changes: Any) -> None:
        """Confirm an order, with these members otherwise."""
        payment = messages.Payment(method="sepa-transfer", payee="A shop", iban=IBAN)
        order = countersign_order(accept.order, self.house.signer, person=self.conversation.peer_kid)
        members: dict[str, Any] = {"order": order, "record": self.record(accept), "payment": payment}
        self.say(messages.Confirmation(**self.claims(), **{**members, **changes}))

    def acknowledge(self) -> None:
        """Say that the person's last message has come."""
        self.say(messages.Acknowledgement(**self.claims(), of=self.peer[-1]))

    def close(self, reason: Any, **changes: Any) -> None:
        """The last word."""
        self.say(messages.Closure(**self.claims(), **{"reason": reason, "erased": True, **changes}))


Script = Callable[[Talk, AnyMessage], None]
MakeCard = Callable[["House", Card], bytes]


def published(house: "House", card: Card) -> bytes:
    """The card as an honest vendor publishes it."""
    return sign_card(card, house.signer)


class House:
    """One scripted vendor. `url` is set once it listens; `script` says what follows each message of the person.

    `papers` are the documents that lie ready, by the last part of their address.
    """

    def __init__(
        self,
        *,
        roster: Roster,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
        script: Script,
        make_card: MakeCard = published,
    ) -> None:
        self.roster, self.now, self.random, self.script, self._make_card = roster, now, random, script, make_card
        self.signer = SeedSigner(random(32))
        self._opened = now()
        self.url = ""
        self.talks: dict[str, Talk] = {}
        self.papers: dict[str, bytes] = {}
        self.served = 0

    @property
    def endpoint(self) -> str:
        """Where the protocol's paths begin."""
        return self.url + PATH

    def honest_card(self) -> Card:
        """What the card says, unsigned."""
        entries = [self.roster.get(id_) for id_ in (CAST, SERVICE)]
        return Card(
            serial=1,
            expires=write_instant(self._opened + timedelta(days=90)),
            key=self.signer.kid,
            name="Scripted vendor",
            endpoint=self.endpoint,
            categories=tuple(id_ for id_ in CATEGORIES if id_ != "health.appointment"),
            regions=("DE",),
            currencies=(CURRENCY,),
            terms=tuple(CardTerms(roster=one.id, version=one.version, entry=one.entry) for one in entries),
            kinds=tuple(sorted(kind.value for kind in BEYOND_CORE)),
        )

    def card(self) -> bytes:
        """The card's bytes, as the scenario wants them."""
        self.served += 1
        return self._make_card(self, self.honest_card())

    def open(self, body: bytes) -> str:
        """Take a ping or a contact in; the conversation's id."""
        envelope = Envelope.from_bytes(body)
        if envelope.message_id in self.talks:
            return envelope.message_id
        opened = open_conversation(envelope, desk=self.signer.kid, now=self.now())
        ping = opened.message
        try:
            served = isinstance(ping, messages.Contact) or self._understood().serves(
                category=ping.category, area=area_from(ping.area)
            )
        except DomainError as error:
            raise Malformed(str(error)) from error
        if not served:
            raise NotServed("not on the card")
        talk = Talk(self, opened.conversation, ping, peer=[opened.message_id])
        talk.show(Side.PERSON, envelope)
        self.talks[opened.message_id] = talk
        self.script(talk, ping)
        return opened.message_id

    def take(self, conversation: str, body: bytes) -> None:
        """Take a further message in."""
        envelope, talk = Envelope.from_bytes(body), self.talk(conversation)
        if envelope.message_id in talk.peer:
            return
        got = receive(talk.conversation, envelope, now=self.now(), history=talk)
        _check(talk, got.message)
        talk.conversation = got.conversation
        talk.peer.append(got.message_id)
        talk.show(Side.PERSON, envelope)
        self.script(talk, got.message)

    def talk(self, conversation: str) -> Talk:
        """The conversation of that id.

        Raises:
            UnknownConversation: there is none.
        """
        if conversation not in self.talks:
            raise UnknownConversation(conversation)
        return self.talks[conversation]

    def _understood(self) -> VendorCard:
        data = sign_card(self.honest_card(), self.signer)
        return parse_card(data, now=self.now(), pinned=self.signer.kid, last_serial=None)


def _check(talk: Talk, message: AnyMessage) -> None:
    """What the protocol's own receiving cannot know: what was agreed, pledged and offered before."""
    person, vendor = talk.conversation.peer_kid, talk.conversation.own_kid
    made = dict(talk.offers)
    match message:
        case messages.TermsAccept():
            cast, service = talk.answered
            check_closing((cast, service), message, person=person, vendor=vendor)
            talk.agree(message.agreements)
        case messages.Reveal():
            if talk.agreements is None or message.agreement != talk.agreements[0].hash:
                raise BadAgreement("a reveal under another agreement")
            check_pledged(message.items, talk.ping.digests)
        case messages.Counter() | messages.Decline() if message.offer not in made:
            raise Malformed("an offer that was not made")
        case messages.Accept():
            offer = made.get(MessageId(message.offer))
            if offer is None or talk.agreements is None:
                raise BadOrder("an offer that was not made")
            check_accept(
                message,
                conversation=talk.conversation,
                offer=offer,
                offer_id=MessageId(message.offer),
                agreement=talk.agreements[1],
            )
        case messages.Update() | messages.Grant() if talk.agreements is not None:
            check_basis(message, talk.agreements[in_force(talk.conversation.state) is TermsFrom.ACCEPT].hash)
        case _:
            check_order(message, talk.order())
