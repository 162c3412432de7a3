"""What a message says about earlier ones: that they exist, are of the right kind, and name what it answers."""

from collections.abc import Collection
from typing import Protocol

from msgspec import UnsetType

from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.errors import BadAgreement, BadDisclosure, BadOrder, Malformed
from vrm_desktop.protocol.messages import (
    AnyMessage,
    Case,
    CaseAnswer,
    CaseReply,
    DataWish,
    Grant,
    Message,
    Notice,
    OrderChange,
    Refund,
    Refuse,
    Status,
    Update,
    UseReport,
    Voice,
    VoiceAnswer,
    WithdrawConsent,
)


class History(Protocol):
    """What was said so far in one conversation, on either side."""

    def own_id(self, number: int) -> MessageId | None:
        """The id of this side's message with that number."""
        ...

    def peer_id(self, number: int) -> MessageId | None:
        """The id of the other side's message with that number."""
        ...

    def said(self, side: Side, id: MessageId) -> Kind | None:
        """The kind of that side's message with that id; None if it said no such message here."""
        ...

    def stored(self, side: Side, id: MessageId) -> AnyMessage | None:
        """That side's message with that id. Only asked for a `case` and a `data-request`."""
        ...

    def disclosed(self) -> Collection[str]:
        """The names of all fields that the person ever disclosed in this conversation, erased since or not."""
        ...


def check_references(message: AnyMessage, history: History) -> None:
    """Check that the earlier messages that `message` names were said in this conversation, by the right side.

    Raises:
        Malformed: one was not, or is of another kind.
    """
    match message:
        case Message(about=about):
            _either(history, about)
        case Case(case=case, evidence=evidence):
            _case(history, case)
            for id in evidence:
                _either(history, id)
        case CaseReply(case=case, of=of):
            _case(history, case)
            _is(history, of, Side.VENDOR, Kind.CASE_ANSWER)
        case CaseAnswer(case=case) | Refund(case=case):
            _case(history, case)
        case Status(of=of):
            _is(history, of, Side.PERSON, Kind.ORDER_CHANGE)
        case Grant(of=of) | Refuse(of=of):
            _is(history, of, Side.VENDOR, Kind.DATA_REQUEST)
        case WithdrawConsent(of=of):
            _is(history, of, Side.PERSON, Kind.GRANT)
        case UseReport(of=of):
            _is(history, of, Side.PERSON, Kind.DATA_REQUEST)
        case VoiceAnswer(of=of):
            _is(history, of, Side.PERSON, Kind.VOICE)
        case _:
            pass


def check_disclosed(message: AnyMessage, disclosures: tuple[Disclosure, ...], history: History) -> None:
    """Check that an update is of fields that were disclosed before, and a grant of what was wished for.

    Raises:
        BadDisclosure: a value rides beside it that has no place there.
    """
    match message:
        case Update():
            check_known_names(disclosures, history.disclosed())
        case Grant(of=of):
            wish = history.stored(Side.VENDOR, MessageId(of))
            if not isinstance(wish, DataWish):
                raise BadDisclosure("a grant of nothing that was wished for")
            check_wished(message, disclosures, wish)
        case _:
            pass


def check_known_names(disclosures: tuple[Disclosure, ...], names: Collection[str]) -> None:
    """Check that only fields are told anew that were told before.

    Raises:
        BadDisclosure: another is among them.
    """
    if not {disclosure.name for disclosure in disclosures} <= set(names):
        raise BadDisclosure("an update of a field that was never disclosed")


def check_wished(grant: Grant, disclosures: tuple[Disclosure, ...], wish: DataWish) -> None:
    """Check that a grant gives fields that the wish named, for the purposes that it named. `disclosures` are in order.

    Raises:
        BadDisclosure: it gives something else.
    """
    wished = {(field.name, field.purpose) for field in wish.fields}
    given = {(disclosure.name, item.purpose) for disclosure, item in zip(disclosures, grant.items, strict=True)}
    if not given <= wished:
        raise BadDisclosure("a field, or a purpose, that was not wished for")


def check_basis(message: Update | Grant, agreement: Digest) -> None:
    """Check that values rest on the agreement in force, whose document hash is `agreement`.

    Raises:
        BadAgreement: they rest on another.
    """
    if message.agreement != agreement:
        raise BadAgreement("under another agreement than the one in force")


def check_order(message: AnyMessage, order: Digest | None) -> None:
    """Check that the order which a later message names is this conversation's (`order`, if there is one).

    Raises:
        BadOrder: it names another.
    """
    match message:
        case (
            OrderChange(order=named)
            | Case(order=named)
            | Notice(order=named)
            | Voice(order=named)
            | Refund(order=named)
        ):
            pass
        case _:
            return
    if not isinstance(named, UnsetType) and named != order:
        raise BadOrder("an order of another conversation")


def _either(history: History, id: str | UnsetType) -> None:
    if not isinstance(id, UnsetType) and all(history.said(side, MessageId(id)) is None for side in Side):
        raise Malformed("it names a message that was never said here")


def _is(history: History, id: str | UnsetType, side: Side, kind: Kind) -> None:
    if not isinstance(id, UnsetType) and history.said(side, MessageId(id)) is not kind:
        raise Malformed(f"it names something else than a {kind} of this conversation")


def _case(history: History, id: str | UnsetType) -> None:
    if isinstance(id, UnsetType):
        return
    _is(history, id, Side.PERSON, Kind.CASE)
    opening = history.stored(Side.PERSON, MessageId(id))
    if not isinstance(opening, Case) or not isinstance(opening.case, UnsetType):
        raise Malformed("a case is named by the message that opened it")
