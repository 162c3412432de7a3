"""Account numbers as ISO 13616 has them: read from how people write them, and checked. Looks nothing up.

Never here: which account is the right one. A sound number is one that was written without a slip, and no more.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_LENGTHS: Final = {
    country: length
    for length, countries in (
        (15, "NO"),
        (16, "BE"),
        (18, "DK FI NL"),
        (19, "MK SI"),
        (20, "AT BA EE LT LU XK"),
        (21, "CH HR LI LV"),
        (22, "BG DE GB IE ME RS VA"),
        (23, "GI"),
        (24, "AD CZ ES MD RO SE SK"),
        (25, "PT"),
        (26, "IS TR"),
        (27, "FR GR IT MC SM"),
        (28, "AL CY HU PL"),
        (29, "UA"),
        (31, "MT"),
    )
    for country in countries.split()
}
"""How long an account number of a country is; a country that is not listed is checked by its digits alone."""
_SHORTEST, _LONGEST = 15, 34
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_WRITTEN = re.compile(r"(?<![^\W_])(?=([^\W\d_]{2}[ \u00a0\u202f-]?\d{2}(?:[ \u00a0\u202f-]?[^\W_]){11,30}))")
_GAPS = re.compile(r"[ \u00a0\u202f-]")


def iban_is_sound(iban: str) -> bool:
    """Whether length and check digits fit (ISO 13616, modulo 97); upper case, without spaces."""
    if not (_SHORTEST <= len(iban) <= _LONGEST and iban.isascii() and iban.isalnum() and iban[:2].isalpha()):
        return False
    if _LENGTHS.get(iban[:2], len(iban)) != len(iban):
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def bic_is_sound(bic: str) -> bool:
    """Whether it has the form of ISO 9362: eight or eleven signs."""
    return _BIC.fullmatch(bic) is not None


def same_bic(one: str, other: str) -> bool:
    """Whether two name one bank: eight signs are the head office, as are eleven that end in XXX."""
    return one.removesuffix("XXX") == other.removesuffix("XXX")


def grouped(iban: str) -> str:
    """In groups of four, as people read it."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def plain(written: str) -> str:
    """Upper case and without the gaps that people write."""
    return _GAPS.sub("", written).upper()


def ibans_in(text: str) -> Iterator[str]:
    """Every account number that stands in `text`, in plain form: those that check, and those that only look like one.

    A number in letters that look like Latin ones is found too, and stays as it was written.
    """
    seen = set()
    for found in _WRITTEN.finditer(text):
        candidate = _cut(plain(found[1]))
        if candidate and candidate not in seen:
            seen.add(candidate)
            yield candidate


def _cut(candidate: str) -> str:
    """What of a run of signs is the number: words may follow it without a break. "" where it is none."""
    latin = _as_latin(candidate)
    for length in range(len(latin), _SHORTEST - 1, -1):
        if iban_is_sound(latin[:length]):
            return candidate[:length]
    length = _LENGTHS.get(latin[:2], 0)
    body = latin[2:length]
    looks_like_one = _SHORTEST <= length <= len(latin) and sum(sign.isdigit() for sign in body) * 2 > len(body)
    return candidate[:length] if looks_like_one else ""


def _as_latin(text: str) -> str:
    """The text with letters that look like Latin ones, and digits of other scripts, in their place."""
    return "".join(_LATIN.get(sign, sign) for sign in unicodedata.normalize("NFKC", text))


_LATIN: Final = dict(zip("АВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXISJABEZHIKMNOPTYX", strict=True))
