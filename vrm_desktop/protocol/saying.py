"""A person's acts as the messages that say them, where nothing personal rides beside and no document is signed."""

from typing import TypeAlias, assert_never

import msgspec
from msgspec import UNSET, UnsetType

from vrm_desktop.domain import acts
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.meanings import day_claim
from vrm_desktop.protocol.sealing import Sealable
from vrm_desktop.protocol.stamping import Stamp

PlainAct: TypeAlias = (
    acts.OrderChange
    | acts.Case
    | acts.CaseReply
    | acts.Refuse
    | acts.DataRequest
    | acts.WithdrawConsent
    | acts.Notice
    | acts.Voice
    | acts.Message
)


def plain_message(act: PlainAct, claims: Stamp) -> Sealable:
    """The message that says `act` at the place of `claims`; an order-change comes without its items.

    Raises:
        Malformed: a text is out of the wire's bounds.
    """
    match act:
        case acts.OrderChange():
            return order_change(act, claims)
        case acts.Case():
            minor, currency = _amount(act.amount)
            return messages.Case(
                **claims,
                case=_optional(act.case),
                about=act.about.value,
                order=_optional(act.order),
                what=act.what,
                want=act.want.value,
                amount=minor,
                currency=currency,
                by=day_claim(act.by),
                evidence=act.evidence,
            )
        case acts.CaseReply():
            return messages.CaseReply(
                **claims, case=act.case, of=_optional(act.of), answer=act.answer.value, text=act.text
            )
        case acts.Refuse():
            return messages.Refuse(**claims, of=act.of, reason=act.reason.value)
        case acts.DataRequest():
            purposes = tuple(purpose.value for purpose in act.purposes)
            bare = messages.DataRequest(**claims, right=act.right.value, fields=act.fields, text=act.text)
            return msgspec.structs.replace(bare, purposes=purposes)
        case acts.WithdrawConsent():
            return messages.WithdrawConsent(**claims, of=act.of, fields=act.fields)
        case acts.Notice():
            order, by = _optional(act.order), day_claim(act.by)
            return messages.Notice(**claims, about=act.about.value, order=order, by=by, text=act.text)
        case acts.Voice():
            return messages.Voice(**claims, topic=act.topic.value, text=act.text, order=_optional(act.order))
        case acts.Message():
            return messages.Message(**claims, text=act.text, about=_optional(act.about))
        case _:
            assert_never(act)


def order_change(act: acts.OrderChange, claims: Stamp) -> messages.OrderChange:
    """The order-change without its items, for `seal_order_change` or, where the act has no fields, for `seal`."""
    return messages.OrderChange(**claims, order=act.order, what=act.what.value, text=act.text, by=day_claim(act.by))


def _optional(text: str | None) -> str | UnsetType:
    return UNSET if text is None else text


def _amount(money: Money | None) -> tuple[int | UnsetType, str | UnsetType]:
    return (UNSET, UNSET) if money is None else (money.minor, money.currency)
