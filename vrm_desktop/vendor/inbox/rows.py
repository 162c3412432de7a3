"""What the shop's people look at, straight from the tables: lists, counts, groups. Changes nothing, words nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, Subquery, case, func, literal, select, union_all

from vrm_desktop.canon import records
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.reasons import Because
from vrm_desktop.vendor.stored_json import stored_object

PAGE = 50
SMALLEST_GROUP = 5
"""Nobody is counted alone: groups of fewer are not shown."""
_LAST = 1000
"""Beyond the number of any message of a conversation."""
_WORDS = (Kind.MESSAGE.value, Kind.PAID.value)
_DONE = ("delivered", "cancelled")
_LONGEST_ACQUAINTANCE = 100
"""So many conversations are followed back; the first of a longer row is not looked for."""
_Query = TypeVar("_Query", bound="Select[Any]")
_BUYING = (State.REVEALED.value, State.OFFERED.value, State.HAGGLING.value, State.PASSED.value)


class Folder(StrEnum):
    """The lists of the inbox."""

    WAITING = "waiting"
    OPEN = "open"
    ORDERS = "orders"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One enquiry in a list. `waits` is the kind of what most wants a person of the shop, `wanted` by when."""

    conversation: str
    category: str
    area: str
    wish: Mapping[str, object]
    answers_by: date
    needed_by: date | None
    asked: str
    opened: int
    moved: int
    stage: State
    progress: str
    outcome: str
    waits: Kind | None
    wanted: date | None = None

    @property
    def about(self) -> str:
        """What a contact is about; empty for whoever wants an offer."""
        return str(self.wish.get("about", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One message that waits for the shop's people, and by which day; None where it came before days were noted."""

    number: int
    wanted: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFor:
    """What is held of one conversation: values told, documents ready, and the day of the first and the last to go."""

    conversation: str
    category: str
    stage: State
    values: int
    documents: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """So many asked for the same and got no offer, for the same reason."""

    category: str
    wish: Mapping[str, object]
    area: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """So many, who asked for this category, declined an offer in the month `month` (its first day) for this reason."""

    category: str
    month: date
    reason: DeclineReason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One reason of a conversation, and when (seconds since 1970)."""

    at: int
    because: Because


class InboxRows:
    """One transaction's view."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, folder: Folder, *, page: int = 0) -> tuple[tuple[Listed, ...], bool]:
        """A page of a folder, and whether another follows. What waits comes by deadline, all else latest first."""
        listed = tables.enquiries.c
        by_hand = _waiting()
        query: Select[Any] = select(*listed, by_hand.c.kind, by_hand.c.wanted).join(
            by_hand, by_hand.c.conversation == listed.conversation, isouter=folder is not Folder.WAITING
        )
        query = _within(query, folder).limit(PAGE + 1).offset(page * PAGE)
        if folder is Folder.WAITING:
            due = case((by_hand.c.wanted != "", by_hand.c.wanted), else_=listed.answers_by)
            query = query.order_by(due, listed.moved, listed.conversation)
        else:
            query = query.order_by(listed.moved.desc(), listed.conversation)
        rows = self._connection.execute(query).mappings().all()
        return tuple(_listed(row) for row in rows[:PAGE]), len(rows) > PAGE

    def count(self, folder: Folder) -> int:
        """How many a folder has."""
        query: Select[Any] = select(func.count()).select_from(tables.enquiries)
        if folder is Folder.WAITING:
            by_hand = _waiting()
            query = query.join(by_hand, by_hand.c.conversation == tables.enquiries.c.conversation)
        return int(self._connection.execute(_within(query, folder)).scalar_one())

    def one(self, conversation: str) -> Listed | None:
        """One enquiry; None when there is none of that id."""
        by_hand, listed = _waiting(), tables.enquiries.c
        query: Select[Any] = (
            select(*listed, by_hand.c.kind, by_hand.c.wanted)
            .join(by_hand, by_hand.c.conversation == listed.conversation, isouter=True)
            .where(listed.conversation == conversation)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return _listed(row) if row is not None else None

    def owed(self, conversation: str) -> tuple[Owed, ...]:
        """What of a conversation waits for the shop's people, in order."""
        duty = tables.duties.c
        rows = self._connection.execute(
            select(duty.number, duty.wanted)
            .where(duty.conversation == conversation, duty.due == tables.BY_HAND)
            .order_by(duty.number)
        )
        return tuple(
            Owed(number=row.number, wanted=date.fromisoformat(row.wanted) if row.wanted else None) for row in rows
        )

    def known_since(self, conversation: str) -> int | None:
        """When a customer first came who showed that it is them again (seconds since 1970); None for strangers."""
        link, opened = tables.known.c, tables.conversations.c
        oldest, at = conversation, conversation
        for _ in range(_LONGEST_ACQUAINTANCE):
            older = self._connection.execute(select(link.older).where(link.conversation == at)).scalar_one_or_none()
            if older is None:
                break
            oldest = at = older
        if oldest == conversation:
            return None
        return self._connection.execute(select(opened.opened).where(opened.id == oldest)).scalar_one_or_none()

    def times(self, conversation: str) -> dict[tuple[Side, int], int]:
        """When each message of a conversation was stored (seconds since 1970)."""
        kept = tables.messages.c
        rows = self._connection.execute(
            select(kept.side, kept.number, kept.stored).where(kept.conversation == conversation)
        )
        return {(Side(row.side), row.number): row.stored for row in rows}

    def texts(self, conversation: str) -> dict[tuple[Side, int], str]:
        """The signed texts of a conversation's messages."""
        kept = tables.messages.c
        rows = self._connection.execute(
            select(kept.side, kept.number, kept.jws).where(kept.conversation == conversation)
        )
        return {(Side(row.side), row.number): row.jws for row in rows}

    def reasons(self, conversation: str) -> tuple[Told, ...]:
        """Why the desk answered as it did, in order."""
        told = tables.reasons.c
        rows = self._connection.execute(
            select(told.at, told.text).where(told.conversation == conversation).order_by(told.id)
        )
        return tuple(Told(at=row.at, because=records.from_bytes(row.text.encode(), Because)) for row in rows)

    def held(self, *, page: int = 0) -> tuple[tuple[HeldFor, ...], bool]:
        """Whose values the shop holds, those that must go first, first."""
        beside, ready, listed = tables.disclosures.c, tables.documents.c, tables.enquiries.c
        each = union_all(
            select(beside.conversation, beside.until, literal(1).label("told")),
            select(ready.conversation, ready.until, literal(0)).where(ready.number != 0),
        ).subquery()
        kept = each.c
        rows = self._connection.execute(
            select(
                kept.conversation,
                listed.category,
                listed.stage,
                func.count().label("held"),
                func.sum(kept.told).label("told"),
                func.min(kept.until).label("first"),
                func.max(kept.until).label("last"),
            )
            .join(tables.enquiries, listed.conversation == kept.conversation)
            .group_by(kept.conversation, listed.category, listed.stage)
            .order_by(func.min(kept.until), kept.conversation)
            .limit(PAGE + 1)
            .offset(page * PAGE)
        ).all()
        found = tuple(
            HeldFor(
                conversation=row.conversation,
                category=row.category,
                stage=State(row.stage),
                values=int(row.told),
                documents=row.held - int(row.told),
                first=date.fromisoformat(row.first),
                last=date.fromisoformat(row.last),
            )
            for row in rows
        )
        return found[:PAGE], len(found) > PAGE

    def unmet(self) -> tuple[Unmet, ...]:
        """What was asked for and could not be offered, most wanted first, in groups of `SMALLEST_GROUP` or more."""
        listed = tables.enquiries.c
        count = func.count().label("asked_for")
        rows = self._connection.execute(
            select(listed.category, listed.wish, listed.area, listed.outcome, count)
            .where(listed.outcome != "")
            .group_by(listed.category, listed.wish, listed.area, listed.outcome)
            .having(count >= SMALLEST_GROUP)
            .order_by(count.desc(), listed.category, listed.wish, listed.area)
        )
        return tuple(
            Unmet(
                category=row.category,
                wish=stored_object(row.wish),
                area=row.area,
                outcome=row.outcome,
                count=row.asked_for,
            )
            for row in rows
        )

    def declined(self) -> tuple[Declined, ...]:
        """Why offers were declined, latest month first, in groups of `SMALLEST_GROUP` enquiries or more.

        Whoever declines several offers of one enquiry for the same reason counts once.
        """
        listed, why = tables.enquiries.c, tables.declines.c
        count = func.count(why.conversation.distinct()).label("enquiries")
        rows = self._connection.execute(
            select(listed.category, why.month, why.reason, count)
            .join(tables.enquiries, listed.conversation == why.conversation)
            .group_by(listed.category, why.month, why.reason)
            .having(count >= SMALLEST_GROUP)
            .order_by(why.month.desc(), count.desc(), listed.category, why.reason)
        )
        return tuple(
            Declined(
                category=row.category,
                month=date.fromisoformat(f"{row.month}-01"),
                reason=DeclineReason(row.reason),
                count=row.enquiries,
            )
            for row in rows
        )


def _waiting() -> Subquery:
    """Conversation and kind of the most pressing message of each that waits for a person of the shop.

    What wants an answer comes before mere words, and what came first before what came later.
    """
    owed, kept = tables.duties.c, tables.messages.c
    of_the_duty = (kept.conversation == owed.conversation) & (kept.number == owed.number)
    rank = owed.number + case((kept.kind.in_(_WORDS), _LAST), else_=0)
    first = (
        select(
            owed.conversation,
            func.min(rank).label("rank"),
            func.min(case((owed.wanted != "", owed.wanted))).label("wanted"),
        )
        .join(tables.messages, of_the_duty & (kept.side == Side.PERSON.value))
        .where(owed.due == tables.BY_HAND)
        .group_by(owed.conversation)
        .subquery()
    )
    return (
        select(kept.conversation, kept.kind, func.coalesce(first.c.wanted, "").label("wanted"))
        .join(first, (first.c.conversation == kept.conversation) & (first.c.rank % _LAST == kept.number))
        .where(kept.side == Side.PERSON.value)
        .subquery()
    )


def _within(query: _Query, folder: Folder) -> _Query:
    listed = tables.enquiries.c
    match folder:
        case Folder.OPEN:
            return query.where(listed.stage.in_(_BUYING))
        case Folder.ORDERS:
            in_order = listed.stage.in_((State.ORDERED.value, State.CONFIRMED.value))
            return query.where(in_order, listed.progress.not_in(_DONE))
        case Folder.WAITING | Folder.ALL:
            return query


def _listed(values: RowMapping) -> Listed:
    return Listed(
        conversation=values["conversation"],
        category=values["category"],
        area=values["area"],
        wish=stored_object(values["wish"]),
        answers_by=date.fromisoformat(values["answers_by"]),
        needed_by=date.fromisoformat(values["needed_by"]) if values["needed_by"] else None,
        asked=values["asked"],
        opened=values["opened"],
        moved=values["moved"],
        stage=State(values["stage"]),
        progress=values["progress"],
        outcome=values["outcome"],
        waits=Kind(values["kind"]) if values["kind"] is not None else None,
        wanted=date.fromisoformat(values["wanted"]) if values["wanted"] else None,
    )
