"""Where one conversation stands: two interlocked chains and a state. A pure value; protocol moves it on."""

from dataclasses import dataclass

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side, State

MOST_MESSAGES = 200
MOST_LIVE_OFFERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One side's messages so far: how many, and the hash of the last (None before the first)."""

    seq: int = 0
    last: MessageId | None = None

    def __post_init__(self) -> None:
        if (self.seq == 0) != (self.last is None) or self.seq < 0:
            raise InvalidValue("a chain has a last hash exactly when it has messages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation as one side knows it.

    `id` is the ping's message id (None before the ping); `seen_by_peer` is the highest number of ours that the peer
    said it has seen (it never falls); `offers` counts the vendor's offers so far. `own_before` and `peer_before` are
    the keys of either side before the present ones, the latest first.
    """

    side: Side
    own_kid: Kid
    peer_kid: Kid
    id: MessageId | None = None
    state: State = State.NEW
    own: Chain = Chain()
    peer: Chain = Chain()
    seen_by_peer: int = 0
    offers: int = 0
    own_before: tuple[Kid, ...] = ()
    peer_before: tuple[Kid, ...] = ()

    @property
    def own_kids(self) -> tuple[Kid, ...]:
        """All keys of this side, the present one first."""
        return (self.own_kid, *self.own_before)

    @property
    def peer_kids(self) -> tuple[Kid, ...]:
        """All keys of the other side, the present one first."""
        return (self.peer_kid, *self.peer_before)

    def kids(self, side: Side) -> tuple[Kid, ...]:
        """All keys of `side`, the present one first."""
        return self.own_kids if side is self.side else self.peer_kids
