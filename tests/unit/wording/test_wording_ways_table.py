"""The table of ways in `docs/channels.md` says what the program says of each way."""

from pathlib import Path

from vrm_desktop.domain.ways import CARRIES, Way
from vrm_desktop.wording.reaching import carries_lines, way_name

DOC = Path(__file__).resolve().parents[3] / "docs" / "channels.md"


def row(way: Way) -> str:
    """The line of the table about a way: its heads are the first words of what the program says."""
    told = dict(line.split(": ", 1) for line in carries_lines(CARRIES[way]))
    cells = (
        f"`{way.value}`",
        way_name(way),
        *(told[head] for head in ("comes back", "carries", "they see", "rests on")),
    )
    return f"| {' | '.join(cells)} |"


def test_the_docs_tell_of_each_way_what_the_program_tells() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    begin = lines.index("| way | said | comes back | carries | they see | rests on |") + 2
    assert lines[begin : begin + len(Way)] == [row(way) for way in Way]
    assert not lines[begin + len(Way)]
