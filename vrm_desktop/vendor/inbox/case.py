"""One enquiry as the shop's people see it: who said what, what is wanted, what may be done now. Changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.ids import Digest
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.kinds import Kind, Side, State, allowed
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol.agreements import parties, read_text
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import AgreementText, AnyMessage, OrderText, Seen, Status
from vrm_desktop.protocol.orders import placed
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.dealings import Dealings, OwnOffer
from vrm_desktop.vendor.documents.document import LyingReady
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.holdings import holdings
from vrm_desktop.vendor.inbox.matters import Matters, Said, matters
from vrm_desktop.vendor.inbox.rows import Listed, Told
from vrm_desktop.vendor.want import Want


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldValue:
    """One value that the shop holds, what for, and the last day on which it may; whether it may be used at all."""

    name: str
    value: str
    purpose: str
    until: date
    usable: bool
    consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyDocument:
    """A document that lies ready for the person at `link`, through the day `until`."""

    title: str
    link: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEntry:
    """Terms that the person proffers: a roster id with the version and the hash of what the person means by it."""

    roster: str
    version: str
    entry: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything about one conversation. `stood` is how many messages the person and the shop had sent."""

    listed: Listed
    dossier: Dossier
    want: Want
    terms: tuple[NamedEntry, NamedEntry]
    said: tuple[Said, ...]
    told: tuple[Told, ...]
    held: tuple[HeldValue, ...]
    offer: OwnOffer | None
    order: OrderText | None
    given: Mapping[str, str]
    matters: Matters
    known_since: int | None
    documents: tuple[ReadyDocument, ...]

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self.dossier.conversation.state

    @property
    def stood(self) -> tuple[int, int]:
        """The numbers of both sides' last messages."""
        conversation = self.dossier.conversation
        return conversation.peer.seq, conversation.own.seq

    def may(self, kind: Kind) -> bool:
        """Whether the shop may say this now."""
        return kind in allowed(Side.VENDOR, self.state)

    @property
    def revealed(self) -> bool:
        """Whether the want has come in words."""
        return self.dossier.last(Side.PERSON, Kind.REVEAL) is not None


def read_case(books: Books, conversation: str) -> Case | None:
    """The case of that id, None when there is none."""
    listed = books.inbox.one(conversation)
    dossier = books.dossier(conversation, hold=False)
    if listed is None or dossier is None:
        return None
    dealings = Dealings(dossier)
    times, texts = books.inbox.times(conversation), books.inbox.texts(conversation)
    waiting = {one.number: one.wanted for one in books.inbox.owed(conversation)}
    said = [
        Said(
            side=entry.side,
            number=entry.number,
            id=entry.id,
            kind=entry.kind,
            at=times[entry.side, entry.number],
            message=decode_again(texts[entry.side, entry.number], dossier.conversation.kids(entry.side)),
            waits=entry.side is Side.PERSON and entry.number in waiting,
            wanted=waiting.get(entry.number) if entry.side is Side.PERSON else None,
        )
        for entry in dossier.entries
    ]
    cast, service = (read_text(each, signed_by=parties(each)[:1]) for each in dealings.opening().agreements)
    accept = dossier.last(Side.PERSON, Kind.ACCEPT)
    story = in_order(said)
    return Case(
        listed=listed,
        dossier=dossier,
        want=dealings.want(),
        terms=(_entry(cast), _entry(service)),
        said=story,
        told=books.inbox.reasons(conversation),
        held=tuple(
            HeldValue(
                name=each.name,
                value=each.value,
                purpose=each.purpose.value,
                until=each.until,
                usable=each.usable,
                consent=each.consent is not None,
            )
            for each in holdings(dossier)
        ),
        offer=_latest(dealings),
        order=placed(dealings.accept().order, dossier.conversation) if accept is not None else None,
        given=dealings.given(),
        matters=matters(story),
        known_since=books.inbox.known_since(conversation),
        documents=_documents(books.documents.of(conversation), said),
    )


def _documents(ready: Sequence[LyingReady], said: Sequence[Said]) -> tuple[ReadyDocument, ...]:
    """What lies ready, under the title that the person was told."""
    until = {(each.number, each.digest): each.until for each in ready}
    return tuple(
        ReadyDocument(title=named.title, link=named.link, until=until[each.number, Digest(named.hash)])
        for each in said
        if isinstance(each.message, Status) and isinstance(each.message.documents, tuple)
        for named in each.message.documents
        if (each.number, named.hash) in until
    )


def _entry(text: AgreementText) -> NamedEntry:
    return NamedEntry(roster=text.roster, version=text.version, entry=Digest(text.entry))


def coarse_want(row: Listed) -> Want:
    """The want of a listed enquiry, as coarse as its ping."""
    attributes = row.wish["attributes"]
    return Want(
        category=row.category,
        condition=Condition(str(row.wish["condition"])),
        fulfilment=Fulfilment(str(row.wish["fulfilment"])),
        answers_by=row.answers_by,
        needed_by=row.needed_by,
        attributes=dict(attributes) if isinstance(attributes, dict) else {},
        area=Area.from_code(row.area),
    )


def in_order(said: Sequence[Said]) -> tuple[Said, ...]:
    """Both chains as one story: nothing before what it had seen; where that leaves a choice, as it was stored."""
    left = {side: sorted((each for each in said if each.side is side), key=lambda each: each.number) for side in Side}
    told: list[Said] = []
    placed = dict.fromkeys(Side, 0)
    while left[Side.PERSON] or left[Side.VENDOR]:
        ready = [
            chain[0] for side, chain in left.items() if chain and _seen(chain[0].message) <= placed[side.other]
        ] or [chain[0] for chain in left.values() if chain]
        following = min(ready, key=lambda each: (each.at, each.side is Side.PERSON))
        left[following.side].pop(0)
        placed[following.side] += 1
        told.append(following)
    return tuple(told)


def _seen(message: AnyMessage) -> int:
    return message.seen.seq if isinstance(message.seen, Seen) else 0


def _latest(dealings: Dealings) -> OwnOffer | None:
    try:
        return dealings.offer()
    except ProtocolError:
        return None
