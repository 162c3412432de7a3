"""On PostgreSQL, with two workers: a case from its first word to its last, the inbox's lists, and connectors told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.asking_person import DELIVERY, AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseState
from vrm_desktop.protocol import messages
from vrm_desktop.vendor.later_acts import AnswerCase

pytestmark = pytest.mark.services("postgresql")


def said(desk: OpenDesk, person: AskingPerson, kind: type[Any], **members: Any) -> str:
    desk.exchange(person, person.say(lambda claims: kind(**claims, **members)))
    return str(person.sent[-1].message_id)


def ordered(desk: OpenDesk) -> AskingPerson:
    person = desk.person()
    for act in (person.ping, person.reveal, person.accept):
        desk.exchange(person, act())
    return person


def test_a_case_is_talked_over_between_two_workers(tmp_path: Path, database: str) -> None:
    workers = [InboxVisitor(tmp_path, database=database) for _ in range(2)]
    first, second = workers
    first.add("ada")
    first.sign_in("ada")
    try:
        person = ordered(first.desk)
        case = said(second.desk, person, messages.Case, about="product", what="It squeaks.", want="repair")
        received = person.last()
        assert isinstance(received, messages.CaseAnswer)
        assert received.answer == "received"
        assert "Answer the case" in first.shown("/desk").text
        assert "It squeaks." in first.shown("/desk/service").text
        assert first.act(person, "case", of=case, answer="accepted", by="2026-11-27").status_code == 303
        assert "in 4 days" in first.shown("/desk").text
        second.desk.act(person, AnswerCase(case=person.sent[-1].message_id, answer=CaseState.DONE))
        said(first.desk, person, messages.CaseReply, case=case, answer="resolved")
        said(first.desk, person, messages.DataRequest, right="copy")
        assert set(DELIVERY.items()) <= set(person.copied)
        assert "Nothing waits for you" in first.shown("/desk").text
        assert "done nothing" in first.shown("/desk/service").text
    finally:
        for worker in workers:
            worker.close()


def test_connectors_hear_of_a_case_and_of_an_erasure_in_order_and_once(tmp_path: Path, database: str) -> None:
    told = {"crm": frozenset[str]()}
    workers = [OpenDesk(tmp_path, database=database, subscribers=told) for _ in range(2)]
    first, second = workers
    try:
        with first.store.turn() as books:
            books.connections.ensure("crm")
        person = ordered(first)
        said(second, person, messages.Case, about="bill", what="Too much.", want="answer")
        said(first, person, messages.DataRequest, right="erasure", fields=("want",))
        heard: list[str] = []
        for worker in (first, second) * 8:
            with worker.store.turn() as books:
                waiting = books.connections.take("crm", worker.now, lease=timedelta(minutes=1), most=1)
                for one in waiting:
                    books.connections.told(one, worker.now)
                    heard.append(one.kind)
        entries = first.dossier(person).entries
        assert sorted(heard) == sorted([*(entry.kind.value for entry in entries), "erased"])
        mine = [entry.kind.value for entry in entries if entry.side is Side.PERSON]
        assert [kind for kind in heard if kind in mine] == mine
        assert heard.index("erased") > heard.index("data-request")
    finally:
        for worker in workers:
            worker.close()
