"""Write the closed lists of docs/protocol.md anew from the domain."""  # noqa: INP001 - a script beside the docs

from pathlib import Path

from vrm_desktop.domain.categories import CATEGORIES, CONDITION, FULFILMENT, Category

DOCUMENT = Path(__file__).resolve().parent / "protocol.md"
BEGIN, END = "<!-- categories:begin -->\n", "<!-- categories:end -->"


def with_categories(document: str) -> str:
    """The document with the lists between its two markers as the domain has them now."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{categories()}{END}{after}"


def categories() -> str:
    """One row a category: its id, and its attributes with all their values."""
    lines = ["| category | attributes |", "| --- | --- |", *map(_row, CATEGORIES.values()), ""]
    return "\n".join(lines)


def _row(category: Category) -> str:
    own = [each for each in category.attributes if each not in {CONDITION, FULFILMENT}]
    told = [f"`{each.key}`: {', '.join(each.values)}" for each in own]
    return f"| `{category.id}` | {'; '.join(told) or '–'} |"


if __name__ == "__main__":
    DOCUMENT.write_text(with_categories(DOCUMENT.read_text("utf-8")), "utf-8")
