"""Posted forms about cases, changes, rights, voices, refunds and wishes, as acts of the shop's people. Says nothing."""

import re
from typing import Literal

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.living import CaseState, Remedy, ReportState, VoiceState
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.later_acts import (
    AnswerCase,
    AnswerChange,
    AnswerRight,
    AnswerVoice,
    AskData,
    LaterAct,
    PayBack,
    Promise,
    Settled,
)
from vrm_desktop.vendor.pages.forms import Form
from vrm_desktop.vendor.rules_file import MOST_WISHED, WISHED_NAME

State = Literal["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"]
STATES: tuple[State, ...] = ("preparing", "shipped", "ready", "delivered", "delayed", "cancelled")
_ID = re.compile(r"[A-Za-z0-9_-]{43}")


def later_act(name: str, form: Form, *, currency: str) -> LaterAct | None:
    """What the form posted to `name` says; None where it is none of these.

    Raises:
        HandRefused: a field will not do.
    """
    match name:
        case "case":
            return AnswerCase(
                case=_id(form),
                answer=form.one_of("answer", CaseState),
                remedy=form.one_of("remedy", Remedy) if form.fields.get("remedy") else None,
                amount=_amount(form, currency),
                by=form.day("by") if form.said("by") else None,
                text=form.text("text", most=4000),
            )
        case "refund":
            amount = Money(minor=form.minor("amount", currency), currency=currency)
            return PayBack(amount=amount, number=form.text("number", most=200), case=read_of(form))
        case "change":
            return _change(form)
        case "voice":
            return AnswerVoice(of=_id(form), state=form.one_of("state", VoiceState), text=form.text("text", most=200))
        case "right":
            return AnswerRight(
                of=_id(form),
                state=form.one_of("state", ReportState),
                reason=form.text("reason", most=200),
                until=form.day("until") if form.said("until") else None,
            )
        case "ask":
            return _ask(form, currency)
        case "settled":
            return Settled(of=_id(form))
        case _:
            return None


def read_state(form: Form) -> State:
    """How an order goes on.

    Raises:
        HandRefused: none of the list.
    """
    state = next((each for each in STATES if each == form.fields.get("state", "")), None)
    if state is None:
        raise HandRefused(f"state: one of {', '.join(STATES)}")
    return state


def _change(form: Form) -> AnswerChange:
    return AnswerChange(
        of=_id(form),
        accepted=form.fields.get("answer") == "accepted",
        state=read_state(form),
        by=form.day("by") if form.said("by") else None,
        note=form.text("note", most=200),
    )


def _ask(form: Form, currency: str) -> AskData:
    names = tuple(dict.fromkeys(re.split(r"[\s,]+", form.text("fields", most=2000, needed=True))))
    if len(names) > MOST_WISHED or not all(WISHED_NAME.fullmatch(name) for name in names):
        raise HandRefused(f"fields: 1 to {MOST_WISHED} names like profile.phone")
    purpose = form.one_of("purpose", Purpose)
    if purpose is Purpose.RIGHTS:
        raise HandRefused("purpose: what the shop would use it for")
    promise = None
    if form.said("what"):
        promise = Promise(what=form.text("what", most=200), due=form.day("due"), amount=_amount(form, currency))
    return AskData(
        fields=names,
        purpose=purpose,
        days=form.number("days", least=1, most=3650),
        why=form.text("why", most=200, needed=True),
        in_return=promise,
        by=form.day("by") if form.said("by") else None,
    )


def _amount(form: Form, currency: str) -> Money | None:
    return Money(minor=form.minor("amount", currency), currency=currency) if form.said("amount") else None


def read_of(form: Form) -> MessageId | None:
    """Which message it answers; None where the form names none.

    Raises:
        HandRefused: what it names is no message.
    """
    return _id(form) if form.said("of") else None


def _id(form: Form) -> MessageId:
    text = form.fields.get("of", "")
    if not _ID.fullmatch(text):
        raise HandRefused("of: which message")
    return MessageId(text)
