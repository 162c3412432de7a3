"""Every kind of message on the wire, who sends it and where in the conversation it may stand: one transition table.

The table is the specification: the protocol refuses what it does not list, and the diagram in docs/protocol.md is
generated from it. Every kind has a transition.
"""

from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.errors import DomainError


class Side(StrEnum):
    """Whose message it is."""

    PERSON = "person"
    VENDOR = "vendor"

    @property
    def other(self) -> "Side":
        """The one on the other end."""
        return Side.VENDOR if self is Side.PERSON else Side.PERSON


class State(StrEnum):
    """Where a conversation stands."""

    NEW = "new"
    ASKED = "asked"
    COUNTERED = "countered"
    DECLINED = "declined"
    REFUSED = "refused"
    AGREED = "agreed"
    REVEALED = "revealed"
    OFFERED = "offered"
    HAGGLING = "haggling"
    PASSED = "passed"
    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    ENDING = "ending"
    ENDED = "ended"


class Kind(StrEnum):
    """The kind of a message."""

    PING = "ping"
    CONTACT = "contact"
    TERMS_ACCEPT = "terms-accept"
    TERMS_REFUSE = "terms-refuse"
    REVEAL = "reveal"
    COUNTER = "counter"
    ACCEPT = "accept"
    DECLINE = "decline"
    ORDER_CHANGE = "order-change"
    PAID = "paid"
    CASE = "case"
    CASE_ANSWER = "case-answer"
    UPDATE = "update"
    GRANT = "grant"
    REFUSE = "refuse"
    DATA_REQUEST = "data-request"
    WITHDRAW_CONSENT = "withdraw-consent"
    NOTICE = "notice"
    VOICE = "voice"
    MESSAGE = "message"
    WITHDRAW_CAST = "withdraw-cast"
    KEY_CHANGE = "key-change"
    END = "end"
    TERMS_ANSWER = "terms-answer"
    OFFER = "offer"
    OFFER_WITHDRAWN = "offer-withdrawn"
    CONFIRMATION = "confirmation"
    STATUS = "status"
    RECEIPT = "receipt"
    REFUND = "refund"
    USE_REPORT = "use-report"
    VOICE_ANSWER = "voice-answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    CLOSURE = "closure"


class NotAllowedNow(DomainError):
    """A message kind that the conversation's state has no transition for."""

    code = "not-allowed-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """`kind` from `sender` leads from any of `sources` to `target`.

    `target` None leaves the state as it is; `outcome` tells apart what one kind may say ("*" is any). A `late` row is
    only for receiving: the two sides' messages may cross on the wire, and what crossed is kept but changes nothing.
    """

    kind: Kind
    sender: Side
    sources: frozenset[State]
    target: State | None
    outcome: str = ""
    late: bool = False


def _t(kind: Kind, sender: Side, sources: set[State], target: State | None, outcome: str = "") -> Transition:
    return Transition(kind=kind, sender=sender, sources=frozenset(sources), target=target, outcome=outcome)


def _late(kinds: set[Kind], sender: Side, sources: set[State]) -> tuple[Transition, ...]:
    return tuple(
        Transition(kind=kind, sender=sender, sources=frozenset(sources), target=None, outcome="*", late=True)
        for kind in sorted(kinds)
    )


_P, _V, _S, _K = Side.PERSON, Side.VENDOR, State, Kind
_QUOTING = {_S.REVEALED, _S.OFFERED, _S.HAGGLING, _S.PASSED}
_ORDER = {_S.ORDERED, _S.CONFIRMED}
_AGREED = {_S.AGREED, *_QUOTING, *_ORDER}
_TALKING = {*_AGREED, _S.ENDING}
_OPEN = {_S.ASKED, _S.COUNTERED, _S.DECLINED, _S.REFUSED, _S.WITHDRAWN, *_TALKING}
_HALF_SIGNED = {_S.ASKED, _S.COUNTERED, _S.ORDERED}
"""A document waits for its second signature, by the keys that it names."""

TRANSITIONS: tuple[Transition, ...] = (
    _t(_K.PING, _P, {_S.NEW}, _S.ASKED),
    _t(_K.CONTACT, _P, {_S.NEW}, _S.ASKED),
    _t(_K.TERMS_ANSWER, _V, {_S.ASKED}, _S.AGREED, "accept"),
    _t(_K.TERMS_ANSWER, _V, {_S.ASKED}, _S.COUNTERED, "counter"),
    _t(_K.TERMS_ANSWER, _V, {_S.ASKED}, _S.DECLINED, "decline"),
    _t(_K.TERMS_ACCEPT, _P, {_S.COUNTERED}, _S.AGREED),
    _t(_K.TERMS_REFUSE, _P, {_S.COUNTERED}, _S.REFUSED),
    _t(_K.REVEAL, _P, {_S.AGREED}, _S.REVEALED),
    _t(_K.OFFER, _V, _QUOTING, _S.OFFERED),
    _t(_K.OFFER_WITHDRAWN, _V, _QUOTING, _S.REVEALED),
    _t(_K.COUNTER, _P, _QUOTING, _S.HAGGLING),
    _t(_K.DECLINE, _P, _QUOTING, _S.PASSED),
    _t(_K.ACCEPT, _P, _QUOTING, _S.ORDERED),
    _t(_K.CONFIRMATION, _V, {_S.ORDERED}, _S.CONFIRMED),
    _t(_K.STATUS, _V, {_S.CONFIRMED, _S.ENDING}, None),
    _t(_K.RECEIPT, _V, {_S.CONFIRMED, _S.ENDING}, None),
    _t(_K.REFUND, _V, {_S.CONFIRMED, _S.ENDING, _S.ENDED}, None),
    _t(_K.PAID, _P, {_S.CONFIRMED, _S.ENDING}, None),
    _t(_K.ORDER_CHANGE, _P, _ORDER, None),
    _t(_K.MESSAGE, _P, _TALKING, None),
    _t(_K.VOICE, _P, _TALKING, None),
    _t(_K.NOTICE, _P, _TALKING, None),
    _t(_K.REFUSE, _P, _TALKING, None),
    _t(_K.WITHDRAW_CONSENT, _P, _TALKING, None),
    _t(_K.UPDATE, _P, _AGREED, None),
    _t(_K.GRANT, _P, _AGREED, None),
    _t(_K.CASE, _P, {*_TALKING, _S.ENDED}, None),
    _t(_K.CASE_ANSWER, _P, {*_TALKING, _S.ENDED}, None),
    _t(_K.DATA_REQUEST, _P, {*_TALKING, _S.DECLINED, _S.REFUSED, _S.WITHDRAWN, _S.ENDED}, None),
    _t(_K.KEY_CHANGE, _P, _OPEN - _HALF_SIGNED, None),
    _t(_K.MESSAGE, _V, _TALKING, None),
    _t(_K.VOICE_ANSWER, _V, _TALKING, None),
    _t(_K.CASE_ANSWER, _V, {*_TALKING, _S.ENDED}, None),
    _t(_K.DATA_REQUEST, _V, _AGREED, None),
    _t(_K.USE_REPORT, _V, {*_OPEN, _S.ENDED}, None),
    _t(_K.ACKNOWLEDGEMENT, _V, {*_OPEN, _S.ENDED}, None),
    _t(_K.WITHDRAW_CAST, _P, {_S.ASKED, _S.COUNTERED, _S.AGREED, *_QUOTING}, _S.WITHDRAWN),
    _t(_K.END, _P, _OPEN - {_S.ENDING}, _S.ENDING),
    _t(_K.CLOSURE, _V, _OPEN, _S.ENDED),
    *_late(
        {
            _K.TERMS_ANSWER,
            _K.OFFER,
            _K.OFFER_WITHDRAWN,
            _K.MESSAGE,
            _K.VOICE_ANSWER,
            _K.CASE_ANSWER,
            _K.DATA_REQUEST,
        },
        _V,
        {_S.WITHDRAWN, _S.ENDING, _S.REFUSED},
    ),
    *_late({_K.OFFER, _K.OFFER_WITHDRAWN}, _V, _ORDER),
    *_late({_K.CONFIRMATION}, _V, {_S.ENDING}),
    *_late({_K.WITHDRAW_CAST}, _P, {_S.DECLINED}),
    *_late(
        {
            _K.END,
            _K.REVEAL,
            _K.TERMS_ACCEPT,
            _K.TERMS_REFUSE,
            _K.COUNTER,
            _K.DECLINE,
            _K.ACCEPT,
            _K.WITHDRAW_CAST,
            _K.MESSAGE,
            _K.PAID,
            _K.ORDER_CHANGE,
            _K.UPDATE,
            _K.GRANT,
            _K.REFUSE,
            _K.WITHDRAW_CONSENT,
            _K.NOTICE,
            _K.VOICE,
            _K.KEY_CHANGE,
        },
        _P,
        {_S.ENDED},
    ),
)

BEYOND_CORE = frozenset(
    {
        _K.CONTACT,
        _K.KEY_CHANGE,
        _K.ORDER_CHANGE,
        _K.CASE,
        _K.CASE_ANSWER,
        _K.UPDATE,
        _K.GRANT,
        _K.REFUSE,
        _K.DATA_REQUEST,
        _K.WITHDRAW_CONSENT,
        _K.NOTICE,
        _K.VOICE,
    }
)
"""The person's kinds that a desk need not know: they are sent only to one whose card lists them under `kinds`."""


def next_state(kind: Kind, sender: Side, state: State, outcome: str = "", *, receiving: bool = False) -> State:
    """The state after `kind` from `sender` in `state`; late rows count only when `receiving`.

    Raises:
        NotAllowedNow: the table has no such transition.
    """
    for row in TRANSITIONS:
        if row.late and not receiving:
            continue
        if row.kind is kind and row.sender is sender and state in row.sources and row.outcome in {outcome, "*"}:
            return row.target if row.target is not None else state
    raise NotAllowedNow(f"{sender} {kind} {outcome} in {state}")


def allowed(sender: Side, state: State) -> frozenset[Kind]:
    """The kinds that `sender` may send in `state`."""
    return frozenset(row.kind for row in TRANSITIONS if row.sender is sender and state in row.sources and not row.late)
