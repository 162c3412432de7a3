"""The written recovery code: what it looks like, what it forgives, what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.vault.errors import RecoveryCodeMistyped
from vrm_desktop.vault.secret import RecoveryCode
from vrm_desktop.vault.unlocking.recovery import read, written

CODE = RecoveryCode(bytes(range(20)))
WRITTEN = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-P4MW"


def test_a_code_is_written_the_same_forever() -> None:
    assert written(CODE) == WRITTEN


@given(st.binary(min_size=20, max_size=20))
def test_every_code_reads_back(secret: bytes) -> None:
    text = written(RecoveryCode(secret))
    assert len(text) == 44
    assert not set("ILOU") & set(text)
    assert read(text) == RecoveryCode(secret)


@pytest.mark.parametrize(
    "typed",
    [
        WRITTEN.lower(),
        WRITTEN.replace("-", ""),
        WRITTEN.replace("-", " "),
        WRITTEN.replace("-", " – "),
        f"  {WRITTEN}\n",
        WRITTEN.replace("0", "O").replace("1", "l"),
        WRITTEN.replace("0", "o").replace("1", "I"),
        "".join(chr(ord(character) + 0xFEE0) if character != "-" else character for character in WRITTEN),
    ],
    ids=["lower", "joined", "spaced", "dashes", "around", "O and l", "o and I", "full width"],
)
def test_case_gaps_and_look_alikes_are_forgiven(typed: str) -> None:
    assert typed != WRITTEN
    assert read(typed) == CODE


def test_every_single_wrong_character_is_caught() -> None:
    tried = 0
    for at, right in enumerate(WRITTEN):
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if right != "-" and wrong != right:
                with pytest.raises(RecoveryCodeMistyped):
                    read(WRITTEN[:at] + wrong + WRITTEN[at + 1 :])
                tried += 1
    assert tried == 36 * 31


def test_every_swap_of_neighbours_is_caught() -> None:
    characters = WRITTEN.replace("-", "")
    for at in range(len(characters) - 1):
        left, right = characters[at], characters[at + 1]
        if left != right:
            with pytest.raises(RecoveryCodeMistyped):
                read(characters[:at] + right + left + characters[at + 2 :])


@pytest.mark.parametrize("typed", ["", WRITTEN[:-1], WRITTEN + "0", "U" * 36, "é" * 36, "0" * 100_000])
def test_what_is_no_code_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read(typed)
    assert not typed or typed not in str(caught.value)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        code = read(typed)
    except RecoveryCodeMistyped:
        return
    assert read(written(code)) == code
