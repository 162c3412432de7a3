"""A data-rights request asked over the Data Rights Protocol: the organisation's word moves it, as a letter would.

Never here: asking. A status that fits nothing in the request's state changes nothing of it.
"""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.drp import DrpExercise, DrpReason, DrpReport, DrpStatus
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.rights import Demand, RequestEvent, RequestState, RequestStep, RightsRequest, RightsWay
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.rights_dates import settle_dates


def check_source(tx: Transaction, source: str, vendor: VendorId) -> None:
    """Make sure that the request served is there, open, and towards the same organisation; "" serves none.

    Raises:
        NotFound: no such request. NotPossibleNow: it is over, or towards somebody else.
    """
    if not source:
        return
    request = tx.paper(RightsRequest, source)
    if request is None:
        raise NotFound(source)
    if request.vendor != vendor or not request.open:
        raise NotPossibleNow(request.state.value)


def carry(tx: Transaction, means: Means, one: DrpExercise) -> Changes:
    """Move the request that `one` serves by the organisation's last word."""
    request = tx.paper(RightsRequest, one.source) if one.source else None
    if request is None or one.report is None:
        return Changes()
    today = max(means.clock.today(), request.newest_day or means.clock.today())
    moved = request
    if moved.state is RequestState.DRAFT:
        moved = replace(moved, way=RightsWay.DRP).after(RequestStep(event=RequestEvent.WENT, on=today))
    for step in _steps(moved, one.report, today):
        moved = moved.after(step) if moved.may(step.event) else moved
    if moved == request:
        return Changes()
    tx.keep_paper(moved)
    settle_dates(tx, moved, means.clock.today())
    return Changes.of(("rights", moved.id), ("agenda", moved.id))


def _steps(request: RightsRequest, report: DrpReport, today: date) -> tuple[RequestStep, ...]:
    asks = report.reason is DrpReason.NEED_USER_VERIFICATION
    waits = request.state is RequestState.NEEDS_ACTION
    match report.status:
        case DrpStatus.IN_PROGRESS if asks and not waits:
            return (
                RequestStep(
                    event=RequestEvent.DEMANDED, on=today, demand=Demand.MORE_IDENTITY, text=report.verification_url
                ),
            )
        case DrpStatus.IN_PROGRESS if not asks:
            met = (RequestStep(event=RequestEvent.DEMAND_MET, on=today),) if waits else ()
            return (*met, RequestStep(event=RequestEvent.ACKNOWLEDGED, on=today, text=report.details))
        case DrpStatus.FULFILLED if request.state is not RequestState.FULFILLED:
            told = "\n".join(part for part in (report.details, report.results_url) if part)
            return (RequestStep(event=RequestEvent.FULFILLED, on=today, text=told[:4000]),)
        case DrpStatus.DENIED if request.state is not RequestState.REFUSED:
            return (RequestStep(event=RequestEvent.REFUSED, on=today, text=report.details),)
        case DrpStatus.REVOKED:
            return (RequestStep(event=RequestEvent.WITHDRAWN, on=today),)
        case _:
            return ()
