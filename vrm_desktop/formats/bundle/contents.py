"""What goes into a dispute bundle, and the order of its messages. Never here: ZIP, or choosing.

Messages stand as they were said: one of the person's right after the last of the vendor's that it had seen. That
order follows from the signed bytes alone, so that nobody can put them in another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.terms import RosterEntry
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.protocol.shapes import LeftOut

FORMAT: Final = 1
MAGIC: Final = "vrm-bundle"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.signature.json"
MESSAGES: Final = "messages.jsonl"
VALUES: Final = "disclosures.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Spoken:
    """One signed message: whose, its number, its exact bytes, and when it was stored here (the person's clock)."""

    side: Side
    number: int
    message: MessageId
    jws: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Opened:
    """One value that the person chose to show: the disclosure's text, and the message that it rode beside."""

    message: MessageId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contents:
    """Everything that one bundle holds. Keys stand in the order in which they came into use.

    `agreements` and `orders` are co-signed documents, `cards` vendor cards as published, all as exact bytes; `letters`
    and `attachments` are files by name.
    """

    vendor: str
    person_kids: tuple[Kid, ...]
    vendor_kids: tuple[Kid, ...]
    conversation: MessageId | None
    spoken: tuple[Spoken, ...]
    opened: tuple[Opened, ...] = ()
    agreements: tuple[bytes, ...] = ()
    entries: tuple[RosterEntry, ...] = ()
    orders: tuple[bytes, ...] = ()
    cards: tuple[bytes, ...] = ()
    notes: tuple[Note, ...] = ()
    letters: Mapping[str, bytes] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def in_order(self) -> tuple[Spoken, ...]:
        """The messages as they were said."""
        return interlocked(self.spoken, self.person_kids)


def interlocked(spoken: Sequence[Spoken], person_kids: tuple[Kid, ...]) -> tuple[Spoken, ...]:
    """The messages of both sides in the one order that their own `seen` tells.

    Raises:
        ProtocolError: a message of the person is not signed by one of `person_kids`.
    """
    theirs = sorted((one for one in spoken if one.side is Side.VENDOR), key=lambda one: one.number)
    found: list[Spoken] = []
    for own in sorted((one for one in spoken if one.side is Side.PERSON), key=lambda one: one.number):
        seen = decode_again(own.jws, person_kids).seen
        while theirs and theirs[0].number <= (0 if isinstance(seen, LeftOut) else seen.seq):
            found.append(theirs.pop(0))
        found.append(own)
    return (*found, *theirs)
