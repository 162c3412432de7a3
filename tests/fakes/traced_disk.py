"""What a program did to one folder, recorded by strace: every change of a file's bytes, of a name, and every flush.

Here: running the program, reading the record. Never here: what may survive of it (see `power_loss`).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fakes.process_pool import unmeasured

CHANGING = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink", "link", "linkat", "mkdir")
"""The calls by which these programs change a disk; those that could, but must not occur, are in `_NEVER`."""

_NEVER = (
    "writev",
    "pwritev",
    "copy_file_range",
    "sendfile",
    "fallocate",
    "truncate",
    "symlink",
    "unlinkat",
    "renameat",
)
_TRACED = ",".join(("openat", "close", *CHANGING, "rmdir", *_NEVER))
_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\)\s*= (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Node = int
"""A file or folder, whatever its name; 0 is the folder that is watched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    file: Node
    offset: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    file: Node
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flushed:
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A new file, folder or second name."""

    folder: Node
    name: str
    node: Node
    is_folder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    folder: Node
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    folder: Node
    before: str
    after: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line the program printed: what it holds to be done for good."""

    text: str


Change = Wrote | Cut | Flushed | Named | Unnamed | Renamed | Said


def require_strace() -> None:
    """Skips the test, with the reason, where calls cannot be recorded."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        pytest.skip("needs strace on Linux (package strace)")
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip().splitlines()[-1:]}")


def record(program: Sequence[str], folder: Path, scratch: Path) -> list[Change]:
    """Run the program to its end and return what it did under the folder. What is there before counts as flushed."""
    names = _Names(folder)
    trace = scratch / "trace"
    watching = ["strace", "-f", "-qq", "-xx", "-s", "2000000", "-e", f"trace={_TRACED}", "-e", "signal=none"]
    subprocess.run(
        [*watching, "-o", str(trace), sys.executable, *program],
        check=True,
        capture_output=True,
        env=unmeasured(),
    )
    with trace.open(encoding="ascii") as lines:
        return [change for name, arguments, result in _calls(lines) for change in names.follow(name, arguments, result)]


def _calls(lines: Iterator[str]) -> Iterator[tuple[str, str, int]]:
    """Every call that succeeded, in the order of their ends; calls cut in two by another thread put together."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, rest = line.rstrip("\n").split(maxsplit=1)
        if rest.endswith("<unfinished ...>"):
            begun[thread] = rest.removesuffix("<unfinished ...>").rstrip()
            continue
        if rest.startswith("<..."):
            rest = begun.pop(thread) + rest.split("resumed>", 1)[1]
        match = _CALL.match(rest)
        if match is not None and int(match["result"]) >= 0:
            yield match["name"], match["arguments"], int(match["result"])


class _Names:
    """The folder's tree as the program saw it, to turn paths and descriptors into nodes."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._tree: dict[Node, dict[str, Node]] = {}
        self._next = 0
        self._open: dict[int, Node] = {}
        self._at: dict[int, int] = {}
        self._enter(folder)

    def _enter(self, path: Path) -> Node:
        node = self._new()
        if path.is_dir():
            self._tree[node] = {}
            for inner in sorted(path.iterdir()):
                self._tree[node][inner.name] = self._enter(inner)
        return node

    def _new(self) -> Node:
        self._next += 1
        return self._next - 1

    def _place(self, path: str) -> tuple[Node, str] | None:
        """The folder's node and the last name; None for what is elsewhere. The folder itself is (0, '')."""
        if path == self._root:
            return 0, ""
        if not path.startswith(self._root + "/"):
            return None
        *folders, name = path[len(self._root) + 1 :].split("/")
        node = 0
        for inner in folders:
            node = self._tree[node][inner]
        return node, name

    def follow(self, name: str, arguments: str, result: int) -> Iterator[Change]:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        if name == "openat":
            yield from self._opened(texts[0].decode(), arguments, result)
        elif name in {"rename", "unlink", "link", "linkat", "mkdir", "rmdir"}:
            yield from self._named(name, [self._place(text.decode()) for text in texts])
        elif name == "writev" and arguments.startswith("1, "):
            yield from (Said(text=line) for line in texts[0].decode().splitlines())
        elif name in _NEVER:
            raise AssertionError(f"the record does not follow {name}")
        else:
            yield from self._through(name, arguments, texts, result)

    def _opened(self, path: str, arguments: str, descriptor: int) -> Iterator[Change]:
        self._open.pop(descriptor, None)
        place = self._place(path)
        if place is None:
            return
        folder, name = place
        node = 0 if name == "" else self._tree[folder].get(name)
        if node is None:
            assert "O_CREAT" in arguments
            node = self._tree[folder][name] = self._new()
            yield Named(folder=folder, name=name, node=node)
        assert "O_APPEND" not in arguments
        if "O_TRUNC" in arguments:
            yield Cut(file=node, length=0)
        self._open[descriptor] = node
        self._at[descriptor] = 0

    def _named(self, name: str, places: list[tuple[Node, str] | None]) -> Iterator[Change]:
        if places[0] is None:
            assert len(places) == 1 or places[1] is None
            return
        folder, first = places[0]
        names = self._tree[folder]
        if name in {"unlink", "rmdir"}:
            del names[first]
            yield Unnamed(folder=folder, name=first)
        elif name == "mkdir":
            node = names[first] = self._new()
            self._tree[node] = {}
            yield Named(folder=folder, name=first, node=node, is_folder=True)
        else:
            assert places[1] is not None
            other, second = places[1]
            if name == "rename":
                assert other == folder
                node = names[second] = names.pop(first)
                yield Renamed(folder=folder, before=first, after=second, node=node)
            else:
                self._tree[other][second] = names[first]
                yield Named(folder=other, name=second, node=names[first])

    def _through(self, name: str, arguments: str, texts: list[bytes], result: int) -> Iterator[Change]:
        numbers = [part.strip() for part in _TEXT.sub("", arguments).split(",")]
        descriptor = int(numbers[0])
        node = self._open.get(descriptor)
        if node is None:
            return
        if name == "close":
            del self._open[descriptor]
        elif name == "write":
            yield Wrote(file=node, offset=self._at[descriptor], data=texts[0][:result])
            self._at[descriptor] += result
        elif name == "pwrite64":
            yield Wrote(file=node, offset=int(numbers[-1]), data=texts[0][:result])
        elif name == "ftruncate":
            yield Cut(file=node, length=int(numbers[1]))
        else:
            yield Flushed(node=node)
