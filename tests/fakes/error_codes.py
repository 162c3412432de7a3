"""Every error code that the package can raise, found by reading and loading all of it. Never here: words for them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import vrm_desktop

SAYS_CODE = frozenset({"ChannelError", "VaultTrouble"})
"""Errors that speak for other trees: their code is their first argument."""
NO_ERRORS_OF_THEIR_OWN = ("vrm_desktop.ui", "vrm_desktop.__main__")


def declared_codes() -> dict[str, str]:
    """The codes of all exception classes outside the window, each with the class that declares it."""
    for module in pkgutil.walk_packages(vrm_desktop.__path__, "vrm_desktop."):
        if not module.name.startswith(NO_ERRORS_OF_THEIR_OWN):
            importlib.import_module(module.name)
    found: dict[str, str] = {}
    for kind in _subclasses(Exception):
        code = getattr(kind, "code", None)
        if kind.__module__.startswith("vrm_desktop.") and isinstance(code, str):
            found[code] = f"{kind.__module__}.{kind.__name__}"
    return found


def _subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    for one in type.__subclasses__(kind):
        yield one
        yield from _subclasses(one)


def spoken_codes() -> dict[str, str]:
    """The codes that are written where an error for another tree is raised, each with its file."""
    found: dict[str, str] = {}
    for path in sorted(Path(vrm_desktop.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_more]) if (
                    name in SAYS_CODE
                ):
                    found[code] = path.name
                case _:
                    pass
    return found
