"""What the desk does by itself when a person exercises a right over data: tells, copies, erases, stops. No I/O.

What only people can judge, a correction in words, is left to them; the clock for it is in `deadlines`.
"""

from collections.abc import Iterable
from functools import partial

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import Acknowledgement, DataRequest, UseReport
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Dossier, Held
from vrm_desktop.vendor.holdings import Holding, covers, holdings
from vrm_desktop.vendor.turn import Turn
from vrm_desktop.vendor.use_report import UseRecord, use_record
from vrm_desktop.vendor.uses import Used

MOST_AT_ONCE = 64
"""So many digests stand in one acknowledgement, and so many values ride beside one report."""
NEEDED = "What delivers the order stays until it is delivered."
STOPPED = "Not used any more; it goes on its day."
_BY_HAND = frozenset({"correction"})
_DONE = frozenset({"delivered", "cancelled"})


def for_people(request: DataRequest) -> bool:
    """Whether somebody of the shop has to look."""
    return request.right in _BY_HAND


def meet(turn: Turn, of: MessageId, request: DataRequest, used: Iterable[Used]) -> None:
    """Meet the right that message `of` exercises, and report."""
    dossier, reason = turn.dossier, ""
    chosen = [one for one in holdings(dossier) if covers(request, one.name, one.purpose)]
    if request.right == "erasure":
        needed = {(one.number, one.place) for one in chosen} & _needed(dossier)
        erase(turn, of, [one for one in chosen if (one.number, one.place) not in needed])
        reason = NEEDED if needed else ""
    elif request.right in {"objection", "restriction"}:
        reason = STOPPED
    copied = chosen[:MOST_AT_ONCE] if request.right in {"copy", "portability"} else []
    partly = (request.right == "erasure" and bool(reason)) or (bool(copied) and len(chosen) > MOST_AT_ONCE)
    record = _within(use_record(turn.dossier, used), request)
    report = partial(
        _report,
        of=of,
        request=request,
        record=record,
        reason=reason or ("The first 64 values; ask for the others by their names." if partly else ""),
        partly=partly,
    )
    if turn.may(Kind.USE_REPORT):
        turn.report(report, tuple(Disclosure.from_text(text) for text in _texts(dossier.held, copied)))


def erase(turn: Turn, of: MessageId, gone: list[Holding]) -> None:
    """Erase these values, and sign for it in acknowledgements of message `of`."""
    turn.erase_some({(one.number, one.place) for one in gone})
    digests = sorted(one.digest for one in gone)
    for first in range(0, len(digests), MOST_AT_ONCE):
        if turn.may(Kind.ACKNOWLEDGEMENT):
            turn.say(partial(_receipt, of=of, digests=tuple(digests[first : first + MOST_AT_ONCE])))


def _receipt(claims: Stamp, *, of: MessageId, digests: tuple[str, ...]) -> Acknowledgement:
    return Acknowledgement(**claims, of=of, erased=digests)


def _report(
    claims: Stamp, *, of: MessageId, request: DataRequest, record: UseRecord, reason: str, partly: bool
) -> UseReport:
    return UseReport(
        **claims,
        of=of,
        right=request.right,
        state="partly" if partly else "fulfilled",
        reason=reason,
        held=record.held,
        uses=record.uses,
    )


def _needed(dossier: Dossier) -> set[tuple[int, int]]:
    """What came with an order that is not yet done."""
    accept = dossier.last(Side.PERSON, Kind.ACCEPT)
    under_way = dossier.conversation.state in {State.ORDERED, State.CONFIRMED}
    if accept is None or not under_way or Dealings(dossier).progress() in _DONE:
        return set()
    return {(one.number, one.place) for one in dossier.held if one.number == accept.number}


def _within(record: UseRecord, request: DataRequest) -> UseRecord:
    """What of the record the request is about."""
    if not request.fields and not request.purposes:
        return record

    def fits(name: str, purpose: str) -> bool:
        named = not request.fields or any(name == field or name.startswith(field + ".") for field in request.fields)
        return named and (not request.purposes or purpose in request.purposes)

    return UseRecord(
        held=tuple(one for one in record.held if fits(one.name, one.purpose)),
        uses=tuple(one for one in record.uses if fits(one.name, one.purpose)),
    )


def _texts(held: Iterable[Held], copied: list[Holding]) -> tuple[str, ...]:
    places = {(one.number, one.place) for one in copied}
    return tuple(one.text for one in held if (one.number, one.place) in places)
