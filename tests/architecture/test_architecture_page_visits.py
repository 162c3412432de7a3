"""Web pages are asked for in one place, which writes each visit down before it leaves."""

import ast

from tests.architecture.source_tree import SourceFile, source_files

ONE_PLACE = "vrm_desktop/services/visit_pages.py"


def calls(node: ast.AST) -> list[str]:
    """The names called, in the order of their lines."""
    found = sorted((one for one in ast.walk(node) if isinstance(one, ast.Call)), key=lambda one: one.lineno)
    return [one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "") for one in found]


def the_place() -> SourceFile:
    (file,) = [one for one in source_files("vrm_desktop/services") if one.place == ONE_PLACE]
    return file


def test_nobody_else_is_handed_the_way_to_web_pages() -> None:
    rooms = ("services", "cli", "ui", "home")
    reaching = {
        file.place for room in rooms for file in source_files(f"vrm_desktop/{room}") if "web" in calls(file.tree)
    }
    assert reaching == {ONE_PLACE}


def test_a_visit_is_in_the_vault_before_anything_is_asked() -> None:
    functions = {one.name: one for one in ast.walk(the_place().tree) if isinstance(one, ast.AsyncFunctionDef)}
    order = calls(functions["written_down"])
    assert order.index("_write_down") < order.index("ask")
    assert "_leaving" in calls(functions["_write_down"])
    fetching = {name for name, one in functions.items() if "fetch" in calls(one)}
    assert fetching == {"_once"}
    assert "written_down" in calls(functions["_once"])
