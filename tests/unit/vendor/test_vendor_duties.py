"""Answers that take a while: left as duties, done once, and void when the person ends first."""

from pathlib import Path

from tests.fakes.open_desk import OpenDesk
from vrm_desktop.protocol.messages import Closure, Confirmation


def slow_desk(folder: Path) -> OpenDesk:
    return OpenDesk(folder, desk="suedstadtrad")


def test_a_slow_shop_answers_each_question_in_its_own_time(tmp_path: Path) -> None:
    desk = slow_desk(tmp_path)
    person = desk.person()
    for act, seconds in ((person.ping, 2), (person.reveal, 8), (person.accept, 3)):
        desk.exchange(person, act())
        heard = len(person.heard)
        desk.later(person, seconds=seconds - 1)
        assert desk.work_off() == 0
        desk.later(person, seconds=1)
        assert desk.work_off() == 1
        desk.tell(person)
        assert len(person.heard) > heard
        assert desk.work_off() == 0
    assert any(isinstance(message, Confirmation) for message in person.heard)
    desk.close()


def test_duties_outlive_a_restart(tmp_path: Path) -> None:
    desk = slow_desk(tmp_path)
    person = desk.person()
    desk.open(person.ping())
    desk.close()
    again = slow_desk(tmp_path)
    with again.store.turn() as books:
        assert books.next_due() is not None
        assert books.next_due(str(person.conversation.id)) == books.next_due()
    again.later(person, seconds=60)
    assert again.work_off() == 1
    again.tell(person)
    assert person.answer().answer == "accept"
    with again.store.turn() as books:
        assert books.next_due() is None
    again.close()


def test_who_withdraws_first_gets_no_answer_but_the_closure(tmp_path: Path) -> None:
    desk = slow_desk(tmp_path)
    person = desk.person()
    desk.open(person.ping())
    desk.take(person, person.withdraw())
    desk.later(person, seconds=60)
    assert desk.work_off() == 0
    assert desk.tell(person) == 1
    assert isinstance(person.last(), Closure)
    desk.close()


def test_a_duty_that_things_have_overtaken_is_settled_without_a_word(tmp_path: Path) -> None:
    desk = slow_desk(tmp_path)
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.later(person, seconds=2)
    desk.work_off()
    desk.tell(person)
    desk.exchange(person, person.reveal())
    desk.later(person, seconds=8)
    desk.work_off()
    desk.tell(person)
    first = person.offer()
    desk.take(person, person.counter(60000))
    desk.take(person, person.accept(first))
    desk.later(person, seconds=9)
    assert desk.work_off() == 2
    desk.tell(person)
    assert sum(type(message).__name__ == "Offer" for message in person.heard) == 1
    assert any(isinstance(message, Confirmation) for message in person.heard)
    desk.close()
