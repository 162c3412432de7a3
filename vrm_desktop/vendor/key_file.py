"""The desk's private keys on disk: 32 random bytes each, mode 0600, made once and never written again. Nothing signs.

The first is `desk.key`; each later one stands beside it under its number (`desk.2.key`), dated by its file. Which of
them counts is written in the database, not here: a file alone changes nothing.
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.errors import BadHome

_BYTES = 32
_OTHERS = 0o077
_FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFiles:
    """The keys found in a folder, oldest first, each with its number; `path` is the first one's file."""

    path: Path
    found: tuple[tuple[int, SeedSigner], ...]

    @property
    def newest(self) -> SeedSigner:
        """The one of the highest number."""
        return self.found[-1][1]

    @property
    def kids(self) -> tuple[Kid, ...]:
        """All of them, youngest first."""
        return tuple(signer.kid for _number, signer in reversed(self.found))

    def number(self, kid: Kid) -> int:
        """Which one that key is.

        Raises:
            BadHome: it is not here.
        """
        for number, signer in self.found:
            if signer.kid == kid:
                return number
        raise BadHome(f"the desk's database names a key that is not in this folder ({self.path.stem}.*)")

    def under(self, kid: Kid) -> DeskKeys:
        """The desk's keys when it signs with `kid`: those after it do not count yet.

        Raises:
            BadHome: it is not here.
        """
        last = self.number(kid)
        current, *before = (signer for number, signer in reversed(self.found) if number <= last)
        return DeskKeys(current=current, before=tuple(before))

    def after(self, kid: Kid) -> SeedSigner | None:
        """The key that was made to follow `kid`; None when none was."""
        return dict(self.found).get(self.number(kid) + 1)

    def since(self, kid: Kid) -> datetime | None:
        """When that key was made to follow another; None for the first.

        Raises:
            BadHome: it is not here, or its file is gone.
        """
        number = self.number(kid)
        if number == _FIRST:
            return None
        try:
            return datetime.fromtimestamp(int(self._file(number).stat().st_mtime), UTC)
        except OSError as error:
            raise BadHome(f"{self._file(number).name} cannot be read: {error.strerror}") from error

    def make_after(self, kid: Kid, *, now: datetime, random: Callable[[int], bytes]) -> "KeyFiles":
        """The same with a key to follow `kid`, durably; one that was made before and is not in use yet serves again.

        Raises:
            BadHome: it cannot be written.
        """
        _create(self._file(self.number(kid) + 1), random(_BYTES), now=now)
        return read_keys(self.path)

    def forget_before(self, kid: Kid) -> tuple[Kid, ...]:
        """Delete the files of all keys before `kid`; returns which.

        Raises:
            BadHome: one cannot be deleted.
        """
        last = self.number(kid)
        old = [(number, signer.kid) for number, signer in self.found if number < last]
        try:
            for number, _kid in old:
                self._file(number).unlink(missing_ok=True)
            for left in self.path.parent.glob(f"{self.path.stem}.*.new"):  # by a command that was ended halfway
                left.unlink(missing_ok=True)
            _sync(self.path.parent)
        except OSError as error:
            raise BadHome(f"an old key cannot be deleted: {error.strerror}") from error
        return tuple(old_kid for _number, old_kid in old)

    def _file(self, number: int) -> Path:
        return _file(self.path, number)


def open_keys(path: Path, *, random: Callable[[int], bytes]) -> KeyFiles:
    """The keys at `path` and beside it; a first one is made, durably, when there is none at all.

    Raises:
        BadHome: a file is damaged, or others than its owner may read it.
    """
    if not path.exists() and not _numbers(path):
        _create(path, random(_BYTES))
    return read_keys(path)


def read_keys(path: Path) -> KeyFiles:
    """The keys at `path` and beside it.

    Raises:
        BadHome: there is none, a file is damaged, or others than its owner may read it.
    """
    numbers = ([_FIRST] if path.exists() else []) + _numbers(path)
    found = tuple((number, _signer(_file(path, number))) for number in numbers or [_FIRST])
    return KeyFiles(path=path, found=found)


def _file(path: Path, number: int) -> Path:
    return path if number == _FIRST else path.with_suffix(f".{number}{path.suffix}")


def _numbers(path: Path) -> list[int]:
    """The later keys beside the first one, in order."""
    name = re.compile(rf"{re.escape(path.stem)}\.([1-9][0-9]{{0,5}}){re.escape(path.suffix)}")
    try:
        names = [name.fullmatch(each.name) for each in path.parent.iterdir()]
    except OSError:
        return []
    return sorted(int(each[1]) for each in names if each is not None and int(each[1]) > _FIRST)


def _signer(file: Path) -> SeedSigner:
    try:
        seed = file.read_bytes()
    except OSError as error:
        raise BadHome(f"{file.name} cannot be read: {error.strerror}") from error
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        raise BadHome(f"{file.name} may be read by others; make it yours alone (chmod 600)")
    if len(seed) != _BYTES:
        raise BadHome(f"{file.name} does not hold {_BYTES} bytes")
    return SeedSigner(seed)


def _create(file: Path, seed: bytes, *, now: datetime | None = None) -> None:
    """A crash leaves the whole file or none: it gets its name only when its bytes are on the disk.

    Whoever comes second finds the first one's file, dates it anew, and leaves it.
    """
    try:
        descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f"{file.stem}.", suffix=".new")
        try:
            os.write(descriptor, seed)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
        Path(beside).unlink()
        if now is not None:
            os.utime(file, (now.timestamp(), now.timestamp()))
        _sync(file.parent)
    except OSError as error:
        raise BadHome(f"{file.name} cannot be written: {error.strerror}") from error


def _sync(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
