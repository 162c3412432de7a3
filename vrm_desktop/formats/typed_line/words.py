"""The line being read: its text, its words with their places, and which of its characters a reading already took.

Also phrase tables, which find the longest known phrase at each word. Never here: what any phrase means.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from vrm_desktop.formats.typed_line.meaning import Chip, Field, Question, Value, Why

LONGEST_LINE = 400
"""Characters; a longer line is not read at all."""

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_GLUE = re.compile(r"[ \-–/.('’]{0,3}")
_SEGMENT_END = re.compile(r"[;!?]|,(?![0-9])|(?<![0-9]),|\.(?=\s+\D)|\s[-–—]\s")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae"})

T = TypeVar("T")


def cleaned(text: str) -> str:
    """The text composed (NFC), each control, format or line-breaking character replaced by one space."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if _unprintable(unicodedata.category(sign)) else sign for sign in composed)


def _unprintable(kind: str) -> bool:
    return kind[0] == "C" or kind in ("Zl", "Zp")


def fold(word: str) -> str:
    """The word as tables hold it: lower case, umlauts written out, without accents."""
    spelled = unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS)
    return "".join(sign for sign in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(sign))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Word:
    """A run of letters or of digits at `start` to `end`; `key` is its folded form."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Match(Generic[T]):
    """A phrase found: words number `first` to `last` (inclusive), characters `start` to `end`, and its meaning."""

    start: int
    end: int
    first: int
    last: int
    meaning: T


@dataclass(slots=True, kw_only=True, repr=False)
class Line:
    """One line while it is read. Readings claim what they understood, so that nothing is read twice."""

    text: str
    words: tuple[Word, ...] = field(init=False)
    chips: list[Chip] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _taken: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        self._taken = [False] * len(self.text)
        self.words = tuple(
            Word(text=found.group(), key=fold(found.group()), start=found.start(), end=found.end())
            for found in _WORD.finditer(self.text)
        )

    def free(self, start: int, end: int) -> bool:
        """Whether no reading took any of these characters."""
        return not any(self._taken[start:end])

    def take(self, start: int, end: int) -> None:
        """Mark these characters as understood; they will not be part of the title."""
        self._taken[start:end] = [True] * (end - start)

    def add(self, field_: Field, value: Value, start: int, end: int) -> None:
        """Keep a chip read from these characters."""
        source = self.text[start:end]
        self.chips.append(Chip(field=field_, value=value, start=start, end=end, source=source))

    def ask(self, field_: Field, why: Why, *, source: str = "", choices: Iterable[Value] = (), key: str = "") -> None:
        """Keep a question, one per field and key: the first reason stands."""
        if not self.asks(field_, key):
            choice = tuple(dict.fromkeys(choices))
            self.questions.append(Question(field=field_, why=why, source=source.strip(), choices=choice, key=key))

    def asks(self, field_: Field, key: str = "") -> bool:
        """Whether the field is already asked back."""
        return any(question.field is field_ and question.key == key for question in self.questions)

    def glued(self, left: int, right: int) -> bool:
        """Whether the words number `left` and `right` stand side by side in one phrase."""
        return _GLUE.fullmatch(self.text, self.words[left].end, self.words[right].start) is not None

    def segment(self, position: int) -> tuple[int, int]:
        """The part of the line between commas (and the like) around this character."""
        start = 0
        for mark in _SEGMENT_END.finditer(self.text):
            if mark.start() >= position:
                return start, mark.start()
            start = mark.end()
        return start, len(self.text)

    def remaining(self) -> str:
        """The text with a tab for each character that was taken: same length, same places."""
        return "".join("\t" if taken else sign for sign, taken in zip(self.text, self._taken, strict=True))


def keys_of(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase."""
    return tuple(fold(found) for found in _WORD.findall(phrase))


class PhraseTable(Generic[T]):
    """Known phrases and what each stands for; a phrase may stand for several things."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[tuple[str, ...], list[T]] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, meaning in phrases:
            keys = keys_of(phrase)
            meanings = self._meanings.setdefault(keys, [])
            if meaning not in meanings:
                meanings.append(meaning)
            lengths = self._lengths.setdefault(keys[0], [])
            if len(keys) not in lengths:
                lengths.append(len(keys))
                lengths.sort(reverse=True)

    def __contains__(self, phrase: str) -> bool:
        return keys_of(phrase) in self._meanings

    def single_words(self) -> Iterator[str]:
        """The phrases of one word, folded."""
        return (keys[0] for keys in self._meanings if len(keys) == 1)

    def find(self, line: Line) -> Iterator[Match[tuple[T, ...]]]:
        """The longest phrases over untaken characters, left to right, none overlapping another."""
        position = 0
        while position < len(line.words):
            found = self._at(line, position)
            if found is None:
                position += 1
            else:
                yield found
                position = found.last + 1

    def _at(self, line: Line, first: int) -> Match[tuple[T, ...]] | None:
        for length in self._lengths.get(line.words[first].key, ()):
            last = first + length - 1
            if last >= len(line.words):
                continue
            keys = tuple(word.key for word in line.words[first : last + 1])
            if keys not in self._meanings or not all(line.glued(n, n + 1) for n in range(first, last)):
                continue
            start, end = line.words[first].start, line.words[last].end
            if line.free(start, end):
                meaning = tuple(self._meanings[keys])
                return Match(start=start, end=end, first=first, last=last, meaning=meaning)
        return None
