"""Looks for secrets in the memory of another process, in every form that the program could hold them in. Linux only."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_STEP = 8 * 1024 * 1024
_RANGE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)")


def readable(pid: int) -> bool:
    """Whether this user may read that process's memory."""
    try:
        with Path(f"/proc/{pid}/mem").open("rb"):
            return True
    except OSError:
        return False


def forms_of(secret: str | bytes) -> tuple[bytes, ...]:
    """A text as Python and Qt hold it; a key as its bytes and as digits."""
    if isinstance(secret, bytes):
        return secret, secret.hex().encode(), secret.hex().upper().encode()
    return secret.encode(), secret.encode("utf-16-le")


def found_in(pid: int, secrets: Mapping[str, str | bytes]) -> dict[str, int]:
    """How often each of `secrets` stands in the memory of `pid`; those that do not are left out."""
    wanted = {name: forms_of(secret) for name, secret in secrets.items()}
    counts = dict.fromkeys(wanted, 0)
    for part in _parts(pid):
        for name, forms in wanted.items():
            counts[name] += sum(part.count(form) for form in forms)
    return {name: count for name, count in counts.items() if count}


def _parts(pid: int) -> Iterator[bytes]:
    """All of its readable memory, in pieces that overlap by more than any secret is long."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            match = _RANGE.match(line)
            if match is None or match[3] in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            start, end = int(match[1], 16), int(match[2], 16)
            for at in range(start, end, _STEP - 1024):
                try:
                    memory.seek(at)
                    yield memory.read(min(_STEP, end - at))
                except OSError:  # a page that nobody may read, such as a device's
                    break
