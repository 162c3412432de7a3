"""What a disk may hold after the power went: every flush kept, and of the rest nothing, all, or any part of it.

Bytes of a file survive by pieces of 512, in any order; names of a folder survive one by one. A flushed file whose name
was not flushed may be gone. Here: the model and its states. Never here: what a state is worth.
"""

import hashlib
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import assert_never

from tests.fakes.traced_disk import Change, Cut, Flushed, Named, Node, Renamed, Said, Unnamed, Wrote

SECTOR = 512


class Survival(Enum):
    """Which of the changes that were not flushed survive."""

    NOTHING = "nothing"
    ALL = "all"
    PREFIX = "prefix"
    SOME = "some"
    TORN = "torn"


@dataclass(slots=True)
class _File:
    safe: bytes = b""
    pending: list[Wrote | Cut] = field(default_factory=list)


@dataclass(slots=True)
class _Folder:
    safe: dict[str, Node] = field(default_factory=dict)
    pending: list[Named | Unnamed | Renamed] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One disk as it may be found: folders (None) and files by path, and what the program had said by then."""

    files: dict[str, bytes | None]
    said: tuple[str, ...]

    def write_to(self, folder: Path) -> None:
        """Make the folder hold this state."""
        folder.mkdir()
        root = str(folder)  # done for every state: plain strings take a third of the time
        for path, data in sorted(self.files.items()):
            if data is None:
                Path(root, path).mkdir()
            else:
                _write(f"{root}/{path}", data)

    @classmethod
    def found_in(cls, folder: Path, said: tuple[str, ...]) -> "State":
        """What a folder holds now."""
        files: dict[str, bytes | None] = {}
        _read_all(str(folder), "", files)
        return cls(files=files, said=said)


def _read_all(folder: str, path: str, files: dict[str, bytes | None]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                files[path + entry.name] = None
                _read_all(entry.path, f"{path}{entry.name}/", files)
            else:
                files[path + entry.name] = _read(entry.path)


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        if os.write(descriptor, data) != len(data):
            raise AssertionError("the folder for states is full")
    finally:
        os.close(descriptor)


class Keys:
    """Names states by what they hold: the same for equal ones, in every process."""

    _MOST = 64

    def __init__(self) -> None:
        self._digests: dict[bytes, bytes] = {}  # most files of a state are those of the state before it

    def of(self, state: State) -> bytes:
        """The state's name, 16 bytes."""
        hashed = hashlib.sha256(repr(state.said).encode())
        for path, data in sorted(state.files.items()):
            hashed.update(f"{path}\0".encode())
            hashed.update(b"folder" if data is None else self._digest(data))
        return hashed.digest()[:16]

    def _digest(self, data: bytes) -> bytes:
        known = self._digests.get(data)
        if known is None:
            if len(self._digests) >= self._MOST:
                self._digests.clear()
            known = self._digests[data] = hashlib.sha256(data).digest()
        return known


class Disk:
    """A disk while a program changes it. Starts with what a folder holds, all of it flushed."""

    def __init__(self, start: Path) -> None:
        self._files: dict[Node, _File] = {}
        self._folders: dict[Node, _Folder] = {}
        self._said: list[str] = []
        self._enter(start)

    def _enter(self, path: Path) -> Node:
        node = len(self._files) + len(self._folders)
        if path.is_dir():
            folder = self._folders[node] = _Folder()
            for inner in sorted(path.iterdir()):
                folder.safe[inner.name] = self._enter(inner)
        else:
            self._files[node] = _File(safe=path.read_bytes())
        return node

    def take(self, change: Change) -> None:
        """Let the change happen."""
        match change:
            case Wrote() | Cut():
                self._files[change.file].pending.append(change)
            case Named():
                if change.is_folder:
                    self._folders[change.node] = _Folder()
                else:
                    self._files.setdefault(change.node, _File())
                self._folders[change.folder].pending.append(change)
            case Unnamed() | Renamed():
                self._folders[change.folder].pending.append(change)
            case Flushed():
                self._flush(change.node)
            case Said():
                self._said.append(change.text)
            case _:
                assert_never(change)

    def _flush(self, node: Node) -> None:
        if node in self._folders:
            folder = self._folders[node]
            folder.safe, folder.pending = _names_after(folder.safe, folder.pending), []
        else:
            file = self._files[node]
            file.safe, file.pending = _bytes_after(file.safe, file.pending), []

    def after(self, survival: Survival, dice: random.Random) -> State:
        """One way the disk may be found if the power goes now."""
        files: dict[str, bytes | None] = {}
        self._gather(0, "", survival, dice, files)
        return State(files=files, said=tuple(self._said))

    def _gather(
        self, node: Node, path: str, survival: Survival, dice: random.Random, files: dict[str, bytes | None]
    ) -> None:
        folder = self._folders[node]
        for name, inner in _names_after(folder.safe, _chosen(folder.pending, survival, dice)).items():
            if inner in self._folders:
                files[path + name] = None
                self._gather(inner, f"{path}{name}/", survival, dice, files)
            else:
                file = self._files[inner]
                files[path + name] = _bytes_after(file.safe, _surviving(file.pending, survival, dice))


def _chosen(pending: Sequence, survival: Survival, dice: random.Random) -> list:  # type: ignore[type-arg]
    match survival:
        case Survival.NOTHING:
            return []
        case Survival.ALL:
            return list(pending)
        case Survival.PREFIX:
            return list(pending[: dice.randint(0, len(pending))])
        case Survival.SOME | Survival.TORN:
            return [change for change in pending if dice.random() < 0.5]
        case _:
            assert_never(survival)


def _surviving(pending: Sequence[Wrote | Cut], survival: Survival, dice: random.Random) -> Iterable[Wrote | Cut]:
    if survival is not Survival.TORN:
        return _chosen(pending, survival, dice)
    pieces = [piece for change in pending for piece in _pieces(change)]
    dice.shuffle(pieces)
    return pieces[: dice.randint(0, len(pieces))]


def _pieces(change: Wrote | Cut) -> Iterator[Wrote | Cut]:
    if isinstance(change, Cut):
        yield change
        return
    start = 0
    while start < len(change.data):
        end = min(len(change.data), start + SECTOR - (change.offset + start) % SECTOR)
        yield Wrote(file=change.file, offset=change.offset + start, data=change.data[start:end])
        start = end


def _bytes_after(safe: bytes, changes: Iterable[Wrote | Cut]) -> bytes:
    changed = None
    for change in changes:
        changed = bytearray(safe) if changed is None else changed
        match change:
            case Wrote():
                if len(changed) < change.offset:
                    changed.extend(bytes(change.offset - len(changed)))
                changed[change.offset : change.offset + len(change.data)] = change.data
            case Cut():
                del changed[change.length :]
                changed.extend(bytes(change.length - len(changed)))
            case _:
                assert_never(change)
    return safe if changed is None else bytes(changed)


def _names_after(safe: dict[str, Node], changes: Iterable[Named | Unnamed | Renamed]) -> dict[str, Node]:
    names = dict(safe)
    for change in changes:
        match change:
            case Named():
                names[change.name] = change.node
            case Unnamed():
                names.pop(change.name, None)
            case Renamed():  # the new name survives even where the creation of the old one did not
                names.pop(change.before, None)
                names[change.after] = change.node
            case _:
                assert_never(change)
    return names
