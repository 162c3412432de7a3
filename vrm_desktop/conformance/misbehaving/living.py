"""What an honest vendor says beside and after an order, at once and by itself: cases, changes, rights, consent."""

from vrm_desktop.conformance.misbehaving.house import Talk
from vrm_desktop.conformance.misbehaving.papers import invoice
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.shapes import LEFT_OUT, LeftOut

_RECEIVED = (messages.CaseReply, messages.Grant, messages.Refuse, messages.Notice, messages.KeyChange)
_UNTIL = "2031-12-31"


def live(talk: Talk, message: AnyMessage) -> None:
    """Answer what may be said after the terms, beside the want."""
    of = talk.peer[-1]
    match message:
        case messages.Case() if talk.may(Kind.CASE_ANSWER):
            opening = of if isinstance(message.case, LeftOut) else message.case
            talk.say(messages.CaseAnswer(**talk.claims(), case=opening, answer="received"))
        case messages.OrderChange(what="document") if talk.may(Kind.STATUS):
            ready(talk, invoice(talk.house))
        case messages.OrderChange() if talk.may(Kind.STATUS):
            talk.say(messages.Status(**talk.claims(), state="preparing", of=of, answer="refused"))
        case messages.Voice() if talk.may(Kind.VOICE_ANSWER):
            talk.say(messages.VoiceAnswer(**talk.claims(), of=of, state="seen"))
        case messages.DataRequest() if talk.may(Kind.USE_REPORT):
            report(talk, message, of)
        case messages.Update() if talk.may(Kind.ACKNOWLEDGEMENT):
            names = {each.name for each, _ in talk.told(of)}
            new = {each.digest for each, _ in talk.told(of)}
            older = [each for each, _ in talk.told() if each.name in names and each.digest not in new]
            erased(talk, of, tuple(each.digest for each in older))
        case messages.WithdrawConsent() if talk.may(Kind.ACKNOWLEDGEMENT):
            erased(talk, of, tuple(each.digest for each, _ in talk.told(message.of)))
        case _ if isinstance(message, _RECEIVED) and talk.may(Kind.ACKNOWLEDGEMENT):
            talk.acknowledge()
        case _:
            pass


def ready(talk: Talk, document: messages.Document) -> None:
    """Say that the document lies ready that was just asked for."""
    claims, of = talk.claims(), talk.peer[-1]
    talk.say(messages.Status(**claims, state="preparing", of=of, answer="accepted", documents=(document,)))


def erased(talk: Talk, of: MessageId, digests: tuple[str, ...]) -> None:
    """Acknowledge a message, and sign for what was erased because of it."""
    talk.say(messages.Acknowledgement(**talk.claims(), of=of, erased=tuple(sorted(digests)) or LEFT_OUT))


def report(talk: Talk, message: messages.DataRequest, of: MessageId) -> None:
    """Say what is held, with a copy where one was asked for."""
    told = talk.told()
    held = tuple(
        messages.HeldValue(name=each.name, purpose=purpose, until=_UNTIL, digest=each.digest)  # type: ignore[arg-type] # as the person wrote it
        for each, purpose in told
    )
    copied = tuple(each for each, _ in told) if message.right in {"copy", "portability"} else ()
    talk.report(messages.UseReport(**talk.claims(), of=of, right=message.right, state="fulfilled", held=held), copied)
