"""What each amount of a mail is for, by the words around it: price, total, shipping, tax, or something else.

Never here: sums (`sums`). An amount whose words say "about", "from" or "per month" is `OPEN`: with one, nothing of the
mail counts as a price.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from vrm_desktop.formats.mail_offer.amounts_in_text import Amount
from vrm_desktop.formats.mail_offer.vocabulary import AFTER, BEFORE, OPEN_AFTER, UNIT_AFTER

_BREAK = re.compile(
    r"\n|[,;:!?|](?=\s)|\.(?=\s+[A-ZÄÖÜ])| [-–—=+] | (?:und|and|plus|or|oder|zzgl\.?|zuzüglich|en|et|dazu|"
    r"abzüglich|with|mit|statt)"
    r"(?=\s)|\(|\)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:(?<![0-9])(?<!\b[a-z])(?<!\bca)(?<!\binkl)(?<!\bincl)(?<!\bNr)(?<!\bzzgl)(?<!MwSt)(?<!USt)(?<!VAT)(?<!\bmtl)(?<!\bStk)(?<!\bexkl)(?<!\bexcl)(?<!\bapprox)(?<!\bmax)(?<!\bmin)(?<!Art)(?<!Tel)(?<!Std)(?<!\bggf)[.!?](?=\s)|\n\s*\n|\n(?=[-*•\t]))"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_SOON = 28
_FAR = 90
_RANGE_BEFORE = re.compile(r"[0-9](?:,-)?\s?(?:€|EUR|£|\$)?\s?(?:-|–|—|bis|to|till|tot|à)\s?$", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"\s?(?:-|–|—|/|bis|to|tot)\s?(?:€|EUR|£|\$)?\s?[0-9]", re.IGNORECASE)


class Role(Enum):
    """What an amount is for."""

    PRICE = auto()
    TOTAL = auto()
    EQUALS = auto()
    NET_TOTAL = auto()
    SHIPPING = auto()
    TAX = auto()
    UNIT = auto()
    DISCOUNT = auto()
    OPEN = auto()
    ASIDE = auto()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Placed:
    """An amount with its role, and the words that stand just before and after it."""

    amount: Amount
    role: Role
    before: str
    after: str


def placed(text: str, amounts: Sequence[Amount]) -> tuple[Placed, ...]:
    """The amounts with their roles. `text` is what the vendor wrote itself."""
    found = []
    for number, amount in enumerate(amounts):
        left = amounts[number - 1].end if number else 0
        right = amounts[number + 1].start if number + 1 < len(amounts) else len(text)
        before = _before(text, left, amount.start, first=number == 0)
        after = _after(text, amount.end, right)
        role = _role(text, amount, before, after)
        found.append(Placed(amount=amount, role=role, before=before, after=after))
    return tuple(found)


def _before(text: str, left: int, start: int, *, first: bool) -> str:
    """The words from the sentence's begin, or from the first break after the amount before, up to the amount."""
    gap = text[max(left, start - _FAR) : start]
    ends = [found.end() for found in _SENTENCE.finditer(gap)]
    gap = gap[ends[-1] :] if ends else gap
    if not first and not ends and start - left <= _FAR:
        split = _BREAK.search(gap)
        gap = gap[split.start() :] if split is not None else gap
    return _unwrapped(gap)


def _after(text: str, end: int, right: int) -> str:
    gap = text[end : min(right, end + _FAR)]
    split = _BREAK.search(gap)
    sentence = _SENTENCE_END.search(gap)
    limit = min(split.start() if split else len(gap), sentence.start() if sentence else len(gap))
    return gap[: min(limit, _SOON if right - end <= _FAR else _FAR)]


def _unwrapped(gap: str) -> str:
    """The last line, with the one before where that was wrapped in mid-sentence."""
    lines = gap.split("\n")
    if len(lines) > 1 and lines[-1][:1].islower():
        return f"{lines[-2]} {lines[-1]}"
    return lines[-1]


def _role(text: str, amount: Amount, before: str, after: str) -> Role:
    if _RANGE_BEFORE.search(text, max(0, amount.start - 16), amount.start) or _RANGE_AFTER.match(text, amount.end):
        return Role.OPEN
    if _asked(text, amount):
        return Role.OPEN
    line = text[amount.end : amount.end + _SOON].partition("\n")[0]
    if OPEN_AFTER.match(line) is not None and UNIT_AFTER.match(line) is None:
        return Role.OPEN
    nearest: tuple[int, Role] | None = None
    for name, pattern in AFTER:
        found = pattern.search(after)
        if found is not None and (nearest is None or found.start() < nearest[0]):
            nearest = (found.start(), Role[name])
    if nearest is not None and nearest[1] in {Role.OPEN, Role.ASIDE, Role.DISCOUNT, Role.UNIT, Role.NET_TOTAL}:
        return nearest[1]
    last: tuple[int, Role] | None = None
    for name, pattern in BEFORE:
        for found in pattern.finditer(before):
            if last is None or found.end() > last[0]:
                last = (found.end(), Role[name])
    if last is not None:
        return last[1]
    return nearest[1] if nearest is not None else Role.PRICE


def _asked(text: str, amount: Amount) -> bool:
    """Whether the amount stands in a question."""
    end = _SENTENCE_END.search(text, amount.end, amount.end + 2 * _FAR)
    return end is not None and text[end.start()] == "?"
