"""On PostgreSQL, too, a request over the Data Rights Protocol is taken in, answered, and its person forgotten."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.drp_agent import DrpAgent, drp_settings
from tests.fakes.open_desk import OpenDesk
from tests.fakes.postgres_server import PostgresServer
from vrm_desktop.domain.drp import DrpReport, DrpStatus
from vrm_desktop.vendor.drp.desk import KEPT, DrpDesk

pytestmark = pytest.mark.services("postgresql")


def test_a_request_lives_and_is_forgotten(postgres: PostgresServer, tmp_path: Path) -> None:
    agent = DrpAgent()
    desk = OpenDesk(tmp_path, database=postgres.new_database())
    drp = DrpDesk(drp_settings(), {agent.id: agent.entry}, api_base="", random=os.urandom)
    with desk.store.turn() as books:
        token = drp.set_up(books.data_rights, agent.id, agent.signed(agent.header(desk.now)), now=desk.now)
    with desk.store.turn() as books:
        report = drp.exercise(books.data_rights, token, agent.signed(agent.asking(desk.now)), now=desk.now)
    done = DrpReport(request_id="", status=DrpStatus.FULFILLED, results_url="https://shop.example/r")
    with desk.store.turn() as books:
        drp.say(books.data_rights, report.request_id, done, now=desk.now)
        assert drp.status(books.data_rights, token, report.request_id).results_url == done.results_url
    with desk.store.turn() as books:
        assert not books.data_rights.tidy(desk.now + KEPT - timedelta(days=1))
        assert books.data_rights.tidy(desk.now + KEPT)
        assert [kept.person for kept in books.data_rights.listed()] == [None]
    desk.close()
