"""What an HTML page holds for machines: its JSON-LD scripts, and its microdata in the same shape.

The standard library's parser reads the page once and is never told that the page has ended: only its care for broken
ends takes more than linear time. Scripts are text here. Never here: what a member means; `itemref`; styles, so that
what a page hides from people is read like the rest.
"""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from vrm_desktop.canon.loose_json import Loose, read_loose

MOST_TAGS = 200_000
MOST_SCRIPTS = 64
MOST_ITEMS = 2_000
DEEPEST_ITEM = 16
_LONGEST_TEXT = 2_000
_MOST_OPEN_TEXTS = 32
_MOST_PIECES = 200
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905 - a table reads better
_Attributes = list[tuple[str, str | None]]
_Item = dict[str, Loose]


@dataclass(slots=True, repr=False)
class _Open:
    """An element that is not closed yet; `item` if it is one, `into` and `texts` if its text is a member's value."""

    tag: str
    item: _Item | None = None
    into: _Item | None = None
    names: tuple[str, ...] = ()
    texts: list[str] = field(default_factory=list)


class _TooMuch(Exception):
    """A bound is reached."""


class _Reader(HTMLParser):
    """Collects scripts and items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Loose] = []
        self.more = False
        self._scripts = 0
        self._items = 0
        self._tags = 0
        self._script: list[str] | None = None
        self._open: list[_Open] = []
        self._named: Counter[str] = Counter()
        self._within: list[_Item] = []
        self._listening: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """One element begins."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise _TooMuch
        named = {name: value or "" for name, value in reversed(attrs)}  # of an attribute given twice the first stands
        if tag == "script" and "application/ld+json" in named.get("type", "").lower():
            self._scripts += 1
            self._script = []
            return
        opened = _Open(tag=tag)
        names = tuple(named.get("itemprop", "").split()[:8])
        item = self._item(named) if "itemscope" in named else None
        if item is not None:
            opened.item = item
            self._give(names, item)
            if not names or not self._within:
                self.nodes.append(item)
        elif names and self._within:
            said = _said(tag, named)
            if said is not None:
                self._give(names, said)
            elif tag not in _VOID and len(self._listening) < _MOST_OPEN_TEXTS:
                opened.into, opened.names = self._within[-1], names
                self._listening.append(opened)
        if tag in _VOID:
            return
        self._open.append(opened)
        self._named[tag] += 1
        if item is not None:
            self._within.append(item)

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        """An element that is closed at once, as XHTML has it: it holds nothing."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """One element ends, and those in it that were left open."""
        if tag == "script" and self._script is not None:
            text, self._script = "".join(self._script), None
            if self._scripts > MOST_SCRIPTS:
                raise _TooMuch
            self.nodes.append(read_loose(text))
            return
        if not self._named[tag]:
            return
        while True:
            closed = self._open.pop()
            self._named[closed.tag] -= 1
            self._close(closed)
            if closed.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text: of a script, or of the members whose elements are open."""
        if self._script is not None:
            self._script.append(data)
            return
        for one in self._listening:
            if len(one.texts) < _MOST_PIECES:
                one.texts.append(data[:_LONGEST_TEXT])

    def _item(self, named: dict[str, str]) -> _Item:
        self._items += 1
        if self._items > MOST_ITEMS or len(self._within) >= DEEPEST_ITEM:
            raise _TooMuch
        types: list[Loose] = list(named.get("itemtype", "").split()[:8])
        return {"@type": types}

    def _give(self, names: tuple[str, ...], value: Loose) -> None:
        if self._within:
            _put(self._within[-1], names, value)

    def _close(self, closed: _Open) -> None:
        if closed.item is not None:
            self._within.pop()
        if closed.into is not None:
            self._listening.remove(closed)
            _put(closed.into, closed.names, "".join(closed.texts)[:_LONGEST_TEXT])


def _put(item: _Item, names: tuple[str, ...], value: Loose) -> None:
    for name in names:
        there = item.setdefault(name, [])
        if isinstance(there, list) and not name.startswith("@"):
            there.append(value)


def _said(tag: str, named: dict[str, str]) -> str | None:
    """The value that an element's attributes say; None where it is the element's text."""
    if "content" in named:
        return named["content"]
    if tag in {"link", "a", "area"}:
        return named.get("href", "")
    if tag in {"data", "meter"}:
        return named.get("value", "")
    return named.get("datetime") if tag == "time" else None


def read_markup(text: str) -> tuple[list[Loose], bool]:
    """The page's values in its order, and whether a bound or a broken declaration ended the reading early."""
    reader = _Reader()
    try:
        reader.feed(text)
    except (_TooMuch, AssertionError):  # the parser asserts on declarations that it does not know
        return reader.nodes, True
    return reader.nodes, False
