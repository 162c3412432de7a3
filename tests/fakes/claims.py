"""A vendor that understands what is said after an order, and plain letters. Never here: what is expected."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.lying_vendor import Say, Talk, honest
from vrm_desktop.domain.case import Case, CaseTurn
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.domain.voice import Voice
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.services.write_by_hand import LetterWords, Writing

KINDS = tuple(kind.value for kind in (Kind.CASE, Kind.CASE_ANSWER, Kind.ORDER_CHANGE, Kind.VOICE))
Answering = Callable[[Talk, Any, MessageId], None]


def answering(answers: Mapping[type[AnyMessage], Answering]) -> Say:
    """Honest up to the order; then `answers` says what follows a message of each kind (its id is handed over)."""

    def say(talk: Talk, message: AnyMessage) -> None:
        answer = answers.get(type(message))
        if answer is not None:
            answer(talk, message, talk.peer[-1])
        else:
            honest(talk, message)

    return say


def case_answers(*answers: Mapping[str, Any]) -> Answering:
    """These words on a case, one after the other."""

    def say(talk: Talk, message: messages.Case, id: MessageId) -> None:
        case = message.case if isinstance(message.case, str) else id
        for members in answers:
            talk.say(messages.CaseAnswer(**{**talk.claims(), "case": case, **members}))

    return say


def case_letter(_case: Case, turn: CaseTurn) -> Writing:
    """A letter that says a turn."""
    return lambda vendor, name: LetterWords(
        language="en", subject=f"To {vendor.name}", body=f"{turn.word}: {turn.text or '-'}\n\n{name}"
    )


def change_letter(change: ChangeAsked) -> Writing:
    """A letter that asks for a change."""
    return lambda vendor, name: LetterWords(
        language="en", subject=f"To {vendor.name}", body=f"{change.what}: {change.text}\n\n{name}"
    )


def voice_letter(voice: Voice) -> Writing:
    """A letter that tells a voice."""
    return lambda vendor, name: LetterWords(
        language="en", subject=f"To {vendor.name}", body=f"{voice.topic}: {voice.text}\n\n{name}"
    )
