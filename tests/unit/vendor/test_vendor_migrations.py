"""Numbered steps lead from nothing, and from every older desk, to exactly the tables of today."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select

from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.migrations import STEPS, bring_up
from vrm_desktop.vendor.sqlite_engine import open_engine

KID = Kid("A" * 43)


def shape(engine: Engine) -> dict[str, dict[str, tuple[str, bool]]]:
    """Tables, their columns, and for each its type and whether it may be empty."""
    found = inspect(engine)
    return {
        table: {column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(table)}
        for table in found.get_table_names()
    }


def declared(tmp_path: Path) -> dict[str, dict[str, tuple[str, bool]]]:
    engine = open_engine(tmp_path / "declared.sqlite3")
    tables.metadata.create_all(engine)
    found = shape(engine)
    engine.dispose()
    return found


@pytest.mark.parametrize("has", range(len(STEPS) + 1))
def test_every_older_desk_gets_the_tables_of_today(tmp_path: Path, has: int) -> None:
    engine = open_engine(tmp_path / "desk.sqlite3")
    with engine.begin() as connection:
        for step in STEPS[:has]:
            step(connection)
        if has:
            connection.execute(tables.desk.insert().values(only=1, schema=has, kid=KID))
    with engine.begin() as connection:
        bring_up(connection, kid=KID)
        bring_up(connection, kid=KID)
        assert connection.execute(select(tables.desk.c.schema, tables.desk.c.kid)).one() == (len(STEPS), KID)
    assert shape(engine) == declared(tmp_path)
    engine.dispose()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    with desk.store.turn() as books:
        books._connection.execute(tables.desk.update().values(schema=len(STEPS) + 1))
    desk.close()
    with pytest.raises(BadHome, match="newer version"):
        OpenDesk(tmp_path)
