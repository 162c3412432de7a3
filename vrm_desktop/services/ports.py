"""What services need from the outside: vault, channel, clock, randomness. Protocols only; adapters fit structurally."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState
from vrm_desktop.domain.drp import DrpReport
from vrm_desktop.domain.ids import ActId, Digest, FieldId, IntentcastId, Kid, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.domain.papers import Paper
from vrm_desktop.domain.plan import CastPlan
from vrm_desktop.domain.profile import ProfileField
from vrm_desktop.domain.relationship import AgreementRecord, JournalRow, Note, OrderRecord, Relationship
from vrm_desktop.domain.signals import VendorSignal
from vrm_desktop.domain.vendor import Counterparty, VendorCard

T = TypeVar("T")
P = TypeVar("P", bound=Paper)


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The present instant in UTC, whole seconds."""
        ...

    def today(self) -> date:
        """The civil day where the person is."""
        ...


class Randomness(Protocol):
    """The only source of randomness."""

    def token(self, size: int) -> bytes:
        """`size` unpredictable bytes."""
        ...

    def uniform(self, low: float, high: float) -> float:
        """A number between `low` and `high`."""
        ...

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in random order."""
        ...


class Signer(Protocol):
    """Signs with one relationship's key; dies when the vault locks."""

    @property
    def kid(self) -> Kid:
        """The public key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature of `data`."""
        ...


class PageSigner(Protocol):
    """Signs with the key of the person's own page; dies when the vault locks."""

    @property
    def public(self) -> PageKey:
        """The public key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The ES256 signature of `data`: r and s, 64 bytes."""
        ...


class Transaction(Protocol):
    """All of the vault inside one transaction. In a read, writing raises."""

    # what I want
    def save_intentcast(self, want: Intentcast) -> None: ...
    def intentcast(self, key: IntentcastId, /) -> Intentcast | None: ...
    def intentcasts(self) -> tuple[Intentcast, ...]: ...
    def save_plan(self, plan: CastPlan) -> None: ...
    def plan(self, key: IntentcastId, /) -> CastPlan | None: ...

    # my profile
    def save_field(self, field: ProfileField) -> None: ...
    def remove_field(self, key: FieldId, /) -> None: ...
    def profile(self) -> tuple[ProfileField, ...]: ...

    # whom I can ask
    def save_vendor(self, vendor: Counterparty) -> None: ...
    def vendor(self, key: VendorId, /) -> Counterparty | None: ...
    def vendors(self) -> tuple[Counterparty, ...]: ...

    # relationships; the seed and the read secret never leave but through `signer` and `read_secret`
    def new_identity(self, key: RelationshipId, /, seed: bytes, read_secret: str) -> Kid: ...
    def change_key(self, key: RelationshipId, /, seed: bytes) -> Signer: ...
    def kid(self, key: RelationshipId, /) -> Kid | None: ...
    def signer(self, key: RelationshipId, /) -> Signer: ...
    def read_secret(self, key: RelationshipId, /) -> str: ...
    def save_relationship(self, relationship: Relationship) -> None: ...
    def relationship(self, key: RelationshipId, /) -> Relationship | None: ...
    def relationships(self, intentcast: IntentcastId | None = None) -> tuple[Relationship, ...]: ...

    # agreements, offers, orders
    def save_agreement(self, record: AgreementRecord) -> None: ...
    def agreements(self, relationship: RelationshipId) -> tuple[AgreementRecord, ...]: ...
    def save_offer(self, offer: Offer) -> None: ...
    def set_offer_state(self, key: MessageId, /, state: OfferState) -> None: ...
    def offer(self, key: MessageId, /) -> Offer | None: ...
    def offers(
        self, intentcast: IntentcastId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[Offer, ...]: ...
    def save_order(self, order: OrderRecord) -> None: ...
    def order(self, relationship: RelationshipId) -> OrderRecord | None: ...
    def orders(self) -> tuple[OrderRecord, ...]: ...

    # outbox: `hold` once, `seal` replaces; entries are ordered by not_before, then by making
    def hold(self, entry: OutboxEntry) -> None: ...
    def update_act(self, entry: OutboxEntry) -> None: ...
    def act(self, key: ActId, /) -> OutboxEntry | None: ...
    def acts(
        self, *, states: frozenset[ActState], relationship: RelationshipId | None = None
    ) -> tuple[OutboxEntry, ...]: ...

    # pledged disclosures: the salted texts that a ping's digests stand for, until they are revealed or erased
    def pledge(self, relationship: RelationshipId, texts: Mapping[str, str]) -> None: ...
    def pledges(self, relationship: RelationshipId) -> Mapping[str, str]: ...

    # journal, ledger, story, agenda
    def append_journal(self, row: JournalRow) -> JournalRow: ...
    def journal(self, relationship: RelationshipId | None = None) -> tuple[JournalRow, ...]: ...
    def message_id(self, relationship: RelationshipId, sender: Side, number: int) -> MessageId | None: ...
    def erase_disclosures(self, relationship: RelationshipId) -> int: ...
    def verify_chains(self) -> tuple[int, int]: ...
    def append_ledger(self, row: LedgerRow) -> LedgerRow: ...
    def set_ledger_state(self, message: MessageId, state: LedgerState) -> None: ...
    def set_row_state(self, seq: int, state: LedgerState) -> None: ...
    def ledger(
        self, *, vendor: VendorId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[LedgerRow, ...]: ...
    def overdue_ledger(self, today: date, /) -> tuple[LedgerRow, ...]: ...
    def ledger_head(self) -> Digest: ...
    def add_note(self, note: Note) -> None: ...
    def notes(self, relationship: RelationshipId) -> tuple[Note, ...]: ...
    def put_agenda(self, item: AgendaItem) -> None: ...
    def agenda(self) -> tuple[AgendaItem, ...]: ...

    # papers: whatever else lies in a counterparty's file (domain/papers.py names the kinds), and attached documents
    def keep_paper(self, paper: Paper) -> None: ...
    def paper(self, kind: type[P], key: str, /) -> P | None: ...
    def papers(
        self, kind: type[P], *, vendor: VendorId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[P, ...]: ...
    def drop_paper(self, kind: type[Paper], key: str, /) -> None: ...
    def attach(self, attachment: Attachment, data: bytes) -> None: ...
    def attached(self, key: str, /) -> bytes | None: ...

    # finding by text: what was told, said, offered and filed, newest first
    def find(self, text: str, limit: int = 50) -> tuple[LedgerRow | Note | Offer | Paper, ...]: ...

    # keys of the person's own page, the one that signs first; its secret never leaves but through `page_signer`
    def new_page_key(self, random: bytes) -> PageKey: ...
    def page_keys(self) -> tuple[PageKey, ...]: ...
    def page_signer(self) -> PageSigner: ...
    def drop_old_page_keys(self) -> int: ...

    # settings: small texts by key
    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


class Vault(Protocol):
    """The open vault. Closures run on its own thread, one at a time; they never wait for anything."""

    async def write(self, change: Callable[[Transaction], T]) -> T:
        """Run `change` inside one transaction and commit it durably; an exception rolls it back."""
        ...

    async def read(self, look: Callable[[Transaction], T]) -> T:
        """Run `look` without changing anything."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Received:
    """One message as the channel handed it over: number, whose, and the envelope's exact bytes."""

    number: int
    side: Side
    envelope: bytes


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Inbound:
    """What a look into a conversation brought; `retry_after` seconds is the vendor's wish (clamped)."""

    messages: tuple[Received, ...]
    more: bool
    retry_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Delivered:
    """The vendor has stored what was sent. `address` is the conversation's (only after opening one)."""

    address: str
    retry_after: int | None


class ChannelError(Exception):
    """A vendor could not be reached or answered wrongly.

    `code` is stable (the courier's or the protocol document's). `may_have_arrived` tells whether bytes may have reached
    the vendor; `retry_after` is when to try again (None: the channel has no wish); `final` that repeating is no use.
    """

    def __init__(
        self, code: str, detail: str = "", *, may_have_arrived: bool, final: bool, retry_after: int | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.may_have_arrived = may_have_arrived
        self.final = final
        self.retry_after = retry_after


class Channel(Protocol):
    """Our own wire. `line` keeps each relationship's connections apart."""

    async def fetch_card(
        self, url: str, *, pinned: Kid | None, last_serial: int | None
    ) -> tuple[VendorCard, bytes]: ...

    async def read_signals(
        self, address: str, leaving: Callable[[str], Awaitable[None]]
    ) -> tuple[VendorSignal, ...]: ...

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered: ...

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered: ...

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound: ...


class DataRightsChannel(Protocol):
    """The Data Rights Protocol: `base` is an organisation's address, `message` signed text. Every call may raise
    `ChannelError`; its code is `drp-not-admitted` where the organisation does not know the agent or the token (403),
    `drp-unknown` where it does not know the request (404), `drp-denied` where it will never take the message.
    """

    async def set_up(self, base: str, agent_id: str, message: str, *, line: str) -> str: ...

    async def check(self, base: str, agent_id: str, token: str, *, line: str) -> None: ...

    async def exercise(self, base: str, token: str, message: str, *, line: str) -> DrpReport: ...

    async def status(self, base: str, token: str, request_id: str, *, line: str) -> DrpReport: ...

    async def revoke(self, base: str, token: str, request_id: str, message: str, *, line: str) -> DrpReport: ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Changes:
    """Which things changed, so that views read them again: pairs of kind and id."""

    things: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(things=self.things | other.things)

    @classmethod
    def of(cls, *things: tuple[str, str]) -> "Changes":
        """The changes of the given pairs."""
        return cls(things=frozenset(things))
