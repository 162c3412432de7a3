"""What the restore screen shows: the backups found, and what a look into one came to. Never a widget."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BackupLine:
    """`key` is the backup's file; `title` when it was made, `detail` what for and how large."""

    key: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RestoreView:
    """`damaged`: something stands there, which will be set aside. `working` says what is done now, "" nothing."""

    backups: tuple[BackupLine, ...] = ()
    damaged: bool = False
    working: str = ""
