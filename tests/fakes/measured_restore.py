"""How much memory a restore takes: for a process of its own, whose peak nothing else has moved.

Never here: how much it may take.
"""

import re
from pathlib import Path

from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, at_noon
from vrm_desktop.vault.errors import VaultError
from vrm_desktop.vault.vault import restore

_KIB = 1024


def restored_within(first: Path, file: Path, place: Path) -> tuple[str, int]:
    """Restore `first`, so that everything is loaded; then `file`: its refusal ("" for none) and how the peak grew.

    In bytes. Both go to new folders in `place`.
    """
    restore(first, place / "first", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    before = _peak()
    refusal = ""
    try:
        restore(file, place / "second", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    except VaultError as error:
        refusal = error.code
    return refusal, _peak() - before


def _peak() -> int:
    """The most memory this program held at once; what `getrusage` says counts the program that started it too."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    if found is None:
        raise AssertionError("the kernel does not tell")
    return int(found[1]) * _KIB
