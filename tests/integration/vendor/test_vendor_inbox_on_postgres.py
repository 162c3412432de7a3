"""The inbox over a real PostgreSQL: the same lists, counts and groups, one answer when two people answer at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor, Shown
from tests.fakes.open_desk import sample_settings
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules

pytestmark = pytest.mark.services("postgresql")


@pytest.fixture
def inboxes(tmp_path: Path, database: str) -> Iterator[list[InboxVisitor]]:
    settings = replace(sample_settings(), answers=AnswerRules(by=AnswerBy.HAND))
    made = [InboxVisitor(tmp_path, settings=settings, database=database) for _ in range(2)]
    made[0].add("ada", Role.OWNER)
    made[0].add("bob")
    made[0].sign_in("ada")
    made[1].sign_in("bob")
    yield made
    for each in made:
        each.close()


def agreed(inbox: InboxVisitor) -> AskingPerson:
    person = inbox.desk.person()
    inbox.send(person, person.ping())
    assert inbox.act(person, "sign").status_code == 303
    inbox.send(person, person.reveal())
    return person


def test_lists_groups_and_days_are_the_same_on_a_database_server(inboxes: list[InboxVisitor]) -> None:
    ada, bob = inboxes
    for _ in range(5):
        person = agreed(ada)
        assert bob.act(person, "nothing", note="").status_code == 303
    waiting = agreed(ada)
    assert "1 enquiry" in bob.shown("/desk").text
    assert "Make an offer" in bob.shown("/desk?folder=open").text
    assert "6 enquiries" in bob.shown("/desk?folder=all").text
    assert "Wed, 23 Dec 2026" in bob.shown("/desk/data").text
    assert "Somebody of the shop said no." in bob.shown("/desk/unmet").text
    assert bob.get("/desk/unmet.csv").text.splitlines()[1].endswith(",said-no,5")
    assert "answered by hand" not in bob.shown(f"/desk/c/{waiting.conversation.id}").text.lower()
    assert "bob" in ada.shown("/desk/people").text


def test_two_people_of_the_shop_do_not_answer_the_same_twice(inboxes: list[InboxVisitor]) -> None:
    ada, bob = inboxes
    person = agreed(ada)
    place = f"/desk/c/{person.conversation.id}"
    pages = [Shown(each.get(place).text).hidden for each in inboxes]
    words = {"note": "Sorry."}
    assert ada.post(f"{place}/nothing", {**pages[0], **words}).status_code == 303
    assert bob.post(f"{place}/nothing", {**pages[1], **words}).status_code == 409
    assert ada.desk.tell(person) == 1
