"""A process killed before any of its file operations leaves a vault that opens, whole, with a known passphrase.

The operations counted are the program's own; SQLite's are covered by the log's protocol and by the write hook.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.forked_child import exit_status
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, make, unlocked
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import NoVault, WrongPassphrase
from vrm_desktop.vault.migrating import Migration
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import check

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

NEW = Passphrase("five loud geese grazing")
NEWER = (*SIMPLE, Migration(number=2, name="colour", sql="ALTER TABLE shelf ADD COLUMN colour TEXT;"))
KILLED = 9
COUNTED = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "chmod", "rmdir")


def killed_before(number: int, work: Callable[[], object]) -> bool:
    """Do the work in a child that dies before its file operation of this number; whether it came to that."""

    def counted_work() -> None:
        done = 0

        def counting(call: Callable[..., object]) -> Callable[..., object]:
            def counted(*arguments: object, **named: object) -> object:
                nonlocal done
                done += 1
                if done == number:
                    os._exit(KILLED)
                return call(*arguments, **named)

            return counted

        for name in COUNTED:
            setattr(os, name, counting(getattr(os, name)))
        work()

    status = exit_status(counted_work)
    assert status in {0, KILLED}
    return status == KILLED


def at_every_operation(
    work: Callable[[Path], object], inspect: Callable[[Path], object], fresh: Callable[[], Path]
) -> int:
    """Kill the work before its first, second, third ... operation, each time on a fresh folder; how many there were."""
    number = 1
    while True:
        folder = fresh()
        killed = killed_before(number, lambda: work(folder))  # noqa: B023 - called at once
        inspect(folder)
        if not killed:
            return number - 1
        number += 1


class Folders:
    """A new folder at each call, with or without a vault that holds one shelf."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._count = 0

    def empty(self) -> Path:
        self._count += 1
        return self._root / f"vault {self._count}"

    def filled(self) -> Path:
        folder = make(self.empty())
        vault = unlocked(folder)
        vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES ('poems')"))
        vault.close()
        return folder


def holds_the_shelf(folder: Path, passphrase: Passphrase, migrations: tuple[Migration, ...] = SIMPLE) -> None:
    def names(transaction: Transaction) -> list[str]:
        return [row["name"] for row in transaction.query("SELECT name FROM shelf")]

    vault = unlocked(folder, passphrase, migrations=migrations)
    assert vault.thread.read_now(names) == ["poems"]
    vault.close()
    assert check(folder, passphrase, kdf=CHEAP_KDF, migrations=migrations).sound


def test_creating_leaves_no_vault_or_a_whole_one(tmp_path: Path) -> None:
    def inspect(folder: Path) -> None:
        try:
            unlocked(folder).close()
        except NoVault:
            make(folder)
        vault = unlocked(folder)
        assert vault.check().sound
        vault.close()

    assert at_every_operation(make, inspect, Folders(tmp_path).empty) >= 15


def test_changing_the_passphrase_leaves_a_known_one(tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        vault = unlocked(folder)
        vault.change_passphrase(PASSPHRASE, NEW)
        vault.close()

    def inspect(folder: Path) -> None:
        try:
            holds_the_shelf(folder, NEW)
        except WrongPassphrase:
            holds_the_shelf(folder, PASSPHRASE)

    assert at_every_operation(change, inspect, Folders(tmp_path).filled) >= 20


def test_healing_the_header_can_be_cut_off_anywhere(tmp_path: Path) -> None:
    folders = Folders(tmp_path)

    def damaged() -> Path:
        folder = folders.filled()
        (folder / header_file.NAME).write_bytes(b"damaged")
        return folder

    def heal(folder: Path) -> None:
        unlocked(folder).close()

    def inspect(folder: Path) -> None:
        unlocked(folder).close()
        holds_the_shelf(folder, PASSPHRASE)

    assert at_every_operation(heal, inspect, damaged) >= 5


def test_migrating_can_be_cut_off_anywhere(tmp_path: Path) -> None:
    def migrate(folder: Path) -> None:
        unlocked(folder, migrations=NEWER).close()

    assert (
        at_every_operation(migrate, lambda folder: holds_the_shelf(folder, PASSPHRASE, NEWER), Folders(tmp_path).filled)
        >= 15
    )


@pytest.mark.parametrize(("step", "kept"), [("begin", []), ("before-commit", []), ("after-commit", ["poems"])])
def test_a_write_killed_at_each_of_its_steps_happened_wholly_or_not_at_all(
    tmp_path: Path, step: str, kept: list[str]
) -> None:
    folder = make(tmp_path / "vault")

    def die() -> None:
        vault = unlocked(folder, on_io=lambda heard: os._exit(KILLED) if heard == step else None)
        vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES ('poems')"))

    assert exit_status(die) == KILLED
    vault = unlocked(folder)
    names = vault.thread.read_now(lambda transaction: [row[0] for row in transaction.query("SELECT name FROM shelf")])
    assert names == kept
    vault.close()
