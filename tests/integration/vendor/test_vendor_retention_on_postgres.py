"""On PostgreSQL, too, values go on their day: no table has them, and after a vacuum no page of any table does."""

import asyncio
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.fakes.open_desk import OpenDesk
from tests.fakes.postgres_server import PostgresServer
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits

pytestmark = pytest.mark.services("postgresql")


def test_values_go_from_tables_and_pages_and_the_chain_holds(postgres: PostgresServer, tmp_path: Path) -> None:
    address = postgres.new_database()
    desk = OpenDesk(tmp_path, database=address)
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal(until=desk.now.date() + timedelta(days=3)))
    texts = [text for sealed in person.sent for text in sealed.envelope.disclosures]

    def found() -> int:
        with psycopg.connect(address, autocommit=True) as connection:
            dumped = "".join(
                str(row)
                for (table,) in connection.execute(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                ).fetchall()
                for row in connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
            )
        return sum(text in dumped for text in texts)

    def paged() -> int:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM FULL")
            connection.execute("CHECKPOINT")
            row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert row is not None
        (folder,) = row
        pages = b"".join(file.read_bytes() for file in (postgres.data / "base" / str(folder)).iterdir())
        return sum(text.encode() in pages for text in texts)

    async def clock() -> int:
        reception = Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=Clock(now=lambda: desk.now, steady=lambda: 0.0),
            ask_again=timedelta(seconds=5),
            neighbours=desk.neighbours,
        )
        try:
            return await reception.lapse()
        finally:
            await reception.close()

    try:
        assert found() == paged() == len(texts) > 0
        desk.later(person, days=4)
        assert asyncio.run(clock()) == 1
        assert found() == 0
        assert paged() == 0
        desk.tell(person)
        closure = person.closure()
        assert (closure.reason, closure.erased) == ("lapsed", True)
        assert desk.dossier(person).conversation.state is State.ENDED
        for entry in desk.dossier(person).entries:
            if entry.jws:
                decode_message(entry.jws, person.signer.kid if entry.side.value == "person" else desk.signer.kid)
    finally:
        desk.close()
