"""Archives in the format of `age`: what it encrypts opens here, what is encrypted here opens there."""

import hashlib
import io
import os
import secrets
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.vault_parts import SeededBytes
from vrm_desktop.vault.age_file import MAGIC, PIECE, AgeReader, AgeWriter, is_encrypted
from vrm_desktop.vault.errors import (
    EncryptedFileDamaged,
    EncryptionNotKnown,
    PassphraseEmpty,
    VaultError,
    WrongArchivePassphrase,
)
from vrm_desktop.vault.secret import Passphrase

PASSPHRASE = Passphrase("four calm herons wading")
LIGHT = 2

BY_AGE_ITSELF = Path(__file__).parents[2] / "data" / "archives" / "by-age.age"
"""Written once by age 1.1.1 (`age -p`) over the text below."""
TEXT = b"written by age itself\n"


def encrypted(data: bytes, passphrase: Passphrase = PASSPHRASE, *, seed: int = 1) -> bytes:
    out = io.BytesIO()
    writer = AgeWriter(out, passphrase, random=SeededBytes(seed), work=LIGHT)
    writer.write(data)
    writer.finish()
    return out.getvalue()


def decrypted(data: bytes, passphrase: Passphrase = PASSPHRASE) -> bytes:
    return AgeReader(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, 15, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_went_in_comes_out(size: int) -> None:
    data = os.urandom(size)
    assert decrypted(encrypted(data)) == data


@given(st.lists(st.binary(max_size=40_000), max_size=8), st.integers(0, 200_000), st.integers(0, 70_000))
def test_any_place_can_be_read_however_it_was_written(pieces: list[bytes], start: int, length: int) -> None:
    out, whole = io.BytesIO(), b"".join(pieces)
    writer = AgeWriter(out, PASSPHRASE, random=secrets.token_bytes, work=1)
    for piece in pieces:
        writer.write(piece)
    writer.finish()
    reader = io.BufferedReader(AgeReader(out, PASSPHRASE))
    reader.seek(start)
    assert reader.read(length) == whole[start : start + length]


def test_what_age_itself_wrote_opens() -> None:
    assert decrypted(BY_AGE_ITSELF.read_bytes()) == TEXT


@pytest.mark.services("age")
def test_age_itself_opens_what_was_written_here(tmp_path: Path) -> None:
    data = os.urandom(2 * PIECE + 5)
    file = tmp_path / "archive.age"
    file.write_bytes(encrypted(data))
    main, beside = os.openpty()  # age asks on its terminal, and nowhere else
    os.write(main, PASSPHRASE.reveal() + b"\n")
    opened = tmp_path / "opened"
    try:
        asking = ("setsid", "--ctty", "--wait", "age", "--decrypt", "--output", str(opened), str(file))
        subprocess.run(asking, stdin=beside, stdout=beside, stderr=beside, check=True, timeout=60)
    finally:
        os.close(main)
        os.close(beside)
    assert opened.read_bytes() == data


def test_the_bytes_are_those_of_the_known_answer() -> None:
    found = encrypted(b"the same every time")
    assert found.startswith(MAGIC + b"-> scrypt ")
    assert hashlib.sha256(found).hexdigest() == KNOWN


KNOWN = "f53d26a36b20e28eab5d4e5810e0d905c3cf73beb9d9f0b78968baa65ff72717"


def test_another_passphrase_is_told_from_damage() -> None:
    with pytest.raises(WrongArchivePassphrase):
        decrypted(encrypted(b"mine"), Passphrase("five calm herons"))


def test_a_passphrase_typed_on_another_keyboard_still_opens() -> None:
    assert decrypted(encrypted(b"mine", Passphrase("fu\u0308r dich")), Passphrase("f\u00fcr dich")) == b"mine"


def test_nothing_is_encrypted_with_nothing() -> None:
    with pytest.raises(PassphraseEmpty):
        encrypted(b"mine", Passphrase(""))


def test_every_changed_bit_is_noticed() -> None:
    good = encrypted(os.urandom(300))
    for position in range(len(good)):
        bad = bytearray(good)
        bad[position] ^= 1 << (position % 8)
        with pytest.raises((EncryptedFileDamaged, EncryptionNotKnown, WrongArchivePassphrase)):
            decrypted(bytes(bad))


def test_every_shorter_file_is_noticed() -> None:
    good = encrypted(os.urandom(300))
    for length in range(len(good)):
        with pytest.raises((EncryptedFileDamaged, EncryptionNotKnown)):
            decrypted(good[:length])


@pytest.mark.parametrize("pieces", [1, 2])
def test_a_file_cut_between_two_pieces_is_noticed(pieces: int) -> None:
    good = encrypted(os.urandom(3 * PIECE))
    with pytest.raises(EncryptedFileDamaged):
        decrypted(good[: len(good) - pieces * (PIECE + 16)])


def test_swapped_pieces_are_noticed() -> None:
    good = encrypted(os.urandom(3 * PIECE))
    begin, long = len(good) - 3 * (PIECE + 16), PIECE + 16
    swapped = good[:begin] + good[begin + long : begin + 2 * long] + good[begin : begin + long] + good[-long:]
    with pytest.raises(EncryptedFileDamaged):
        decrypted(swapped)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"age-encryption.org/v2\n-> scrypt",
        b"age-encryption.org/v1\n-> X25519 SVrzdFfkPxf0LPHOUGB1gNb9E5Vr8EUDa9kxk04iQ0o\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 25\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n",
        b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 99\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n",
    ],
)
def test_what_would_need_keys_a_newer_version_or_much_memory_is_refused_at_once(head: bytes) -> None:
    with pytest.raises(EncryptionNotKnown):
        decrypted(head + bytes(100))


@given(st.binary(max_size=400))
def test_any_bytes_get_a_clear_answer(data: bytes) -> None:
    with pytest.raises(VaultError):
        decrypted(MAGIC + b"-> scrypt " + b"A" * 22 + b" 1\n" + data)


def test_a_zip_reads_from_it_directly() -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("one", b"1" * 200_000)
    with zipfile.ZipFile(AgeReader(io.BytesIO(encrypted(plain.getvalue())), PASSPHRASE)) as archive:
        assert archive.read("one") == b"1" * 200_000


def test_an_encrypted_file_is_known_by_its_start() -> None:
    assert is_encrypted(encrypted(b""))
    assert is_encrypted(b"-----BEGIN AGE ENCRYPTED FILE-----")
    assert not is_encrypted(b"PK\x03\x04")
