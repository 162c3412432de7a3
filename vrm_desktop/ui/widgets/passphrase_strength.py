"""How long a passphrase would withstand guessing, roughly. Pure; nothing is kept, logged or sent."""

import math
import re
import string
from dataclasses import dataclass
from enum import Enum

_COMMON = frozenset(
    (
        *("password", "passwort", "qwertz", "qwerty", "asdfgh", "letmein", "willkommen", "welcome", "geheim", "hallo"),
        *("monkey", "dragon", "iloveyou", "schatz", "admin", "master", "login", "sunshine", "princess", "football"),
        *("fussball", "baseball", "superman", "computer", "internet", "sommer", "correcthorsebatterystaple"),
    )
)
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]{3,}")
_WORD_BITS = 11.0  # a word picked from two thousand
_COMMON_BITS = 7.0


class Strength(Enum):
    """In words a person can act on."""

    TOO_SHORT = "too-short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`bits` of guessing work, never more than the passphrase can hold."""

    bits: float
    strength: Strength


MIN_CHARACTERS = 8
_FAIR_BITS, _STRONG_BITS = 40.0, 55.0


def estimate(passphrase: str) -> Estimate:
    """Judge a passphrase: words count as words, runs and repeats count once, well-known ones next to nothing."""
    bits = min(_spelled_bits(passphrase), _worded_bits(passphrase))
    if len(passphrase) < MIN_CHARACTERS:
        strength = Strength.TOO_SHORT
    elif bits < _FAIR_BITS:
        strength = Strength.WEAK
    elif bits < _STRONG_BITS:
        strength = Strength.FAIR
    else:
        strength = Strength.STRONG
    return Estimate(bits=bits, strength=strength)


def _spelled_bits(passphrase: str) -> float:
    """As letters: those that only repeat or follow their neighbour add one bit."""
    alphabet = sum(
        len(letters)
        for letters in (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation + " ")
        if any(letter in letters for letter in passphrase)
    )
    if any(not letter.isascii() for letter in passphrase):
        alphabet += 60
    each = math.log2(alphabet) if alphabet else 0.0
    return sum(1.0 if _follows(passphrase, at) else each for at in range(len(passphrase)))


def _follows(passphrase: str, at: int) -> bool:
    if at == 0:
        return False
    pair = passphrase[at - 1 : at + 1].lower()
    return pair[0] == pair[1] or any(pair in run or pair in run[::-1] for run in _RUNS)


def _worded_bits(passphrase: str) -> float:
    """As words: each costs one pick from a list, the same word twice one bit, a well-known one seven."""
    bits, seen, rest = 0.0, set[str](), passphrase
    for word in _WORD.findall(passphrase):
        lowered = word.lower()
        if lowered in seen:
            bits += 1.0
        elif lowered in _COMMON:
            bits += _COMMON_BITS
        else:
            bits += min(_WORD_BITS, _spelled_bits(word)) if len(word) <= 9 else _spelled_bits(word) / 2
        seen.add(lowered)
        rest = rest.replace(word, "", 1)
    return bits + _spelled_bits(rest.strip())
