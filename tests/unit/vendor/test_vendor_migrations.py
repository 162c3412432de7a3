"""Numbered steps lead from nothing, and from every older desk, to exactly the tables of today."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.schema import DropTable

from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.inbox.rows import Folder
from vrm_desktop.vendor.migrations import STEPS, bring_up
from vrm_desktop.vendor.sqlite_engine import open_engine
from vrm_desktop.vendor.stored_json import stored_object

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


def test_a_desk_from_before_the_inbox_lists_what_it_had(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    with desk.store.turn() as books:
        listed = books.inbox.one(str(person.conversation.id))
        for table in (tables.reservations, tables.reasons, tables.enquiries, tables.sessions, tables.users):
            books._connection.execute(DropTable(table))
        books._connection.execute(text("ALTER TABLE duties DROP COLUMN wanted"))
        books._connection.execute(tables.desk.update().values(schema=1))
    desk.close()
    again = OpenDesk(tmp_path)
    with again.store.turn() as books:
        assert listed is not None
        assert books.inbox.one(str(person.conversation.id)) == listed
        assert books.inbox.count(Folder.OPEN) == 1
    again.take(person, person.accept())
    again.tell(person)
    assert person.confirmed().text.payment == "sepa-transfer"
    again.close()


def test_what_is_no_object_in_a_column_is_told() -> None:
    assert stored_object('{"a":1}') == {"a": 1}
    for stored in ("[]", "{", '{"a":1,"a":2}'):
        with pytest.raises(BadHome, match="stored object"):
            stored_object(stored)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    with desk.store.turn() as books:
        books._connection.execute(tables.desk.update().values(schema=len(STEPS) + 1))
    desk.close()
    with pytest.raises(BadHome, match="newer version"):
        OpenDesk(tmp_path)
