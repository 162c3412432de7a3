"""Workers killed, and the database server killed, in the middle of intake: nothing accepted lost, nothing twice."""

import os
import random
import select
import signal
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.postgres_server import PostgresServer
from tests.fakes.vendor_process import Caller, VendorProcess, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.envelope import Envelope

pytestmark = pytest.mark.services("postgresql")

PEOPLE = 4
KILLS = 3
SCRIPT = (Kind.TERMS_ANSWER, Kind.OFFER, Kind.ACKNOWLEDGEMENT, Kind.CONFIRMATION, Kind.STATUS)
HEARD_AFTER = (1, 2, 3, 5)


class Living:
    """Some people who go through the script at once, again and again, until they are told to stop."""

    def __init__(self, endpoint: str, key: Kid) -> None:
        self.endpoint = endpoint
        self.key = key
        self.people: list[AskingPerson] = []
        self.accepted: dict[int, list[str]] = {}
        self.broken: list[BaseException] = []
        self.posts = threading.Semaphore(0)
        self.enough = threading.Event()

    def run(self, disturb: Callable[[], None]) -> None:
        """Let everybody live while `disturb` does its work; afterwards everybody finishes what they began."""
        threads = [threading.Thread(target=self._live) for _ in range(PEOPLE)]
        for thread in threads:
            thread.start()
        try:
            disturb()
        finally:
            self.enough.set()
            for thread in threads:
                thread.join(120)
        assert not self.broken

    def _live(self) -> None:
        try:
            while not self.enough.is_set():
                self._one_person()
        except BaseException as error:  # noqa: BLE001 - told to the test, which fails with it
            self.broken.append(error)
            self.posts.release(10_000)

    def _one_person(self) -> None:
        person = AskingPerson(vendor=self.key, now=datetime.now(UTC))
        self.people.append(person)
        accepted = self.accepted.setdefault(id(person), [])
        for step, hears in zip(("ping", "reveal", "message", "accept"), HEARD_AFTER, strict=True):
            envelope = getattr(person, step)()
            self._until_accepted(person, envelope)
            accepted.append(envelope.message_id)
            self.posts.release()
            self._until_heard(person, hears)

    def _until_accepted(self, person: AskingPerson, envelope: Envelope) -> None:
        """Post the same bytes until they are accepted; a lost line and a 503 are reasons to come again at once."""
        while True:
            try:
                with httpx.Client(trust_env=False, timeout=20) as http:
                    caller = self._caller(http)
                    first = len(person.sent) == 1
                    answer = caller.open(envelope) if first else caller.post(person, envelope)
            except httpx.TransportError:
                continue
            if answer.status_code == 202:
                return
            assert answer.status_code == 503, answer.text

    def _until_heard(self, person: AskingPerson, hears: int) -> None:
        while len(person.heard) < hears:
            try:
                with httpx.Client(trust_env=False, timeout=20) as http:
                    page = self._caller(http).read(
                        person, f"?side=vendor&after={len(person.heard)}", {"Prefer": "wait=2"}
                    )
            except httpx.TransportError:
                continue
            if page.status_code == 200:
                person.hear(*(Envelope.from_value(entry["envelope"]) for entry in page.json()["messages"]))
            else:
                assert page.status_code == 503, page.text

    def _caller(self, http: httpx.Client) -> Caller:
        caller = Caller.__new__(Caller)
        caller.http, caller.endpoint = http, self.endpoint
        return caller

    def check(self, caller: Caller) -> None:
        """Both records agree, for everybody."""
        assert self.people
        for person in self.people:
            entries, after = [], [0, 0]
            while True:
                page = caller.read(person, f"?side=both&after={after[0]},{after[1]}").json()
                entries += page["messages"]
                if not page["more"]:
                    break
                for entry in page["messages"]:
                    after[entry["side"] == "person"] = entry["number"]
            ids = [Envelope.from_value(entry["envelope"]).message_id for entry in entries if entry["side"] == "person"]
            assert ids == [sealed.message_id for sealed in person.sent]
            assert set(self.accepted[id(person)]) <= set(ids)
            assert Counter(kind_of(message) for message in person.heard) == Counter(SCRIPT)
            assert len([entry for entry in entries if entry["side"] == "vendor"]) == len(SCRIPT)


def workers_of(vendor: VendorProcess) -> list[int]:
    """The process ids of a desk's workers."""
    children = Path(f"/proc/{vendor.process.pid}/task/{vendor.process.pid}/children").read_text().split()
    return [int(child) for child in children if b"multiprocessing.spawn" in command_of(child)]


def command_of(process: str) -> bytes:
    """How a process was started; nothing when it has gone meanwhile."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def test_workers_killed_in_the_middle_lose_no_accepted_message_and_answer_none_twice(
    full_shelves: Path, database: str, http: httpx.Client
) -> None:
    dice = random.Random(3)  # noqa: S311 - whom to kill is no secret
    with serving(full_shelves, "--db", database, "--workers", "2") as vendor:
        caller = Caller(vendor.url, http)
        living = Living(caller.endpoint, Kid(caller.card["key"]))
        killed: set[int] = set()

        def kill_some() -> None:
            while len(killed) < KILLS:
                for _ in range(dice.randint(3, 8)):
                    assert living.posts.acquire(timeout=60)
                alive = [worker for worker in workers_of(vendor) if worker not in killed]
                if alive:
                    unlucky = dice.choice(alive)
                    killed.add(unlucky)
                    os.kill(unlucky, signal.SIGKILL)

        living.run(kill_some)
        living.check(caller)
        assert vendor.stop() == 0


def test_a_database_killed_in_the_middle_loses_no_accepted_message_and_answers_none_twice(
    full_shelves: Path, database: str, postgres: PostgresServer, http: httpx.Client
) -> None:
    with serving(full_shelves, "--db", database, "--workers", "2") as vendor:
        caller = Caller(vendor.url, http)
        living = Living(caller.endpoint, Kid(caller.card["key"]))

        def kill_often() -> None:
            for _ in range(2):
                for _ in range(6):
                    assert living.posts.acquire(timeout=60)
                postgres.crash()
                stranger = AskingPerson(vendor=living.key, now=datetime.now(UTC))
                assert caller.open(stranger.ping()).status_code == 503
                postgres.start()

        living.run(kill_often)
        living.check(caller)
        assert vendor.stop() == 0


def test_workers_end_when_whoever_started_them_is_killed(full_shelves: Path, database: str) -> None:
    with serving(full_shelves, "--db", database, "--workers", "2") as vendor:
        orphans = [os.pidfd_open(worker) for worker in workers_of(vendor)]
        assert len(orphans) == 2
        vendor.kill()
        for orphan in orphans:
            ended, _, _ = select.select([orphan], [], [], 60)
            assert ended
            os.close(orphan)
