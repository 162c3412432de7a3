"""The shape of the files: small, each with a docstring that tells its subject, none named for having none."""

import ast
import re
from collections.abc import Sequence
from statistics import median

import pytest

from tests.architecture.source_tree import SourceFile, source_files

MEDIAN_LINES = 120
MOST_LINES = 500
SHELL_LINES = 200
DOCSTRING_CHARACTERS = 40
SUBJECTLESS = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")


def too_long(files: Sequence[SourceFile]) -> list[str]:
    """Files beyond the limit; the main window is a shell and has its own."""
    limits = {"main_window.py": SHELL_LINES}
    return [file.place for file in files if file.length > limits.get(file.place.rsplit("/", 1)[-1], MOST_LINES)]


def without_subject(files: Sequence[SourceFile]) -> list[str]:
    """Modules and folders that say nothing in their docstring, or too little to tell what lives there."""
    return [file.place for file in files if len(ast.get_docstring(file.tree) or "") < DOCSTRING_CHARACTERS]


def subjectless_names(files: Sequence[SourceFile]) -> list[str]:
    """Folders, modules and classes whose name says that they have no subject of their own."""
    found = [
        file.place
        for file in files
        if any(SUBJECTLESS.search(part) for part in file.place.removesuffix(".py").split("/"))
    ]
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ClassDef):
                snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", node.name).lower()
                if SUBJECTLESS.search(snake):
                    found.append(f"{file.place}: {node.name}")
    return found


def test_half_of_all_files_are_short() -> None:
    assert median(file.length for file in source_files("vrm_desktop")) < MEDIAN_LINES


def test_no_file_is_long() -> None:
    found = too_long(source_files("vrm_desktop", "packaging", "tests"))
    assert not found


def test_every_module_tells_its_subject() -> None:
    found = without_subject(source_files("vrm_desktop", "packaging"))
    assert not found


def test_nothing_is_named_for_having_no_subject() -> None:
    found = subjectless_names(source_files("vrm_desktop", "packaging", "tests"))
    assert not found


@pytest.mark.parametrize(("place", "lines"), [("vrm_desktop/offers.py", 501), ("vrm_desktop/ui/main_window.py", 201)])
def test_a_long_file_is_caught(place: str, lines: int) -> None:
    assert too_long([SourceFile(place=place, text="pass\n" * lines)]) == [place]
    assert not too_long([SourceFile(place=place, text="pass\n" * (lines - 1))])


@pytest.mark.parametrize("text", ["", "x = 1", '"""Offers."""'])
def test_a_module_without_a_telling_docstring_is_caught(text: str) -> None:
    assert without_subject([SourceFile(place="vrm_desktop/offers.py", text=text)])


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("vrm_desktop/utils.py", ""),
        ("vrm_desktop/common/offers.py", ""),
        ("vrm_desktop/offer_helpers.py", ""),
        ("vrm_desktop/offers.py", "class OfferManager: ..."),
    ],
)
def test_a_name_without_a_subject_is_caught(place: str, text: str) -> None:
    assert subjectless_names([SourceFile(place=place, text=text)])


def test_a_name_that_only_sounds_like_one_is_spared() -> None:
    file = SourceFile(place="vrm_desktop/commonwealth.py", text="class Management: ...")
    assert not subjectless_names([file])
