"""How many: "4 chairs", "zwei Stühle", "3x", "3 Stück". Never here: rooms, people, nights (they are attributes)."""

import re
from typing import Final, TypeVar

from vrm_desktop.domain.categories import Category, CategoryKind
from vrm_desktop.formats.typed_line.meaning import Field, Why
from vrm_desktop.formats.typed_line.measures import Measure
from vrm_desktop.formats.typed_line.modifiers import PLAIN_FOLLOWERS
from vrm_desktop.formats.typed_line.numbers import WORDS, read_count
from vrm_desktop.formats.typed_line.words import Line, Match, keys_of

T = TypeVar("T")

_LARGEST: Final = 99
_SMALLEST_BARE_PRICE: Final = 20
_PIECES: Final = re.compile(
    r"(?<![^\W_])(?<![0-9][.,])(?P<count>[0-9]{1,2}|two|three|four|five|six|eight|ten|zwei|drei|vier|fünf|sechs|acht"
    r"|zehn)"
    r"(?:\s?[x×](?=\s)(?!\s(?:im|pro|per|a|in|die|am|täglich|weekly|monthly|[0-9]))|\s?(?:stück|stk\.?|pcs\.?|pieces"
    r"|exemplare|of them|units)(?![^\W_])(?:\s(?:of|von)(?![^\W_]))?)",
    re.IGNORECASE,
)
_RANGE_TAIL: Final = re.compile(r"\s?(?:-|–|to|bis|or|oder)\s?[0-9]+(?![^\W_])")
_TICKETS: Final = re.compile(
    r"(?<![^\W_])(?P<count>[0-9]{1,2}|two|three|four|zwei|drei|vier)\s(?=(?:tickets?|karten"
    r"|eintrittskarten)(?![^\W_]))",
    re.IGNORECASE,
)


def read_quantity(
    line: Line, category: Category | None, heads: tuple[Match[T], ...], measures: tuple[Measure, ...]
) -> None:
    """The number of things as a chip; takes its words."""
    found: dict[int, tuple[int, int]] = {}
    for pattern in (_PIECES, _TICKETS):
        for match in pattern.finditer(line.text):
            count = read_count(match["count"])
            if count is not None and 1 <= count <= _LARGEST and line.free(match.start(), match.end()):
                found.setdefault(count, (match.start(), match.end()))
    if not found and category is not None and category.kind is CategoryKind.GOODS:
        for head in heads:
            counted = _before(line, head)
            if counted is not None and not _measured(measures, *counted[1]):
                found.setdefault(*counted)
    if len(found) > 1:
        line.ask(Field.QUANTITY, Why.CONFLICT, choices=found)
    for count, (start, end) in found.items():
        line.take(start, end)
        if len(found) == 1:
            line.add(Field.QUANTITY, count, start, end)


def ask_bare_number(
    line: Line, category: Category | None, heads: tuple[Match[T], ...], measures: tuple[Measure, ...]
) -> None:
    """A number that stands alone or right behind a chip may well be a price: ask. For lines without any price."""
    if line.asks(Field.PRICE_CAP):
        return
    if category is not None and category.id == "clothing.shoes":
        return
    ends = {head.last for head in heads if not any(sign.isdigit() for sign in line.text[head.start : head.end])}
    for number, word in enumerate(line.words):
        if not word.key.isdigit() or int(word.key) < _SMALLEST_BARE_PRICE or not line.free(word.start, word.end):
            continue
        if _measured(measures, word.start, word.end):
            continue
        tail = _RANGE_TAIL.match(line.text, word.end)
        number_end = tail.end() if tail is not None else word.end
        start, end = line.segment(word.start)
        remaining = line.remaining()
        alone = remaining[start:end].replace("\t", " ").strip(" .:-") == line.text[word.start : number_end]
        chip_before = remaining[start : word.start].rstrip(" ").endswith("\t") and not remaining[number_end:end].strip()
        behind = (number - 1 in ends and line.glued(number - 1, number)) or chip_before
        followed = number + 1 < len(line.words) and line.words[number + 1].start == word.end
        if (alone or behind) and not followed:
            line.ask(Field.PRICE_CAP, Why.BARE_NUMBER, source=line.text[word.start : number_end])
            line.take(word.start, number_end)
            return


def _measured(measures: tuple[Measure, ...], start: int, end: int) -> bool:
    return any(measure.start < end and start < measure.end for measure in measures)


def _before(line: Line, head: Match[T]) -> tuple[int, tuple[int, int]] | None:
    for number in range(head.first - 1, max(head.first - 4, -1), -1):
        word = line.words[number]
        if not line.glued(number, number + 1):
            return None
        if not line.free(word.start, word.end):
            continue
        count = int(word.key) if word.key.isdigit() and len(word.key) <= 2 else WORDS.get(word.key)
        unit = line.words[number + 1].text
        if count is not None and 2 <= count <= _LARGEST and line.text[word.end] == " " and unit not in ("cm", "inch"):
            return count, (word.start, word.end)
        if word.key.isdigit() or word.key in PLAIN_FOLLOWERS - _ADJECTIVES:
            return None
    return None


_ADJECTIVES: Final = frozenset(
    keys_of(
        "used new old cheap good nice small big large black white red blue green grey brown wooden leather gute "
        "guenstige kleine grosse schwarze weisse alte"
    )
)
