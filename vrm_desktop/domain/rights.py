"""A data-rights request as paper: what was asked of whom, how it stands, and what the person may do next.

The organisation's side and the person's own pressing are two things: `RequestState` is what it did, `Pressing` how far
the person went. What may happen in a state is one table. Never here: letters' words, holidays, what is on the wire.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.clocks import (
    Clock,
    Regime,
    admonition_clock,
    answer_clock,
    complaint_clock,
    confirm_clock,
    extended_clock,
)
from vrm_desktop.domain.errors import DomainError, InvalidValue
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.living import DataRight, ReportState

_TEXT_LENGTH = 4000
_LABEL_LENGTH = 200


class RightsWay(StrEnum):
    """Which way a request goes."""

    WIRE = "wire"
    LETTER = "letter"
    DRP = "drp"


class RequestState(StrEnum):
    """What the organisation did, as far as the person knows."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_ACTION = "needs-action"
    ACTION_DONE = "action-done"
    EXTENDED = "extended"
    FULFILLED = "fulfilled"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Pressing(StrEnum):
    """How far the person went to get an answer."""

    NONE = "none"
    REMINDED = "reminded"
    ADMONISHED = "admonished"
    COMPLAINED = "complained"


class RequestEvent(StrEnum):
    """What can happen to a request."""

    WENT = "went"
    ACKNOWLEDGED = "acknowledged"
    DEMANDED = "demanded"
    DEMAND_MET = "demand-met"
    EXTENDED = "extended"
    FULFILLED = "fulfilled"
    PARTLY = "partly"
    REFUSED = "refused"
    REMINDED = "reminded"
    ADMONISHED = "admonished"
    COMPLAINED = "complained"
    WITHDRAWN = "withdrawn"


class Demand(StrEnum):
    """What the organisation asks for before it answers."""

    ID_COPY = "id-copy"
    MORE_IDENTITY = "more-identity"
    SIGNATURE = "signature"
    OTHER_LANGUAGE = "other-language"
    WRONG_MEDIUM = "wrong-medium"
    EXCESSIVE = "excessive"
    OTHER = "other"


class NextStep(StrEnum):
    """What the person may do next."""

    SEND = "send"
    WAIT = "wait"
    MEET_DEMAND = "meet-demand"
    REMIND = "remind"
    ADMONISH = "admonish"
    COMPLAIN = "complain"
    LOOK_AT_ANSWER = "look-at-answer"
    ASK_AUTHORITY = "ask-authority"
    NOTHING = "nothing"


class NotInThisState(DomainError):
    """The request stands where this cannot happen."""

    code = "request-stands-otherwise"


_E, _S = RequestEvent, RequestState
_RUNNING = frozenset({_S.WAITING, _S.ACKNOWLEDGED, _S.NEEDS_ACTION, _S.ACTION_DONE, _S.EXTENDED})
_UNMET = _RUNNING | {_S.PARTLY, _S.REFUSED}
_ANSWERABLE = _RUNNING | {_S.PARTLY, _S.REFUSED, _S.FULFILLED}

TABLE: dict[RequestEvent, tuple[frozenset[RequestState], RequestState | None]] = {
    _E.WENT: (frozenset({_S.DRAFT}), _S.WAITING),
    _E.ACKNOWLEDGED: (frozenset({_S.WAITING}), _S.ACKNOWLEDGED),
    _E.DEMANDED: (_UNMET, _S.NEEDS_ACTION),
    _E.DEMAND_MET: (frozenset({_S.NEEDS_ACTION}), _S.ACTION_DONE),
    _E.EXTENDED: (_RUNNING, _S.EXTENDED),
    _E.FULFILLED: (_ANSWERABLE, _S.FULFILLED),
    _E.PARTLY: (_ANSWERABLE, _S.PARTLY),
    _E.REFUSED: (_ANSWERABLE, _S.REFUSED),
    _E.REMINDED: (_UNMET, None),
    _E.ADMONISHED: (_UNMET, None),
    _E.COMPLAINED: (_UNMET, None),
    _E.WITHDRAWN: (_RUNNING | {_S.DRAFT}, _S.WITHDRAWN),
}
"""For each event the states in which it may happen, and the state it leads to (None: the state stays)."""

EVENT_OF_REPORT: dict[ReportState, RequestEvent] = {
    ReportState.FULFILLED: _E.FULFILLED,
    ReportState.PARTLY: _E.PARTLY,
    ReportState.REFUSED: _E.REFUSED,
    ReportState.EXTENDED: _E.EXTENDED,
}

DPV_STATUS: dict[RequestState, str] = {
    _S.DRAFT: "dpv:RequestInitiated",
    _S.WAITING: "dpv:RequestInitiated",
    _S.ACKNOWLEDGED: "dpv:RequestAcknowledged",
    _S.NEEDS_ACTION: "dpv:RequestRequiresAction",
    _S.ACTION_DONE: "dpv:RequestRequiredActionPerformed",
    _S.EXTENDED: "dpv:RequestActionDelayed",
    _S.FULFILLED: "dpv:RequestFulfilled",
    _S.PARTLY: "dpv:RequestUnfulfilled",
    _S.REFUSED: "dpv:RequestRejected",
    _S.WITHDRAWN: "dpv:RequestUnfulfilled",
}
"""What a state is called in the W3C Data Privacy Vocabulary."""

_BY_THE_ORGANISATION = frozenset({_E.ACKNOWLEDGED, _E.DEMANDED, _E.EXTENDED, _E.FULFILLED, _E.PARTLY, _E.REFUSED})

_PRESSING: dict[RequestEvent, Pressing] = {
    _E.REMINDED: Pressing.REMINDED,
    _E.ADMONISHED: Pressing.ADMONISHED,
    _E.COMPLAINED: Pressing.COMPLAINED,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Identifier:
    """One value that the organisation knows the person by: `name` as a profile path or in words."""

    name: str
    value: str

    def __post_init__(self) -> None:
        if not self.name or not self.value or len(self.name) > _LABEL_LENGTH or len(self.value) > _TEXT_LENGTH:
            raise InvalidValue("an identifier has a name and a value")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HeldValue:
    """One field that the organisation says it holds: what for, until when."""

    name: str
    purpose: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UsedValue:
    """One use that the organisation tells of: which field, what for, on which day, by whom."""

    name: str
    purpose: str
    day: date
    by: str
    whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RequestStep:
    """One thing that happened, on a civil day. `letter` and `message` say where it stands; `demand` what was asked.

    `until` is the day that an extension names, or the day on which what went is taken to have been received.
    """

    event: RequestEvent
    on: date
    text: str = ""
    demand: Demand | None = None
    until: date | None = None
    letter: str = ""
    message: MessageId | None = None
    held: tuple[HeldValue, ...] = ()
    used: tuple[UsedValue, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) > _TEXT_LENGTH:
            raise InvalidValue("what happened is told in up to 4,000 characters")
        if (self.event is RequestEvent.DEMANDED) != (self.demand is not None):
            raise InvalidValue("a demand says what is demanded")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RightsRequest:
    """One right towards one organisation.

    `reference` is what answers are found by, another for each organisation. `received` is the civil day on which it got
    the request: the clocks run from it. `authority` is where a complaint went. `country` says whose public holidays
    count. `text` is what the person says beside the right itself (what to correct, why, which data).
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    right: DataRight
    regime: Regime
    way: RightsWay
    reference: str
    country: str = ""
    identifiers: tuple[Identifier, ...] = ()
    text: str = ""
    state: RequestState = RequestState.DRAFT
    pressing: Pressing = Pressing.NONE
    received: date | None = None
    letter: str = ""
    act: ActId | None = None
    authority: VendorId | None = None
    steps: tuple[RequestStep, ...] = ()

    def __post_init__(self) -> None:
        if not self.reference or len(self.reference) > _LABEL_LENGTH or len(self.text) > _TEXT_LENGTH:
            raise InvalidValue("a request has a reference, and up to 4,000 characters of its own")
        if self.state is not RequestState.WITHDRAWN and (self.received is None) != (self.state is RequestState.DRAFT):
            raise InvalidValue("a request was received exactly when it went")

    @property
    def words(self) -> str:
        """Its reference, and what was said in it and about it."""
        return "\n".join(part for part in (self.reference, self.text, *(step.text for step in self.steps)) if part)

    @property
    def open(self) -> bool:
        """Whether something may still come of it."""
        return self.state not in {RequestState.FULFILLED, RequestState.WITHDRAWN}

    @property
    def running(self) -> bool:
        """Whether it went, and the organisation still owes its answer."""
        return self.state in _RUNNING

    def may(self, event: RequestEvent) -> bool:
        """Whether this can happen now."""
        return self.state in TABLE[event][0]

    def after(self, step: RequestStep) -> "RightsRequest":
        """The request after what happened.

        Raises:
            NotInThisState: that cannot happen in this state. InvalidValue: a day before the request was received.
        """
        sources, target = TABLE[step.event]
        if self.state not in sources:
            raise NotInThisState(f"{step.event.value} in {self.state.value}")
        went = self.went_on
        if went is not None and step.on < went:
            raise InvalidValue("that would be before the request went")
        received = step.until or step.on if step.event is RequestEvent.WENT else self.received
        if received is not None and step.event in _BY_THE_ORGANISATION:
            received = min(received, step.on)  # whoever answers has got it
        return replace(
            self,
            state=target or self.state,
            pressing=_PRESSING.get(step.event, self.pressing),
            received=received,
            steps=(*self.steps, step),
        )

    def receipt_on(self, day: date) -> "RightsRequest":
        """The request, received on another day than assumed.

        Raises:
            InvalidValue: it had not gone yet, or the organisation did something with it before that day.
        """
        went = self.went_on
        if went is None or day < went:
            raise InvalidValue("it cannot be received before it went")
        if any(step.on < day for step in self.steps if step.event in _BY_THE_ORGANISATION):
            raise InvalidValue("the organisation had it before that day already")
        return replace(self, received=day)

    @property
    def went_on(self) -> date | None:
        """The day on which it went, or None."""
        return next((step.on for step in self.steps if step.event is RequestEvent.WENT), None)

    @property
    def newest_day(self) -> date | None:
        """The day of the newest thing that happened."""
        return max((step.on for step in self.steps), default=None)

    def last(self, *events: RequestEvent) -> RequestStep | None:
        """The newest of these that happened."""
        return next((step for step in reversed(self.steps) if step.event in events), None)

    def clocks(self, holidays: Collection[date]) -> tuple[Clock, ...]:
        """Every clock that runs now, the one that ends first in front."""
        if self.received is None or not self.open:
            return ()
        found = [self._answer(holidays), self._confirm(holidays), *self._pressed(holidays)]
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.due, one.kind)))

    def answer_due(self, holidays: Collection[date]) -> Clock | None:
        """The clock of the answer, whether it still runs or not."""
        return self._clock_of_answer(holidays)

    def overdue(self, today: date, holidays: Collection[date]) -> bool:
        """Whether the answer should be there and is not."""
        due = self._answer(holidays)
        return due is not None and due.over(today)

    def next_step(self, today: date, holidays: Collection[date]) -> NextStep:
        """What the person may do next, seen from the organisation's state, the clocks and how far the person went."""
        if self.state is RequestState.DRAFT and self.way is RightsWay.WIRE:
            return NextStep.WAIT
        if self.state in _SETTLED_STEP:
            return _SETTLED_STEP[self.state]
        if self.pressing is Pressing.COMPLAINED:
            told = self.last(RequestEvent.COMPLAINED)
            late = told is not None and complaint_clock(told.on, holidays).over(today)
            return NextStep.ASK_AUTHORITY if late else NextStep.WAIT
        if self.state is RequestState.NEEDS_ACTION:
            return NextStep.MEET_DEMAND
        if self.state in {RequestState.PARTLY, RequestState.REFUSED}:
            return self._unmet(today, holidays)
        if not self.overdue(today, holidays):
            return NextStep.WAIT
        return self._late(today, holidays)

    def _late(self, today: date, holidays: Collection[date]) -> NextStep:
        match self.pressing:
            case Pressing.NONE:
                return NextStep.REMIND
            case Pressing.REMINDED:
                return NextStep.ADMONISH
            case _:
                return self._unmet(today, holidays)

    def _unmet(self, today: date, holidays: Collection[date]) -> NextStep:
        told = self.last(RequestEvent.ADMONISHED)
        if told is None:
            return NextStep.LOOK_AT_ANSWER
        return NextStep.COMPLAIN if admonition_clock(told.on, holidays).over(today) else NextStep.WAIT

    def _answer(self, holidays: Collection[date]) -> Clock | None:
        return None if self.state in _ANSWERED else self._clock_of_answer(holidays)

    def _clock_of_answer(self, holidays: Collection[date]) -> Clock | None:
        if self.received is None:
            return None
        first = answer_clock(self.regime, self.right, self.received, holidays)
        told = next((step for step in self.steps if step.event is RequestEvent.EXTENDED), None)
        if told is None:
            return first
        return extended_clock(self.regime, self.right, self.received, told.on, holidays) or first

    def _confirm(self, holidays: Collection[date]) -> Clock | None:
        if self.state is not RequestState.WAITING or self.received is None:
            return None
        return confirm_clock(self.regime, self.right, self.received, holidays)

    def _pressed(self, holidays: Collection[date]) -> tuple[Clock, ...]:
        complained, admonished = self.last(RequestEvent.COMPLAINED), self.last(RequestEvent.ADMONISHED)
        if complained is not None:
            return (complaint_clock(complained.on, holidays),)
        return (admonition_clock(admonished.on, holidays),) if admonished is not None else ()


_ANSWERED = frozenset({_S.FULFILLED, _S.PARTLY, _S.REFUSED})
_SETTLED_STEP = {
    _S.DRAFT: NextStep.SEND,
    _S.FULFILLED: NextStep.NOTHING,
    _S.WITHDRAWN: NextStep.NOTHING,
}
