"""What the shop's people can say by hand beside and after an order, as values. Whether it may be said is elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.living import CaseState, Remedy, ReportState, VoiceState
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.documents.document import Uploaded


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase:
    """The shop's word on the case that the message `case` opened."""

    case: MessageId
    answer: CaseState
    remedy: Remedy | None = None
    amount: Money | None = None
    by: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBack:
    """Money has gone back, for the order, perhaps because of a case."""

    amount: Money
    number: str = ""
    case: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """Yes or no to the order-change `of`; `state` is how the order stands then."""

    of: MessageId
    accepted: bool
    state: Literal["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"]
    by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDocument:
    """A document to be fetched at `link`: the yes to the order-change `of` that asks for one, or by itself."""

    document: Uploaded
    title: str
    link: str
    state: Literal["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"]
    of: MessageId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerVoice:
    """What became of the voice `of`."""

    of: MessageId
    state: VoiceState
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the person gets for data, and until when."""

    what: str
    due: date
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskData:
    """A wish for more: these fields, what for, for how many days, why, and what comes back for it."""

    fields: tuple[str, ...]
    purpose: Purpose
    days: int
    why: str
    in_return: Promise | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRight:
    """How far the person's data-request `of` was met; `until` when it takes longer."""

    of: MessageId
    state: ReportState
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the message `of` asked for was looked after, and wants no words."""

    of: MessageId


LaterAct: TypeAlias = AnswerCase | PayBack | AnswerChange | SendDocument | AnswerVoice | AskData | AnswerRight | Settled
