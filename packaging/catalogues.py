"""The catalogues of texts: `update` takes over what the code says now and compiles; `check` tells what is not done.

Here: extracting, merging, compiling, and the rules for a whole catalogue. Never here: translations; those are in
resources/locale/<language>/LC_MESSAGES/vrm_desktop.po, beside the compiled file that ships.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vrm_desktop.domain.categories import CATEGORIES

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "vrm_desktop"
LOCALE = CHECKOUT / "resources" / "locale"
NAME = "vrm_desktop"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def said() -> Catalog:
    """All texts that code and pages mark, each with the files that say it."""
    catalog = Catalog(project="VRM Desktop", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(CHECKOUT).as_posix()
        for _line, text, comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            catalog.add(text, locations=[(place, None)], auto_comments=comments)  # type: ignore[list-item]
    for path in sorted((CHECKOUT / "resources" / "vendor").glob("*.html")):
        place = path.relative_to(CHECKOUT).as_posix()
        for _line, text, comments, _context in extract_from_file("jinja2", path, keywords=KEYWORDS):
            catalog.add(text, locations=[(place, None)], auto_comments=comments)  # type: ignore[list-item]
    for text in sorted(_listed()):
        catalog.add(text, locations=[("vrm_desktop/domain/categories.py", None)])  # type: ignore[list-item]
    for text, place in _roster():
        catalog.add(text, locations=[(place, None)])  # type: ignore[list-item]
    return catalog


def _listed() -> Iterator[str]:
    """Labels, words and units of the domain's closed lists: they are translated where they are shown."""
    for category in CATEGORIES.values():
        yield category.label
        for attribute in category.all_attributes:
            yield attribute.label
            yield from (word.replace("-", " ") for word in attribute.words)
            yield from filter(None, [attribute.unit])


def _roster() -> Iterator[tuple[str, str]]:
    """What the agreements of the roster say in short, each with the file that says it."""
    for path in sorted((CHECKOUT / "resources" / "roster").glob("*.json")):
        yield json.loads(path.read_bytes())["summary"], path.relative_to(CHECKOUT).as_posix()


def po_path(language: str) -> Path:
    """The file a translator edits."""
    return LOCALE / language / "LC_MESSAGES" / f"{NAME}.po"


def languages() -> list[str]:
    """The languages that there are catalogues for; English is the source and needs none."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{NAME}.po"))


def stored(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as programs read it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update(language: str) -> None:
    """Take over what the code says now, drop what it says no more, and compile."""
    catalog = stored(language)
    catalog.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with po_path(language).open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False)
    po_path(language).with_suffix(".mo").write_bytes(compiled(stored(language)))


def faults(language: str) -> list[str]:
    """What keeps the catalogue from being whole: untranslated, unsure, outdated, with other placeholders, stale."""
    catalog = stored(language)
    wanted = {_key(message): message for message in said() if message.id}
    there = {_key(message): message for message in catalog if message.id}
    found = [f"not in the catalogue: {key!r}" for key in wanted if key not in there]
    found += [f"said no more: {key!r}" for key in there if key not in wanted]
    for key, message in there.items():
        if message.fuzzy or not all(_texts(message.string)):
            found.append(f"not translated: {key!r}")
        elif any(_placeholders(text) != _placeholders(key) for text in _texts(message.string)):
            found.append(f"other placeholders: {key!r}")
    mo = po_path(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        found.append(f"not compiled: {mo.relative_to(CHECKOUT)}")
    return found


def _key(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, (tuple, list)) else str(message.id)


def _texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if isinstance(string, (tuple, list)):
        return tuple(string)
    return (string or "",)


def _placeholders(text: str) -> list[str]:
    return sorted({name for _literal, name, _format, _conversion in Formatter().parse(text) if name is not None})


def main(arguments: list[str]) -> int:
    """`update` or `check`; 1 when a catalogue is not whole."""
    if arguments not in (["update"], ["check"]):
        print("catalogues.py update|check", file=sys.stderr)
        return 2
    found: list[str] = []
    for language in languages():
        if arguments == ["update"]:
            update(language)
        found += [f"{language}: {fault}" for fault in faults(language)]
    print("\n".join(found) or "all catalogues are whole")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
