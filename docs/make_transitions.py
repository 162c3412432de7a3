"""Write the table of transitions in docs/protocol.md anew from the domain."""  # noqa: INP001 - a script beside the docs

from pathlib import Path

from vrm_desktop.domain.kinds import BEYOND_CORE, TRANSITIONS, Kind, State, Transition

DOCUMENT = Path(__file__).resolve().parent / "protocol.md"
BEGIN, END = "<!-- transitions:begin -->\n", "<!-- transitions:end -->"


def with_transitions(document: str) -> str:
    """The document with the table between its two markers as the domain has it now."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{transitions()}{END}{after}"


def transitions() -> str:
    """The table, the rows for messages that crossed, and the kinds that a desk need not know."""
    usual = [row for row in TRANSITIONS if not row.late]
    late = [row for row in TRANSITIONS if row.late]
    lines = ["| from | kind | in | to |", "| --- | --- | --- | --- |", *map(_row, usual), ""]
    lines += ["Messages may cross. What comes late is kept in the chain and changes nothing:", ""]
    lines += ["| from | kind | in |", "| --- | --- | --- |"]
    lines += [f"| {row.sender} | `{row.kind}` | {_states(row)} |" for row in late]
    beyond = "Kinds of the person that a desk need not know, and lists in its card's `kinds` if it does"
    lines += ["", f"{beyond}: {_names(BEYOND_CORE)}.", ""]
    return "\n".join(lines)


def _row(row: Transition) -> str:
    kind = f"`{row.kind}` ({row.outcome})" if row.outcome else f"`{row.kind}`"
    return f"| {row.sender} | {kind} | {_states(row)} | {row.target or 'the same'} |"


def _states(row: Transition) -> str:
    return ", ".join(state for state in State if state in row.sources)


def _names(kinds: frozenset[Kind]) -> str:
    return ", ".join(f"`{kind}`" for kind in sorted(kinds))


if __name__ == "__main__":
    DOCUMENT.write_text(with_transitions(DOCUMENT.read_text("utf-8")), "utf-8")
