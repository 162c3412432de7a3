"""What the desk holds of one conversation when it decides: numbers and ids of all messages, the texts that matter.

Pure values between desk and store. The store fills a `Dossier`; the desk returns a `Decision`; nothing here decides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.vendor.documents.document import HandedOut
from vrm_desktop.vendor.reasons import Because

if TYPE_CHECKING:
    from vrm_desktop.vendor.uses import Use

SPOKEN = frozenset({Kind.MESSAGE, Kind.ACKNOWLEDGEMENT, Kind.PAID, Kind.RECEIPT})
"""Kinds whose text no later decision needs: they are counted, not loaded."""

CLAIMS = frozenset({Kind.CASE, Kind.CASE_ANSWER, Kind.DATA_REQUEST})
"""What a person may still say after the end, and what the desk still answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stored message. `jws` is empty for the kinds in `SPOKEN` when it comes from the store."""

    side: Side
    number: int
    id: MessageId
    kind: Kind
    jws: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One disclosure that rode beside the person's message `number`; kept through the day `until`."""

    number: int
    place: int
    text: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One conversation as stored. Fits protocol's `History`: this side is the vendor."""

    conversation: Conversation
    entries: tuple[Entry, ...] = ()
    held: tuple[Held, ...] = ()
    forgotten: frozenset[str] = frozenset()

    def own_id(self, number: int) -> MessageId | None:
        """The id of the desk's message of that number."""
        return self._id(Side.VENDOR, number)

    def peer_id(self, number: int) -> MessageId | None:
        """The id of the person's message of that number."""
        return self._id(Side.PERSON, number)

    def said(self, side: Side, id: MessageId) -> Kind | None:
        """The kind of that side's message with that id."""
        return next((entry.kind for entry in self.entries if entry.side is side and entry.id == id), None)

    def stored(self, side: Side, id: MessageId) -> AnyMessage | None:
        """That side's message with that id, verified again; not for the kinds in `SPOKEN`."""
        found = (entry.jws for entry in self.entries if entry.side is side and entry.id == id)
        jws = next(found, "")
        return decode_again(jws, self.conversation.kids(side)) if jws else None

    def disclosed(self) -> Collection[str]:
        """The names of the fields ever told: those still held, and those `forgotten`, whose values are gone."""
        return {Disclosure.from_text(held.text).name for held in self.held} | self.forgotten

    def last(self, side: Side, kind: Kind) -> Entry | None:
        """The last message of that side and kind."""
        found = [entry for entry in self.entries if entry.side is side and entry.kind is kind]
        return max(found, key=lambda entry: entry.number, default=None)

    def person_entry(self, number: int) -> Entry | None:
        """The person's message of that number."""
        return next((e for e in self.entries if e.side is Side.PERSON and e.number == number), None)

    def person_has(self, message_id: MessageId) -> bool:
        """Whether the person's message of that id is stored."""
        return any(entry.id == message_id for entry in self.entries if entry.side is Side.PERSON)

    def settled_by_the_end(self) -> tuple[int, ...]:
        """The numbers of the person's messages that want no answer once it is over: all but claims."""
        return tuple(e.number for e in self.entries if e.side is Side.PERSON and e.kind not in CLAIMS)

    def ids(self, side: Side, *, up_to: int) -> tuple[MessageId, ...]:
        """The ids of that side's messages 1 to `up_to`, in order."""
        chosen = sorted((e for e in self.entries if e.side is side and e.number <= up_to), key=lambda e: e.number)
        return tuple(entry.id for entry in chosen)

    def _id(self, side: Side, number: int) -> MessageId | None:
        return next((e.id for e in self.entries if e.side is side and e.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The person's message `number` wants an answer, at the earliest at `due`; None waits for the shop's people."""

    number: int
    due: datetime | None
    wanted: date | None = None
    """By which day the person may expect it of the shop's people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A value that rides beside the desk's own message `number`: a copy for the person whose it is."""

    number: int
    place: int
    text: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """The coarse values of an opening, as the inbox lists them. `wish` is canonical JSON; days are ISO, or empty.

    `known` is the older conversation whose key vouched for this one, or empty.
    """

    category: str
    area: str
    wish: str
    answers_by: str
    needed_by: str
    asked: str
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Pieces of an article kept for one conversation through `until`; None: for its order."""

    article: str
    quantity: int
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one turn changes, all in one transaction.

    `opens` is the read hash and `enquiry` the coarse want when the turn opens the conversation. `entries` and `held`
    are added, `duty` is left over for later, `settled` duties are done, `erased` and `kept` name disclosures by
    (number, place).
    `declined` is why the person declined an offer in this turn.
    `because` is why, `progress` an order's new status, `outcome` why there is no offer (None: as before).
    `reserves` keeps pieces, `releases` lets them go, `uses` is what was done with values, `copies` ride beside the
    desk's own messages. `tells` says that connectors hear of the erasure by itself. `hands_out` is a document that the
    person may fetch from now on; `documents_through` the day through which such documents lie ready at most (None: as
    before, `date.min`: they go now).
    """

    conversation: Conversation
    entries: tuple[Entry, ...] = ()
    opens: Digest | None = None
    held: tuple[Held, ...] = ()
    duty: Duty | None = None
    settled: frozenset[int] = frozenset()
    erased: frozenset[tuple[int, int]] = frozenset()
    kept: Mapping[tuple[int, int], date] = field(default_factory=dict)
    enquiry: Enquiry | None = None
    because: tuple[Because, ...] = ()
    progress: str = ""
    outcome: str | None = None
    declined: DeclineReason | None = None
    reserves: Reservation | None = None
    releases: bool = False
    uses: tuple["Use", ...] = ()
    copies: tuple[Copy, ...] = ()
    forgotten: frozenset[str] = frozenset()
    tells: bool = False
    hands_out: HandedOut | None = None
    documents_through: date | None = None
