"""The connectors' tables in one transaction: what is still to be told, taken, told, refused. Tells nobody anything.

Events are written in the transaction of what happened, and leave the table in a transaction after they were told. In
between they are on lease: whoever dies meanwhile loses nothing, and nobody else tells them before the lease ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, case, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from vrm_desktop.canon import strict_json
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.connectors.port import ERASED, Notes
from vrm_desktop.vendor.connectors.schedule import pause_when_away, pause_when_refused
from vrm_desktop.vendor.stored_json import stored_object

MOST_TROUBLE = 300
Subscribers = Mapping[str, frozenset[str]]
"""The connectors' names, and the kinds of events that each is told; none named: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One event on its way to one connector; `at` in seconds since 1970."""

    id: int
    connector: str
    conversation: str
    event: str
    kind: str
    at: int
    tries: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one connector does; times in seconds since 1970, 0 for never."""

    name: str
    told: int
    last_told: int
    last_heard: int
    resume: int
    trouble: str
    waiting: int
    set_aside: int
    not_done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """Something that a connector said and the desk could not do, and why."""

    connector: str
    said: str
    conversation: str
    at: int
    trouble: str


class ConnectionRows:
    """One transaction's view."""

    def __init__(self, connection: Connection, subscribers: Subscribers) -> None:
        self._connection = connection
        self._subscribers = subscribers

    def record(self, conversation: str, happened: Iterable[tuple[str, str]], at: int) -> None:
        """Write down events (id and kind, in order) for every connector that is told of them."""
        rows = [
            {
                "connector": name,
                "conversation": conversation,
                "event": event,
                "kind": kind,
                "at": at,
                "due": at,
                "tries": 0,
                "trouble": "",
            }
            for event, kind in happened
            for name, kinds in self._subscribers.items()
            if (not kinds or kind in kinds) and not (kind == ERASED and self._knows(name, event))
        ]
        if rows:
            self._connection.execute(insert(tables.outbox), rows)

    def _knows(self, name: str, event: str) -> bool:
        kept = tables.outbox.c
        return self._connection.execute(
            select(exists().where(kept.connector == name, kept.event == event))
        ).scalar_one()

    def ensure(self, name: str) -> None:
        """Make a connector known."""
        known = tables.connectors
        if self._connection.execute(select(known.c.name).where(known.c.name == name)).first() is not None:
            return
        zero = dict.fromkeys(("told", "last_told", "last_heard", "tries", "resume", "listen"), 0)
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(known).values(name=name, bookmark="", trouble="", **zero))
        except IntegrityError:
            return  # another worker was quicker

    def take(self, name: str, now: datetime, *, lease: timedelta, most: int) -> tuple[Waiting, ...]:
        """Up to `most` events to tell now, the first of their conversations, on lease from now on."""
        kept, known, at = tables.outbox, tables.connectors.c, int(now.timestamp())
        resumes = self._connection.execute(select(known.resume).where(known.name == name)).scalar_one()
        if resumes > at:
            return ()
        earlier = kept.alias()
        first = ~exists().where(
            earlier.c.connector == kept.c.connector,
            earlier.c.conversation == kept.c.conversation,
            earlier.c.id < kept.c.id,
        )
        found = self._connection.execute(
            select(kept).where(kept.c.connector == name, kept.c.due <= at, first).order_by(kept.c.id).limit(most)
        ).all()
        taken = []
        for row in found:
            claimed = update(kept).where(kept.c.id == row.id, kept.c.due == row.due)
            if self._connection.execute(claimed.values(due=int((now + lease).timestamp()))).rowcount:
                taken.append(_waiting(row))
        return tuple(taken)

    def told(self, waiting: Waiting, now: datetime) -> None:
        """It has come in."""
        known, at = tables.connectors, int(now.timestamp())
        gone = self._connection.execute(delete(tables.outbox).where(tables.outbox.c.id == waiting.id)).rowcount
        self._connection.execute(
            update(known)
            .where(known.c.name == waiting.connector)
            .values(told=known.c.told + gone, last_told=at, tries=0, resume=0, trouble="")
        )

    def away(self, waiting: Waiting, now: datetime, *, trouble: str) -> None:
        """Nobody was there: the event keeps its place, and the connector rests."""
        self._connection.execute(
            update(tables.outbox).where(tables.outbox.c.id == waiting.id).values(due=int(now.timestamp()))
        )
        self.rest(waiting.connector, now, trouble=trouble)

    def rest(self, name: str, now: datetime, *, trouble: str) -> None:
        """Ask nobody for a while, each time longer; several failures at once count once."""
        known, at = tables.connectors, int(now.timestamp())
        row = self._connection.execute(select(known.c.tries, known.c.resume).where(known.c.name == name)).one()
        if row.resume > at:
            return
        resumes = now + pause_when_away(row.tries + 1)
        self._connection.execute(
            update(known)
            .where(known.c.name == name, known.c.resume == row.resume)
            .values(tries=row.tries + 1, resume=int(resumes.timestamp()), trouble=trouble[:MOST_TROUBLE])
        )

    def refused(self, waiting: Waiting, now: datetime, *, trouble: str) -> None:
        """It was not taken: later again, and in the end set aside, where it holds up its own conversation only."""
        pause = pause_when_refused(waiting.tries + 1)
        due = int((now + pause).timestamp()) if pause is not None else tables.SET_ASIDE
        self._connection.execute(
            update(tables.outbox)
            .where(tables.outbox.c.id == waiting.id)
            .values(due=due, tries=waiting.tries + 1, trouble=trouble[:MOST_TROUBLE])
        )
        here = update(tables.connectors).where(tables.connectors.c.name == waiting.connector)
        self._connection.execute(here.values(tries=0, resume=0, trouble=""))  # who refuses is not away

    def try_again(self, name: str, now: datetime) -> int:
        """Let a connector rest no longer, and try at once what was refused; returns how many events that are."""
        kept, known, at = tables.outbox, tables.connectors, int(now.timestamp())
        self._connection.execute(update(known).where(known.c.name == name).values(tries=0, resume=0, listen=0))
        again = update(kept).where(kept.c.connector == name, kept.c.tries > 0)
        return self._connection.execute(again.values(due=at, tries=0)).rowcount

    def skip(self, waiting: int) -> bool:
        """Leave one event out that was set aside; False when there is none of that number."""
        kept = tables.outbox.c
        gone = delete(tables.outbox).where(kept.id == waiting, kept.due == tables.SET_ASIDE)
        return self._connection.execute(gone).rowcount > 0

    def set_aside(self, *, most: int = 100) -> tuple[Waiting, ...]:
        """What was refused to the end, oldest first."""
        kept = tables.outbox
        rows = self._connection.execute(
            select(kept).where(kept.c.due == tables.SET_ASIDE).order_by(kept.c.id).limit(most)
        )
        return tuple(_waiting(row) for row in rows)

    def not_done(self, *, most: int = 100) -> tuple[NotDone, ...]:
        """What connectors said and the desk could not do, latest first."""
        heard = tables.connector_heard
        rows = self._connection.execute(
            select(heard).where(heard.c.trouble != "").order_by(heard.c.at.desc(), heard.c.said).limit(most)
        )
        return tuple(
            NotDone(
                connector=row.connector, said=row.said, conversation=row.conversation, at=row.at, trouble=row.trouble
            )
            for row in rows
        )

    def standing(self) -> tuple[Standing, ...]:
        """How all connectors do that were ever known, by name."""
        kept, heard = tables.outbox.c, tables.connector_heard.c
        counts = {
            row.connector: row
            for row in self._connection.execute(
                select(
                    kept.connector,
                    func.count().label("all"),
                    func.sum(case((kept.due == tables.SET_ASIDE, 1), else_=0)).label("aside"),
                ).group_by(kept.connector)
            )
        }
        undone = {
            row.connector: row.undone
            for row in self._connection.execute(
                select(heard.connector, func.count().label("undone"))
                .where(heard.trouble != "")
                .group_by(heard.connector)
            )
        }
        return tuple(
            Standing(
                name=row.name,
                told=row.told,
                last_told=row.last_told,
                last_heard=row.last_heard,
                resume=row.resume,
                trouble=row.trouble,
                waiting=int(counts[row.name].all - counts[row.name].aside) if row.name in counts else 0,
                set_aside=int(counts[row.name].aside) if row.name in counts else 0,
                not_done=undone.get(row.name, 0),
            )
            for row in self._connection.execute(select(tables.connectors).order_by(tables.connectors.c.name))
        )

    def notes(self, name: str, conversation: str) -> dict[str, str]:
        """What a connector noted of a conversation."""
        kept = tables.connector_notes.c
        found = self._connection.execute(
            select(kept.notes).where(kept.connector == name, kept.conversation == conversation)
        ).scalar_one_or_none()
        return {} if found is None else {key: str(value) for key, value in stored_object(found).items()}

    def note(self, name: str, conversation: str, fresh: Notes) -> None:
        """Add to what a connector noted."""
        if not fresh:
            return
        kept = tables.connector_notes
        this = and_(kept.c.connector == name, kept.c.conversation == conversation)
        text = strict_json.encode({**self.notes(name, conversation), **fresh}).decode()
        if not self._connection.execute(update(kept).where(this).values(notes=text)).rowcount:
            self._connection.execute(insert(kept).values(connector=name, conversation=conversation, notes=text))

    def begin_listening(self, name: str, now: datetime, *, lease: timedelta) -> str | None:
        """The bookmark from which to ask a connector now; None when it is not time, or somebody else does."""
        known, at = tables.connectors, int(now.timestamp())
        row = self._connection.execute(
            select(known.c.bookmark, known.c.listen, known.c.resume).where(known.c.name == name)
        ).one()
        if max(row.listen, row.resume) > at:
            return None
        mine = update(known).where(known.c.name == name, known.c.listen == row.listen)
        taken = self._connection.execute(mine.values(listen=int((now + lease).timestamp()))).rowcount
        bookmark: str = row.bookmark
        return bookmark if taken else None

    def listened(self, name: str, now: datetime, *, bookmark: str, again: timedelta) -> None:
        """All that was said up to `bookmark` is done."""
        known = tables.connectors
        values = {"bookmark": bookmark, "listen": int((now + again).timestamp()), "last_heard": int(now.timestamp())}
        self._connection.execute(
            update(known).where(known.c.name == name).values(**values, tries=0, resume=0, trouble="")
        )

    def heard(self, name: str, said: str, conversation: str, now: datetime, *, trouble: str = "") -> bool:
        """Remember that something was said; False when it was before."""
        kept = tables.connector_heard
        known = select(kept.c.said).where(kept.c.connector == name, kept.c.said == said)
        if self._connection.execute(known).first() is not None:
            return False
        values = {"connector": name, "said": said, "conversation": conversation, "at": int(now.timestamp())}
        self._connection.execute(insert(kept).values(**values, trouble=trouble[:MOST_TROUBLE]))
        return True


def _waiting(row: object) -> Waiting:
    names = ("id", "connector", "conversation", "event", "kind", "at", "tries", "trouble")
    return Waiting(**{name: getattr(row, name) for name in names})
