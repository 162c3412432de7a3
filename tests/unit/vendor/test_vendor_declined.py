"""Why offers were declined: counted by category, month and reason, and never for fewer than five."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.schema import DropTable

from tests.fakes.asking_person import AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor
from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.inbox.rows import Declined
from vrm_desktop.vendor.pages import words
from vrm_desktop.vendor.settings import DeskSettings

HEADS = "category,month,reason,count\r\n"


def for_many() -> DeskSettings:
    """Offers that keep no pieces, so that everybody gets one."""
    settings = sample_settings()
    return replace(settings, offers=replace(settings.offers, binding=False))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    opened = OpenDesk(tmp_path, settings=for_many())
    yield opened
    opened.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[InboxVisitor]:
    visitor = InboxVisitor(tmp_path, settings=for_many())
    visitor.add("ada")
    visitor.sign_in("ada")
    yield visitor
    visitor.close()


def declines(desk: OpenDesk, count: int, reason: DeclineReason = DeclineReason.PRICE) -> list[AskingPerson]:
    """So many people who ask, get an offer, and decline it."""
    people = [desk.person() for _ in range(count)]
    for person in people:
        desk.exchange(person, person.ping())
        desk.exchange(person, person.reveal())
        desk.exchange(person, person.decline(reason=reason))
    return people


def counted(desk: OpenDesk) -> tuple[Declined, ...]:
    with desk.store.turn() as books:
        return books.inbox.declined()


def row(month: date, reason: DeclineReason, count: int) -> Declined:
    return Declined(category="mobility.bicycle", month=month, reason=reason, count=count)


def test_reasons_are_counted_from_five_enquiries_on(desk: OpenDesk) -> None:
    november = date(2026, 11, 1)
    declines(desk, 4)
    declines(desk, 4, DeclineReason.OTHER_VENDOR)
    assert counted(desk) == ()
    declines(desk, 1)
    assert counted(desk) == (row(november, DeclineReason.PRICE, 5),)
    declines(desk, 2, DeclineReason.OTHER_VENDOR)
    expected = (row(november, DeclineReason.OTHER_VENDOR, 6), row(november, DeclineReason.PRICE, 5))
    assert counted(desk) == expected


def test_each_month_has_groups_of_its_own(desk: OpenDesk) -> None:
    declines(desk, 5)
    desk.now += timedelta(days=30)
    declines(desk, 4)
    assert counted(desk) == (row(date(2026, 11, 1), DeclineReason.PRICE, 5),)
    declines(desk, 1)
    assert [one.month.month for one in counted(desk)] == [12, 11]


def test_one_person_who_declines_often_is_no_group(desk: OpenDesk) -> None:
    declines(desk, 3)
    (person,) = declines(desk, 1)
    with desk.store.turn() as books:
        for _ in range(4):
            values = {"conversation": person.conversation.id, "month": "2026-11", "reason": "price"}
            books._connection.execute(tables.declines.insert().values(values))
        assert books.inbox.declined() == ()


def test_a_desk_from_before_counts_what_it_had_heard(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=for_many())
    declines(desk, 5, DeclineReason.DATE)
    before = counted(desk)
    with desk.store.turn() as books:
        books._connection.execute(DropTable(tables.declines))
        books._connection.execute(tables.desk.update().values(schema=6))
    desk.close()
    again = OpenDesk(tmp_path, settings=for_many())
    assert counted(again) == before == (row(date(2026, 11, 1), DeclineReason.DATE, 5),)
    again.close()


def test_the_page_and_its_file_tell_reasons_in_groups_only(inbox: InboxVisitor) -> None:
    def decline(count: int) -> None:
        for _ in range(count):
            person = inbox.desk.person()
            inbox.send(person, person.ping())
            inbox.send(person, person.reveal())
            inbox.send(person, person.decline(reason=DeclineReason.DATA))

    decline(4)
    assert "No reasons yet" in inbox.shown("/desk/unmet").text
    assert inbox.get("/desk/declined.csv").text == HEADS
    decline(1)
    page = inbox.shown("/desk/unmet").text
    assert "November 2026" in page
    assert "The data asked for" in page
    answer = inbox.get("/desk/declined.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text == f"{HEADS}mobility.bicycle,2026-11,data,5\r\n"


def test_every_reason_has_words_of_its_own() -> None:
    assert len({words.declined(reason) for reason in DeclineReason}) == len(DeclineReason)


def test_what_is_wished_is_told_in_words_and_what_no_list_has_stands_as_it_is() -> None:
    known = {"attributes": {"frame_cm": "53-55", "type": "road"}, "condition": "used", "fulfilment": "any"}
    assert words.wish(known) == "Frame: 53–55\u00a0cm · Type: road · used"
    assert words.wish({**known, "attributes": {"horn_colour": "red"}}) == "horn colour: red · used"
    assert words.area("DE-NW") == "North Rhine-Westphalia, Germany"
    assert words.area("nowhere") == "nowhere"
    assert (words.payment("sepa-transfer"), words.payment("by\u202emule")) == ("bank transfer", "by\ufffdmule")
