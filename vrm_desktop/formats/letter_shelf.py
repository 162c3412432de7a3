"""A folder of letter templates: one folder for each language, one text file for each template.

Our own folder has a file `phrases.txt` beside them (`name: phrase`) with subjects and short sentences. A folder of
somebody else's may lack anything; what cannot be read in it is named. Never here: which letter needs which template.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vrm_desktop.formats.errors import FileUnreadable, NotATemplate
from vrm_desktop.formats.letter_template import LONGEST, Template, read_template

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?")
_NAME = re.compile(r"[a-z0-9-]{1,60}")
_MOST_LANGUAGES = 60
_MOST_FILES = 100
_PHRASES = "phrases"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Shelf:
    """Templates by language and name; `unreadable` names the files that are no templates."""

    templates: Mapping[tuple[str, str], Template]
    phrases: Mapping[tuple[str, str], str]
    unreadable: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are templates in."""
        return tuple(sorted({language for language, _name in self.templates}))

    def names(self, language: str) -> tuple[str, ...]:
        """The names of the templates in one language."""
        return tuple(sorted(name for one, name in self.templates if one == language))


EMPTY = Shelf(templates={}, phrases={})


def read_shelf(folder: Path) -> Shelf:
    """All templates in a folder of folders.

    Raises:
        FileUnreadable: no such folder, or nothing in it that is a template.
    """
    templates: dict[tuple[str, str], Template] = {}
    phrases: dict[tuple[str, str], str] = {}
    unreadable: list[str] = []
    try:
        languages = sorted(one for one in folder.iterdir() if _LANGUAGE.fullmatch(one.name) and one.is_dir())
        for language in languages[:_MOST_LANGUAGES]:
            for file in sorted(language.glob("*.txt"))[:_MOST_FILES]:
                if not _NAME.fullmatch(file.stem):
                    continue
                try:
                    text = _text(file)
                    if file.stem == _PHRASES:
                        phrases |= {(language.name, name): phrase for name, phrase in _phrases(text)}
                    else:
                        templates[language.name, file.stem] = read_template(text)
                except (FileUnreadable, NotATemplate):
                    unreadable.append(f"{language.name}/{file.name}")
    except OSError as error:
        raise FileUnreadable(str(error)) from error
    if not templates:
        raise FileUnreadable("no templates in this folder")
    return Shelf(templates=templates, phrases=phrases, unreadable=tuple(unreadable))


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(LONGEST + 1)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(error)) from error


def _phrases(text: str) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return [(name.strip(), phrase.strip()) for name, _colon, phrase in pairs if phrase.strip()]
