"""Voices: an idea, an experience or a question that the person told a counterparty, and what it says became of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.living import VoiceState, VoiceTopic

TEXT_LENGTH = 4000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VoiceReply:
    """One signed word of the vendor on a voice. It may be said again as things go on."""

    state: VoiceState
    at: datetime
    message: MessageId
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Voice:
    """One voice. `act` is what it was while it waited to leave, `message` the signed one, `letter` the one instead."""

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    topic: VoiceTopic
    text: str
    order: Digest | None = None
    act: ActId | None = None
    message: MessageId | None = None
    letter: str = ""
    replies: tuple[VoiceReply, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip() or len(self.text) > TEXT_LENGTH:
            raise InvalidValue("a voice has 1 to 4,000 characters")

    @property
    def words(self) -> str:
        """What was told, and what came back."""
        return "\n".join((self.text, *(reply.text for reply in self.replies if reply.text)))

    @property
    def state(self) -> VoiceState | None:
        """What became of it, as the vendor said last."""
        return self.replies[-1].state if self.replies else None

    def sealed(self, message: MessageId) -> "Voice":
        """The voice, once it has its signed message."""
        return replace(self, message=message)

    def heard(self, reply: VoiceReply) -> "Voice":
        """The voice with one more reply."""
        return replace(self, replies=(*self.replies, reply))
