"""A desk changes its key: files, card and conversations; too early, begun by another, and killed at every point."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.fakes.asking_person import AskingPerson
from tests.fakes.forked_child import exit_status
from tests.fakes.keyed_desk import KeyedDesk
from tests.fakes.open_desk import NOON
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.errors import BadCard, KeyChanged, WrongAudience
from vrm_desktop.protocol.messages import Closure
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.protocol.signing import SeedSigner, claimed_kid
from vrm_desktop.vendor import key_change
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.card import current_card, kept_card, resigned
from vrm_desktop.vendor.errors import BadHome, Busy, KeyHeld
from vrm_desktop.vendor.key_change import KEPT, forget_old, make_key, settle, watch_keys
from vrm_desktop.vendor.key_file import KeyFiles, open_keys, read_keys
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits
from vrm_desktop.vendor.sqlite_engine import open_engine
from vrm_desktop.vendor.store import Store

FIRST = SeedSigner(b"\x07" * 32).kid
_WRITES = {"open", "os.link", "os.remove", "os.utime", "tempfile.mkstemp"}
STEPS = ("ping", "reveal", "message", "accept", "end")


@pytest.fixture
def keyed(tmp_path: Path) -> Iterator[KeyedDesk]:
    desk = KeyedDesk(tmp_path)
    yield desk
    desk.close()


def counting(desk: KeyedDesk) -> Kid:
    with desk.store.turn() as books:
        return books.key()


def without_consent(card: bytes) -> bytes:
    members = strict_json.decode(card)
    assert isinstance(members, dict)
    del members["previous"]
    return strict_json.encode(members)


def signed_by(desk: KeyedDesk, person: AskingPerson) -> list[Kid]:
    """Who signed what the desk said, each message verified again."""
    dossier = desk.dossier(person)
    with desk.store.turn() as books:
        letters, _more = books.letters(str(person.conversation.id), after={Side.VENDOR: 0})
    for letter in letters:
        decode_again(letter.jws, dossier.conversation.kids(Side.VENDOR))
    return [claimed_kid(letter.jws) for letter in letters]


def test_the_new_key_stands_beside_the_old_one_and_is_its_owner_s_alone(keyed: KeyedDesk) -> None:
    new = keyed.change()
    files = read_keys(keyed.path)
    assert files.kids == (new, FIRST)
    assert {each.name for each in keyed.path.parent.glob("*key*")} == {"desk.key", "desk.2.key"}
    assert (keyed.path.parent / "desk.2.key").stat().st_mode & 0o777 == 0o600
    assert (files.since(FIRST), files.since(new)) == (None, NOON)


def test_the_card_under_the_new_key_is_the_old_one_s_next_and_bears_both_signatures(keyed: KeyedDesk) -> None:
    before = parse_card(keyed.published(), now=NOON, pinned=FIRST, last_serial=None)
    new = keyed.change()
    after = parse_card(keyed.published(), now=NOON, pinned=FIRST, last_serial=before.serial)
    assert (after.key, after.serial, after.endpoint) == (new, before.serial + 1, before.endpoint)
    with pytest.raises(KeyChanged):
        parse_card(without_consent(keyed.published()), now=NOON, pinned=FIRST, last_serial=None)


def test_a_desk_that_starts_again_publishes_the_same_card_until_the_old_key_is_forgotten(keyed: KeyedDesk) -> None:
    new = keyed.change()

    def card(days: int) -> bytes:
        keys = read_keys(keyed.path).under(new)
        return current_card(
            keyed.shop,
            endpoint="http://127.0.0.1:1/intentcast",
            signer=keys.current,
            previous=keys.previous,
            now=NOON + timedelta(days=days),
            last=keyed.published(),
            keep=lambda _: None,
        ).data

    assert card(1) == keyed.published()
    assert forget_old(keyed.path, new, now=NOON + KEPT) == (FIRST,)
    alone = kept_card(card(91), now=NOON + timedelta(days=91)).card
    assert (alone.key, alone.serial) == (new, 3)
    assert b'"previous"' not in card(91)


@pytest.mark.parametrize("at", range(len(STEPS)))
def test_a_conversation_goes_on_whenever_the_key_changes(keyed: KeyedDesk, at: int) -> None:
    person, new = keyed.person(), FIRST
    for number, step in enumerate(STEPS):
        envelope = getattr(person, step)()  # still for the old key
        if number == at:
            new = keyed.change()
        keyed.exchange(person, envelope)
        if number:
            assert not keyed.take(person, envelope), "once"
    kids = signed_by(keyed, person)
    assert [kid == FIRST for kid in kids] == sorted((kid == FIRST for kid in kids), reverse=True)
    assert (FIRST in kids, kids[-1]) == (at > 0, new)
    assert person.confirmed().text.vendor == (new if at < STEPS.index("accept") else FIRST)
    assert person.conversation.kids(Side.VENDOR) == (new, FIRST)
    assert isinstance(person.last(), Closure)


def test_a_counter_made_under_the_old_key_is_closed_after_the_change(tmp_path: Path) -> None:
    desk = KeyedDesk(tmp_path, desk="veedelvelo")
    person = desk.person()
    desk.exchange(person, person.ping())
    assert person.answer().answer == "counter"
    new = desk.change()
    desk.exchange(person, person.terms_accept())
    desk.exchange(person, person.reveal())
    assert signed_by(desk, person)[-1] == new
    assert person.agreements()[0].text.vendor == FIRST
    desk.close()


def test_an_order_under_a_forgotten_key_is_closed_and_a_new_enquiry_for_it_refused(keyed: KeyedDesk) -> None:
    person = keyed.person()
    for step in ("ping", "reveal"):
        keyed.exchange(person, getattr(person, step)())
    order, late = person.accept(), keyed.person().ping()
    new = keyed.change()
    keyed.fetch_card(person)
    forget_old(keyed.path, new, now=NOON + KEPT)
    again = keyed.again()
    again.take_at_the_door(person, order)
    closure = person.closure()
    assert (closure.reason, closure.erased, again.dossier(person).held) == ("other", True, ())
    with pytest.raises(WrongAudience):
        again.open(late)
    again.close()


def test_terms_for_a_forgotten_key_are_declined(tmp_path: Path) -> None:
    desk = KeyedDesk(tmp_path, desk="suedstadtrad")
    person = desk.person()
    desk.exchange(person, person.ping())
    assert person.heard == [], "it takes its time"
    new = desk.change()
    desk.fetch_card(person)
    forget_old(desk.path, new, now=NOON + KEPT)
    again = desk.again()
    again.later(person, days=1)
    assert (again.work_off(), again.tell(person)) == (1, 1)
    answer = person.answer()
    assert (answer.answer, answer.reason, answer.agreements) == ("decline", "other", ())
    again.close()


def test_a_change_is_refused_until_the_last_one_is_long_enough_ago(keyed: KeyedDesk) -> None:
    second = keyed.change()
    for days in (0, 1, 89):
        keyed.now = NOON + timedelta(days=days)
        for early in (keyed.change, lambda: forget_old(keyed.path, second, now=keyed.now)):
            with pytest.raises(KeyHeld, match="until 20") as refused:
                early()
            assert refused.value.until == NOON + KEPT
    assert read_keys(keyed.path).kids == (second, FIRST)
    keyed.now = NOON + KEPT
    third = keyed.change()
    assert read_keys(keyed.path).kids == (third, second, FIRST)
    parse_card(keyed.published(), now=keyed.now, pinned=second, last_serial=2)
    keyed.now += KEPT
    assert forget_old(keyed.path, third, now=keyed.now) == (FIRST, second)
    assert read_keys(keyed.path).kids == (third,)
    assert open_keys(keyed.path, random=os.urandom).kids == (third,), "no first key is made where there is a later one"
    assert forget_old(keyed.path, third, now=keyed.now) == ()


def test_two_at_once_make_one_change(keyed: KeyedDesk) -> None:
    one = make_key(keyed.path, FIRST, now=NOON, random=os.urandom)
    other = make_key(keyed.path, FIRST, now=NOON + timedelta(seconds=1), random=os.urandom)
    assert one == other
    changed = []
    for _ in range(2):
        with keyed.store.turn() as books:
            changed.append(settle(books, keyed.path, now=NOON))
    assert (changed, counting(keyed)) == ([True, False], one)


def test_a_desk_without_a_card_changes_its_key_as_well(tmp_path: Path) -> None:
    files = open_keys(tmp_path / "desk.key", random=os.urandom)
    store = Store(open_engine(tmp_path / "desk.sqlite3"), kid=files.newest.kid)
    make_key(files.path, files.newest.kid, now=NOON, random=os.urandom)
    with store.turn() as books:
        assert settle(books, files.path, now=NOON)
        assert (books.key(), books.published()) == (read_keys(files.path).newest.kid, None)
    store.close()


def test_a_card_that_is_none_is_not_signed_again() -> None:
    old, new = SeedSigner(b"\x01" * 32), SeedSigner(b"\x02" * 32)
    for data in (b"[]", b"{}"):
        with pytest.raises(BadCard):
            resigned(data, old=old, new=new, now=NOON)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="dies in a forked child")
def test_a_change_killed_at_any_point_leaves_the_old_key_or_the_new_one(tmp_path: Path) -> None:
    outcomes: list[bool] = []
    made = tmp_path / "made"
    made.mkdir()
    KeyedDesk(made).close()
    while True:
        folder = tmp_path / f"{len(outcomes)}"
        shutil.copytree(made, folder)
        status = exit_status(partial(dying_change, folder, len(outcomes)))
        assert status in {0, -signal.SIGKILL}
        again = KeyedDesk(folder)
        counts, card = counting(again), kept_card(again.published(), now=NOON).card
        assert (card.key, card.serial) == (counts, 1 + (counts != FIRST))
        person = again.person()
        again.exchange(person, person.ping())
        assert signed_by(again, person) == [counts]
        outcomes.append(counts != FIRST)
        if counts == FIRST:
            assert again.change() == counting(again) != FIRST
        assert len(read_keys(again.path).kids) == 2
        again.close()
        if status == 0:
            break
    assert outcomes == sorted(outcomes), "the old one, and from one point on the new one"
    assert (outcomes.count(False) > 8, outcomes[-1]) == (True, True)


def dying_change(folder: Path, at: int) -> None:
    """Change the key, and die at the call number `at` that the operating system or the database gets."""
    desk, left = KeyedDesk(folder), [at]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(desk.store._engine, name, count)
    sys.addaudithook(lambda name, given: count() if name in _WRITES and str(folder) in str(given) else None)
    desk.change()
    os._exit(0)


def test_a_key_that_is_not_in_the_folder_yet_makes_the_desk_say_later(keyed: KeyedDesk) -> None:
    person, away = keyed.person(), keyed.path.parent / "away"
    keyed.exchange(person, person.ping())
    make_key(keyed.path, FIRST, now=NOON, random=os.urandom)
    with keyed.store.turn() as books:
        settle(books, keyed.path, now=NOON)
    file = keyed.path.parent / "desk.2.key"
    file.rename(away)

    async def work(reception: Reception) -> None:
        data = person.reveal().to_bytes()
        with pytest.raises(Busy) as later:
            await reception.take(str(person.conversation.id), data)
        assert (later.value.closed, later.value.retry_after) == (True, 30)
        away.rename(file)
        await reception.take(str(person.conversation.id), data)

    at_work(keyed, work)
    keyed.tell(person)
    assert [kid == FIRST for kid in signed_by(keyed, person)] == [True, False]
    with pytest.raises(BadHome, match="not in this folder"):
        read_keys(keyed.path).under(SeedSigner(b"\x09" * 32).kid)


def test_a_desk_at_work_finishes_a_change_and_takes_enquiries_for_either_key(keyed: KeyedDesk) -> None:
    old = keyed.person()
    knows = keyed.person().ping()

    async def work(reception: Reception) -> None:
        await reception.open(knows.to_bytes())
        new = make_key(keyed.path, FIRST, now=NOON, random=os.urandom)
        watching = asyncio.create_task(
            watch_keys(keyed.path, keyed.desk, reception, Clock(now=lambda: NOON, steady=lambda: 0.0), every=0.001)
        )
        await until(lambda: keyed.desk.kid == new)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await reception.open(old.ping().to_bytes())
        assert await reception.open(knows.to_bytes()) == knows.message_id
        fresh = AskingPerson(vendor=new, now=NOON)
        await reception.open(fresh.ping().to_bytes())
        with pytest.raises(WrongAudience):
            await reception.open(AskingPerson(vendor=SeedSigner(b"\x09" * 32).kid, now=NOON).ping().to_bytes())

    at_work(keyed, work)
    keyed.tell(old)
    assert (old.answer().answer, signed_by(keyed, old)) == ("accept", [keyed.desk.kid])


def test_a_worker_that_has_not_followed_yet_takes_an_enquiry_for_the_new_key(keyed: KeyedDesk) -> None:
    make_key(keyed.path, FIRST, now=NOON, random=os.urandom)
    with keyed.store.turn() as books:
        settle(books, keyed.path, now=NOON)
    assert keyed.desk.kid == FIRST
    person = AskingPerson(vendor=counting(keyed), now=NOON)

    async def work(reception: Reception) -> None:
        await reception.open(person.ping().to_bytes())

    at_work(keyed, work)
    assert keyed.tell(person) == 1


def test_a_change_that_may_not_be_is_not_finished_and_said_once(
    keyed: KeyedDesk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = keyed.change()
    seen: list[Path] = []

    def looked(path: Path) -> KeyFiles:
        seen.append(path)
        return read_keys(path)

    monkeypatch.setattr(key_change, "read_keys", looked)
    (keyed.path.parent / "desk.3.key").write_bytes(b"\x05" * 32)
    (keyed.path.parent / "desk.3.key").chmod(0o600)

    async def work(reception: Reception) -> None:
        clock = Clock(now=lambda: NOON, steady=lambda: 0.0)
        watching = asyncio.create_task(watch_keys(keyed.path, keyed.desk, reception, clock, every=0.001))
        await until(lambda: "keeps its key" in caplog.text)
        looks = len(seen)
        await until(lambda: len(seen) > looks + 1)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    at_work(keyed, work)
    assert caplog.text.count("keeps its key") == 1
    assert counting(keyed) == keyed.desk.kid == second


def test_a_damaged_key_file_is_said_once_and_the_desk_works_on(
    keyed: KeyedDesk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = keyed.path.parent / "desk.2.key"
    damaged.write_bytes(b"short")
    damaged.chmod(0o600)
    tries: list[Path] = []

    def looked(path: Path) -> KeyFiles:
        tries.append(path)
        return read_keys(path)

    monkeypatch.setattr(key_change, "read_keys", looked)
    person = keyed.person()

    async def work(reception: Reception) -> None:
        clock = Clock(now=lambda: NOON, steady=lambda: 0.0)
        watching = asyncio.create_task(watch_keys(keyed.path, keyed.desk, reception, clock, every=0.001))
        await until(lambda: len(tries) > 3)
        await reception.open(person.ping().to_bytes())
        assert not watching.done()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    at_work(keyed, work)
    assert caplog.text.count("desk.2.key does not hold 32 bytes") == 1
    assert keyed.tell(person) == 1


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - what is waited for is told to nobody; `at_work` ends the waiting
        await asyncio.sleep(0.001)


def at_work(desk: KeyedDesk, work: Callable[[Reception], Awaitable[None]]) -> None:
    async def run() -> None:
        reception = Reception(
            desk=desk.desk,
            store=desk.store,
            budget=Budget(Limits(), (), steady=0.0),
            clock=Clock(now=lambda: desk.now, steady=lambda: 0.0),
            ask_again=timedelta(seconds=5),
        )
        try:
            async with asyncio.timeout(60):
                await work(reception)
        finally:
            await reception.close()

    asyncio.run(run())
