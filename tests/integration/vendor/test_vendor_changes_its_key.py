"""A real desk changes its key while an enquiry is open: on SQLite, and with two workers on PostgreSQL."""

import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson, published_roster
from tests.fakes.keyed_desk import KeyedDesk
from tests.fakes.vendor_process import Caller, serving
from vrm_desktop.conformance.command import Means, add_commands
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import with_new_peer_key
from vrm_desktop.protocol.signing import claimed_kid
from vrm_desktop.vendor.command import main

_SECONDS = 60


def key_of(url: str, http: httpx.Client) -> Kid:
    return Kid(http.get(f"{url}/.well-known/intentcast.json").raise_for_status().json()["key"])


def test_a_desk_changes_its_key_while_an_enquiry_is_open(tmp_path: Path, http: httpx.Client) -> None:
    home = tmp_path / "shop"
    with serving(home) as vendor:
        caller = Caller(vendor.url, http)
        old = Kid(caller.card["key"])
        person, late = (AskingPerson(vendor=old, now=datetime.now(UTC)) for _ in range(2))
        caller.exchange(person, person.ping())
        caller.exchange(person, person.reveal())
        sealed = late.ping()
        assert main(["key", "new", "--home", str(home)]) == 0
        deadline = time.monotonic() + _SECONDS
        while key_of(vendor.url, http) == old:
            assert time.monotonic() < deadline, "the desk keeps its key"
        card = http.get(f"{vendor.url}/.well-known/intentcast.json").content
        assert caller.post(person, person.accept()).status_code == 202
        assert caller.open(sealed).status_code == 202
        for each, messages in ((person, 4), (late, 1)):
            each.conversation = with_new_peer_key(each.conversation, card, now=datetime.now(UTC))
            caller.listen(each, hears=messages - len(each.heard))
        assert person.confirmed().text.vendor == old
        assert late.answer().answer == "accept"
        both = caller.read(person, "?side=both&after=0,0").json()["messages"]
        kids = [
            claimed_kid(Envelope.from_value(each["envelope"]).jws) for each in both if each["side"] == Side.VENDOR.value
        ]
        assert kids == [old, old, key_of(vendor.url, http), key_of(vendor.url, http)]


@pytest.mark.long
def test_a_desk_still_conforms_after_a_change(
    tmp_path: Path, http: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "shop"
    with serving(home) as vendor:
        old = key_of(vendor.url, http)
    assert main(["key", "new", "--home", str(home)]) == 0
    with serving(home) as vendor:
        assert key_of(vendor.url, http) != old
        means = Means(now=lambda: datetime.now(UTC), random=os.urandom, load_roster=published_roster)
        capsys.readouterr()
        status = main(["check", vendor.url], add_more=lambda more: add_commands(more, means))
        assert status == 0, capsys.readouterr().out


@pytest.mark.services("postgresql")
def test_all_workers_sign_with_the_new_key_at_once_and_two_changes_at_once_are_one(
    tmp_path: Path, database: str
) -> None:
    first, other = KeyedDesk(tmp_path, database=database), KeyedDesk(tmp_path, database=database)
    person = first.person()
    first.exchange(person, person.ping())
    made: list[Kid] = []
    old, start = other.desk.kid, threading.Barrier(2)

    def change(desk: KeyedDesk) -> None:
        start.wait(_SECONDS)
        made.append(desk.change())

    threads = [threading.Thread(target=change, args=(desk,)) for desk in (first, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
    assert len(made) == 2
    assert made[0] == made[1] != old
    other.exchange(person, person.reveal())
    assert person.conversation.peer_kid == made[0]
    first.close()
    other.close()
