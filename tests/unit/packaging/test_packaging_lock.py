"""The lock: pinned, hashed, free of addresses, and made from what pyproject.toml declares today."""

import re
from itertools import pairwise

from lock import LOCK, header

LINES = LOCK.read_text(encoding="utf-8").splitlines()


def test_the_lock_was_made_from_todays_declarations() -> None:
    assert "\n".join(LINES).startswith(header()), "run packaging/lock.py"


def test_the_lock_holds_versions_and_hashes_and_nothing_else() -> None:
    version = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    strange = [
        line for line in LINES if not (line.startswith("#") or version.fullmatch(line) or digest.fullmatch(line))
    ]
    assert not strange


def test_every_version_has_a_hash() -> None:
    after = pairwise(LINES)
    assert not [line for line, following in after if "==" in line and "--hash" not in following]
