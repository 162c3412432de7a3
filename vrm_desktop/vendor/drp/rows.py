"""Requests and tokens of the Data Rights Protocol in the desk's database: rows in, values out. Decides nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from vrm_desktop.canon import records
from vrm_desktop.domain.drp import FINAL, DrpAction, DrpIdentity, DrpRegime, DrpReport, DrpStatus
from vrm_desktop.domain.ids import Digest
from vrm_desktop.vendor.drp.tables import drp_requests, drp_tokens

PAGE = 50
_FINAL = sorted(status.value for status in FINAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, apart from by whom."""

    action: DrpAction
    regime: DrpRegime
    relationships: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Kept:
    """One request as the desk keeps it. `person` is None once it is forgotten; `expires` (UTC) is when that is due."""

    agent: str
    number: str
    asked: Asked
    person: DrpIdentity | None
    report: DrpReport
    changed: datetime
    expires: datetime | None = None

    @property
    def id(self) -> str:
        """The request's id."""
        return self.report.request_id


class DrpRows:
    """One transaction's view."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, agent: str, token: Digest, now: datetime) -> None:
        """Let whoever has the token with this hash be the agent; the tokens it had before are void."""
        self._connection.execute(delete(drp_tokens).where(drp_tokens.c.agent == agent))
        self._connection.execute(insert(drp_tokens).values(token=token, agent=agent, at=int(now.timestamp())))

    def agent(self, token: Digest) -> str | None:
        """Whose token this is the hash of."""
        return self._connection.execute(
            select(drp_tokens.c.agent).where(drp_tokens.c.token == token)
        ).scalar_one_or_none()

    def one(self, key: str) -> Kept | None:
        """The request of this id; nobody else changes it until this transaction ends."""
        row = self._connection.execute(
            select(drp_requests).where(drp_requests.c.id == key).with_for_update()
        ).one_or_none()
        return _kept(row) if row is not None else None

    def numbered(self, agent: str, number: str) -> Kept | None:
        """The request that the agent calls so."""
        row = self._connection.execute(
            select(drp_requests).where(drp_requests.c.agent == agent, drp_requests.c.number == number).limit(1)
        ).one_or_none()
        return _kept(row) if row is not None else None

    def take(self, kept: Kept) -> None:
        """Keep a new request."""
        self._connection.execute(insert(drp_requests).values(id=kept.id, **_columns(kept)))

    def change(self, kept: Kept) -> None:
        """Keep a request as it is now."""
        self._connection.execute(update(drp_requests).where(drp_requests.c.id == kept.id).values(**_columns(kept)))

    def waiting(self) -> int:
        """How many want an answer of the shop's people."""
        query = select(func.count()).where(drp_requests.c.status.not_in(_FINAL))
        return int(self._connection.execute(query).scalar_one())

    def listed(self, *, most: int = PAGE) -> tuple[Kept, ...]:
        """Those that want an answer, the one that waits longest first; then the others, the newest first."""
        listed = drp_requests.c
        waiting = select(drp_requests).where(listed.status.not_in(_FINAL)).order_by(listed.changed, listed.id)
        over = select(drp_requests).where(listed.status.in_(_FINAL)).order_by(listed.changed.desc(), listed.id)
        rows = [*self._connection.execute(waiting.limit(most)), *self._connection.execute(over.limit(most))]
        return tuple(_kept(row) for row in rows[:most])

    def tidy(self, now: datetime) -> bool:
        """Forget the persons of what is long over, and let lapse what waited too long; whether there was anything."""
        listed = drp_requests.c
        due = select(drp_requests).where(listed.expires > 0, listed.expires <= int(now.timestamp()))
        forgot = False
        for row in self._connection.execute(due.with_for_update()).all():
            kept = _kept(row)
            if kept.report.status not in FINAL:
                report = replace(kept.report, status=DrpStatus.EXPIRED, reason=None)
                kept = replace(kept, report=report, changed=now)
            self.change(replace(kept, person=None, expires=None))
            forgot = True
        return forgot


def _columns(kept: Kept) -> dict[str, Any]:
    return {
        "agent": kept.agent,
        "number": kept.number,
        "asked": records.to_bytes(kept.asked).decode(),
        "person": records.to_bytes(kept.person).decode() if kept.person is not None else "",
        "report": records.to_bytes(kept.report).decode(),
        "status": kept.report.status.value,
        "changed": int(kept.changed.timestamp()),
        "expires": int(kept.expires.timestamp()) if kept.expires is not None else 0,
    }


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        agent=row.agent,
        number=row.number,
        asked=records.from_bytes(row.asked.encode(), Asked),
        person=records.from_bytes(row.person.encode(), DrpIdentity) if row.person else None,
        report=records.from_bytes(row.report.encode(), DrpReport),
        changed=datetime.fromtimestamp(row.changed, UTC),
        expires=datetime.fromtimestamp(row.expires, UTC) if row.expires else None,
    )
