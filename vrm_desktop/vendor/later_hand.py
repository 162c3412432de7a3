"""What the shop's people say by hand to cases, changes, voices and rights, and what they wish to know."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final, assert_never

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.living import CaseState, ReportState
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.living import Right
from vrm_desktop.protocol.orders import placed
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.protocol.sealing import Sealable
from vrm_desktop.protocol.shapes import LEFT_OUT, LeftOut, altered, read_day
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Dossier, Entry
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.later_acts import (
    AnswerCase,
    AnswerChange,
    AnswerRight,
    AnswerVoice,
    AskData,
    LaterAct,
    PayBack,
    SendDocument,
    Settled,
)
from vrm_desktop.vendor.later_answers import case_numbers
from vrm_desktop.vendor.permissions import covered, terms_in_force
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.turn import Turn
from vrm_desktop.vendor.use_report import use_record

LONGEST_EXTENSION: Final = timedelta(days=92)
"""A month, and two more where a right takes longer (Art. 12 GDPR)."""


class LaterHand:
    """The acts, each as the desk's next messages. Every method raises `HandRefused` where it cannot be said so."""

    def __init__(self, *, roster: Roster) -> None:
        self._roster = roster

    def do(self, turn: Turn, act: LaterAct, *, by: str) -> None:
        """Say what `act` says; what waited for it waits no longer."""
        turn.because(Why.BY_HAND, by=by)
        match act:
            case AnswerCase():
                self._case(turn, act)
            case PayBack():
                self._pay_back(turn, act)
            case AnswerChange():
                self._change(turn, act)
            case SendDocument():
                self._send(turn, act)
            case AnswerVoice():
                entry = _named(turn.dossier, act.of, Kind.VOICE)
                _say(
                    turn,
                    Kind.VOICE_ANSWER,
                    lambda claims: messages.VoiceAnswer(**claims, of=act.of, state=act.state.value, text=act.text),
                )
                turn.settle(entry.number)
            case AskData():
                self._ask(turn, act)
            case AnswerRight():
                self._right(turn, act)
            case Settled():
                turn.settle(_named(turn.dossier, act.of, *_LOOKED_AFTER).number)
            case _:
                assert_never(act)

    @staticmethod
    def _case(turn: Turn, act: AnswerCase) -> None:
        _named(turn.dossier, act.case, Kind.CASE)
        minor, currency = _amount(act.amount)
        _say(
            turn,
            Kind.CASE_ANSWER,
            lambda claims: messages.CaseAnswer(
                **claims,
                case=act.case,
                answer=act.answer.value,
                remedy=act.remedy.value if act.remedy is not None else LEFT_OUT,
                amount=minor,
                currency=currency,
                by=act.by.isoformat() if act.by is not None else LEFT_OUT,
                text=act.text,
            ),
        )
        turn.settle(*case_numbers(turn.dossier, act.case))
        if act.answer is CaseState.ACCEPTED and act.by is not None:
            # What was promised for a day is owed until it is done.
            turn.by_hand(_named(turn.dossier, act.case, Kind.CASE).number, act.by)

    @staticmethod
    def _pay_back(turn: Turn, act: PayBack) -> None:
        dealings = Dealings(turn.dossier)
        order = dealings.order()
        price = placed(dealings.accept().order, turn.dossier.conversation).price if order is not None else None
        if order is None or price is None:
            raise HandRefused("there is no order with a price")
        if act.amount.currency != price.currency:
            raise HandRefused(f"the order was in {price.currency}")
        if act.amount.minor + _paid_back(turn.dossier) > price.total:
            raise HandRefused("more than the order cost")
        if act.case is not None:
            _named(turn.dossier, act.case, Kind.CASE)
        _say(
            turn,
            Kind.REFUND,
            lambda claims: messages.Refund(
                **claims,
                order=order,
                case=act.case if act.case is not None else LEFT_OUT,
                amount=act.amount.minor,
                currency=act.amount.currency,
                number=act.number,
            ),
        )

    @staticmethod
    def _change(turn: Turn, act: AnswerChange) -> None:
        entry = _named(turn.dossier, act.of, Kind.ORDER_CHANGE)
        _say(
            turn,
            Kind.STATUS,
            lambda claims: messages.Status(
                **claims,
                state=act.state,
                by=act.by.isoformat() if act.by is not None else LEFT_OUT,
                note=act.note,
                of=act.of,
                answer="accepted" if act.accepted else "refused",
            ),
        )
        turn.settle(entry.number)
        if act.state == "cancelled":
            turn.release()

    @staticmethod
    def _send(turn: Turn, act: SendDocument) -> None:
        entry = _named(turn.dossier, act.of, Kind.ORDER_CHANGE) if act.of is not None else None
        document = messages.Document(
            title=act.title, media=act.document.media.value, hash=act.document.digest, link=act.link
        )
        note = act.note or f"Ready to fetch through {turn.ready_through().isoformat()}."
        _say(
            turn,
            Kind.STATUS,
            lambda claims: messages.Status(
                **claims,
                state=act.state,
                note=note,
                of=entry.id if entry is not None else LEFT_OUT,
                answer="accepted" if entry is not None else LEFT_OUT,
                documents=(document,),
            ),
        )
        turn.hand_out(act.document)
        if entry is not None:
            turn.settle(entry.number)

    def _ask(self, turn: Turn, act: AskData) -> None:
        day = turn.now.date()
        if act.in_return is not None and act.in_return.due <= day:
            raise HandRefused("what comes back for it has a day to come")
        again = set(act.fields) & asked_already(turn.dossier, act.purpose, day)
        if again:
            raise HandRefused(f"already asked, and not to be asked again so soon: {', '.join(sorted(again))}")
        if not covered(act.purpose, terms_in_force(turn.dossier, self._roster)):
            turn.because(Why.TERMS_DO_NOT_ALLOW)
        wishes = tuple(messages.Wish(name=name, purpose=act.purpose.value, days=act.days) for name in act.fields)  # type: ignore[arg-type] # RIGHTS was refused before
        _say(
            turn,
            Kind.DATA_REQUEST,
            lambda claims: messages.DataWish(
                **claims,
                fields=wishes,
                why=act.why,
                in_return=_in_return(act),
                by=act.by.isoformat() if act.by is not None else LEFT_OUT,
            ),
        )

    @staticmethod
    def _right(turn: Turn, act: AnswerRight) -> None:
        entry = _named(turn.dossier, act.of, Kind.DATA_REQUEST)
        request = Dealings(turn.dossier).message(entry)
        if not isinstance(request, messages.DataRequest):
            raise HandRefused("that is no right")
        later = act.state is ReportState.EXTENDED
        if later != (act.until is not None):
            raise HandRefused("until: a day exactly when it takes longer")
        if act.until is not None and not turn.now.date() < act.until <= turn.now.date() + LONGEST_EXTENSION:
            raise HandRefused("until: a day to come, three months at most")
        if act.state is not ReportState.FULFILLED and not act.reason:
            raise HandRefused("reason: say why")
        record = use_record(turn.dossier, ())
        until = act.until.isoformat() if act.until is not None else LEFT_OUT
        build = partial(_report, act=act, right=request.right, until=until)
        if not turn.may(Kind.USE_REPORT):
            raise HandRefused("a report cannot be said now")
        turn.report(lambda claims: altered(build(claims), held=() if later else record.held), ())
        turn.settle(entry.number)
        if act.until is not None:
            turn.by_hand(entry.number, act.until)


def asked_already(dossier: Dossier, purpose: Purpose, today: date) -> set[str]:
    """The fields wished for already for this purpose: granted, or asked for through a day that is still to come."""
    dealings, found = Dealings(dossier), set()
    granted = {
        message.of
        for entry in dossier.entries
        if entry.side is Side.PERSON and entry.kind is Kind.GRANT
        if isinstance(message := dealings.message(entry), messages.Grant)
    }
    for entry in dossier.entries:
        wish = dealings.message(entry) if entry.side is Side.VENDOR and entry.kind is Kind.DATA_REQUEST else None
        if isinstance(wish, messages.DataWish):
            over = isinstance(wish.by, str) and read_day(wish.by) < today
            if entry.id in granted or not over:
                found |= {field.name for field in wish.fields if field.purpose == purpose.value}
    return found


_LOOKED_AFTER: Final = (Kind.NOTICE, Kind.CASE_ANSWER, Kind.GRANT, Kind.REVEAL, Kind.VOICE, Kind.CASE)


def _say(turn: Turn, kind: Kind, build: Callable[[Stamp], Sealable]) -> None:
    if not turn.may(kind):
        raise HandRefused(f"{kind} cannot be said now: the conversation is {turn.dossier.conversation.state}")
    turn.say(build)


def _named(dossier: Dossier, id: MessageId, *kinds: Kind) -> Entry:
    for entry in dossier.entries:
        if entry.id == id and entry.side is Side.PERSON and entry.kind in kinds:
            return entry
    raise HandRefused("that is of another conversation")


def _amount(money: Money | None) -> tuple[int | LeftOut, str | LeftOut]:
    return (LEFT_OUT, LEFT_OUT) if money is None else (money.minor, money.currency)


def _in_return(act: AskData) -> messages.InReturn | LeftOut:
    if act.in_return is None:
        return LEFT_OUT
    minor, currency = _amount(act.in_return.amount)
    return messages.InReturn(
        what=act.in_return.what, due=act.in_return.due.isoformat(), amount=minor, currency=currency
    )


def _report(claims: Stamp, *, act: AnswerRight, right: Right, until: str | LeftOut) -> messages.UseReport:
    return messages.UseReport(**claims, of=act.of, right=right, state=act.state.value, reason=act.reason, until=until)


def _paid_back(dossier: Dossier) -> int:
    dealings = Dealings(dossier)
    refunds = [
        dealings.message(entry) for entry in dossier.entries if entry.side is Side.VENDOR and entry.kind is Kind.REFUND
    ]
    return sum(each.amount for each in refunds if isinstance(each, messages.Refund))
