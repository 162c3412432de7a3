"""Looking into another process as an administrator can: its memory, its environment, its arguments. Linux only.

Never here: what is looked for.
"""

import os
from collections.abc import Iterator
from pathlib import Path

_PIECE = 1 << 24


def memory_of(process: int, overlap: int = 256) -> Iterator[bytes]:
    """Everything the process may write to, piece by piece; neighbouring pieces share `overlap` bytes.

    Raises:
        PermissionError: only an administrator may look into a process that refuses tracing.
    """
    maps = Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines()
    handle = os.open(f"/proc/{process}/mem", os.O_RDONLY)
    try:
        for line in maps:
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            for at in range(start, end, _PIECE):
                try:
                    yield os.pread(handle, min(_PIECE + overlap, end - at), at)
                except OSError:  # a page that is not there
                    continue
    finally:
        os.close(handle)


def told_at_start(process: int) -> bytes:
    """The process's arguments and environment."""
    return b"\0".join(Path(f"/proc/{process}/{name}").read_bytes() for name in ("cmdline", "environ"))
