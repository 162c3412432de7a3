"""The package as text and as syntax trees, read once, for the tests that look at the code and never run it."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """One Python file; `place` is its path inside the checkout, with forward slashes."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, filename=self.place)

    @property
    def length(self) -> int:
        """In lines."""
        return len(self.text.splitlines())


@cache
def source_files(*folders: str) -> tuple[SourceFile, ...]:
    """Every Python file below the checkout's `folders`, by place."""
    paths = sorted(path for folder in folders for path in (CHECKOUT / folder).rglob("*.py"))
    return tuple(
        SourceFile(place=path.relative_to(CHECKOUT).as_posix(), text=path.read_text(encoding="utf-8")) for path in paths
    )


def dotted(node: ast.expr) -> str:
    """`a.b.c` for names and attributes; what stands before the first dot is "?" where it is no name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
        case _:
            return "?"
