"""A person and a desk in one conversation, with fixed keys, salts and times: the protocol's own parts, nothing faked.

Bytes are taken from a counter instead of a random source, so that every run makes the same messages.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.terms import RosterEntry, TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, countersign
from vrm_desktop.protocol.agreements import proffer as proffer_text
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure, padded
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.receiving import Received, ReceivedOpening, decode_again, open_conversation, receive
from vrm_desktop.protocol.sealing import Sealable, Sealed, seal, seal_reveal
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.protocol.stamping import Stamp, stamp

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
TODAY = NOW.date()
PERSON_SEED, DESK_SEED = b"the person's fixed test seed 32B", b"the vendor's fixed test seed 32B"


class CountedBytes:
    """Bytes that look random, differ at every call and are the same in every run."""

    def __init__(self, label: str) -> None:
        self.label, self.calls = label, 0

    def __call__(self, count: int) -> bytes:
        self.calls += 1
        text = "".join(digest(f"{self.label} {self.calls} {part}".encode()) for part in range(count // 32 + 1))
        return text.encode("ascii")[:count]


def roster_entry(name: str) -> RosterEntry:
    """An entry whose hash stands for its content."""
    return RosterEntry(
        id=name,
        version="1",
        title=name,
        summary="",
        allows=(),
        forbids=(),
        requires=(),
        aliases=(),
        entry=Digest(digest(name.encode())),
    )


CAST, SERVICE, WIDER = roster_entry("PDC-INTENT"), roster_entry("SD-BASE"), roster_entry("SD-BASE-A")


@dataclass
class Party:
    """One side: its key, its view of the conversation, and the ids on both chains (the protocol's `History`)."""

    signer: SeedSigner
    conversation: Conversation
    own: list[MessageId] = field(default_factory=list)
    peer: list[MessageId] = field(default_factory=list)
    letters: dict[tuple[Side, MessageId], Envelope] = field(default_factory=dict)

    def own_id(self, number: int) -> MessageId | None:
        return self.own[number - 1] if 1 <= number <= len(self.own) else None

    def peer_id(self, number: int) -> MessageId | None:
        return self.peer[number - 1] if 1 <= number <= len(self.peer) else None

    def said(self, side: Side, id: MessageId) -> Kind | None:
        message = self.stored(side, id)
        return kind_of(message) if message is not None else None

    def stored(self, side: Side, id: MessageId) -> messages.AnyMessage | None:
        envelope = self.letters.get((side, id))
        return None if envelope is None else decode_again(envelope.jws, self.conversation.kids(side))

    def disclosed(self) -> set[str]:
        """The names of what the person ever told, by either party's own record."""
        told = (envelope for (side, _), envelope in self.letters.items() if side is Side.PERSON)
        return {Disclosure.from_text(text).name for envelope in told for text in envelope.disclosures}

    def stamp(self, exp: date | datetime = NOW + timedelta(days=14)) -> Stamp:
        return stamp(self.conversation, exp=exp)

    def send(self, message: Sealable) -> Sealed:
        return self.sent(seal(self.conversation, message, self.signer))

    def sent(self, sealed: Sealed) -> Sealed:
        self.conversation = sealed.conversation
        self.own.append(sealed.message_id)
        self.letters[self.conversation.side, sealed.message_id] = sealed.envelope
        return sealed

    def take(self, envelope: Envelope, now: datetime = NOW) -> Received:
        received = receive(self.conversation, envelope, now=now, history=self)
        self.conversation = received.conversation
        self.peer.append(received.message_id)
        self.letters[self.conversation.side.other, received.message_id] = envelope
        return received

    def open(self, envelope: Envelope, now: datetime = NOW) -> ReceivedOpening:
        opened = open_conversation(envelope, desk=self.signer.kid, now=now)
        self.conversation = opened.conversation
        self.peer.append(opened.message_id)
        self.letters[Side.PERSON, opened.message_id] = envelope
        return opened


class TwoSides:
    """A person and a desk, and the steps of their conversation that most tests need."""

    def __init__(self, person_seed: bytes = PERSON_SEED, desk_seed: bytes = DESK_SEED) -> None:
        person, desk = SeedSigner(person_seed), SeedSigner(desk_seed)
        self.random = CountedBytes(person.kid)
        self.person = Party(person, Conversation(side=Side.PERSON, own_kid=person.kid, peer_kid=desk.kid))
        self.desk = Party(desk, Conversation(side=Side.VENDOR, own_kid=desk.kid, peer_kid=person.kid))
        self.proffered = (self.proffer(CAST, TermsFrom.PING), self.proffer(SERVICE, TermsFrom.ACCEPT))
        self.disclosures = tuple(
            Disclosure.fresh(name, value, self.random)
            for name, value in (("want.title", "A cargo bike for two children"), ("want.place", "Bielefeld"))
        )
        self.delivery = tuple(
            Disclosure.fresh(f"profile.{name}", value, self.random)
            for name, value in (("name", "Erika Musterfrau"), ("address.street", "Heidestraße 17"))
        )

    def proffer(self, entry: RosterEntry, begins: TermsFrom, by: SeedSigner | None = None) -> messages.CoSigned:
        return proffer_text(
            by or self.person.signer,
            entry=entry,
            begins=begins,
            person=self.person.signer.kid,
            vendor=self.desk.signer.kid,
            made=TODAY,
            nonce=self.random(16),
        )

    def ping_message(self) -> messages.Ping:
        return messages.Ping(
            **self.person.stamp(),
            category="mobility.bicycle",
            attributes={"frame_cm": "53-55", "type": "cargo"},
            condition="any",
            fulfilment="delivered",
            area=messages.AreaClaim(country="DE", region="DE-NW"),
            answers_by="2026-11-29",
            needed_by="2026-12-18",
            asked="5",
            read=read_hash("a fixed read secret"),
            agreements=self.proffered,
            digests=padded([disclosure.digest for disclosure in self.disclosures], self.random),
        )

    def contact_message(self) -> messages.Contact:
        return messages.Contact(
            **self.person.stamp(),
            about="order",
            category="mobility.bicycle-repair",
            read=read_hash("a fixed read secret"),
            agreements=self.proffered,
            digests=padded([disclosure.digest for disclosure in self.disclosures], self.random),
        )

    def contact(self) -> Sealed:
        message = self.contact_message()
        self.pledged = tuple(Digest(digest) for digest in message.digests)
        sealed = self.person.send(message)
        self.desk.open(sealed.envelope)
        return sealed

    def ping(self) -> Sealed:
        message = self.ping_message()
        self.pledged = tuple(Digest(digest) for digest in message.digests)
        sealed = self.person.send(message)
        self.desk.open(sealed.envelope)
        return sealed

    def tell_person(self, message: Sealable) -> Sealed:
        sealed = self.desk.send(message)
        self.person.take(sealed.envelope)
        return sealed

    def tell_desk(self, message: Sealable) -> Sealed:
        sealed = self.person.send(message)
        self.desk.take(sealed.envelope)
        return sealed

    def agree(self) -> Sealed:
        signed = tuple(countersign(document, self.desk.signer) for document in self.proffered)
        self.agreements = tuple(
            SignedAgreement(document, person=self.person.signer.kid, vendor=self.desk.signer.kid) for document in signed
        )
        return self.tell_person(messages.TermsAnswer(**self.desk.stamp(), answer="accept", agreements=signed))

    def reveal(self) -> Sealed:
        sealed = self.person.sent(
            seal_reveal(
                self.person.conversation,
                basis=self.agreements[0],
                disclosures=tuple((one, Purpose.QUOTE, date(2026, 12, 13)) for one in self.disclosures),
                pledged=self.pledged,
                exp=NOW + timedelta(days=3),
                signer=self.person.signer,
            )
        )
        self.desk.take(sealed.envelope)
        return sealed

    def revealed(self) -> "TwoSides":
        """Ping, agreement and reveal, all received."""
        self.ping()
        self.agree()
        self.reveal()
        return self

    def offer_message(self, total: int = 429_900) -> messages.Offer:
        return messages.Offer(
            **self.desk.stamp(),
            lines=(messages.OfferLine(title="Cargo bike “Lasse”, electric", unit=total - 4_900, condition="new"),),
            price=messages.PriceClaim(currency="EUR", items=total - 4_900, shipping=4_900, total=total),
            binding=True,
            valid_until="2026-12-02T18:00:00Z",
            fulfilment="delivered",
            by="2026-12-10",
            returns_days=30,
            warranty_months=24,
            asks=(messages.Ask(name="profile.phone", purpose="delivery", days=30),),
            payment=("sepa-transfer", "vendor-link"),
            note="We adjust it for you before it leaves.",
        )

    def offer(self) -> tuple[messages.Offer, MessageId]:
        message = self.offer_message()
        return message, self.tell_person(message).message_id
