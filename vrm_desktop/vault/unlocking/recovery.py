"""The recovery code as a person writes it down: 160 random bits in Crockford's base 32, with a checksum.

`H4T2-...`: nine groups of four, the last group being the checksum. Reading forgives case, spaces, dashes and the
look-alikes O/0, I/L/1, and U/V is refused rather than guessed. Never lives here: the slot it opens.
"""

import hashlib
import unicodedata
from collections.abc import Sequence

from vrm_desktop.vault.errors import RecoveryCodeMistyped
from vrm_desktop.vault.secret import RecoveryCode

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {character: index for index, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 4
_CODE_CHARACTERS = 32
_CHECK_CHARACTERS = 4
_LONGEST = 1000
_IGNORED = frozenset("-‐‑‒–—_.,:")


def _base32(number: int, characters: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (characters - 1), -1, -5))


def _checksum(secret: bytes) -> str:
    digest = hashlib.sha256(b"vrm-desktop recovery code 1" + secret).digest()
    return _base32(int.from_bytes(digest[:4], "big") >> (32 - 5 * _CHECK_CHARACTERS), _CHECK_CHARACTERS)


def written(code: RecoveryCode) -> str:
    """The code for paper: 36 characters in nine groups joined by dashes, the checksum last."""
    secret = code.reveal()
    characters = _base32(int.from_bytes(secret, "big"), _CODE_CHARACTERS) + _checksum(secret)
    return "-".join(characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))


def repeats(typed: str, code: RecoveryCode, groups: Sequence[int]) -> bool:
    """Whether what was typed repeats these groups of the code (numbered from 1) in this order, or the whole code."""
    parts = written(code).split("-")
    asked, whole = (tuple(_READ[one] for one in "".join(some)) for some in ([parts[at - 1] for at in groups], parts))
    given = tuple(_READ.get(character) for character in _characters(typed)) if len(typed) <= _LONGEST else ()
    return given in (asked, whole)


def _characters(typed: str) -> list[str]:
    """What counts of what was typed."""
    return [
        character
        for character in unicodedata.normalize("NFKC", typed).upper()
        if not character.isspace() and character not in _IGNORED
    ]


def read(typed: str) -> RecoveryCode:
    """The code behind what was typed; raises RecoveryCodeMistyped. The message never repeats what was typed."""
    if len(typed) > _LONGEST:
        raise RecoveryCodeMistyped("far too long")
    characters = _characters(typed)
    if len(characters) != _CODE_CHARACTERS + _CHECK_CHARACTERS:
        raise RecoveryCodeMistyped(f"{len(characters)} characters instead of 36")
    number = 0
    for character in characters:
        if character not in _READ:
            raise RecoveryCodeMistyped("a character that recovery codes do not use")
        number = number << 5 | _READ[character]
    checksum = number & ((1 << 5 * _CHECK_CHARACTERS) - 1)
    secret = (number >> 5 * _CHECK_CHARACTERS).to_bytes(RecoveryCode.LENGTH, "big")
    if _base32(checksum, _CHECK_CHARACTERS) != _checksum(secret):
        raise RecoveryCodeMistyped("the checksum does not fit")
    return RecoveryCode(secret)
