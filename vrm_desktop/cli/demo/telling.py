"""How the demo speaks: a title, nine headings, indented lines. To standard output, or to standard error beside JSON."""

import sys
import textwrap

WIDTH = 110
INDENT = "   "


class Teller:
    """Prints the story as it happens."""

    def __init__(self, *, to_error: bool) -> None:
        self._stream = sys.stderr if to_error else sys.stdout

    def title(self, text: str) -> None:
        """The first line."""
        self._print(text)
        self._print("=" * len(text))

    def heading(self, text: str) -> None:
        """One step begins."""
        self._print("")
        self._print(text)

    def as_it_is(self, text: str) -> None:
        """A line to be copied or scanned: never broken."""
        self._print(INDENT + text)

    def line(self, text: str, depth: int = 1) -> None:
        """One thing that happened."""
        indent = INDENT * depth
        for row in textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  "):
            self._print(row)

    def _print(self, text: str) -> None:
        print(text, file=self._stream, flush=True)
