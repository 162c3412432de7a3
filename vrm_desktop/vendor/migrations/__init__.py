"""Numbered steps from nothing to the tables of today, each applied once, in order, in one transaction with the rest.

A step is never changed once it was published: it has its own copy of the tables as they were then.
"""

from collections.abc import Callable, Collection

from sqlalchemy import Connection, inspect, select, update

from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.migrations import (
    step_0001,
    step_0002,
    step_0003,
    step_0004,
    step_0005,
    step_0006,
    step_0007,
    step_0008,
)

STEPS: tuple[Callable[[Connection], None], ...] = (
    step_0001.apply,
    step_0002.apply,
    step_0003.apply,
    step_0004.apply,
    step_0005.apply,
    step_0006.apply,
    step_0007.apply,
    step_0008.apply,
)


def bring_up(connection: Connection, *, kid: Kid, others: Collection[Kid] = ()) -> None:
    """Apply the steps that the database lacks; a new one becomes that of the desk with the key `kid`.

    An older one may be under one of the desk's `others`: it tells which of them counts.

    Raises:
        BadHome: the database belongs to another key, or to a newer version of this program.
    """
    has = 0
    if inspect(connection).has_table(tables.desk.name):
        found = connection.execute(select(tables.desk.c.schema, tables.desk.c.kid)).one_or_none()
        if found is not None:
            has = found.schema
            if has > len(STEPS) or found.kid not in {kid, *others}:
                raise BadHome("the desk's database belongs to another key, or to a newer version of this program")
    for step in STEPS[has:]:
        step(connection)
    if has == 0:
        connection.execute(tables.desk.insert().values(only=1, schema=len(STEPS), kid=kid))
    elif has < len(STEPS):
        connection.execute(update(tables.desk).values(schema=len(STEPS)))
