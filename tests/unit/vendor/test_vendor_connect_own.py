"""The documentation's connector works as it stands; the command line and the inbox show how connectors do."""

import asyncio
import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.fakes.asking_person import published_roster
from tests.fakes.connected_desk import ConnectedDesk, person_at
from tests.fakes.inbox_visitor import InboxVisitor
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.command import DONE, FAILED, main
from vrm_desktop.vendor.connectors.opening import open_connector
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.hand_acts import MakeOffer
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.settings_file import read_settings

EXAMPLE = CHECKOUT / "docs" / "examples" / "my_connector.py"
TILL = ConnectorSettings(name="till", kind=ConnectorKind.PYTHON, file="my_connector.py")


def test_the_documented_connector_works_and_is_under_a_page(tmp_path: Path) -> None:
    assert len(EXAMPLE.read_text().splitlines()) < 60
    shutil.copy(EXAMPLE, tmp_path)

    async def run() -> None:
        till = open_connector(TILL, shop=DeskSettings(name="Shop"), folder=tmp_path, now=lambda: datetime.now(UTC))
        desk = ConnectedDesk(tmp_path, till, TILL)
        try:
            await desk.start()
            person = person_at(desk)
            for build in (person.ping, person.reveal, person.accept):
                await desk.send(person, build())
            await desk.tell_all()
            (line,) = (tmp_path / "orders.txt").read_text().splitlines()
            assert line.startswith(person.sent[2].message_id)
            (tmp_path / "words.txt").write_text(f"{person.conversation.id} Your bike is ready.\n")
            for _ in range(2):
                await desk.dispatch.listen()
                desk.later(seconds=31)
            await desk.listen(person)
            assert [each.text for each in person.heard if hasattr(each, "text")] == ["Your bike is ready."]
            assert await till.check() == "writes to orders.txt"
            await till.close()
        finally:
            await desk.close()

    asyncio.run(run())


@pytest.mark.parametrize("text", [None, "raise ValueError('no')", "connect = 1", "def connect(:"])
def test_a_file_that_is_no_connector_ends_the_start_with_a_sentence(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "my_connector.py").write_text(text)
    with pytest.raises(BadSettings, match="till"):
        open_connector(TILL, shop=DeskSettings(name="Shop"), folder=tmp_path, now=lambda: datetime.now(UTC))


def shop_with(folder: Path, *lines: str) -> Path:
    samples = resources_folder() / "samples"
    (folder / "desk.toml").write_text((samples / "desk.toml").read_text() + "\n[[connectors]]\n" + "\n".join(lines))
    shutil.copy(samples / "catalogue.csv", folder)
    shutil.copy(EXAMPLE, folder)
    return folder


def test_the_command_line_looks_after_connectors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = shop_with(tmp_path, 'name = "till"', 'kind = "python"', 'file = "my_connector.py"')
    where = ["--home", str(home)]
    assert main(["connect", "status", *where]) == DONE
    assert capsys.readouterr().out == "till\ttold 0\twaiting 0\tset aside 0\tlast -\n"
    assert main(["connect", "test", "till", *where]) == DONE
    assert capsys.readouterr().out == "till\twrites to orders.txt\n"
    assert main(["connect", "retry", "till", *where]) == DONE
    assert capsys.readouterr().out == "0\n"
    assert main(["connect", "skip", "7", *where]) == FAILED
    assert main(["connect", "retry", "another", *where]) == FAILED
    assert main(["export", "orders", *where]) == DONE
    assert capsys.readouterr().out.startswith("conversation,ordered,title")
    assert main(["export", "offers", "--out", str(tmp_path / "offers.csv"), *where]) == DONE
    assert (tmp_path / "offers.csv").read_text().startswith("conversation,made,title")
    assert main(["export", "offers", "--out", str(tmp_path / "none" / "offers.csv"), *where]) == FAILED


@pytest.mark.parametrize(
    "lines",
    [
        ('name = "till"', 'kind = "fax"'),
        ('name = "The Till"', 'kind = "python"', 'file = "x.py"'),
        ('name = "till"', 'kind = "python"'),
        ('name = "till"', 'kind = "mail"', 'url = "smtp://127.0.0.1"', 'to = ["a@example.org"]'),
        ('name = "till"', 'kind = "python"', 'file = "x.py"', 'events = ["pong"]'),
        ('name = "till"', 'kind = "python"', 'file = "x.py"', "patience = 3"),
        (
            'name = "a"',
            'kind = "python"',
            'file = "x.py"',
            "[[connectors]]",
            'name = "a"',
            'kind = "python"',
            'file="y"',
        ),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(lines: tuple[str, ...]) -> None:
    text = 'name = "Shop"\n[[connectors]]\n' + "\n".join(lines)
    known = frozenset(entry.id for entry in published_roster().entries)
    with pytest.raises(BadSettings, match="connectors"):
        read_settings(text.encode(), roster_ids=known)


def test_tables_for_spreadsheets_have_no_names_and_compute_nothing(tmp_path: Path) -> None:
    visitor = InboxVisitor(tmp_path)
    try:
        visitor.add("ada")
        visitor.sign_in("ada")
        person = visitor.desk.person()
        for build in (person.ping, person.reveal):
            visitor.send(person, build())
        shop = visitor.desk.shop.settings
        act = MakeOffer(
            title='=HYPERLINK("http://x","y")',
            items=100,
            currency="EUR",
            by=visitor.desk.now.date(),
            valid_days=shop.offers.valid_days,
        )
        with visitor.desk.store.turn() as books:
            dossier = books.dossier(str(person.conversation.id))
            assert dossier is not None
            books.apply(visitor.desk.desk.act(dossier, act, by="ada", now=visitor.desk.now), now=visitor.desk.now)
        visitor.desk.tell(person)
        visitor.send(person, person.accept())
        sheets = {name: visitor.get(f"/desk/connections/{name}.csv") for name in ("conversations", "offers", "orders")}
        rows = {name: list(csv.reader(io.StringIO(answer.text))) for name, answer in sheets.items()}
        assert rows["conversations"][1][0] == str(person.conversation.id)
        assert [row[2] for row in rows["offers"][1:]][-1].startswith("'=HYPERLINK")
        assert rows["orders"][1][4:6] == ["1.00", "EUR"]
        assert all(answer.headers["content-type"].startswith("text/csv") for answer in sheets.values())
        everything = "".join(answer.text for answer in sheets.values())
        assert not any(value in everything for value in ("Ada Example", "Rheinweg", *person.want.values()))
        assert visitor.get("/desk/connections/people.csv").status_code == 404
    finally:
        visitor.close()


def test_the_page_shows_what_is_set_aside_and_owners_leave_it_out(tmp_path: Path) -> None:
    visitor = InboxVisitor(tmp_path)
    try:
        visitor.add("ada", Role.OWNER)
        visitor.sign_in("ada")
        assert "No program is connected" in visitor.shown("/desk/connections").text
        visitor.desk.store._subscribers = {"crm": frozenset({"ping"})}
        person = visitor.desk.person()
        visitor.send(person, person.ping())
        with visitor.desk.store.turn() as books:
            books.connections.ensure("crm")
            (waiting,) = books.connections.take(
                "crm", visitor.desk.now, lease=visitor.desk.now - visitor.desk.now, most=8
            )
            books.connections.refused(replace(waiting, tries=9), visitor.desk.now, trouble="no <b>field</b>")
            books.connections.heard("crm", "odd", waiting.conversation, visitor.desk.now, trouble="too soon")
        page = visitor.shown("/desk/connections")
        assert "Something was refused" in page.text
        assert "no <b>field</b>" in page.text
        assert "too soon" in page.text
        fields = {"csrf": page.hidden["csrf"], "number": str(waiting.id)}
        assert visitor.post("/desk/connections/skip", fields).status_code == 303
        assert visitor.post("/desk/connections/skip", fields).status_code == 409
        assert visitor.post("/desk/connections/retry", {**fields, "name": "crm"}).status_code == 303
        assert "In order" in visitor.shown("/desk/connections").text
        with visitor.desk.store.turn() as books:
            assert books.rows(tables.outbox.select()) == []
    finally:
        visitor.close()


def test_staff_look_and_leave_nothing_out(tmp_path: Path) -> None:
    visitor = InboxVisitor(tmp_path)
    try:
        visitor.add("bob")
        visitor.sign_in("bob")
        csrf = visitor.shown("/desk/connections").hidden["csrf"]
        assert visitor.post("/desk/connections/skip", {"csrf": csrf, "number": "1"}).status_code == 403
    finally:
        visitor.close()
