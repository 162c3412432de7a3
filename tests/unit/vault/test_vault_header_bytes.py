"""The header's bytes: frozen files read forever, damage noticed at every bit, newer formats named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.vaults import make_headers
from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.vault.errors import HeaderTampered, VaultTooNew
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.header_codec import (
    MAX_BYTES,
    UnreadableHeader,
    decode_header,
    encode_header,
    require_seal,
    sealed,
)
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.ways_in import unlock

FROZEN = Path(__file__).parents[2] / "data" / "vaults" / "headers"
VALID = (FROZEN / "valid-three-ways.hdr").read_bytes()


def test_the_frozen_files_are_all_there_and_unchanged() -> None:
    assert {path.name: path.read_bytes() for path in FROZEN.iterdir()} == make_headers.files()


@pytest.mark.parametrize(
    "way", [PASSPHRASE, make_headers.RECOVERY, make_headers.KEYRING], ids=["passphrase", "recovery", "keyring"]
)
def test_a_frozen_header_opens_with_each_way_in(way: object) -> None:
    header = decode_header(VALID)
    unlocked = unlock(header, way, CHEAP_KDF)  # type: ignore[arg-type]  # one of the three, by the list above
    assert unlocked.data_key == make_headers.DATA_KEY
    assert header == make_headers.build(PASSPHRASE, make_headers.RECOVERY, make_headers.KEYRING)
    assert encode_header(header) == VALID


@pytest.mark.parametrize("name", sorted(path.name for path in FROZEN.glob("bad-*.hdr")))
def test_a_frozen_bad_header_is_damaged(name: str) -> None:
    with pytest.raises(UnreadableHeader):
        decode_header((FROZEN / name).read_bytes())


@pytest.mark.parametrize(("name", "needs"), [("newer-format-2", 2), ("newer-format-900", 900)])
def test_a_newer_format_is_named_whatever_else_it_holds(name: str, needs: int) -> None:
    with pytest.raises(VaultTooNew) as caught:
        decode_header((FROZEN / f"{name}.hdr").read_bytes())
    assert caught.value.needs == f"header format {needs}"


def test_a_header_cut_at_any_byte_is_damaged() -> None:
    for length in range(len(VALID)):
        with pytest.raises(UnreadableHeader):
            decode_header(VALID[:length])


def test_a_header_with_any_bit_flipped_is_damaged() -> None:
    for bit in range(len(VALID) * 8):
        flipped = bytearray(VALID)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(UnreadableHeader):
            decode_header(bytes(flipped))


def test_a_header_longer_than_any_is_not_even_read() -> None:
    with pytest.raises(UnreadableHeader, match="longer"):
        decode_header(b" " * (MAX_BYTES + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_called_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableHeader):
        decode_header(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_any_value_under_any_member_is_read_or_called_damaged_or_newer(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted({"magic", "format", "needs", "generation", "salt", "slots", "created"})))
    value = data.draw(_JSON)
    try:
        changed = make_headers.resummed(VALID, lambda members: members.__setitem__(name, value))
    except CanonError:
        return  # no strict JSON file can hold this value
    try:
        header = decode_header(changed)
    except (UnreadableHeader, VaultTooNew):
        return
    assert encode_header(header) == changed


def test_a_slot_taken_out_with_a_fitting_checksum_is_called_tampered() -> None:
    cut = make_headers.resummed(VALID, lambda members: members["slots"].pop())
    with pytest.raises(HeaderTampered):
        unlock(decode_header(cut), PASSPHRASE, CHEAP_KDF)


def test_another_data_key_does_not_fit_the_seal() -> None:
    header = make_headers.build(PASSPHRASE)
    assert require_seal(header, make_headers.DATA_KEY) is header
    with pytest.raises(HeaderTampered):
        require_seal(header, DataKey(bytes(32)))
    assert sealed(header, DataKey(bytes(32))).seal != header.seal


def test_an_unsealed_header_is_never_written() -> None:
    with pytest.raises(ValueError, match="never written"):
        encode_header(replace(make_headers.build(PASSPHRASE), seal=b""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"vault_id": b""},
        {"salt": bytes(15)},
        {"generation": 0},
        {"generation": 2**53},
        {"database": "/etc/passwd"},
        {"slots": ()},
        {"seal": b"short"},
        {"created": NOON.replace(tzinfo=None)},
        {"changed": NOON.astimezone(timezone(timedelta(hours=2)))},
        {"changed": datetime(2026, 5, 4, 12, 0, 0, 5, tzinfo=UTC)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_impossible_header_is_not_built(wrong: dict[str, object]) -> None:
    header = make_headers.build(PASSPHRASE)
    with pytest.raises(ValueError, match=r"."):
        replace(header, **wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_only_passphrase_slots_carry_derivation_parameters() -> None:
    slot = make_headers.build(PASSPHRASE).slots[0]
    with pytest.raises(ValueError, match="only they"):
        replace(slot, kind=SlotKind.KEYRING)
    with pytest.raises(ValueError, match="only they"):
        replace(slot, kdf=None)


def test_a_header_shows_no_secret_in_its_repr() -> None:
    header: Header = make_headers.build(PASSPHRASE)
    assert make_headers.DATA_KEY.reveal().hex() not in repr(header)
    assert repr(make_headers.DATA_KEY.reveal()) not in repr(header)
