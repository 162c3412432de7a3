"""What one conversation holds beside want and order: cases, changes, rights, voices, wishes. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.shapes import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the history; `at` in seconds since 1970, `wanted` the day by which the shop owes an answer."""

    side: Side
    number: int
    id: MessageId
    kind: Kind
    at: int
    message: AnyMessage
    waits: bool
    wanted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """One case: the message that opened it, all that was said of it, and how the shop's word stands."""

    opening: Said
    talk: tuple[Said, ...]
    state: str
    reply: str

    @property
    def over(self) -> bool:
        """Whether the person has said that it is over, or the shop that it is done and nobody disagrees."""
        return self.reply in {"resolved", "withdrawn"} or (self.state in {"done", "refused"} and not self.waits)

    @property
    def waits(self) -> bool:
        """Whether the shop owes something."""
        return any(said.waits for said in self.talk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """One of the shop's own wishes, and what the person said to it: empty while it is open."""

    said: Said
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """All of it, each in the order in which it was said."""

    cases: tuple[OpenCase, ...]
    changes: tuple[Said, ...]
    rights: tuple[Said, ...]
    voices: tuple[Said, ...]
    looked_at: tuple[Said, ...]
    wishes: tuple[Wished, ...]


def matters(said: Sequence[Said]) -> Matters:
    """What of a history is such a matter. Changes, rights and what is only to be looked at: those that wait."""
    waiting = [each for each in said if each.waits]
    return Matters(
        cases=tuple(_case(each, said) for each in said if _opens(each.message)),
        changes=tuple(each for each in waiting if each.kind is Kind.ORDER_CHANGE),
        rights=tuple(each for each in waiting if each.kind is Kind.DATA_REQUEST),
        voices=tuple(each for each in said if each.kind is Kind.VOICE),
        looked_at=tuple(each for each in waiting if each.kind in {Kind.NOTICE, Kind.GRANT}),
        wishes=tuple(_wish(each, said) for each in said if isinstance(each.message, messages.DataWish)),
    )


def voice_state(id: MessageId, said: Sequence[Said]) -> str:
    """What the shop last said of a voice; empty before it said anything."""
    answers = [each.message for each in said if isinstance(each.message, messages.VoiceAnswer)]
    states = [answer.state for answer in answers if answer.of == id]
    return states[-1] if states else ""


def _opens(message: AnyMessage) -> bool:
    return isinstance(message, messages.Case) and isinstance(message.case, LeftOut)


def _case(opening: Said, said: Sequence[Said]) -> OpenCase:
    talk = [each for each in said if each.id == opening.id or getattr(each.message, "case", None) == opening.id]
    states = [each.message.answer for each in talk if isinstance(each.message, messages.CaseAnswer)]
    replies = [each.message.answer for each in talk if isinstance(each.message, messages.CaseReply)]
    return OpenCase(
        opening=opening,
        talk=tuple(talk),
        state=states[-1] if states else "",
        reply=replies[-1] if replies else "",
    )


def _wish(wish: Said, said: Sequence[Said]) -> Wished:
    answers = [
        each.kind.value for each in said if each.side is Side.PERSON and getattr(each.message, "of", "") == wish.id
    ]
    return Wished(said=wish, answer=answers[-1] if answers else "")
