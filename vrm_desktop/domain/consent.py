"""Consent: what was given for what and until when, and everything that happened to it. Nothing is edited in place.

A record only grows: each giving, refusing, prolonging, withdrawing, running out is an event at its end. Never here: the
forms that records take outside (formats).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId, VendorId

MOST_ITEMS = 64


class ConsentWord(StrEnum):
    """What happened to a consent."""

    GIVEN = "given"
    RENEWED = "renewed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ALLOWS = frozenset({ConsentWord.GIVEN, ConsentWord.RENEWED})
"""After which events the data may be used."""


class ConsentFrom(StrEnum):
    """Where a record comes from: made here, or brought in as another party's receipt."""

    OWN = "own"
    DPV = "dpv"
    KANTARA = "kantara"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConsentItem:
    """One field for one purpose until a last day (None: not said). `pd` is its DPV term, "" where there is none.

    `purpose` is the wire's word; in a foreign receipt whatever it says.
    """

    name: str
    purpose: str
    pd: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConsentEvent:
    """One thing that happened `at`; `message` is the signed word for it, `act` what says it until then.

    `names` are the fields withdrawn or given again, none for all; `until` the last day that it gives.
    """

    word: ConsentWord
    at: datetime
    until: date | None = None
    message: MessageId | None = None
    act: ActId | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Consent:
    """One record. `wish` is the vendor's message, `notice` its exact words, `receipt` the bytes brought in.

    `confirmed` is the day on which the vendor said that what was withdrawn, or has run out, is erased.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    items: tuple[ConsentItem, ...]
    events: tuple[ConsentEvent, ...]
    notice: str = ""
    language: str = ""
    jurisdiction: str = ""
    wish: MessageId | None = None
    agreement: Digest | None = None
    origin: ConsentFrom = ConsentFrom.OWN
    foreign_id: str = ""
    receipt: bytes = b""
    confirmed: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= MOST_ITEMS or not self.events:
            raise InvalidValue("a consent record has 1 to 64 items, and what happened first")

    @property
    def words(self) -> str:
        """What for, as the other side said."""
        return "\n".join(filter(None, (self.notice, " ".join(item.name for item in self.items))))

    @property
    def word(self) -> ConsentWord:
        """What happened last. A withdrawal of some fields leaves the others as they were."""
        last = self.events[-1]
        if last.word is ConsentWord.WITHDRAWN and self.standing_items:
            return next((event.word for event in reversed(self.events) if event.word in ALLOWS), last.word)
        return last.word

    @property
    def stands(self) -> bool:
        """Whether the data may be used."""
        return self.word in ALLOWS

    @property
    def withdrawn_names(self) -> frozenset[str]:
        """The fields taken back since it was last given in whole."""
        taken: set[str] = set()
        for event in self.events:
            if event.word in ALLOWS:
                taken = taken - set(event.names) if event.names else set()
            elif event.word is ConsentWord.WITHDRAWN:
                taken |= set(event.names) or {item.name for item in self.items}
        return frozenset(taken)

    @property
    def standing_items(self) -> tuple[ConsentItem, ...]:
        """The fields that were not taken back."""
        taken = self.withdrawn_names
        return tuple(item for item in self.items if item.name not in taken)

    @property
    def until(self) -> date | None:
        """The last day of what stands; None where one of the fields has none."""
        days = [item.until for item in self.standing_items or self.items]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    @property
    def grants(self) -> tuple[MessageId, ...]:
        """The signed messages that gave it, oldest first."""
        return tuple(event.message for event in self.events if event.word in ALLOWS and event.message is not None)

    def and_then(self, event: ConsentEvent) -> "Consent":
        """The record with one more event."""
        return replace(self, events=(*self.events, event))

    def renewed(self, event: ConsentEvent, items: tuple[ConsentItem, ...]) -> "Consent":
        """The record, given once more: the event, and the items with their new last days.

        What was taken back and is not given again stays on record as that.
        """
        again = {item.name for item in items}
        back = tuple(item for item in self.items if item.name in self.withdrawn_names - again)
        event = replace(event, names=tuple(sorted(again)) if back else ())
        return replace(self, events=(*self.events, event), items=(*items, *back), confirmed=None)
