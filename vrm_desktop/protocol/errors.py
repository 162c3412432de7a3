"""Everything that can be wrong with what came over the wire. Codes are those of docs/protocol.md, section 3."""

from typing import ClassVar


class ProtocolError(Exception):
    """A rule of the protocol was broken. `code` is the wire's name for it."""

    code: ClassVar[str] = "protocol"


class Malformed(ProtocolError):
    """Not canonical, not the documented shape, or an unknown kind."""

    code: ClassVar[str] = "malformed"


class TooLarge(ProtocolError):
    """More bytes than the protocol allows."""

    code: ClassVar[str] = "too-large"


class BadSignature(ProtocolError):
    """A signature, its key or its header is refused."""

    code: ClassVar[str] = "bad-signature"


class WrongAudience(ProtocolError):
    """The message is meant for another key or another conversation."""

    code: ClassVar[str] = "wrong-audience"


class Expired(ProtocolError):
    """The message came after its `exp`, or the card after its `expires`."""

    code: ClassVar[str] = "expired"


class NotServed(ProtocolError):
    """A category, region or protocol version that this side does not serve."""

    code: ClassVar[str] = "not-served"


class Unsupported(ProtocolError):
    """`must` names a member that this side does not know."""

    code: ClassVar[str] = "unsupported"


class Fork(ProtocolError):
    """The sender told two different stories under one number, or does not know its own last message."""

    code: ClassVar[str] = "fork"


class Missing(ProtocolError):
    """A gap in the sender's numbers; `last` is the last number received."""

    code: ClassVar[str] = "missing"

    def __init__(self, last: int) -> None:
        super().__init__(f"nothing after number {last} has come")
        self.last = last


class NotAllowedNow(ProtocolError):
    """The conversation's state has no transition for this message; `state` is that state."""

    code: ClassVar[str] = "not-allowed-now"

    def __init__(self, state: str, message: str) -> None:
        super().__init__(message)
        self.state = state


class BadDisclosure(ProtocolError):
    """A disclosure without its digest, a digest without its disclosure, or one that was never pledged."""

    code: ClassVar[str] = "bad-disclosure"


class Full(ProtocolError):
    """200 messages in one direction, or a sixth offer."""

    code: ClassVar[str] = "full"


class AlreadyReceived(ProtocolError):
    """The same message again: the same answer, no second effect."""

    code: ClassVar[str] = "already-received"


class BadSeen(ProtocolError):
    """`seen` falls, or names a message that was never sent."""

    code: ClassVar[str] = "bad-seen"


class BadAgreement(ProtocolError):
    """An agreement of other parties, in the wrong place, of another text, or without the signatures it needs."""

    code: ClassVar[str] = "bad-agreement"


class BadOrder(ProtocolError):
    """An order that is not the offer as accepted, or without the signatures it needs."""

    code: ClassVar[str] = "bad-order"


class RecordDiffers(ProtocolError):
    """The two sides do not hold the same record of the conversation."""

    code: ClassVar[str] = "record-differs"


class BadCard(ProtocolError):
    """A vendor card with a refused member: endpoint, serial, life span."""

    code: ClassVar[str] = "bad-card"


class KeyChanged(ProtocolError):
    """A vendor card with another key than the pinned one, and without the pinned key's consent."""

    code: ClassVar[str] = "key-changed"
