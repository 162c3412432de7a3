"""Templates of letters as plain text: `[flag>text]` stands only where the flag is on, `{variable}` is filled in.

The format is the one that public collections of such letters use; `<italic>` marks are left out. A variable that nobody
fills stays visible as an open place, and says what belongs there. Never here: which letter uses which template.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from vrm_desktop.formats.errors import NotATemplate

LONGEST = 64 * 1024
OPEN_LEFT, OPEN_RIGHT = "⟦", "⟧"
"""What an open place stands between; nobody types these signs by accident."""

_TOKEN = re.compile(r"\[(?P<flag>[a-z_]+)>|\{(?P<variable>[^{}\n]{1,600})\}|</?italic>|\[|\]")
_BLANKS = re.compile(r"\n{3,}")
_PLACE = re.compile(f"{OPEN_LEFT}([^{OPEN_LEFT}{OPEN_RIGHT}]*){OPEN_RIGHT}")
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Flagged:
    """What stands in the brackets of one flag; "" is a bracket that is only a bracket, or the whole text."""

    flag: str
    parts: "list[str | _Variable | _Flagged]"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Variable:
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """A template that was read."""

    _whole: _Flagged

    @property
    def variables(self) -> frozenset[str]:
        """The names of all its variables."""
        return frozenset(part.name for part in _all(self._whole) if isinstance(part, _Variable))

    @property
    def flags(self) -> frozenset[str]:
        """The names of all its flags."""
        return frozenset(part.flag for part in _all(self._whole) if isinstance(part, _Flagged) and part.flag)

    def render(self, flags: Collection[str], values: Mapping[str, str]) -> str:
        """The text with these flags on; variables without a value stay as open places.

        What is filled in stays as it is: brackets and braces in it mean nothing.
        """
        text = "".join(_rendered(self._whole, flags, values))
        lines = "\n".join(line.rstrip() for line in text.splitlines())
        return _BLANKS.sub("\n\n", lines).strip() + "\n"


def read_template(text: str) -> Template:
    """The template in a text.

    Raises:
        NotATemplate: larger than 64 KiB, brackets that do not fit, or nested deeper than 20.
    """
    if len(text) > LONGEST:
        raise NotATemplate("larger than 64 KiB")
    whole = _Flagged(flag="", parts=[])
    open_now, at = [whole], 0
    for match in _TOKEN.finditer(text):
        parts = open_now[-1].parts
        parts.append(text[at : match.start()])
        at = match.end()
        sign = match.group()
        if (flag := match.group("flag")) is not None or sign == "[":
            inner = _Flagged(flag=flag or "", parts=[] if flag else ["["])
            parts.append(inner)
            open_now.append(inner)
            if len(open_now) > _DEEPEST:
                raise NotATemplate("nested too deep")
        elif sign == "]":
            closed = open_now.pop()
            if not open_now:
                raise NotATemplate("a bracket closes that never opened")
            if not closed.flag:
                closed.parts.append("]")
        elif (name := match.group("variable")) is not None:
            parts.append(_Variable(name=name))
    if len(open_now) > 1:
        raise NotATemplate("a bracket never closes")
    whole.parts.append(text[at:])
    return Template(whole)


def open_places(text: str) -> tuple[str, ...]:
    """What still has to be filled in, in a text that came from a template."""
    return tuple(_PLACE.findall(text))


def _all(flagged: _Flagged) -> "Iterator[str | _Variable | _Flagged]":
    for part in flagged.parts:
        yield part
        if isinstance(part, _Flagged):
            yield from _all(part)


def _rendered(flagged: _Flagged, flags: Collection[str], values: Mapping[str, str]) -> Iterator[str]:
    for part in flagged.parts:
        match part:
            case str():
                yield part
            case _Variable(name=name):
                yield values.get(name, f"{OPEN_LEFT}{name}{OPEN_RIGHT}")
            case _Flagged(flag=flag) if not flag or flag in flags:
                yield from _rendered(part, flags, values)
            case _Flagged():
                pass
