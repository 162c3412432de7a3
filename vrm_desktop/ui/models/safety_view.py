"""What the safety page shows: ways into the vault, and its backups. Never a widget, a code or a passphrase."""

from dataclasses import dataclass

from vrm_desktop.services.keep_vault import BackupSchedule
from vrm_desktop.services.ways_in import Offer
from vrm_desktop.ui.models.restore_view import BackupLine


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SafetyView:
    """`recovery` says since when there is a recovery code, "" for none. `last` is the newest backup, `trouble` why the
    last one by itself failed.
    """

    recovery: str
    keyring: Offer
    schedule: BackupSchedule
    backups: tuple[BackupLine, ...] = ()
    last: str = ""
    trouble: str = ""
