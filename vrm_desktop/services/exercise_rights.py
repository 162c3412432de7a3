"""A data right exercised: asked for over the wire or by letter, followed to the day, pressed for, and complained about.

Each verb moves one request by the domain's table and keeps its date in the agenda. What goes by letter is drafted here
and leaves only through `write_letters`. Never here: what a letter says, which clock runs, which lists there are.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from vrm_desktop.canon import hashes
from vrm_desktop.domain import acts
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.clocks import Clock, Regime
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState, LetterWay
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.rights import (
    EVENT_OF_REPORT,
    Demand,
    Identifier,
    NextStep,
    RequestEvent,
    RequestState,
    RequestStep,
    RightsRequest,
    RightsWay,
)
from vrm_desktop.services.errors import DayNotPossible, NotFound, NotPossibleNow, StillInTime
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.letters_of_rights import draft_letter
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.rights_basis import own_country, regime_for, wire_of
from vrm_desktop.services.rights_dates import holidays_of, keep_owed, settle_dates
from vrm_desktop.services.rights_letters import Shelves

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PRESS = {
    NextStep.REMIND: LetterAbout.REMINDER,
    NextStep.ADMONISH: LetterAbout.ADMONITION,
    NextStep.COMPLAIN: LetterAbout.COMPLAINT,
    NextStep.ASK_AUTHORITY: LetterAbout.COMPLAINT,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asking:
    """What the person wants to exercise. None leaves the choice to the program.

    `tell` are profile fields that the organisation may find the person by (its letters carry the name anyway);
    `identifiers` others, by a name of the person's own. `way` None: over the wire where it is understood.
    `relationship`: what it is about, and the only one in whose conversation it may go over the wire.
    """

    right: DataRight
    text: str = ""
    regime: Regime | None = None
    way: RightsWay | None = None
    by: LetterWay | None = None
    language: str = ""
    tell: tuple[FieldPath, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    relationship: RelationshipId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RequestView:
    """One request as of one day. `due` is the clock of the answer; `letters` the newest first."""

    request: RightsRequest
    vendor_name: str
    clocks: tuple[Clock, ...]
    due: Clock | None
    overdue: bool
    next: NextStep
    letters: tuple[Letter, ...]
    attachments: tuple[Attachment, ...]


async def requests(means: Means, vendor: VendorId | None = None) -> tuple[RequestView, ...]:
    """All requests, or those to one counterparty: what wants the person first, then by their clocks."""
    today = means.clock.today()

    def look(tx: Transaction) -> tuple[RequestView, ...]:
        views = [view_of(tx, one, today) for one in tx.papers(RightsRequest, vendor=vendor)]
        return tuple(sorted(views, key=lambda view: _urgency(view, today)))

    return await means.vault.read(look)


async def request(means: Means, key: str) -> RequestView:
    """One request.

    Raises:
        NotFound: none under this id.
    """
    today = means.clock.today()
    return await means.vault.read(lambda tx: view_of(tx, found(tx, key), today))


async def ask(means: Means, vendors: tuple[VendorId, ...], asking: Asking, shelves: Shelves) -> tuple[str, ...]:
    """Exercise one right towards one organisation or several at once; the requests' ids, in the order given.

    Over the wire it waits in the outbox; by letter there is a draft to look at and to hand out.

    Raises:
        NotFound: no such counterparty. NotPossibleNow: over the wire was asked for and it does not understand that.
        NoLetterTemplate: no template in a language that can be used. InvalidValue: the text is too long.
    """

    def change(tx: Transaction) -> tuple[str, ...]:
        return tuple(ask_one(tx, means, vendor, asking, shelves).id for vendor in dict.fromkeys(vendors))

    return await means.vault.write(change)


def ask_one(tx: Transaction, means: Means, key: VendorId, asking: Asking, shelves: Shelves) -> RightsRequest:
    """Inside one transaction: exercise a right towards one counterparty (see `ask`)."""
    vendor = tx.vendor(key)
    if vendor is None:
        raise NotFound(key)
    wire = wire_of(tx, vendor, asking.relationship)
    if asking.way is RightsWay.WIRE and wire is None:
        raise NotPossibleNow("it does not understand such a request")
    by_wire = wire is not None and asking.way in {None, RightsWay.WIRE}
    owner = wire if wire is not None and by_wire else file_of(tx, means, key)
    made = RightsRequest(
        id=means.new_id("rights"),
        vendor=key,
        relationship=owner.id,
        at=means.clock.now(),
        right=asking.right,
        regime=asking.regime or regime_for(tx, vendor),
        way=RightsWay.WIRE if by_wire else RightsWay.LETTER,
        reference=_reference(means),
        country=vendor.country or own_country(tx),
        identifiers=asking.identifiers,
        text=asking.text,
    )
    if by_wire:
        act = hold(tx, means, owner.id, acts.DataRequest(right=asking.right, text=asking.text))
        made = replace(made, act=act)
    else:
        letter = draft_letter(
            tx,
            means,
            made,
            LetterAbout.RIGHTS,
            shelves,
            way=asking.by,
            language=asking.language,
            tell=asking.tell,
            words=asking.text,
        )
        made = replace(made, letter=letter.id)
    tx.keep_paper(made)
    tx.add_note(
        Note(
            relationship=owner.id,
            at=made.at,
            sender=Side.PERSON,
            kind="rights-asked",
            text=made.reference,
        )
    )
    return made


async def answered(
    means: Means,
    key: str,
    state: ReportState,
    *,
    on: date | None = None,
    text: str = "",
    until: date | None = None,
) -> Changes:
    """Note an answer that came outside the wire: it did all, a part, nothing, or needs more time (`until` which day).

    Raises:
        NotFound: no such request. NotInThisState: it cannot be answered as it stands. DayNotPossible: the day is to
        come, or before the request went.
    """
    return await _move(means, key, RequestStep(event=EVENT_OF_REPORT[state], on=date.min, text=text, until=until), on)


async def acknowledged(means: Means, key: str, *, on: date | None = None) -> Changes:
    """Note that the organisation confirmed that it has the request. Raises as `answered`."""
    return await _move(means, key, RequestStep(event=RequestEvent.ACKNOWLEDGED, on=date.min), on)


async def demanded(means: Means, key: str, demand: Demand, *, on: date | None = None, text: str = "") -> Changes:
    """Note what the organisation asks for before it answers; the counterparty's file remembers a demanded ID copy.

    Raises as `answered`.
    """
    changes = await _move(
        means, key, RequestStep(event=RequestEvent.DEMANDED, on=date.min, text=text, demand=demand), on
    )

    def remember(tx: Transaction) -> None:
        vendor = tx.vendor(found(tx, key).vendor)
        if vendor is not None and demand is Demand.ID_COPY:
            tx.save_vendor(replace(vendor, identity="id-document"))

    await means.vault.write(remember)
    return changes


async def demand_met(means: Means, key: str, *, on: date | None = None) -> Changes:
    """Note that the person did what was demanded, or gave notice why not. Raises as `answered`."""
    return await _move(means, key, RequestStep(event=RequestEvent.DEMAND_MET, on=date.min), on)


async def withdraw(means: Means, key: str) -> Changes:
    """Let a request go: no clock runs any more, and letters of it that were not handed out are dropped.

    Raises:
        NotFound: no such request. NotInThisState: it was answered.
    """

    def change(tx: Transaction) -> Changes:
        request = found(tx, key)
        for letter in tx.papers(Letter):
            if letter.source == key and letter.state is LetterState.DRAFT:
                tx.keep_paper(letter.dropped())
        entry = tx.act(request.act) if request.act is not None else None
        if entry is not None and entry.state is acts.ActState.HELD:
            tx.update_act(replace(entry, state=acts.ActState.UNDONE))
        step = RequestStep(event=RequestEvent.WITHDRAWN, on=_today(means, request))
        return save(tx, means, request.after(step))

    return await means.vault.write(change)


async def received(means: Means, key: str, on: date) -> Changes:
    """Correct the day on which the organisation got the request: the clocks run from it.

    Raises:
        NotFound: no such request. DayNotPossible: before it went, after the organisation did something, or to come.
    """

    def change(tx: Transaction) -> Changes:
        if on > means.clock.today():
            raise DayNotPossible(on.isoformat())
        try:
            return save(tx, means, found(tx, key).receipt_on(on))
        except InvalidValue as error:
            raise DayNotPossible(str(error)) from error

    return await means.vault.write(change)


async def press(
    means: Means,
    key: str,
    shelves: Shelves,
    *,
    about: LetterAbout | None = None,
    authority: VendorId | None = None,
    words: str = "",
    language: str = "",
) -> Letter:
    """Draft the next letter of a request: what `about` says, or what is due now by its next step.

    A complaint goes to `authority`, a counterparty in its own file.

    Raises:
        NotFound: no such request or authority. NotPossibleNow: no letter is due, or a complaint names no authority.
        StillInTime: the letter would say that the time is over, and it is not. NoLetterTemplate: see `ask`.
    """
    today = means.clock.today()

    def change(tx: Transaction) -> Letter:
        request = found(tx, key)
        step = request.next_step(today, holidays_of(request))
        kind = about or (LetterAbout.REPLY if step is NextStep.MEET_DEMAND else _PRESS.get(step))
        if kind is None or request.state is RequestState.DRAFT or not request.open:
            raise NotPossibleNow(step.value)
        _must_be_true(request, kind, today)
        if kind is LetterAbout.COMPLAINT:
            if authority is None:
                raise NotPossibleNow("a complaint goes to an authority")
            request = replace(request, authority=authority)
            tx.keep_paper(request)
        demand = request.last(RequestEvent.DEMANDED)
        if kind is LetterAbout.REPLY and (demand is None or demand.demand in {None, Demand.OTHER}):
            raise NotPossibleNow("nothing was demanded that a letter answers")
        return draft_letter(
            tx,
            means,
            request,
            kind,
            shelves,
            language=language,
            words=words,
            to=authority if kind is LetterAbout.COMPLAINT else None,
            demand=demand.demand if demand is not None else None,
        )

    return await means.vault.write(change)


def _must_be_true(request: RightsRequest, kind: LetterAbout, today: date) -> None:
    """Refuse a letter that would tell of a silence that is none, or of a time that still runs."""
    if kind is LetterAbout.REPLY:
        return
    if request.state in {RequestState.PARTLY, RequestState.REFUSED}:
        if kind is LetterAbout.REMINDER:
            raise NotPossibleNow(request.state.value)
        return
    holidays = holidays_of(request)
    if request.answer_due(holidays) is not None and not request.overdue(today, holidays):
        raise StillInTime(request.id)


async def attach(means: Means, key: str, name: str, media: str, data: bytes) -> Attachment:
    """Attach a document to a request, for instance the organisation's answer.

    Raises:
        NotFound: no such request. InvalidValue: no name, or more than 20 MiB.
    """

    def change(tx: Transaction) -> Attachment:
        return keep_document(tx, means, found(tx, key), name, media, data)

    return await means.vault.write(change)


async def watch(means: Means) -> Changes:
    """Move all requests on to today: what was delivered over the wire went, dates that came. Again changes nothing."""
    today = means.clock.today()

    def change(tx: Transaction) -> Changes:
        changes = Changes()
        before = tx.agenda()
        for one in tx.papers(RightsRequest):
            entry = tx.act(one.act) if one.act is not None else None
            if one.state is RequestState.DRAFT and entry is not None:
                if entry.state is acts.ActState.DELIVERED:
                    changes |= save(tx, means, _went(tx, one, entry, today))
                elif entry.state is acts.ActState.UNDONE:  # taken back, or cut off or left before it went
                    step = RequestStep(event=RequestEvent.WITHDRAWN, on=_today(means, one))
                    changes |= save(tx, means, one.after(step))
                continue
            settle_dates(tx, one, today)
        return changes | (Changes.of(("agenda", "rights")) if tx.agenda() != before else Changes())

    return await means.vault.write(change)


def view_of(tx: Transaction, request: RightsRequest, today: date) -> RequestView:
    """One request with what follows from it today."""
    holidays, vendor = holidays_of(request), tx.vendor(request.vendor)
    letters = [one for one in tx.papers(Letter) if one.source == request.id]
    documents = tx.papers(Attachment, vendor=request.vendor)
    return RequestView(
        request=request,
        vendor_name=vendor.name if vendor else request.vendor,
        clocks=request.clocks(holidays),
        due=request.answer_due(holidays),
        overdue=request.overdue(today, holidays),
        next=request.next_step(today, holidays),
        letters=tuple(reversed(letters)),
        attachments=tuple(one for one in documents if one.paper == request.id),
    )


def keep_document(
    tx: Transaction, means: Means, request: RightsRequest, name: str, media: str, data: bytes
) -> Attachment:
    """Inside one transaction: keep a document with a request (see `attach`)."""
    attachment = Attachment(
        id=means.new_id("file"),
        of="rights-request",
        paper=request.id,
        name=name,
        media=media,
        size=len(data),
        digest=Digest(hashes.digest(data)),
        at=means.clock.now(),
        vendor=request.vendor,
        relationship=request.relationship,
    )
    tx.attach(attachment, data)
    return attachment


def save(tx: Transaction, means: Means, request: RightsRequest) -> Changes:
    """Keep the request, its date, and the answer that is owed as a promise that trust is counted from."""
    tx.keep_paper(request)
    keep_owed(tx, request)
    settle_dates(tx, request, means.clock.today())
    return Changes.of(("rights", request.id), ("agenda", request.id), ("relationship", request.relationship))


def found(tx: Transaction, key: str) -> RightsRequest:
    """The request. Raises NotFound."""
    request = tx.paper(RightsRequest, key)
    if request is None:
        raise NotFound(key)
    return request


def delivered(tx: Transaction, relationship: RelationshipId, message: MessageId, today: date) -> RightsRequest | None:
    """The request that a message of the person's carried, as one that went; None when it carried none."""
    for one in tx.papers(RightsRequest, relationship=relationship):
        entry = tx.act(one.act) if one.act is not None else None
        if entry is not None and entry.message == message:
            return _went(tx, one, entry, today) if one.state is RequestState.DRAFT else one
    return None


def _went(tx: Transaction, one: RightsRequest, entry: acts.OutboxEntry, today: date) -> RightsRequest:
    if one.right is DataRight.ERASURE:
        for row in tx.ledger(relationship=one.relationship):
            if row.state in {LedgerState.SENT, LedgerState.MAYBE, LedgerState.EXPIRED}:
                tx.set_ledger_state(row.message, LedgerState.ERASURE_ASKED)
    return one.after(RequestStep(event=RequestEvent.WENT, on=max(today, entry.made.date()), message=entry.message))


async def _move(means: Means, key: str, step: RequestStep, on: date | None) -> Changes:
    def change(tx: Transaction) -> Changes:
        request = found(tx, key)
        latest = _today(means, request)
        if on is not None and on > latest:
            raise DayNotPossible(on.isoformat())
        if step.event is not RequestEvent.DEMAND_MET:
            tx.add_note(
                Note(
                    relationship=request.relationship,
                    at=means.clock.now(),
                    sender=Side.VENDOR,
                    kind="rights-answer",
                    text=request.reference,
                )
            )
        try:
            return save(tx, means, request.after(replace(step, on=on or latest)))
        except InvalidValue as error:
            raise DayNotPossible(str(error)) from error

    return await means.vault.write(change)


def _today(means: Means, request: RightsRequest) -> date:
    """Today, or the day of the newest thing that happened where the computer's clock runs behind it."""
    return max(means.clock.today(), request.newest_day or date.min)


def _reference(means: Means) -> str:
    """A reference such as `2026-K7F3Q`, another for every organisation."""
    signs = "".join(_LETTERS[one % len(_LETTERS)] for one in means.random.token(6))
    return f"{means.clock.today().year}-{signs}"


def _urgency(view: RequestView, today: date) -> tuple[int, date, str]:
    quiet = view.next in {NextStep.WAIT, NextStep.NOTHING}
    rank = 0 if not quiet else 1 if view.request.open else 2
    due = view.clocks[0].due if view.clocks else today + timedelta(days=3650)
    return rank, due, view.request.id
