"""A vendor that understands what is said after an order. Never here: what is expected."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.lying_vendor import Say, Talk, honest
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage

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
