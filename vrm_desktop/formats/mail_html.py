"""What a person sees of an HTML mail, as lines of text; what the mail hides from people is left out and counted.

Hidden: by `hidden`, `display`, `visibility`, `opacity`, size, letters or room of no size, a place far off, or a colour
that is (almost) the background's; by attributes, by `style`, and by rules for one tag, class or id in a style sheet.
Other rules are not known here. Comments, scripts, styles and templates are no text. The standard library's parser reads
once and is never told that the page has ended. Never here: what the text means, and fetching anything.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

MOST_TAGS = 100_000
MOST_RULES = 500
MOST_LINKS = 40
LONGEST_HTML = 2 * 1024 * 1024
LONGEST_LINK = 500
_DEEPEST = 200
_Attributes = list[tuple[str, str | None]]

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905 - a table reads better
_SILENT = frozenset("head script style template noscript title object iframe svg select textarea audio video".split())  # noqa: SIM905 - a table reads better
_LINES = frozenset(
    (
        *("address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_CELLS = frozenset({"td", "th"})
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]*)")
_SELECTOR = re.compile(r"[a-z0-9]*(?:[.#][a-z_-][a-z0-9_-]*)?")
_NUMBER = re.compile(r"(-?[0-9]*\.?[0-9]+)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})(?:[\s,/]+([0-9.]+%?))?\s*\)")
_COLOURS = {"white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "green": "008000"}
_COLOURS |= {"snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5", "ghostwhite": "f8f8ff", "silver": "c0c0c0"}
_ALMOST = 24
_FAR = 900
_UNSEEN = 0.05
_TINY = 2.0
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HtmlText:
    """The lines, how many runs of text were hidden, where links go, and whether a bound ended the reading."""

    text: str
    hidden: int
    links: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """How text at one place looks. `ink` None: of no colour."""

    hidden: bool = False
    invisible: bool = False
    silent: bool = False
    ink: _Colour | None = (0, 0, 0)
    paper: _Colour = (255, 255, 255)
    kept: bool = False

    @property
    def is_seen(self) -> bool:
        if self.hidden or self.invisible or self.ink is None:
            return False
        return sum(abs(a - b) for a, b in zip(self.ink, self.paper, strict=True)) > _ALMOST


class _TooMuch(Exception):
    """A bound is reached."""


@dataclass(slots=True, repr=False)
class _Sheet:
    """Rules of style sheets: a tag, class or id, and what it says."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Read rules outside of at-rules; those inside hold for some screens only."""
        depth, at, start = 0, 0, 0
        selector = ""
        for found in re.finditer(r"[{}]", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).lower()):
            at = found.start()
            if found.group() == "{":
                if depth == 0:
                    selector = found.string[start:at].strip()
                depth, start = depth + 1, at + 1
                continue
            if depth == 1 and not selector.startswith("@"):
                self._rule(selector, found.string[start:at])
            depth, start = max(0, depth - 1), at + 1

    def _rule(self, selectors: str, declarations: str) -> None:
        said = _declarations(declarations)
        for one in selectors.split(",")[:50]:
            selector = one.strip()
            if selector and _SELECTOR.fullmatch(selector) and len(self.rules) < MOST_RULES:
                self.rules.setdefault(selector, {}).update(said)

    def of(self, tag: str, named: dict[str, str]) -> dict[str, str]:
        """What they say of one element."""
        marks = ["", *(f".{one}" for one in named.get("class", "").lower().split()[:20])]
        if named.get("id"):
            marks.append(f"#{named['id'].lower()}")
        said: dict[str, str] = {}
        for mark in marks:
            for selector in (mark, f"{tag}{mark}"):
                said.update(self.rules.get(selector, {}))
        return said


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0
        self.links: dict[str, None] = {}
        self._sheet = _Sheet()
        self._style: list[str] | None = None
        self._tags = 0
        self._open: list[tuple[str, _Look]] = []
        self._named: Counter[str] = Counter()
        self._was_hidden = False

    @property
    def _look(self) -> _Look:
        return self._open[-1][1] if self._open else _Look()

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        """One element begins."""
        self._tags += 1
        if self._tags > MOST_TAGS or len(self._open) > _DEEPEST:
            raise _TooMuch
        if tag == "style":
            self._style = []
        named = {name: value or "" for name, value in reversed(attrs)}
        look = _looking(self._look, tag, named, {**self._sheet.of(tag, named), **_declarations(named.get("style", ""))})
        if tag == "a" and look.is_seen and not look.silent:
            self._link(named.get("href", ""))
        if tag == "br":
            self._space("\n")
        elif tag in _LINES:
            self._line()
        elif tag in _CELLS:
            self._space("\t")
        if tag not in _VOID:
            self._open.append((tag, look))
            self._named[tag] += 1

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        """An element that is closed at once."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """One element ends, and those in it that were left open."""
        if tag == "style" and self._style is not None:
            self._sheet.add("".join(self._style))
            self._style = None
        if tag in _LINES:
            self._line()
        if not self._named[tag]:
            return
        while True:
            closed, _look = self._open.pop()
            self._named[closed] -= 1
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._style is not None:
            self._style.append(data)
            return
        look = self._look
        if look.silent:
            return
        if not look.is_seen:
            if data.strip(_BLANK):
                self.hidden += not self._was_hidden
                self._was_hidden = True
            return
        if data.strip(_BLANK):
            self._was_hidden = False
        self.pieces.append(data if look.kept else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _space(self, sign: str) -> None:
        if not self._look.silent and self._look.is_seen:
            self.pieces.append(sign)

    def _line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self._space("\n")

    def _link(self, address: str) -> None:
        address = address.strip()
        if address.lower().startswith(("https:", "http:", "mailto:", "tel:")) and len(self.links) < MOST_LINKS:
            self.links[address[:LONGEST_LINK]] = None


def read_html(html: str) -> HtmlText:
    """The text of an HTML mail; at most `LONGEST_HTML` characters of it are looked at."""
    reader = _Reader()
    cut = len(html) > LONGEST_HTML
    try:
        reader.feed(html[:LONGEST_HTML])
    except (_TooMuch, AssertionError):  # the parser asserts on declarations that it does not know
        cut = True
    if reader.rawdata and not reader.rawdata.lstrip().startswith("<"):
        reader.handle_data(reader.rawdata)  # words after the last tag wait for an end that is never told
    return HtmlText(text=_lines("".join(reader.pieces)), hidden=reader.hidden, links=tuple(reader.links), cut=cut)


_BLANK = " \t\r\n\f\xa0\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u2007\u2009\u200a\u200e\u200f"


def _lines(text: str) -> str:
    lines = (re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \xa0]+", " ", line)).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _looking(before: _Look, tag: str, named: dict[str, str], style: dict[str, str]) -> _Look:
    look = before
    if tag in _SILENT:
        look = replace(look, silent=True)
    if tag == "pre" or style.get("white-space", "").startswith("pre"):
        look = replace(look, kept=True)
    if "hidden" in named or _is_hidden(style):
        look = replace(look, hidden=True)
    if style.get("visibility"):
        look = replace(look, invisible=style["visibility"] in {"hidden", "collapse"})
    paper = style.get("background-color") or style.get("background") or named.get("bgcolor", "")
    ink = style.get("color") or named.get("color" if tag == "font" else "text", "") if tag != "img" else ""
    if (seen := _colour(paper)) is not None and seen[1]:
        look = replace(look, paper=seen[0])
    if ink and (seen := _colour(ink)) is not None:
        look = replace(look, ink=seen[0] if seen[1] else None)
    return look


def _is_hidden(style: dict[str, str]) -> bool:
    if style.get("display") == "none":
        return True
    if style.get("mso-hide") == "all" or _at_most(style.get("opacity"), _UNSEEN):
        return True
    font = style.get("font-size") or next(
        iter(re.findall(r"(?<![\w.])([0-9.]+(?:px|pt|em))", style.get("font", ""))), None
    )
    if font is not None and (_at_most(font, 0.0) or (font.endswith(("px", "pt")) and _at_most(font, _TINY))):
        return True
    if "hidden" in style.get("overflow", "") and any(
        _at_most(style.get(name), 1.0) for name in ("max-height", "height", "max-width", "width")
    ):
        return True
    if any(_at_most(style.get(name), -_FAR) for name in ("text-indent", "left", "top", "margin-left", "margin-top")):
        return True
    clip = re.sub(r"[\s,]+", ",", style.get("clip", "").replace("px", ""))
    return clip.startswith(("rect(0,0,0,0", "rect(1,1,1,1")) or "scale(0)" in style.get("transform", "")


def _at_most(value: str | None, most: float) -> bool:
    """Whether a length or number is there and not above `most`; percentages count as they stand."""
    found = _NUMBER.match(value.strip()) if value else None
    return found is not None and float(found.group(1)) <= most


def _declarations(text: str) -> dict[str, str]:
    said = (_DECLARATION.match(one) for one in text.lower()[:4_000].split(";"))
    return {one.group(1): one.group(2).replace("!important", "").strip() for one in said if one is not None}


def _colour(text: str) -> tuple[_Colour, bool] | None:
    """A colour, and whether anything of it is seen; None where none is named that is known here."""
    text = text.strip().lower()
    if text == "transparent":
        return (255, 255, 255), False
    if (found := _RGB.match(text)) is not None:
        red, green, blue, alpha = found.groups()
        return (min(int(red), 255), min(int(green), 255), min(int(blue), 255)), not _at_most(alpha, _UNSEEN)
    word = text.split()[0] if text else ""
    word = f"#{_COLOURS[word]}" if word in _COLOURS else word
    if (found := _HEX.fullmatch(word if word.startswith("#") else f"#{word}")) is None:
        return None
    digits = found.group(1)
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    seen = len(digits) == 6 or int(digits[6:], 16) > 12
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)), seen
