"""Taking everything along, bringing it back, and wiping (the port `TakingAlong`): vault and archive meet here.

Never here: the archive's layout (`formats.archive`), how rows are read and put in (`vault`).
"""

import asyncio
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from vrm_desktop.formats.archive.manifest import Manifest
from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.archive.writing import write_archive
from vrm_desktop.formats.errors import FileUnreadable, FormatError
from vrm_desktop.home.closed import ClosedVaults
from vrm_desktop.home.means import VaultMeans, entry, nobody
from vrm_desktop.home.spoken import spoken
from vrm_desktop.services.take_along import OWN_FILES, ArchiveReport, WipeReport
from vrm_desktop.services.ways_in import Key
from vrm_desktop.vault import header_file
from vrm_desktop.vault.age_file import WORK, AgeReader, AgeWriter, is_encrypted
from vrm_desktop.vault.chosen_files import require_place
from vrm_desktop.vault.errors import ExportFailed, VaultError
from vrm_desktop.vault.exporting import Everything, reading_out, write_new_file
from vrm_desktop.vault.header import SlotKind
from vrm_desktop.vault.importing import bring_in
from vrm_desktop.vault.rewrapping import to_the_second
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.vault import OpenVault
from vrm_desktop.vault.wiping import wipe

_START = 64


class TakeAlong:
    """`terms`: the published texts by file name; `work`: how heavy the key of an encrypted archive is."""

    def __init__(self, means: VaultMeans, terms: Callable[[], Mapping[str, bytes]], *, work: int = WORK) -> None:
        self._means, self._terms, self._work = means, terms, work

    def is_encrypted(self, file: Path) -> bool:
        """Whether an archive asks for a passphrase."""
        with _readable(file) as stream:
            return is_encrypted(stream.read(_START))

    def export(self, home: Path, key: Key, file: Path, secret: str | None) -> ArchiveReport:
        """Everything of a closed vault into a new file."""
        opened = ClosedVaults(self._means).unlock(home, key, nobody())
        try:
            with spoken():
                return self.export_open(opened, file, secret)
        finally:
            opened.close()

    def export_open(self, opened: OpenVault, file: Path, secret: str | None) -> ArchiveReport:
        """The same of a vault that stays open. Raises VaultError and FormatError as they are."""
        target, made = file.absolute(), to_the_second(self._means.clock.now)
        require_place(target, opened.folder)
        manifest = opened.thread.upkeep_now(
            lambda connection: reading_out(
                connection,
                lambda everything: write_new_file(
                    target,
                    lambda out: self._write(out, everything, secret, made),
                    lambda written, manifest: self._verify(written, manifest, secret),
                ),
            )
        )
        return ArchiveReport(file=target, made=made, counts=manifest.counts, encrypted=secret is not None)

    def bring_in(
        self, home: Path, passphrase: str, file: Path, secret: str | None, *, set_aside: bool
    ) -> ArchiveReport:
        """A vault with everything from the file."""
        means = self._means
        with spoken(), _readable(file) as stream:
            archive = Archive(self._plain(stream, secret))
            archive.verify()
            done = bring_in(
                archive,
                home,
                Passphrase(passphrase),
                set_aside=set_aside,
                kdf=means.kdf,
                random=means.random.token,
                clock=means.clock.now,
            )
        return ArchiveReport(
            file=file.absolute(),
            made=archive.manifest.made,
            counts=done.counts,
            encrypted=secret is not None,
            aside=done.aside,
        )

    def wipe(self, home: Path, *, backups: bool) -> WipeReport:
        """Remove what is ours from `home`, and the vault's entry from the keyring."""
        with spoken():
            name = _keyring_entry(home)
            done = wipe(home, backups=backups, random=self._means.random.token, also=OWN_FILES)
        left: bool | None = None
        if name is not None:
            try:
                self._means.door.forget(name)
                left = False
            except VaultError:
                left = True
        return WipeReport(removed=done.removed, backups_kept=done.backups_kept, left=done.left, keyring_left=left)

    def _write(self, out: BinaryIO, everything: Everything, secret: str | None, made: datetime) -> Manifest:
        if secret is None:
            return write_archive(out, everything, terms=self._terms(), made=made)
        sealing = AgeWriter(out, Passphrase(secret), random=self._means.random.token, work=self._work)
        manifest = write_archive(sealing, everything, terms=self._terms(), made=made)  # type: ignore[arg-type]  # a raw stream does
        sealing.finish()
        return manifest

    def _verify(self, written: BinaryIO, manifest: Manifest, secret: str | None) -> None:
        try:
            archive = Archive(self._plain(written, secret))
            archive.verify()
        except FormatError as error:
            raise ExportFailed(f"it does not read back: {error}") from error
        if archive.manifest != manifest:
            raise ExportFailed("it reads back as another")

    def _plain(self, stream: BinaryIO, secret: str | None) -> BinaryIO:
        if secret is None:
            return stream
        return io.BufferedReader(AgeReader(stream, Passphrase(secret)))


class OpenArchives:
    """The same for a home that is open (the port `Archives`)."""

    def __init__(self, take: TakeAlong, opened: OpenVault) -> None:
        self._take, self._opened = take, opened

    async def export(self, file: Path, secret: str | None) -> ArchiveReport:
        """Everything of the open vault into a new file, off the calling thread."""
        with spoken():
            return await asyncio.to_thread(self._take.export_open, self._opened, file, secret)


def _keyring_entry(home: Path) -> str | None:
    """The name under which the keyring may hold something for the vault; None if its header names no such way in."""
    try:
        header = header_file.read_header(home).header
    except VaultError:
        return None
    return entry(header.vault_id) if any(slot.kind is SlotKind.KEYRING for slot in header.slots) else None


@contextmanager
def _readable(file: Path) -> Iterator[BinaryIO]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise FileUnreadable(f"{file.name}: {os.strerror(error.errno or 0)}") from error
    with stream:
        yield stream
