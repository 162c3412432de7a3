"""Real MCP servers as one process of their own, for tests to ask. Only loopback."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = Path(__file__).with_name("mcp_desk_program.py")
_SECONDS = 30


@contextmanager
def mcp_servers(styles: Sequence[str], log: Path) -> Iterator[dict[str, str]]:
    """Their addresses by their styles (see the program), while the block runs."""
    with log.open("ab") as said:
        process = subprocess.Popen([sys.executable, str(_PROGRAM), *styles], stdout=subprocess.PIPE, stderr=said)
        assert process.stdout is not None
        try:
            addresses = [process.stdout.readline().decode().strip() for _ in styles]
            assert all(addresses), log.read_text()
            yield dict(zip(styles, addresses, strict=True))
        finally:
            process.kill()
            process.wait(_SECONDS)
            process.stdout.close()
