"""What the desk says by itself to what a person says beside and after an order. Sends and stores nothing."""

from collections.abc import Callable, Iterable
from datetime import date

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.protocol.messages import (
    Acknowledgement,
    AnyMessage,
    Case,
    CaseAnswer,
    CaseReply,
    DataRequest,
    DataWish,
    Grant,
    InReturn,
    OrderChange,
    Status,
    Update,
    WithdrawConsent,
)
from vrm_desktop.protocol.shapes import LeftOut, read_day
from vrm_desktop.vendor import rights
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import CLAIMS, Dossier, Entry
from vrm_desktop.vendor.holdings import Holding, holdings
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.turn import Turn
from vrm_desktop.vendor.uses import Used

UsedSoFar = Callable[[], Iterable[Used]]
"""Tells, when it is needed, what was done with the values of this conversation."""
NOTHING_USED: UsedSoFar = tuple
_ALWAYS_BY_HAND = frozenset({Kind.CASE, Kind.NOTICE, Kind.VOICE})
_OPEN_AGAIN = frozenset({"accept", "refuse", "unresolved"})
_NOT_YET_AWAY = frozenset({"", "preparing", "delayed"})


class LaterAnswers:
    """One shop's answers; `cancels`: an order that is not yet away is cancelled when the person says so."""

    def __init__(self, *, cancels: bool) -> None:
        self._cancels = cancels

    def by_hand(self, turn: Turn, entry: Entry) -> bool:
        """Whether somebody of the shop has to look at this message, beside what the desk says at once."""
        if entry.kind is Kind.REVEAL:
            return True
        if turn.dossier.conversation.state is State.ENDED and entry.kind not in {Kind.CASE, Kind.CASE_ANSWER}:
            return entry.kind is Kind.DATA_REQUEST and rights.for_people(self._right(turn, entry))
        if entry.kind in _ALWAYS_BY_HAND:
            return True
        match Dealings(turn.dossier).message(entry):
            case CaseReply(answer=answer):
                return answer in _OPEN_AGAIN
            case OrderChange() as change:
                return not self._may_cancel(turn, change)
            case DataRequest() as request:
                return rights.for_people(request) or not turn.may(Kind.USE_REPORT)
            case Grant() as grant:
                return promised(turn.dossier, grant) is not None
            case _:
                return False

    def answer(self, turn: Turn, entry: Entry, used: UsedSoFar) -> None:
        """Say at once what can be said at once."""
        match Dealings(turn.dossier).message(entry):
            case Case() as case:
                opening = entry.id if isinstance(case.case, LeftOut) else MessageId(case.case)
                if turn.may(Kind.CASE_ANSWER):
                    turn.say(lambda claims: CaseAnswer(**claims, case=opening, answer="received"))
            case CaseReply() as reply:
                if reply.answer not in _OPEN_AGAIN:
                    turn.settle(*case_numbers(turn.dossier, MessageId(reply.case)))
                acknowledge(turn, entry.id)
            case OrderChange() as change if self._may_cancel(turn, change):
                turn.because(Why.CANCELLED_IN_TIME)
                turn.say(lambda claims: Status(**claims, state="cancelled", of=entry.id, answer="accepted"))
                turn.release()
            case DataRequest() as request if not rights.for_people(request) and turn.may(Kind.USE_REPORT):
                turn.because(Why.RIGHT_MET, right=request.right)
                rights.meet(turn, entry.id, request, used())
            case Update():
                self._erased(turn, entry.id, _replaced(turn.dossier, entry))
            case WithdrawConsent() as back:
                turn.because(Why.CONSENT_WITHDRAWN)
                self._erased(turn, entry.id, _consented(turn.dossier, back))
                turn.settle(*_number_of(turn.dossier, MessageId(back.of)))
            case _:
                acknowledge(turn, entry.id)

    @staticmethod
    def _erased(turn: Turn, of: MessageId, gone: list[Holding]) -> None:
        """Erase these, and sign for it in the acknowledgement of message `of`."""
        if gone:
            rights.erase(turn, of, gone)
        else:
            acknowledge(turn, of)

    def _may_cancel(self, turn: Turn, change: OrderChange) -> bool:
        if not self._cancels or change.what != "cancel" or not turn.may(Kind.STATUS):
            return False
        return Dealings(turn.dossier).progress() in _NOT_YET_AWAY

    @staticmethod
    def _right(turn: Turn, entry: Entry) -> DataRequest:
        message = Dealings(turn.dossier).message(entry)
        if not isinstance(message, DataRequest):
            raise TypeError("a data-request is one")
        return message


def acknowledge(turn: Turn, of: MessageId) -> None:
    """Say that a message has come. After the end the desk is silent but for claims."""
    silent = turn.dossier.conversation.state is State.ENDED and turn.dossier.said(Side.PERSON, of) not in CLAIMS
    if turn.may(Kind.ACKNOWLEDGEMENT) and not silent:
        turn.say(lambda claims: Acknowledgement(**claims, of=of))


def promised(dossier: Dossier, grant: Grant) -> date | None:
    """The day until which something comes back for what was granted; None where nothing was promised."""
    wish = dossier.stored(Side.VENDOR, MessageId(grant.of))
    if isinstance(wish, DataWish) and isinstance(wish.in_return, InReturn):
        return read_day(wish.in_return.due)
    return None


def case_numbers(dossier: Dossier, case: MessageId) -> tuple[int, ...]:
    """The numbers of the person's messages about the case that the message `case` opened."""
    dealings, found = Dealings(dossier), []
    for entry in dossier.entries:
        if entry.side is Side.PERSON and entry.kind in {Kind.CASE, Kind.CASE_ANSWER}:
            message: AnyMessage = dealings.message(entry)
            if entry.id == case or getattr(message, "case", None) == case:
                found.append(entry.number)
    return tuple(found)


def _number_of(dossier: Dossier, id: MessageId) -> tuple[int, ...]:
    return tuple(entry.number for entry in dossier.entries if entry.side is Side.PERSON and entry.id == id)


def _replaced(dossier: Dossier, entry: Entry) -> list[Holding]:
    """The older values of the fields that the update in `entry` tells anew."""
    found = holdings(dossier)
    names = {one.name for one in found if one.number == entry.number}
    return [one for one in found if one.name in names and one.number < entry.number]


def _consented(dossier: Dossier, back: WithdrawConsent) -> list[Holding]:
    """What is held on the consent that is taken back: what came with the grant, and what has replaced it since."""
    grant = dossier.stored(Side.PERSON, MessageId(back.of))
    wish = dossier.stored(Side.VENDOR, MessageId(grant.of)) if isinstance(grant, Grant) else None
    wished = {(one.name, one.purpose) for one in wish.fields} if isinstance(wish, DataWish) else set()
    number = next((one.number for one in dossier.entries if one.id == back.of), 0)
    updates = {one.number for one in dossier.entries if one.side is Side.PERSON and one.kind is Kind.UPDATE}
    return [
        one
        for one in holdings(dossier)
        if (one.number == number or (one.number in updates and (one.name, one.purpose.value) in wished))
        and (not back.fields or one.name in back.fields)
    ]
