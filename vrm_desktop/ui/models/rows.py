"""Rows of a table as it shows them: cells worded and formatted, each with the key it is sorted by."""

from dataclasses import dataclass

from vrm_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`narrowest` and `widest` are steps of the grid; a column that `stretches` takes what is left."""

    key: str
    title: str
    narrowest: float = 8
    widest: float = 30
    right: bool = False
    stretches: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cell:
    """Two lines at most; with `tone` the first is a pill. `order` sorts the column, None sorts last either way."""

    main: str
    sub: str = ""
    tone: Tone | None = None
    strong: bool = False
    order: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """One thing, by its id, with a cell for each column."""

    id: str
    cells: tuple[Cell, ...]
