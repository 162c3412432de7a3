"""What counterparties say over the wire about data rights, carried into the requests it belongs to.

Called by receive_messages, inside its transaction; a message that fits no request changes none.
"""

from datetime import date

from vrm_desktop.canon import strict_json
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.rights import (
    EVENT_OF_REPORT,
    HeldValue,
    RequestEvent,
    RequestState,
    RequestStep,
    RightsRequest,
    RightsWay,
    UsedValue,
)
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.services.exercise_rights import delivered, keep_document, save
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


def acknowledged(tx: Transaction, means: Means, relationship: RelationshipId, of: str, message: MessageId) -> Changes:
    """Note that the organisation has the request that was carried by its message `of`."""
    today = means.clock.today()
    request = delivered(tx, relationship, MessageId(of), today)
    if request is None or not request.may(RequestEvent.ACKNOWLEDGED):
        return Changes()
    step = RequestStep(event=RequestEvent.ACKNOWLEDGED, on=_day(request, today), message=message)
    return save(tx, means, request.after(step))


def reported(
    tx: Transaction,
    means: Means,
    relationship: RelationshipId,
    report: messages.UseReport,
    message: MessageId,
    values: tuple[Disclosure, ...] = (),
) -> Changes:
    """Carry a signed report into its request; the values of a copy are kept beside it as a document."""
    today = means.clock.today()
    request = _request(tx, relationship, report, today)
    if request is None or not request.may(EVENT_OF_REPORT[ReportState(report.state)]):
        return Changes()
    step = RequestStep(
        event=EVENT_OF_REPORT[ReportState(report.state)],
        on=_day(request, today),
        text=report.reason,
        until=date.fromisoformat(report.until) if isinstance(report.until, str) else None,
        message=message,
        held=tuple(
            HeldValue(name=one.name, purpose=one.purpose, until=date.fromisoformat(one.until)) for one in report.held
        ),
        used=tuple(
            UsedValue(name=one.name, purpose=one.purpose, day=date.fromisoformat(one.day), by=one.by, whom=one.whom)
            for one in report.uses
        ),
    )
    if values:
        copy = strict_json.encode({"values": [{"name": one.name, "value": one.value} for one in values]})
        keep_document(tx, means, request, f"{request.reference}.json", "application/json", copy)
    return save(tx, means, request.after(step))


def _request(
    tx: Transaction, relationship: RelationshipId, report: messages.UseReport, today: date
) -> RightsRequest | None:
    """The request that a report answers: the one it names, else the newest open one for the same right."""
    if isinstance(report.of, str):
        return delivered(tx, relationship, MessageId(report.of), today)
    open_ones = [
        one
        for one in tx.papers(RightsRequest, relationship=relationship)
        if one.way is RightsWay.WIRE
        and one.right is DataRight(report.right)
        and one.open
        and one.state is not RequestState.DRAFT
    ]
    return max(open_ones, key=lambda one: (one.at, one.id), default=None)


def _day(request: RightsRequest, today: date) -> date:
    return max(today, request.newest_day or today)
