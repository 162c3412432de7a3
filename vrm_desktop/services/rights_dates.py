"""The one date of a data-rights request in the agenda: the clock that ends first, or that it is time to go on."""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.rights import NextStep, RequestEvent, RequestState, RightsRequest
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.public_holidays import around

_QUIET = frozenset({NextStep.WAIT, NextStep.NOTHING, NextStep.SEND})


def holidays_of(request: RightsRequest) -> frozenset[date]:
    """The public holidays that count for the clocks of a request: those of the organisation's country."""
    return around(request.country, request.received) if request.received is not None else frozenset()


def settle_dates(tx: Transaction, request: RightsRequest, today: date) -> None:
    """Put the request's date into the agenda, or tick it off when none is left."""
    there = next((one for one in tx.agenda() if one.kind is AgendaKind.RIGHTS_DUE and one.key == request.id), None)
    due = due_day(request, today)
    if due is None:
        if there is not None and not there.done:
            tx.put_agenda(replace(there, done=True))
        return
    item = AgendaItem(
        kind=AgendaKind.RIGHTS_DUE,
        due=due,
        key=request.id,
        relationship=request.relationship,
        vendor=request.vendor,
        text=request.reference,
    )
    if item != there:
        tx.put_agenda(item)


def keep_owed(tx: Transaction, request: RightsRequest) -> None:
    """Keep the answer that a law asks for as a promise with its day: open, then kept, late, broken or let go."""
    due, went = request.answer_due(holidays_of(request)), request.went_on
    if due is None or went is None:
        return
    owed = Promise(
        id=f"answer-{request.id}",
        vendor=request.vendor,
        of=PromiseOf.ANSWER,
        what=request.reference,
        at=request.at,
        due=due.due,
        source=request.id,
        relationship=request.relationship,
    )
    told = request.last(RequestEvent.FULFILLED, RequestEvent.PARTLY, RequestEvent.REFUSED)
    if request.state is RequestState.WITHDRAWN:
        owed = owed.waived(request.newest_day or went)
    elif told is not None:
        owed = owed.kept(told.on, told.message)
    tx.keep_paper(owed)


def due_day(request: RightsRequest, today: date) -> date | None:
    """The day on which the person should look at the request again; None when there is none."""
    holidays = holidays_of(request)
    running = request.clocks(holidays)
    if request.next_step(today, holidays) not in _QUIET:
        over = [clock.due for clock in running if clock.over(today)]
        return max(over, default=request.newest_day or today)
    return next((clock.due for clock in running if not clock.over(today)), None)
