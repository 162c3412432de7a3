"""Files encrypted with a passphrase in the format of the tool `age` (age-encryption.org/v1), as streams.

Nothing readable is ever written beside them: reading decrypts one piece of 64 KiB at a time, wherever it is asked for.
Only passphrases; files for keys are refused. Never here: what is inside.
"""

import base64
import binascii
import io
import re
import unicodedata
from collections.abc import Callable
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import (
    EncryptedFileDamaged,
    EncryptionNotKnown,
    NotEnoughMemory,
    PassphraseEmpty,
    WrongArchivePassphrase,
)
from vrm_desktop.vault.secret import Passphrase

MAGIC: Final = b"age-encryption.org/v1\n"
WORK: Final = 18
"""Binary logarithm of scrypt's N: what `age` itself takes. It costs 256 MiB for a second; more is refused."""
PIECE: Final = 64 * 1024
_TAG: Final = 16
_LONGEST_HEADER: Final = 4096
_SCRYPT: Final = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
)
_NO_NONCE: Final = bytes(12)


def is_encrypted(start: bytes) -> bool:
    """Whether a file that begins so is one of age's, in whichever version or spelling (armoured files too)."""
    return start.startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE"))


class AgeWriter(io.RawIOBase):
    """Encrypts what is written into `out`, which stays the caller's. Complete only after `close()`."""

    def __init__(
        self, out: BinaryIO, passphrase: Passphrase, *, random: Callable[[int], bytes], work: int = WORK
    ) -> None:
        """Writes the header; takes one key derivation. `random(n)` gives n unpredictable bytes.

        Raises PassphraseEmpty, NotEnoughMemory, and what `out` raises.
        """
        super().__init__()
        if not passphrase.reveal():
            raise PassphraseEmpty("an archive's passphrase has no character")
        self._out = out
        file_key, salt, nonce = random(16), random(16), random(16)
        wrapped = ChaCha20Poly1305(_wrapping_key(passphrase, salt, work)).encrypt(_NO_NONCE, file_key, None)
        head = MAGIC + b"-> scrypt " + _bare(salt) + b" " + str(work).encode() + b"\n" + _bare(wrapped) + b"\n---"
        out.write(head + b" " + _bare(_mac(file_key, head).finalize()) + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._waiting = bytearray()
        self._number = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # as zipfile writes
        """Take the bytes; a piece leaves once it is known not to be the last."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._send(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece. Nothing may follow."""
        self._send(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _send(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class AgeReader(io.RawIOBase):
    """Decrypts from `source`, which stays the caller's; can seek. Raises EncryptedFileDamaged while reading too."""

    def __init__(self, source: BinaryIO, passphrase: Passphrase, *, most_work: int = WORK) -> None:
        """Reads the header and the last piece, so that a file that was cut short is noticed; one key derivation.

        Raises EncryptionNotKnown (another version, keys instead of a passphrase, a heavier derivation than age's own),
        WrongArchivePassphrase, EncryptedFileDamaged, NotEnoughMemory, DiskFailed.
        """
        super().__init__()
        self._source = source
        with disk_errors("reading an encrypted file"):
            size = source.seek(0, io.SEEK_END)
            source.seek(0)
            start = source.read(_LONGEST_HEADER)
        match = _SCRYPT.match(start)
        if match is None:
            raise EncryptionNotKnown("not encrypted by age with a passphrase alone")
        work = int(match[2])
        if work > most_work:
            raise EncryptionNotKnown(f"its key derivation (2^{work}) is heavier than 2^{most_work}")
        key = _wrapping_key(passphrase, _unbare(match[1]), work)
        try:
            file_key = ChaCha20Poly1305(key).decrypt(_NO_NONCE, _unbare(match[3]), None)
        except InvalidTag as error:
            raise WrongArchivePassphrase("the passphrase does not open it") from error
        rest = start[match.end() :]
        sealed = re.match(rb" ([A-Za-z0-9+/]{43})\n", rest)
        try:
            if sealed is None:
                raise EncryptedFileDamaged("its header has no end")
            _mac(file_key, match[0]).verify(_unbare(sealed[1]))
        except InvalidSignature as error:
            raise EncryptedFileDamaged("its header was changed") from error
        self._begin = match.end() + sealed.end() + 16
        nonce = start[self._begin - 16 : self._begin]
        if len(nonce) != 16 or len(file_key) != 16:
            raise EncryptedFileDamaged("it is cut short")
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._size = self._measured(size - self._begin)
        self._position = 0
        self._kept: tuple[int, bytes] = (-1, b"")
        self._piece(self._last)

    @property
    def _last(self) -> int:
        return max(0, -(-self._size // PIECE) - 1)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the decrypted bytes."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        """The place in the decrypted bytes."""
        return self._position

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # as RawIOBase calls it
        """Fill as much of `buffer` as one piece has."""
        if self._position >= self._size:
            return 0
        number, offset = divmod(self._position, PIECE)
        data = self._piece(number)[offset : offset + len(buffer)]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def _measured(self, payload: int) -> int:
        pieces = -(-payload // (PIECE + _TAG))
        size = payload - pieces * _TAG
        if payload < _TAG or size < 0 or (pieces > 1 and size <= (pieces - 1) * PIECE):
            raise EncryptedFileDamaged("it is cut short")
        return size

    def _piece(self, number: int) -> bytes:
        if self._kept[0] != number:
            with disk_errors("reading an encrypted file"):
                self._source.seek(self._begin + number * (PIECE + _TAG))
                data = self._source.read(PIECE + _TAG)
            try:
                piece = self._cipher.decrypt(_nonce(number, last=number == self._last), data, None)
            except InvalidTag as error:
                raise EncryptedFileDamaged(f"piece {number} is not as it was written") from error
            self._kept = (number, piece)
        return self._kept[1]


def _wrapping_key(passphrase: Passphrase, salt: bytes, work: int) -> bytes:
    try:
        typed = unicodedata.normalize("NFC", passphrase.text()).encode("utf-8", "surrogatepass")
        derived: bytes = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work, r=8, p=1).derive(
            typed
        )
    except MemoryError as error:
        raise NotEnoughMemory("deriving an archive's key") from error
    return derived


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _mac(file_key: bytes, head: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(head)
    return mac


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _bare(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unbare(text: bytes) -> bytes:
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise EncryptedFileDamaged("its header is garbled") from error
    if _bare(data) != text:
        raise EncryptedFileDamaged("its header is garbled")
    return data
