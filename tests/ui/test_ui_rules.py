"""Rules of the window's sources: plain text only, one style sheet, one table of colours, every text translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vrm_desktop.ui

ROOM = Path(vrm_desktop.ui.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
# Where the one permitted use is: the class that makes it safe.
ALLOWED = {
    "QLabel": {"widgets/labels.py"},
    "setStyleSheet": {"theme/look.py"},
    "QMessageBox": set(),
    "QTextBrowser": set(),
    "QTextEdit": set(),
    "QInputDialog": set(),
    "QSortFilterProxyModel": set(),
    "exec": {"start.py"},
    "setHtml": set(),
    "setOpenExternalLinks": set(),
}


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name


def _bases(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (base.id for base in node.bases if isinstance(base, ast.Name))


@pytest.fixture(scope="module")
def used() -> dict[str, set[str]]:
    """What each file calls and derives from: parsed once for all names."""
    trees = {file.relative_to(ROOM).as_posix(): ast.parse(file.read_text("utf-8")) for file in FILES}
    return {file: {*_called(tree), *_bases(tree)} for file, tree in trees.items()}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_could_read_html_or_block_is_used_nowhere_or_only_where_it_is_tamed(
    used: dict[str, set[str]], name: str
) -> None:
    assert {file for file, names in used.items() if name in names} == ALLOWED[name]


def test_colours_are_written_in_the_token_table_only() -> None:
    colour = re.compile(r"\"#[0-9a-fA-F]{3,8}\"")
    users = {file.relative_to(ROOM).as_posix() for file in FILES if colour.search(file.read_text("utf-8"))}
    assert users == {"theme/tokens.py"}


def test_every_sentence_a_person_reads_passes_through_the_catalogue() -> None:
    """Samples of the gallery are exempt: nobody reads them but those who judge pictures."""
    read = [file for file in FILES if "gallery" not in file.parts and file.name != "pictures.py"]
    assert [found for file in read for found in _bare_sentences(file.read_text("utf-8"), file.name)] == []


def test_a_sentence_that_forgot_the_catalogue_is_found() -> None:
    assert _bare_sentences('label.setText("Not translated")', "x.py") == ["x.py:1 'Not translated'"]
    assert _bare_sentences('label.setText(_("Translated text"))', "x.py") == []


_SHOWING = {
    *("Button", "IconButton", "PlainLabel", "ElidedLabel", "Pill", "Card", "FilterChip", "FactChip", "EmptyState"),
    *("FormRow", "Segmented", "Section", "Fact", "Column", "Message", "Notice", "CheckBox", "Sidebar", "say"),
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setPlaceholderText"),
}


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _bare_sentences(source: str, name: str) -> list[str]:
    """Strings with a blank that are handed to a widget outside `_` or `ngettext`. The product's name needs neither."""
    return [
        f"{name}:{value.lineno} {value.value!r}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node) in _SHOWING
        for value in (*node.args, *(keyword.value for keyword in node.keywords))
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
        if " " in value.value.strip() and value.value != "VRM Desktop"
    ]
