"""What a connector is: told what happened, asked what its program says. The shapes only; nothing is sent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.messages import OrderText
from vrm_desktop.vendor.hand_acts import Act
from vrm_desktop.vendor.want import Want

ERASED = "erased"
"""The one event that is no message: the last day of values has passed, and the desk has deleted them."""

Notes = Mapping[str, str]
"""What a connector wants to know again of a conversation: the ids that things have on its side. No personal values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened in a conversation.

    `id` is the message's id, and the same each time the event is told: what came once must have no second effect.
    `kind` is the message's kind or `ERASED`, `side` who said it. `content` are the message's own members, without
    signatures. `want` and `given` (what came with an order, by wire name) hold what the desk still holds *now*;
    without `values` in the settings they hold nothing personal at all. `state` is how the conversation stands now.
    """

    id: str
    conversation: str
    kind: str
    side: Side
    at: datetime
    state: State
    want: Want
    content: Mapping[str, JsonValue] = field(default_factory=dict)
    order: OrderText | None = None
    given: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that the connector's program says: an act of the shop, done once for each `id`."""

    id: str
    conversation: str
    act: Act
    notes: Notes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of an event: notes to keep (added to those there are), and what is to be said at once."""

    notes: Notes = field(default_factory=dict)
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said since `bookmark`, and the bookmark from which to ask the next time."""

    said: Sequence[Said] = ()
    bookmark: str = ""


class Connector(Protocol):
    """One program of the shop's. All methods run on the desk's event loop and must not block it.

    They may raise:
        ConnectorAway, CourierError: nobody is there; all its events wait, however long it takes.
        ConnectorRefused: this one event cannot be taken; it is tried again less and less often, then set aside.
    """

    async def tell(self, event: Event, notes: Notes) -> Told:
        """Bring one event in. Events of one conversation come in order; one that failed comes again."""
        ...

    async def listen(self, bookmark: str) -> Heard:
        """What the program says since; the same thing may be said again under the same id."""
        ...

    async def check(self) -> str:
        """Try the connection without changing anything; returns one line about who is there."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...
