"""The vault's refusals and values in the words that services and screens know. Never here: anything that is decided."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.keep_vault import KeptBackup, VaultFinding, VaultReport
from vrm_desktop.services.ways_in import Progress, Stage, Way, WayKind
from vrm_desktop.vault import kept_backups
from vrm_desktop.vault.checking import CheckReport
from vrm_desktop.vault.errors import VaultError, VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.progress import Step

_STAGES: Mapping[Step, Stage] = {step: Stage(step.value) for step in Step}


@contextmanager
def spoken() -> Iterator[None]:
    """Every refusal of the vault inside the block comes out as VaultTrouble."""
    try:
        yield
    except VaultError as error:
        needs = error.needs if isinstance(error, VaultTooNew) else ""
        raise VaultTrouble(error.code, str(error), needs=needs) from error


def ways(header: Header) -> tuple[Way, ...]:
    """The header's ways in, in the order of their kinds."""
    found = (Way(kind=WayKind(slot.kind.value), made=slot.created) for slot in header.slots)
    return tuple(sorted(found, key=lambda way: (tuple(WayKind).index(way.kind), way.made)))


def report(found: CheckReport) -> VaultReport:
    """What a check found."""
    findings = tuple(
        VaultFinding(question=one.name.value, sound=one.sound, detail="; ".join(one.problems)) for one in found.checks
    )
    return VaultReport(file=found.file, sound=found.sound, findings=findings, counts=dict(found.counts))


def kept(backup: kept_backups.KeptBackup) -> KeptBackup:
    """A kept backup by its outline."""
    return KeptBackup(file=backup.file, made=backup.made, why=backup.label, bytes=backup.bytes)


def progress(step: Step, done: int, of: int) -> Progress:
    """One step of opening."""
    return Progress(stage=_STAGES[step], done=done, of=of)
