"""What the store hands out, and that erased values leave no byte behind."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.asking_person import DELIVERY
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.canon import base64url
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.vendor.books import MOST_IN_ONE_ANSWER
from vrm_desktop.vendor.errors import Busy


def test_both_sides_come_back_byte_for_byte(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    with desk.store.turn() as books:
        letters, more = books.letters(str(person.conversation.id), after={Side.VENDOR: 0, Side.PERSON: 0})
        assert books.read_hash(str(person.conversation.id)) == read_hash(person.secret)
        assert books.read_hash("A" * 43) is None
        assert books.dossier("A" * 43) is None
    assert not more
    sent = [
        Envelope(jws=letter.jws, disclosures=letter.disclosures) for letter in letters if letter.side is Side.PERSON
    ]
    assert sent == [sealed.envelope for sealed in person.sent]


def test_long_conversations_come_in_pages(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    for number in range(40):
        desk.take(person, person.message(f"number {number}"))
    identity = str(person.conversation.id)
    with desk.store.turn() as books:
        first, more = books.letters(identity, after={Side.VENDOR: 0})
        rest, no_more = books.letters(identity, after={Side.VENDOR: first[-1].number})
        both, others = books.letters(identity, after={Side.VENDOR: 30, Side.PERSON: 0})
    assert (len(first), more, len(rest), no_more) == (MOST_IN_ONE_ANSWER, True, 9, False)
    assert (len(both), others) == (MOST_IN_ONE_ANSWER, True)
    assert [letter.number for letter in both if letter.side is Side.VENDOR] == list(range(31, 42))


def test_values_go_after_their_last_day_and_the_chain_stays(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal(until=date(2026, 11, 30)))
    with desk.store.turn() as books:
        assert books.forget_expired(date(2026, 11, 30)) == 0
        assert books.forget_expired(date(2026, 12, 1)) == 2
    assert desk.dossier(person).held == ()
    with desk.store.turn() as books:
        letters, _ = books.letters(str(person.conversation.id), after={Side.PERSON: 0})
    assert [letter.jws for letter in letters] == [sealed.envelope.jws for sealed in person.sent]
    assert [letter.disclosures for letter in letters] == [(), ()]


def test_an_erased_value_stands_nowhere_in_the_files(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    folder = desk.file.parent

    def planted() -> int:
        data = b"".join(file.read_bytes() for file in folder.iterdir())
        texts = [held.encode() for sealed in person.sent for held in sealed.envelope.disclosures]
        values = [value.encode() for value in DELIVERY.values()]
        decoded = b"".join(base64url.decode(text.decode()) for text in texts)
        assert all(value in decoded for value in values)
        return sum(text in data for text in texts)

    assert planted() == 5
    desk.exchange(person, person.end())
    assert planted() == 0


def test_a_postponed_duty_waits_for_its_new_time(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="suedstadtrad")
    person = desk.person()
    desk.open(person.ping())
    soon, later = desk.now + timedelta(seconds=2), desk.now + timedelta(hours=1)
    with desk.store.turn() as books:
        assert books.take_due(soon) == (person.conversation.id, 1)
        books.postpone(str(person.conversation.id), 1, later)
        assert books.take_due(soon) is None
        assert books.next_due() == later
    desk.close()


def test_a_turn_that_fails_leaves_nothing(desk: OpenDesk) -> None:
    person = desk.person()
    decision = desk.desk.open(person.ping(), now=desk.now)
    with pytest.raises(IntegrityError), desk.store.turn() as books:  # noqa: PT012 - the second write fails
        books.apply(decision, now=desk.now)
        books.apply(decision, now=desk.now)
    with desk.store.turn() as books:
        assert books.dossier(str(person.conversation.id)) is None


def test_a_full_disk_is_a_reason_to_come_again(desk: OpenDesk) -> None:
    with desk.store.turn() as books:
        pages = books._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        books._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    person = desk.person()
    decision = desk.desk.open(person.ping(), now=desk.now)
    with pytest.raises(Busy) as caught, desk.store.turn() as books:
        books.apply(decision, now=desk.now)
    assert caught.value.closed
    with desk.store.turn() as books:
        books._connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        books.apply(decision, now=desk.now)
    assert desk.tell(person) == 1
