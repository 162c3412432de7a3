"""The ways into a vault: made, proven, replaced, taken away, and never the last one."""

from dataclasses import replace
from functools import partial

import pytest

from tests.fakes.dwelling import WORDS, Dwelling, refusal
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.ways_in import AskKeyring, NewRecoveryCode, TypedCode, WayKind


def kinds(dwelling: Dwelling) -> list[WayKind]:
    return [way.kind for way in dwelling.house.ways(dwelling.place)]


def test_a_drawn_code_opens_nothing_until_a_part_of_it_was_typed_back(dwelling: Dwelling) -> None:
    house, place = dwelling.house, dwelling.place
    code = house.draw_recovery_code()
    assert len(code.groups) == 9
    assert len(set(code.asked)) == 2
    assert code.text not in repr(code)
    assert not dwelling.opens(TypedCode(code.text))
    for typed in ("", "0000 0000", code.groups[code.asked[0] - 1], " ".join(reversed(asked(code)))):
        assert refusal(partial(house.set_recovery_code, place, code, typed, WORDS)) == "recovery-code-not-repeated"
    assert kinds(dwelling) == [WayKind.PASSPHRASE]
    house.set_recovery_code(place, code, " ".join(asked(code)).lower(), WORDS)
    assert kinds(dwelling) == [WayKind.PASSPHRASE, WayKind.RECOVERY]
    assert dwelling.opens(TypedCode(code.text.lower().replace("-", "  ").replace("0", "o")))


def asked(code: NewRecoveryCode) -> list[str]:
    return [code.groups[number - 1] for number in code.asked]


def test_groups_that_differ_are_asked_from_code_to_code(dwelling: Dwelling) -> None:
    drawn = [dwelling.house.draw_recovery_code() for _ in range(40)]
    assert len({code.asked for code in drawn}) > 5
    assert len({code.text for code in drawn}) == 40


def test_a_code_of_which_nothing_is_asked_is_not_built(dwelling: Dwelling) -> None:
    code = dwelling.house.draw_recovery_code()
    for wrong in ((), (0,), (10,)):
        with pytest.raises(InvalidValue):
            replace(code, asked=wrong)


def test_only_with_the_passphrase_is_a_code_set_or_removed(dwelling: Dwelling) -> None:
    house, place = dwelling.house, dwelling.place
    code = house.draw_recovery_code()
    assert refusal(lambda: house.set_recovery_code(place, code, code.text, "wrong")) == "wrong-passphrase"
    set_code = dwelling.code()
    assert refusal(lambda: house.remove_recovery_code(place, "wrong")) == "wrong-passphrase"
    assert dwelling.opens(set_code)
    house.remove_recovery_code(place, WORDS)
    assert not dwelling.opens(set_code)
    assert refusal(lambda: house.remove_recovery_code(place, WORDS)) == "no-such-way-in"
    assert dwelling.opens(WORDS)


def test_a_new_code_replaces_the_old_one(dwelling: Dwelling) -> None:
    old, new = dwelling.code(), dwelling.code()
    assert (dwelling.opens(old), dwelling.opens(new)) == (False, True)


def test_whoever_forgot_the_passphrase_chooses_another_with_the_code(dwelling: Dwelling) -> None:
    code = dwelling.code()
    dwelling.house.change_passphrase(dwelling.place, code, "eine neue")
    assert (dwelling.opens(WORDS), dwelling.opens("eine neue"), dwelling.opens(code)) == (False, True, True)


@pytest.mark.parametrize("typed", ["", "not a code", "0" * 36])
def test_a_mistyped_code_is_told_from_a_wrong_one(dwelling: Dwelling, typed: str) -> None:
    dwelling.code()
    house, place = dwelling.house, dwelling.place
    assert refusal(lambda: house.check(place, TypedCode(typed))) == "recovery-code-mistyped"
    other = house.draw_recovery_code().text
    assert refusal(lambda: house.check(place, TypedCode(other))) == "wrong-recovery-code"


def test_the_keyring_is_no_proof_for_another_passphrase(dwelling: Dwelling) -> None:
    dwelling.code()
    dwelling.house.keyring_on(dwelling.place, WORDS)
    house, place = dwelling.house, dwelling.place
    assert refusal(lambda: house.change_passphrase(place, AskKeyring(), "theirs")) == "wrong-passphrase"
    assert dwelling.opens(WORDS)


def test_the_same_is_done_while_the_vault_is_open(dwelling: Dwelling) -> None:
    code = dwelling.house.draw_recovery_code()
    dwelling.inside(lambda keeping: keeping.set_recovery_code(code, code.text, WORDS))
    assert dwelling.opens(TypedCode(code.text))
    ways = dwelling.inside(lambda keeping: keeping.ways())
    assert [(way.kind, way.made) for way in ways] == [
        (WayKind.PASSPHRASE, dwelling.clock.now()),
        (WayKind.RECOVERY, dwelling.clock.now()),
    ]
    dwelling.inside(lambda keeping: keeping.keyring_on(WORDS))
    assert dwelling.opens_with_keyring()
    assert dwelling.inside(lambda keeping: keeping.keyring_off(AskKeyring())) is True
    assert not dwelling.opens_with_keyring()
    dwelling.inside(lambda keeping: keeping.change_passphrase(WORDS, "zwei"))
    dwelling.house.change_passphrase(dwelling.place, "zwei", WORDS)
    dwelling.inside(lambda keeping: keeping.remove_recovery_code(WORDS))
    assert kinds(dwelling) == [WayKind.PASSPHRASE]


def test_a_new_key_keeps_the_code_that_is_given_again(dwelling: Dwelling) -> None:
    code, house, place = dwelling.code(), dwelling.house, dwelling.place
    assert refusal(lambda: house.rotate_key(place, WORDS)) == "way-in-missing"
    other = TypedCode(house.draw_recovery_code().text)
    assert refusal(lambda: house.rotate_key(place, WORDS, recovery=other)) == "wrong-recovery-code"
    assert refusal(lambda: house.rotate_key(place, "wrong", recovery=code)) == "wrong-passphrase"
    assert house.rotate_key(place, WORDS, recovery=code).keyring
    assert (dwelling.opens(WORDS), dwelling.opens(code), dwelling.opens(other)) == (True, True, False)
    dwelling.inside(lambda keeping: keeping.rotate_key(WORDS, drop_recovery=True))
    assert (dwelling.opens(WORDS), dwelling.opens(code)) == (True, False)
