"""Killed at every statement of a turn, and killed as a process in the middle of many: nothing lost, nothing twice."""

import os
import random
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event

from tests.fakes.asking_person import AskingPerson
from tests.fakes.forked_child import exit_status
from tests.fakes.open_desk import OpenDesk
from tests.fakes.vendor_process import Caller, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.envelope import Envelope

ROUNDS = 5
PEOPLE = 4
SCRIPT = (Kind.TERMS_ANSWER, Kind.OFFER, Kind.ACKNOWLEDGEMENT, Kind.CONFIRMATION, Kind.STATUS)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killing(desk: OpenDesk, at: int) -> Callable[..., None]:
    """Die before the statement number `at` of what follows; commits count as statements, before and after."""
    left = [at]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            die()

    event.listen(desk.store._engine, "before_cursor_execute", count)
    event.listen(desk.store._engine, "commit", count)
    return count


def act(desk: OpenDesk, person: AskingPerson, envelope: Envelope) -> None:
    if person.conversation.own.seq == 1:
        with desk.store.turn() as books:
            known = books.dossier(str(person.conversation.id)) is not None
        if not known:
            desk.open(envelope)
    else:
        desk.take(person, envelope)


@pytest.mark.parametrize("step", ["ping", "reveal", "message", "accept", "end"])
def test_a_turn_killed_at_any_statement_is_whole_or_never_was(tmp_path: Path, step: str) -> None:
    steps = ["ping", "reveal", "message", "accept", "end"]
    survived, points = False, 0
    while not survived:
        folder = tmp_path / f"{points}"
        folder.mkdir()
        desk = OpenDesk(folder)
        person = desk.person()
        for before in steps[: steps.index(step)]:
            desk.exchange(person, getattr(person, before)())
        heard = len(person.heard)
        desk.close()
        envelope = getattr(person, step)()

        def child(folder: Path = folder, person: AskingPerson = person, at: int = points) -> None:
            inside = OpenDesk(folder)
            count = killing(inside, at)
            act(inside, person, envelope)  # noqa: B023 - the child runs within this very round
            count()

        status = exit_status(child)
        assert status in {0, -signal.SIGKILL}
        again = OpenDesk(folder)
        act(again, person, envelope)
        act(again, person, envelope)
        again.tell(person)
        sent = [entry.id for entry in again.dossier(person).entries if entry.side == "person"]
        assert sent == [sealed.message_id for sealed in person.sent]
        assert len(person.heard) == heard + (2 if step == "accept" else 1), f"point {points}"
        again.close()
        survived = status == 0
        points += 1
    assert points > 8, "the turn has statements to die at"


def test_a_desk_killed_again_and_again_loses_no_accepted_message_and_answers_none_twice(
    full_shelves: Path, http: httpx.Client, port: int
) -> None:
    home, dice = full_shelves, random.Random(7)  # noqa: S311 - when to kill is no secret
    with serving(home, "--port", str(port)) as vendor:
        key = Kid(Caller(vendor.url, http).card["key"])
        vendor.kill()
    people: list[AskingPerson] = []
    pending: dict[int, Envelope] = {}
    accepted: dict[int, list[str]] = {}
    broken: list[BaseException] = []

    def comes() -> None:
        number = len(people)
        people.append(AskingPerson(vendor=key, now=datetime.now(UTC)))
        pending[number], accepted[number] = people[number].ping(), []

    def live(endpoint: str, number: int, posts: threading.Semaphore) -> None:
        try:
            _live(endpoint, people[number], pending, accepted[number], number, posts)
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails with it
            broken.append(error)

    for _ in range(PEOPLE):
        comes()
    kills = 0
    while pending or kills < ROUNDS:
        if kills < ROUNDS:
            comes()  # however far the others have come meanwhile, there is something to do when it is killed
        with serving(home, "--port", str(port)) as vendor:
            caller, posts = Caller(vendor.url, http), threading.Semaphore(0)
            busy = [threading.Thread(target=live, args=(caller.endpoint, number, posts)) for number in list(pending)]
            for thread in busy:
                thread.start()
            if kills < ROUNDS:
                for _ in range(dice.randrange(1, 6)):
                    posts.acquire(timeout=1)
                vendor.kill()
                kills += 1
            for thread in busy:
                thread.join(120)
            assert not broken
    assert kills == ROUNDS
    with serving(home, "--port", str(port)) as vendor:
        caller = Caller(vendor.url, http)
        for number, person in enumerate(people):
            both = caller.read(person, "?side=both&after=0,0").json()["messages"]
            ids = [Envelope.from_value(entry["envelope"]).message_id for entry in both if entry["side"] == "person"]
            assert ids == [sealed.message_id for sealed in person.sent]
            assert set(accepted[number]) <= set(ids)
            assert Counter(kind_of(message) for message in person.heard) == Counter(SCRIPT)
            assert len([entry for entry in both if entry["side"] == "vendor"]) == len(SCRIPT)
    with sqlite3.connect(home / "desk.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


def _live(
    endpoint: str,
    person: AskingPerson,
    pending: dict[int, Envelope],
    accepted: list[str],
    number: int,
    posts: threading.Semaphore,
) -> None:
    """Go on with the script until it is done or the desk is gone; an unanswered post is repeated byte for byte."""
    caller = Caller.__new__(Caller)
    with httpx.Client(trust_env=False, timeout=20) as http:
        caller.http, caller.endpoint = http, endpoint
        try:
            while True:
                envelope = pending[number]
                first = len(person.sent) == 1
                answer = caller.open(envelope) if first else caller.post(person, envelope)
                assert answer.status_code == 202, answer.text
                accepted.append(envelope.message_id)
                posts.release()
                steps = len(person.sent)
                caller.listen(person, hears=(1, 2, 3, 5)[steps - 1] - len(person.heard))
                if steps == 4:
                    del pending[number]
                    return
                pending[number] = (person.reveal, person.message, person.accept)[steps - 1]()
        except httpx.TransportError:
            return
