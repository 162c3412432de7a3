"""The safety page's view from what the vault tells of itself. Pure."""

from collections.abc import Sequence

from vrm_desktop.services.keep_vault import BackupSchedule, KeptBackup
from vrm_desktop.services.ways_in import NewRecoveryCode, Offer, Way, WayKind
from vrm_desktop.ui.models.safety_view import SafetyView
from vrm_desktop.ui.presenters.gate import backup_line
from vrm_desktop.ui.presenters.moments import day_of, moment_of
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice


def safety_view(
    ways: Sequence[Way], offer: Offer, schedule: BackupSchedule, backups: Sequence[KeptBackup], trouble: str
) -> SafetyView:
    """How it stands."""
    code = next((way for way in ways if way.kind is WayKind.RECOVERY), None)
    good = next((one for one in backups if not one.trouble), None)
    last = _("The last backup that opened when it was tried is from {moment}.")
    return SafetyView(
        recovery=day_of(code.made) if code is not None else "",
        keyring=offer,
        schedule=schedule,
        backups=tuple(backup_line(one) for one in backups),
        last=last.format(moment=moment_of(good.made)) if good is not None else "",
        trouble=advice(trouble).sentence if trouble else "",
    )


def sheet(code: NewRecoveryCode, day: str) -> str:
    """The sheet to print: what it is, what to do with it, and the code in three lines."""
    groups = [f"{number}: {group}" for number, group in enumerate(code.groups, 1)]
    lines = ["    ".join(groups[start : start + 3]) for start in range(0, len(groups), 3)]
    return "\n".join(
        (
            _("VRM Desktop: recovery code"),
            _("Made on {day}.").format(day=day),
            "",
            *lines,
            "",
            _("It opens your vault when the passphrase is forgotten: choose “I forgot my passphrase” when it asks."),
            _("Whoever has this sheet and your files can open your vault. Keep it where you keep papers."),
            "",
        )
    )
