"""A keyring that hangs, lies, fails or vanishes never locks anybody out, and never keeps anything readable."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.dwelling import WORDS, Dwelling, refusal
from tests.fakes.keyrings import LIMIT, SORRY, Moods, as_it_is, is_gone, is_locked, unsafe_door
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.services.ways_in import AskKeyring, Offer, TypedCode, WayKind
from vrm_desktop.wiring import Home

Mood = Callable[[str, object], object]
UNSAFE = (
    "keyring.backends.null.Keyring",
    "keyring.backends.fail.Keyring",
    "keyring.backends.chainer.ChainerBackend",
    "keyrings.alt.file.PlaintextKeyring",
    "keyrings.alt.file.EncryptedKeyring",
)


@pytest.fixture
def on(dwelling: Dwelling) -> Dwelling:
    """A vault that the keyring opens; `code` below makes another recovery code."""
    dwelling.code()
    dwelling.house.keyring_on(dwelling.place, WORDS)
    assert dwelling.opens_with_keyring()
    return dwelling


def has_keyring(dwelling: Dwelling) -> bool:
    return any(way.kind is WayKind.KEYRING for way in dwelling.house.ways(dwelling.place))


def test_it_is_offered_only_beside_a_recovery_code(dwelling: Dwelling) -> None:
    house, place = dwelling.house, dwelling.place
    assert dwelling.inside(lambda keeping: keeping.keyring_offer()) is Offer.NEEDS_CODE
    assert refusal(lambda: house.keyring_on(place, WORDS)) == "recovery-code-needed"
    assert dwelling.keyring.memory.kept == {}
    dwelling.code()
    assert dwelling.inside(lambda keeping: keeping.keyring_offer()) is Offer.READY
    house.keyring_on(place, WORDS)
    assert dwelling.inside(lambda keeping: keeping.keyring_offer()) is Offer.ON
    assert refusal(lambda: house.remove_recovery_code(place, WORDS)) == "keyring-still-on"


def test_it_keeps_a_key_of_its_own_that_is_no_part_of_the_header(on: Dwelling) -> None:
    ((service, entry),) = on.keyring.memory.kept
    assert service == "VRM Desktop"
    assert entry.startswith("vault ")
    kept = on.keyring.memory.kept[service, entry]
    assert len(kept) == 44
    header = (on.place / "vault.hdr").read_text("ascii")
    assert kept not in header
    assert WORDS not in kept


def test_off_shuts_the_slot_and_removes_the_entry(on: Dwelling) -> None:
    stolen = dict(on.keyring.memory.kept)
    assert on.house.keyring_off(on.place, WORDS) is True
    assert on.keyring.memory.kept == {}
    on.keyring.memory.kept = stolen
    assert not on.opens_with_keyring()
    assert on.opens(WORDS)
    assert refusal(lambda: on.house.keyring_off(on.place, WORDS)) == "no-such-way-in"


def test_off_shuts_the_slot_though_the_keyring_does_not_answer(on: Dwelling) -> None:
    stolen = dict(on.keyring.memory.kept)
    on.keyring.mood = is_gone
    assert on.house.keyring_off(on.place, WORDS) is False
    on.keyring.mood, on.keyring.memory.kept = as_it_is, stolen
    assert not on.opens_with_keyring()


@pytest.mark.parametrize("mood", SORRY, ids=lambda mood: mood.__name__)
def test_a_sorry_keyring_is_not_switched_on(dwelling: Dwelling, mood: Mood) -> None:
    code = dwelling.code()
    dwelling.keyring.mood = mood
    assert refusal(lambda: dwelling.house.keyring_on(dwelling.place, WORDS)) == "keyring-unavailable"
    assert not has_keyring(dwelling)
    assert dwelling.opens(WORDS)
    assert dwelling.opens(code)


@pytest.mark.parametrize("mood", SORRY, ids=lambda mood: mood.__name__)
def test_a_keyring_that_turns_sorry_leaves_the_passphrase_and_is_set_up_again(on: Dwelling, mood: Mood) -> None:
    code = on.code()
    on.keyring.mood = mood
    assert refusal(lambda: on.house.check(on.place, AskKeyring())) == "keyring-unavailable"
    assert on.opens(WORDS)
    assert on.opens(code)
    on.keyring.mood = as_it_is
    on.keyring.memory.kept.clear()
    assert not on.opens_with_keyring()
    on.inside(lambda keeping: keeping.keyring_on(WORDS))
    assert on.opens_with_keyring()


def test_a_keyring_that_hangs_is_given_up_after_its_limit(on: Dwelling) -> None:
    async def open_with_keyring() -> None:
        async with asyncio.timeout(200 * LIMIT), on.house.open(on.place, AskKeyring()):
            raise AssertionError

    on.keyring.mood, on.keyring.limit = on.keyring.hang, LIMIT
    assert refusal(lambda: asyncio.run(open_with_keyring())) == "keyring-unavailable"
    assert on.opens(WORDS)
    assert on.house.keyring_off(on.place, WORDS) is False
    assert on.opens(WORDS)


def test_a_keyring_that_vanishes_between_keeping_and_reading_back_is_not_switched_on(dwelling: Dwelling) -> None:
    dwelling.code()
    asked: list[str] = []

    def vanishes(what: str, value: object) -> object:
        asked.append(what)
        return value if asked == ["set"] else is_gone(what, value)

    dwelling.keyring.mood = vanishes
    assert refusal(lambda: dwelling.house.keyring_on(dwelling.place, WORDS)) == "keyring-unavailable"
    assert not has_keyring(dwelling)
    assert dwelling.opens(WORDS)


def test_a_wrong_passphrase_does_not_cost_the_entry_that_works(on: Dwelling) -> None:
    assert refusal(lambda: on.house.keyring_on(on.place, "wrong")) == "wrong-passphrase"
    assert on.opens_with_keyring()


def test_a_vault_without_the_slot_does_not_ask_the_keyring(dwelling: Dwelling) -> None:
    assert refusal(lambda: dwelling.house.check(dwelling.place, AskKeyring())) == "no-such-way-in"
    assert dwelling.keyring.asked == 0


@pytest.mark.parametrize("name", UNSAFE)
def test_a_keyring_that_keeps_things_readable_or_not_at_all_is_refused(dwelling: Dwelling, name: str) -> None:
    code = dwelling.code()
    house = Home(kdf=CHEAP_KDF, keyring=unsafe_door(name))
    assert refusal(lambda: house.keyring_on(dwelling.place, WORDS)) == "keyring-refused"

    async def offer() -> Offer:
        async with house.open(dwelling.place, WORDS) as home:
            return await home.keeping.keyring_offer()

    assert asyncio.run(offer()) is Offer.REFUSED
    assert dwelling.opens(code)


def test_where_no_keyring_answers_it_is_not_offered(dwelling: Dwelling) -> None:
    dwelling.code()

    def none() -> Moods:
        raise RuntimeError("no session bus")

    house = Home(kdf=CHEAP_KDF, keyring=unsafe_door(UNSAFE[0]).__class__(choose_backend=none))

    async def offer() -> Offer:
        async with house.open(dwelling.place, WORDS) as home:
            return await home.keeping.keyring_offer()

    assert asyncio.run(offer()) is Offer.ABSENT


def test_a_new_key_is_followed_by_a_new_entry(on: Dwelling) -> None:
    code, before = on.code(), dict(on.keyring.memory.kept)
    assert on.house.rotate_key(on.place, WORDS, recovery=code).keyring is True
    assert on.keyring.memory.kept.keys() == before.keys()
    assert on.keyring.memory.kept != before
    assert on.opens_with_keyring()


@pytest.mark.parametrize("drop", [True, False])
def test_a_new_key_goes_on_without_a_keyring_that_cannot_follow(on: Dwelling, drop: bool) -> None:  # noqa: FBT001 - one of two cases
    code: TypedCode | None = None if drop else on.code()
    if not drop:
        on.keyring.mood = is_locked
    done = on.house.rotate_key(on.place, WORDS, recovery=code, drop_recovery=drop)
    assert done.keyring is False
    assert not has_keyring(on)
    assert on.opens(WORDS)


def test_a_restored_backup_knows_an_older_entry_and_opens_with_the_passphrase(on: Dwelling, tmp_path: Path) -> None:
    file = tmp_path / "then.vrm-backup"
    on.house.back_up(on.place, AskKeyring(), file)
    on.house.keyring_on(on.place, WORDS)
    assert refusal(lambda: on.house.restore(on.place, AskKeyring(), file)) == "keyring-unavailable"
    on.house.restore(on.place, WORDS, file)
    assert has_keyring(on)
    assert not on.opens_with_keyring()
    assert on.opens(WORDS)
    on.house.keyring_on(on.place, WORDS)
    assert on.opens_with_keyring()
