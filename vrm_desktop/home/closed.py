"""Acts on a vault that nobody has open: each opens what it needs, and closes it again. Everything here blocks.

Never lives here: what an act does to an open vault (`changing_ways`, `backing_up`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from vrm_desktop.home import backing_up, changing_ways, spoken
from vrm_desktop.home import standing as standings
from vrm_desktop.home.means import VaultMeans, Waiting, header_of, nobody
from vrm_desktop.home.spoken import spoken as speaking
from vrm_desktop.services.keep_vault import BackupReport, KeptBackup, RestorePoint, Rotated, VaultReport
from vrm_desktop.services.standing import Standing
from vrm_desktop.services.ways_in import Key, NewRecoveryCode, TypedCode, Way
from vrm_desktop.vault import backup_container, header_file, kept_backups
from vrm_desktop.vault.errors import BackupDamaged, HeaderDamaged, NoVault, VaultTooNew, WrongPassphrase
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader, decode_header
from vrm_desktop.vault.progress import Step
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.surveying import RestorePoint as FoundPoint
from vrm_desktop.vault.vault import OpenVault, check, create_vault, open_vault, restore, survey

_T = TypeVar("_T")


class ClosedVaults:
    """Everything that needs no open vault to begin with. Every refusal is VaultTrouble."""

    def __init__(self, means: VaultMeans) -> None:
        self._means = means

    def exists(self, home: Path) -> bool:
        """Whether the folder holds a vault."""
        with speaking():
            return header_file.exists(home)

    def standing(self, home: Path) -> Standing:
        """What can be told without a key."""
        with speaking():
            return standings.standing(home)

    def ways(self, home: Path) -> tuple[Way, ...]:
        """The ways in; none where the header cannot be read."""
        with speaking():
            try:
                return spoken.ways(header_of(home))
            except (NoVault, HeaderDamaged, VaultTooNew):
                return ()

    def create(self, home: Path, passphrase: str) -> None:
        """Make a vault."""
        means = self._means
        with speaking():
            create_vault(home, Passphrase(passphrase), kdf=means.kdf, random=means.random.token, clock=means.clock.now)

    def unlock(self, home: Path, key: Key, waiting: Waiting) -> OpenVault:
        """Open the vault for whoever waits. Raises CalledOff, with nothing left open, once nobody does."""

        def on_step(step: Step, done: int, of: int) -> None:
            waiting.tell(spoken.progress(step, done, of))

        means = self._means
        with speaking(), means.slowly(home, key, waiting):
            return open_vault(
                home,
                means.way(key, header_of(home)),
                kdf=means.kdf,
                random=means.random.token,
                clock=means.clock.now,
                on_io=means.on_io,
                on_step=on_step,
            )

    def check(self, home: Path, key: Key) -> VaultReport:
        """Check the vault, changing nothing but a damaged header that can be healed."""
        means = self._means
        with speaking(), means.slowly(home, key, nobody()):
            return spoken.report(check(home, means.way(key, header_of(home)), kdf=means.kdf))

    def change_passphrase(self, home: Path, proof: Key, new: str) -> None:
        """Make `new` the only passphrase."""
        self._opened(home, proof, lambda opened: changing_ways.change_passphrase(self._means, opened, proof, new))

    def draw_recovery_code(self) -> NewRecoveryCode:
        """A new code."""
        return changing_ways.draw_recovery_code(self._means)

    def set_recovery_code(self, home: Path, code: NewRecoveryCode, typed_back: str, passphrase: str) -> None:
        """Make the code the vault's one recovery code."""
        self._opened(
            home,
            passphrase,
            lambda opened: changing_ways.set_recovery_code(self._means, opened, code, typed_back, passphrase),
        )

    def remove_recovery_code(self, home: Path, passphrase: str) -> None:
        """Take the recovery code away."""
        self._opened(
            home, passphrase, lambda opened: changing_ways.remove_recovery_code(self._means, opened, passphrase)
        )

    def keyring_on(self, home: Path, passphrase: str) -> None:
        """Let the keyring open the vault."""
        self._opened(home, passphrase, lambda opened: changing_ways.keyring_on(self._means, opened, passphrase))

    def keyring_off(self, home: Path, proof: Key) -> bool:
        """Let the keyring open it no more; whether its entry is gone."""
        return self._opened(home, proof, lambda opened: changing_ways.keyring_off(self._means, opened, proof))

    def rotate_key(
        self, home: Path, passphrase: str, *, recovery: TypedCode | None = None, drop_recovery: bool = False
    ) -> Rotated:
        """Give the vault a new data key."""
        return self._opened(
            home,
            passphrase,
            lambda opened: changing_ways.rotate_key(
                self._means, opened, passphrase, recovery=recovery, drop_recovery=drop_recovery
            ),
        )

    def back_up(self, home: Path, key: Key, file: Path) -> BackupReport:
        """Back the vault up into a new file."""
        return self._opened(home, key, lambda opened: backing_up.back_up_to(opened, file))

    def backups(self, home: Path) -> tuple[KeptBackup, ...]:
        """The backups in the home, by their outlines."""
        with speaking():
            return standings.backups(home)

    def survey(self, home: Path, key: Key) -> tuple[RestorePoint, ...]:
        """The backups in the home, tried with the key and compared with what still stands.

        Refused as a wrong passphrase when it opens none of them.
        """
        means = self._means
        with speaking():
            header = _any_header(home)
            if header is None or not kept_backups.kept(kept_backups.place_of(home)):
                return ()
            with means.slowly(home, key, nobody()):
                found = survey(home, means.way(key, header), kdf=means.kdf)
                if all(one.trouble == WrongPassphrase.code for one in found):
                    raise WrongPassphrase("no backup opens with this passphrase")
        return tuple(_point(one) for one in found)

    def restore(self, home: Path, key: Key, file: Path) -> BackupReport:
        """Bring the backup in `file` back."""
        means = self._means
        with speaking(), means.slowly(home, key, nobody()):
            done = restore(file, home, means.way(key, _header_in(file)), kdf=means.kdf, clock=means.clock.now)
        counts = dict(done.summary.counts)
        return BackupReport(file=file.absolute(), made=done.summary.made, counts=counts, aside=done.aside)

    def _opened(self, home: Path, key: Key, act: Callable[[OpenVault], _T]) -> _T:
        with self._unlocked(home, key) as opened, speaking():
            return act(opened)

    @contextmanager
    def _unlocked(self, home: Path, key: Key) -> Iterator[OpenVault]:
        opened = self.unlock(home, key, nobody())
        try:
            yield opened
        finally:
            opened.close()


def _header_in(file: Path) -> Header:
    """The header inside a backup. Raises BackupDamaged, VaultTooNew, DiskFailed."""
    try:
        return decode_header(backup_container.glance(file).header)
    except UnreadableHeader as error:
        raise BackupDamaged(f"the header inside is damaged: {error}") from error


def _any_header(home: Path) -> Header | None:
    """The home's header, or that in its newest backup, or None where there is neither."""
    try:
        return header_of(home)
    except (NoVault, HeaderDamaged):
        found = kept_backups.kept(kept_backups.place_of(home))
        return _header_in(found[0].file) if found else None


def _point(found: FoundPoint) -> RestorePoint:
    return RestorePoint(
        backup=KeptBackup(
            file=found.file,
            made=found.made,
            why=found.label,
            bytes=found.bytes,
            counts=None if found.trouble else dict(found.counts),
            trouble=found.trouble,
        ),
        missing=dict(found.missing),
        unknown=found.unknown,
        older_by=found.older_by,
    )
