"""What is wanted: category words, what negates or modifies them, and the attributes that single words say.

A category is a chip only when exactly one is meant: words behind "for" and "with" do not count, a thing for the thing
("bike rack", "laptop bag") is not the thing. Never here: the title, measures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from vrm_desktop.domain.categories import CATEGORIES, Category, CategoryKind
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Field, Why
from vrm_desktop.formats.typed_line.misspelling import close_to
from vrm_desktop.formats.typed_line.modifiers import ACCESSORIES, MODIFIERS, PLAIN_FOLLOWERS, TURNING_PREFIXES
from vrm_desktop.formats.typed_line.vocabulary_de import CAPITALISED, GERMAN, HEADS, NOT_HEADS
from vrm_desktop.formats.typed_line.vocabulary_en import ENGLISH
from vrm_desktop.formats.typed_line.words import Line, Match, PhraseTable, fold, keys_of

_NEGATION: Final = re.compile(
    r"(?<![^\W_])(?:no|not|non|without|kein(?:e[nmrs]?)?|ohne|nicht)(?:\s+(?:an?|any|zu|the|ein(?:e[nmr]?)?))?[\s-]*$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?<![^\W_])(?:for|with|without|instead of|like|from|to|into|of|on|by|für|mit|ohne|statt|anstatt|zu|zum|zur|aus"
    r"|wie|von|im|am|beim|about|about my|"
    r"compatible with|passend)\s",
    re.IGNORECASE,
)
_REPAIR: Final = re.compile(
    r"(?<![^\W_])(?:repair(?:s|ed|ing)?|fix(?:ed|ing)?|mend(?:ed|ing)?|broken|reparatur|reparieren|repariert|defekt"
    r"|kaputt|kaputte[nrs]?)(?![^\W_])",
    re.IGNORECASE,
)
_RENT: Final = re.compile(
    r"(?<![^\W_])(?:rent|renting|rental|hire|lease|leasing|borrow|mieten|miete|leihen|ausleihen|verleih"
    r"|leasen)(?![^\W_])|(?<![^\W_])(?:for|für)\s(?:an?|one|two|three|ein(?:en?)?|zwei|drei|[0-9]{1,2})"
    r"\s(?:days?|weeks?|weekend|months?|tage?|wochen?|wochenende|monate?)(?![^\W_])",
    re.IGNORECASE,
)
_NOT_A_WANT: Final = re.compile(
    r"(?<![^\W_])(?:sell|selling|for sale|cancel|terminate|give away|verkaufe|verkaufen|zu verkaufen|verschenke"
    r"|verschenken|kündigen|kuendigen|kündige"
    r"|kündigung|biete|biete an|vermiete)(?![^\W_])",
    re.IGNORECASE,
)
_PAINT_ROOMS: Final = re.compile(
    r"(?<![^\W_])paint(?:ing|ed)?\s(?:\S+\s){0,3}?(?:rooms?|walls?|flat|house|kitchen|bathroom|bedrooms?|ceilings?"
    r"|apartment|fence|door|living room|hallway|stairs)(?![^\W_])"
    r"|(?<![^\W_])(?:rooms?|walls?|flat|house|kitchen|bathroom|bedrooms?|ceilings?|apartment|fence"
    r"|hallway)\s(?:to be )?painted(?![^\W_])",
    re.IGNORECASE,
)
_CLEAN_ROOMS: Final = re.compile(
    r"(?<![^\W_])clean(?:ing)?\s(?:\S+\s){0,3}?(?:rooms?|flat|house|kitchen|windows?|apartment|office"
    r"|carpets?)(?![^\W_])"
    r"|(?<![^\W_])(?:rooms?|flat|house|kitchen|windows?|apartment|office|carpets?)\s(?:to be )?cleaned(?![^\W_])",
    re.IGNORECASE,
)
_VERBS: Final = ((_PAINT_ROOMS, "home.painting"), (_CLEAN_ROOMS, "services.cleaning"))
_REPAIRED: Final = {
    "mobility.bicycle": "mobility.bicycle-repair",
    "mobility.car": "mobility.car-repair",
    "services.heating": "services.heating",
}
_REPAIRERS: Final = frozenset({"mobility.bicycle-repair", "mobility.car-repair", "services.repair", "services.roofing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What one phrase says: a category id and attributes."""

    category: str
    attributes: tuple[tuple[str, str], ...] = ()


def _rows(table: str) -> Iterator[tuple[str, Want]]:
    for row in table.strip().splitlines():
        names, _, said = row.partition(" = ")
        category, *pairs = said.split()
        attributes = tuple((key, value) for key, _, value in (pair.partition("=") for pair in pairs))
        for name in names.split("|"):
            yield name, Want(category=category, attributes=attributes)


def _plural(name: str) -> str:
    if name.endswith(("s", "x", "ch", "sh")):
        return name + "es"
    return name[:-1] + "ies" if name.endswith("y") and name[-2] not in "aeiou" else name + "s"


def _phrases() -> Iterator[tuple[str, Want]]:
    for name, want in _rows(ENGLISH):
        yield name, want
        yield _plural(name), want
    yield from _rows(GERMAN)


_WANTS: Final = PhraseTable[Want](_phrases())
_ENDINGS: Final = tuple((fold(name), want) for name, want in _rows(HEADS))
_GERMAN_ONLY: Final = frozenset(keys_of(name) for name, _ in _rows(GERMAN)) - frozenset(
    keys_of(spelled) for name, _ in _rows(ENGLISH) for spelled in (name, _plural(name))
)
_INFINITIVES: Final = ("en", "ern", "eln")
_LONG_WORDS: Final = tuple(sorted({key for key in _WANTS.single_words() if len(key) >= 6}))


def is_a_want(line: Line) -> bool:
    """Whether the line asks for something; asks back when it rather sells or cancels."""
    match = _NOT_A_WANT.search(line.text)
    if match is None:
        return True
    line.ask(Field.WHAT, Why.NOT_A_WANT, source=match.group())
    return False


def read_category(line: Line) -> tuple[Category | None, tuple[Match[Want], ...]]:
    """The one category as a chip, or a question; also the matched words that named it. Leaves them to the title."""
    matches = _matches(line)
    named = [match for match in matches if not _negated(line, match)]
    heads = [match for match in named if not _behind(line, match)] or _heads_anyway(line, named)
    categories = list(dict.fromkeys(match.meaning.category for match in heads))
    repair = _REPAIR.search(line.text)
    if repair is not None and len(categories) == 1 and categories[0] not in _REPAIRERS:
        turned = _REPAIRED.get(categories[0])
        is_goods = CATEGORIES[categories[0]].kind is CategoryKind.GOODS
        categories = [turned or ("services.repair" if is_goods else categories[0])]
    if len(categories) != 1:
        _ask(line, heads, categories)
        return None, ()
    chosen = CATEGORIES[categories[0]]
    firsts = {match.first for match in matches}
    unsure = next((m for m in heads if m.last + 1 not in firsts and _is_part_of_other(line, m)), None)
    rents = _RENT.search(line.text) is not None and chosen.kind is CategoryKind.GOODS
    if unsure is not None or rents:
        other = "other.service" if rents else "other.goods"
        source = line.text[heads[0].start : heads[-1].end]
        line.ask(Field.CATEGORY, Why.SEVERAL, source=source, choices=(chosen.id, other))
        return None, ()
    line.add(Field.CATEGORY, chosen.id, heads[0].start, heads[0].end)
    _say_attributes(line, chosen, heads, matches)
    return chosen, tuple(heads)


def _matches(line: Line) -> list[Match[Want]]:
    found = []
    for match in _WANTS.find(line):
        if line.text[match.start : match.end] in CAPITALISED:
            continue
        found += [
            Match(start=match.start, end=match.end, first=match.first, last=match.last, meaning=want)
            for want in match.meaning
        ]
    covered = {number for match in found for number in range(match.first, match.last + 1)}
    for number, word in enumerate(line.words):
        if number in covered or not line.free(word.start, word.end) or word.key in NOT_HEADS:
            continue
        ending = next((want for end, want in _ENDINGS if word.key.endswith(end) and len(word.key) > len(end) + 1), None)
        if ending is not None:
            found.append(Match(start=word.start, end=word.end, first=number, last=number, meaning=ending))
    for pattern, category in _VERBS:
        for verb in pattern.finditer(line.text):
            numbers = [n for n, word in enumerate(line.words) if verb.start() <= word.start < verb.end()]
            if numbers and line.free(verb.start(), verb.end()):
                want = Want(category=category)
                found = [match for match in found if not verb.start() <= match.start < verb.end()]
                found.append(
                    Match(start=verb.start(), end=verb.end(), first=numbers[0], last=numbers[-1], meaning=want)
                )
    return sorted(found, key=lambda match: match.start)


def _negated(line: Line, match: Match[Want]) -> bool:
    return _NEGATION.search(line.text, 0, match.start) is not None


def _behind(line: Line, match: Match[Want]) -> bool:
    """Whether a preposition earlier in the same part of the line makes this word a mere modifier."""
    start, _ = line.segment(match.start)
    for preposition in _BEHIND.finditer(line.text, start, match.start):
        if line.free(preposition.start(), preposition.end()):
            return True
    return False


def _heads_anyway(line: Line, named: list[Match[Want]]) -> list[Match[Want]]:
    """Words behind a preposition count when nothing else in front of it could be the thing."""
    heads = []
    for match in named:
        start, _ = line.segment(match.start)
        before = [word for word in line.words if start <= word.start < match.start and line.free(word.start, word.end)]
        if all(word.key in PLAIN_FOLLOWERS or word.key.isdigit() for word in before):
            heads.append(match)
    return heads[:1]


def _ask(line: Line, heads: list[Match[Want]], categories: list[str]) -> None:
    if categories:
        source = line.text[heads[0].start : heads[-1].end]
        line.ask(Field.CATEGORY, Why.SEVERAL, source=source, choices=categories)
        return
    for word in line.words:
        guess = close_to(word.key, _LONG_WORDS) if len(word.key) >= 6 and line.free(word.start, word.end) else None
        if guess is not None:
            want = next(want for name, want in _phrases() if keys_of(name) == (guess,))
            line.ask(Field.CATEGORY, Why.MISSPELLED, source=word.text, choices=(want.category,))
            return
    line.ask(Field.CATEGORY, Why.NOT_SAID, choices=("other.goods", "other.service"))


def _is_part_of_other(line: Line, match: Match[Want]) -> bool:
    """Whether a word beside it makes this another thing ("bike rack", "dog bed") or a service ("Klavier stimmen")."""
    if CATEGORIES[match.meaning.category].kind is not CategoryKind.GOODS:
        return False
    before = match.first - 1
    if before >= 0 and line.words[before].key in TURNING_PREFIXES and line.glued(before, match.first):
        return True
    following = match.last + 1
    if following >= len(line.words) or not line.glued(match.last, following):
        return False
    word = line.words[following]
    if not line.free(word.start, word.end):
        return False
    if word.key in ACCESSORIES or word.key.rstrip("s") in ACCESSORIES:
        return True
    keys = tuple(one.key for one in line.words[match.first : match.last + 1])
    if word.key in PLAIN_FOLLOWERS or word.text in MODIFIERS or not word.text.islower():
        return False
    return keys not in _GERMAN_ONLY or word.key.endswith(_INFINITIVES)


def _say_attributes(line: Line, chosen: Category, heads: Iterable[Match[Want]], matches: list[Match[Want]]) -> None:
    own = {attribute.key: attribute.values for attribute in chosen.attributes}
    said: dict[str, dict[str, tuple[int, int]]] = {}
    for key, value, span in (*_said_by_names(line, heads, matches), *_said_by_modifiers(line)):
        if value in own.get(key, ()):
            said.setdefault(key, {}).setdefault(value, span)
    for key, values in said.items():
        first, last = min(start for start, _ in values.values()), max(end for _, end in values.values())
        choices = [AttributeValue(key=key, value=value) for value in values]
        if len(choices) == 1:
            line.add(Field.ATTRIBUTE, choices[0], first, last)
        else:
            line.ask(Field.ATTRIBUTE, Why.CONFLICT, source=line.text[first:last], choices=choices, key=key)


def _said_by_names(
    line: Line, heads: Iterable[Match[Want]], matches: list[Match[Want]]
) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """What the thing's own name says ("road bike"), and "no" for what a negated name says ("no e-bike")."""
    for head in heads:
        for key, value in head.meaning.attributes:
            yield key, value, (head.start, head.end)
    for match in matches:
        if _negated(line, match):
            for key, value in match.meaning.attributes:
                if value == "yes":
                    yield key, "no", (match.start, match.end)


def _said_by_modifiers(line: Line) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """What other words of the line say ("wireless"); negated, only what has just two values."""
    for modifier in MODIFIERS.find(line):
        negated = _NEGATION.search(line.text, 0, modifier.start) is not None
        for key, value in modifier.meaning:
            span = (modifier.start, modifier.end)
            if not negated:
                yield key, value, span
            elif value in ("yes", "no"):
                yield key, "no" if value == "yes" else "yes", span
