"""On PostgreSQL, with two workers: a document that one takes in is handed out by the other, and goes for both."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.fakes.inbox_visitor import InboxVisitor
from vrm_desktop.protocol import messages
from vrm_desktop.vendor.documents.receiving import PART_BYTES

pytestmark = pytest.mark.services("postgresql")


def test_a_document_lies_ready_at_every_worker_and_is_gone_from_the_tables(tmp_path: Path, database: str) -> None:
    data = b"\x89PNG\r\n\x1a\n" + os.urandom(2 * PART_BYTES)

    def rows() -> int:
        with psycopg.connect(database, autocommit=True) as connection:
            found = connection.execute(
                "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM document_parts)"
            )
            row = found.fetchone()
        assert row is not None
        return int(row[0])

    workers = [InboxVisitor(tmp_path, database=database) for _ in range(2)]
    first, second = workers
    first.add("ada")
    first.sign_in("ada")
    try:
        person = first.desk.person()
        for act in (person.ping, person.reveal, person.accept):
            second.send(person, act())
        assert first.upload(person, b"%PDF-1.7 " + bytes(PART_BYTES), own="1").status_code == 409
        assert rows() == 0, "what is refused in the end leaves nothing"
        assert first.break_off(person, data, meanwhile=lambda: None) == 409
        assert rows() == 0
        assert first.upload(person, data, name="scan.png").status_code == 303
        status = person.last()
        assert isinstance(status, messages.Status)
        assert isinstance(status.documents, tuple)
        link = status.documents[0].link.removeprefix("http://127.0.0.1:1")
        assert second.get(link).content == data
        assert rows() == 4
        second.send(person, person.end())
        assert person.closure().erased
        assert rows() == 0
        assert first.get(link).status_code == 404
    finally:
        for worker in workers:
            worker.close()
