"""Cases as they are shown: what may be done next, what waits or failed, letters, documents, and what the law says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.case import Case, CaseStanding, TurnWord
from vrm_desktop.domain.claim_periods import PeriodHint, period_hints
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.living import Remedy
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import OrderRecord, Relationship
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.public_holidays import around
from vrm_desktop.services.reachable import by_wire


class CaseMove(StrEnum):
    """What the person can do in a case now."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    GO_ON = "go-on"
    NOTE = "note"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseView:
    """One case with what surrounds it. `waiting`: a turn has not left yet; `failed`: one cannot leave.

    `to_send` are letters that the person has not said to have sent.
    """

    case: Case
    vendor_name: str
    by_wire: bool
    waiting: bool
    failed: bool
    overdue: bool
    may: frozenset[CaseMove]
    letters: tuple[Letter, ...]
    documents: tuple[Attachment, ...]
    hints: tuple[PeriodHint, ...]

    @property
    def to_send(self) -> tuple[Letter, ...]:
        """Letters whose sending the person has not told of."""
        return tuple(one for one in self.letters if one.state in {LetterState.DRAFT, LetterState.HANDED_OUT})


async def cases(means: Means, vendor: VendorId | None = None) -> tuple[CaseView, ...]:
    """All cases, or those with one counterparty: open ones first, of these what waits longest."""
    today = means.clock.today()

    def look(tx: Transaction) -> tuple[CaseView, ...]:
        views = [_view(tx, one, today) for one in tx.papers(Case, vendor=vendor)]
        return tuple(sorted(views, key=lambda one: (one.case.over, one.case.by or date.max, one.case.at)))

    return await means.vault.read(look)


async def case(means: Means, key: str) -> CaseView:
    """One case.

    Raises:
        NotFound: none under this id.
    """
    today = means.clock.today()

    def look(tx: Transaction) -> CaseView:
        found = tx.paper(Case, key)
        if found is None:
            raise NotFound(key)
        return _view(tx, found, today)

    return await means.vault.read(look)


async def hints_for(
    means: Means, vendor: VendorId, want: Remedy, *, ordered: date | None, received: date | None
) -> tuple[PeriodHint, ...]:
    """What the law says before a case is opened; empty where nothing is known."""

    def look(tx: Transaction) -> tuple[PeriodHint, ...]:
        country = country_of(tx, vendor)
        days_off = _days_off(country, ordered, received)
        return period_hints(want, country, ordered=ordered, received=received, withdrawn=None, holidays=days_off)

    return await means.vault.read(look)


def country_of(tx: Transaction, vendor: VendorId) -> str:
    """Where the person lives, whose consumer law counts; else where the vendor is; "" if neither is known."""
    mine = next((field.value for field in tx.profile() if field.path is FieldPath.COUNTRY), "")
    found = tx.vendor(vendor)
    return mine or (found.country if found is not None else "")


def _view(tx: Transaction, found: Case, today: date) -> CaseView:
    owner, vendor = tx.relationship(found.relationship), tx.vendor(found.vendor)
    states = {entry.id: entry.state for entry in _entries(tx, found)}
    turns = [states.get(turn.act) for turn in found.turns if turn.act is not None]
    waiting = any(state in {ActState.HELD, ActState.SEALED} for state in turns)
    order, country = tx.order(found.relationship), country_of(tx, found.vendor)
    ordered, opened = _ordered(order, found), found.at.date()
    return CaseView(
        case=found,
        vendor_name=vendor.name if vendor is not None else found.vendor,
        by_wire=owner is not None and _wired(tx, owner, found),
        waiting=waiting,
        failed=any(state is ActState.FAILED for state in turns),
        overdue=found.overdue(today),
        may=_moves(found, opening_waits=found.opened is None and waiting),
        letters=tuple(one for one in tx.papers(Letter, vendor=found.vendor) if one.source == found.id),
        documents=tuple(
            one for one in tx.papers(Attachment, vendor=found.vendor) if (one.of, one.paper) == ("case", found.id)
        ),
        hints=period_hints(
            found.want,
            country,
            ordered=ordered,
            received=found.received,
            withdrawn=opened if found.want is Remedy.WITHDRAWAL else None,
            holidays=_days_off(country, ordered, found.received, opened),
        ),
    )


def _days_off(country: str, *since: date | None) -> frozenset[date]:
    """The public holidays of the country that may move the end of a period that begins on one of these days."""
    return frozenset[date]().union(*(around(country, day) for day in since if day is not None))


def _wired(tx: Transaction, owner: Relationship, found: Case) -> bool:
    mine = any(turn.act is not None for turn in found.turns)
    return mine and by_wire(tx, owner, Kind.CASE)


def _entries(tx: Transaction, found: Case) -> tuple[OutboxEntry, ...]:
    states = frozenset({ActState.HELD, ActState.SEALED, ActState.FAILED})
    return tx.acts(states=states, relationship=found.relationship)


def _ordered(order: OrderRecord | None, found: Case) -> date | None:
    return order.placed.date() if order is not None and order.hash == found.order else None


def _moves(found: Case, *, opening_waits: bool) -> frozenset[CaseMove]:
    if found.standing is CaseStanding.UNRESOLVED:
        return frozenset({CaseMove.GO_ON})
    if found.over:
        return frozenset()
    if opening_waits:
        return frozenset({CaseMove.WITHDRAW})
    moves = {CaseMove.GO_ON, CaseMove.RESOLVED, CaseMove.UNRESOLVED, CaseMove.WITHDRAW, CaseMove.NOTE}
    last = found.unanswered
    if last is not None:
        moves |= {CaseMove.REFUSE}
        if last.word is TurnWord.PROPOSAL:
            moves |= {CaseMove.ACCEPT}
    return frozenset(moves)
