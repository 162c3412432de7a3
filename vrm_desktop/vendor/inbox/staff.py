"""Who may sign in, and who is signed in: rows only. What a role may do is decided where it is asked."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select, update

from vrm_desktop.vendor import tables


class Role(StrEnum):
    """`STAFF` answer; `OWNER`s also say who may sign in."""

    OWNER = "owner"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in. `csrf` goes into every form."""

    name: str
    role: Role
    csrf: str = field(repr=False)


class StaffRows:
    """One transaction's view."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[tuple[str, Role], ...]:
        """Everybody, by name."""
        rows = self._connection.execute(select(tables.users.c.name, tables.users.c.role).order_by(tables.users.c.name))
        return tuple((row.name, Role(row.role)) for row in rows)

    def put(self, name: str, role: Role, secret: str) -> None:
        """Add somebody, or give them another role and password; they must sign in again."""
        known = tables.users.c
        self.sign_out_everywhere(name)
        changed = self._connection.execute(
            update(tables.users).where(known.name == name).values(role=role.value, secret=secret)
        )
        if not changed.rowcount:
            self._connection.execute(insert(tables.users).values(name=name, role=role.value, secret=secret))

    def remove(self, name: str) -> bool:
        """Take somebody out; False when nobody is called so."""
        self.sign_out_everywhere(name)
        return self._connection.execute(delete(tables.users).where(tables.users.c.name == name)).rowcount > 0

    def owners(self) -> int:
        """How many owners there are."""
        query = select(func.count()).select_from(tables.users).where(tables.users.c.role == Role.OWNER.value)
        return int(self._connection.execute(query).scalar_one())

    def secret(self, name: str) -> str | None:
        """What is kept of somebody's password; None when nobody is called so."""
        query = select(tables.users.c.secret).where(tables.users.c.name == name)
        return self._connection.execute(query).scalar_one_or_none()

    def sign_in(self, name: str, *, token: str, csrf: str, now: datetime, until: datetime) -> None:
        """Remember a session by the hash of its token; those that are over are forgotten."""
        sessions = tables.sessions
        self._connection.execute(delete(sessions).where(sessions.c.until < int(now.timestamp())))
        self._connection.execute(
            insert(sessions).values(token=token, name=name, csrf=csrf, until=int(until.timestamp()))
        )

    def session(self, token: str, now: datetime) -> Session | None:
        """Who holds the token with this hash; None when nobody does any more."""
        sessions, known = tables.sessions.c, tables.users.c
        row = self._connection.execute(
            select(known.name, known.role, sessions.csrf)
            .join(tables.users, known.name == sessions.name)
            .where(sessions.token == token, sessions.until >= int(now.timestamp()))
        ).one_or_none()
        return Session(name=row.name, role=Role(row.role), csrf=row.csrf) if row is not None else None

    def sign_out(self, token: str) -> None:
        """Forget one session."""
        self._connection.execute(delete(tables.sessions).where(tables.sessions.c.token == token))

    def sign_out_everywhere(self, name: str) -> None:
        """Forget all sessions of somebody."""
        self._connection.execute(delete(tables.sessions).where(tables.sessions.c.name == name))
