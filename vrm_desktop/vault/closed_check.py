"""Checking a vault that nobody has open: a damaged database becomes an answer, not an error.

Never lives here: the questions themselves (`checking`).
"""

from collections.abc import Sequence
from pathlib import Path

from vrm_desktop.vault import checking, header_file, opening
from vrm_desktop.vault.checking import Check, CheckReport
from vrm_desktop.vault.errors import VaultError
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, packaged_migrations
from vrm_desktop.vault.opening import Unlocked
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.ways_in import WayIn


def check(folder: Path, way: WayIn, *, kdf: KdfPolicy, migrations: Sequence[Migration] | None = None) -> CheckReport:
    """Check a vault nobody has open, changing nothing but a damaged header that can be healed.

    Raises what `open_vault` raises for the header and the way in, VaultBusy, VaultTooNew; a damaged database is in the
    report instead.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    header_file.read_header(folder)
    lock = LockFile(folder)
    try:
        unlocked = opening.unlock_header(folder, way, kdf)
        headers = checking.check_headers(folder, unlocked.header, restored=unlocked.found.from_previous)
        opening.finish_creation(folder, unlocked.header)
        checks, counts = _checked_database(folder, unlocked, steps)
        return checking.report(folder, unlocked.header, (*headers, *checks), counts)
    finally:
        lock.release()


def _checked_database(
    folder: Path, unlocked: Unlocked, steps: Sequence[Migration]
) -> tuple[tuple[Check, ...], dict[str, int]]:
    try:
        connection = opening.connect(folder, unlocked, steps)
    except VaultError as error:
        return (checking.unopened(error),), {}
    try:
        with connection.bulk():
            return checking.check_database(unlocked.header, connection)
    finally:
        connection.close()
