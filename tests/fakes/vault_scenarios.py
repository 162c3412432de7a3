"""What a person does with a vault, told step by step, and what must be true wherever it was cut off.

Run as a program (`python -m tests.fakes.vault_scenarios NAME FOLDER`) to be recorded, killed or starved from outside:
it prints a line for everything it holds to be done for good. Here: the scenarios. Never here: how they are cut off.
"""

import os
import resource
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tests.fakes import specimens
from tests.fakes.followed import be_followed_if_asked
from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, at_noon
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.archive.writing import write_archive
from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import NoSuchWayIn, NoVault, VaultError, WrongPassphrase, WrongRecoveryCode
from vrm_desktop.vault.exporting import Everything, reading_out
from vrm_desktop.vault.header import SlotKind
from vrm_desktop.vault.importing import bring_in
from vrm_desktop.vault.kept_backups import place_of
from vrm_desktop.vault.migrating import Migration, packaged_migrations
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.vault import OpenVault, create_vault, open_vault, restore, survey
from vrm_desktop.vault.ways_in import WayIn, unlock

NEW = Passphrase("five loud geese grazing")
CODE = RecoveryCode(bytes(range(20)))
NEW_CODE = RecoveryCode(bytes(range(1, 21)))
KEYRING = KeyringKey(bytes(range(32)))
ALL = packaged_migrations()
FIRST = ALL[:1]

Say = Callable[[str], object]


def opened(folder: Path, way: WayIn = PASSPHRASE, *, migrations: Sequence[Migration] = ALL) -> OpenVault:
    """The vault in the folder."""
    return open_vault(folder, way, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon, migrations=migrations)


def give(vault: OpenVault, *numbers: int) -> None:
    """Write one disclosure and one line of the story for each number, a transaction each."""

    for number in numbers:
        row = replace(specimens.LEDGER[0], seq=0, message=MessageId(f"given-{number}"), value=f"value {number}")
        note = replace(specimens.NOTES[0], text=f"line {number}")

        def change(sql: object, row: object = row, note: object = note) -> None:
            contents = vault.contents(sql)  # type: ignore[arg-type]
            contents.append_ledger(row)  # type: ignore[arg-type]
            contents.add_note(note)  # type: ignore[arg-type]

        vault.thread.write_now(change)


def given(vault: OpenVault) -> tuple[int, ...]:
    """The numbers of what was written, in order; the search must know each of them, and so must the story."""

    def look(sql: object) -> tuple[int, ...]:
        contents = vault.contents(sql)  # type: ignore[arg-type]
        numbers = tuple(int(row.message.split("-")[1]) for row in contents.ledger())
        told = tuple(int(note.text.split()[1]) for note in contents.notes(specimens.RELATIONSHIP.id))
        found = {finding for number in numbers for finding in contents.find(f"value {number}")}
        if told != numbers or len(found) < len(numbers):
            raise AssertionError(f"the ledger says {numbers}, the story {told}, the search finds {len(found)}")
        return numbers

    return vault.thread.read_now(look)


def make(folder: Path, count: int, *, migrations: Sequence[Migration] = ALL) -> None:
    """A closed vault in which `count` things were given away."""
    create_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon, migrations=migrations)
    vault = opened(folder, migrations=migrations)

    def known(sql: object) -> None:
        contents = vault.contents(sql)  # type: ignore[arg-type]
        contents.save_vendor(specimens.VENDOR)
        contents.save_intentcast(specimens.WANT)
        contents.save_relationship(specimens.RELATIONSHIP)
        contents.new_identity(specimens.RELATIONSHIP.id, specimens.SEED, specimens.READ_SECRET)

    vault.thread.write_now(known)
    give(vault, *range(count))
    vault.close()


def require_whole(folder: Path, *ways: Passphrase, migrations: Sequence[Migration] = ALL) -> tuple[int, ...]:
    """Open the vault with the first way that fits, as the program does; it must be sound. What was given away."""
    for way in ways:
        try:
            vault = opened(folder, way, migrations=migrations)
        except WrongPassphrase:
            continue
        break
    else:
        raise AssertionError("no known passphrase opens the vault")
    try:
        report = vault.check()
        if not report.sound:
            raise AssertionError([check for check in report.checks if not check.sound])
        return given(vault)
    finally:
        vault.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`prepare` makes the folder; `act` is what gets cut off; `judge` raises unless what is found then is right.

    `judge` is given the lines said before the cut. `within`: the vault's own folder; `ways`: what may open it by then.
    """

    name: str
    prepare: Callable[[Path], object]
    act: Callable[[Path, Say], object]
    judge: Callable[[Path, Sequence[str]], object]
    within: str = ""
    ways: tuple[Passphrase, ...] = (PASSPHRASE,)


def settle(scenario: Scenario, folder: Path) -> None:
    """Open what was found and close it again, as the program does first: all that a crash left undone is done then.

    What is found afterwards depends on nothing but the folder. Raises what opening raises, except NoVault.
    """
    for way in scenario.ways:
        try:
            vault = opened(folder / scenario.within, way)
        except WrongPassphrase:
            continue
        except NoVault:
            return
        restored = vault.header_was_restored
        vault.close()
        if restored:
            raise AssertionError("the header was damaged, and the one before it stood in")
        return
    raise AssertionError("no known passphrase opens the vault")


def _counted(found: tuple[int, ...], said: Sequence[str], *, start: int = 0) -> None:
    """Everything said to be written is there, at most one more, in order, nothing twice."""
    acknowledged = start + sum(line.startswith("given") for line in said)
    if found not in {tuple(range(acknowledged)), tuple(range(acknowledged + 1))}:
        raise AssertionError(f"{acknowledged} were acknowledged, but {found} is there")


def _use(folder: Path, say: Say) -> None:
    number = 2
    for _ in range(2):
        vault = opened(folder)
        for _ in range(4):
            try:
                give(vault, number)
            except VaultError:
                give(vault, number)  # a refusal may have come after the act: repeating does no harm
            say(f"given {number}")
            number += 1
        vault.close()


def _judge_use(folder: Path, said: Sequence[str]) -> None:
    _counted(require_whole(folder, PASSPHRASE), said, start=2)


def _create(folder: Path, say: Say) -> None:
    create_vault(folder / "vault", PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)
    say("created")


def _judge_create(folder: Path, said: Sequence[str]) -> None:
    try:
        found = require_whole(folder / "vault", PASSPHRASE)
    except NoVault:
        if "created" in said:
            raise
        create_vault(folder / "vault", PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)
        found = require_whole(folder / "vault", PASSPHRASE)
    if found:
        raise AssertionError("a new vault holds something")


def _header(folder: Path, say: Say) -> None:
    vault = opened(folder)
    vault.set_way_in(PASSPHRASE, CODE)
    say("code")
    vault.set_way_in(CODE, KEYRING)
    say("keyring")
    vault.change_passphrase(KEYRING, NEW)
    say("passphrase")
    vault.set_way_in(NEW, NEW_CODE)
    say("new code")
    say("closing the keyring")
    vault.remove_way_in(NEW_CODE, SlotKind.KEYRING)
    say("no keyring")
    vault.close()


def _judge_header(folder: Path, said: Sequence[str]) -> None:
    changed, unchanged = "passphrase" in said, "keyring" not in said
    _counted(
        require_whole(folder, *((NEW,) if changed else (PASSPHRASE,) if unchanged else (NEW, PASSPHRASE))),
        said,
        start=2,
    )
    if changed:
        _require_shut(folder, PASSPHRASE)
    if "new code" in said:
        _require_shut(folder, CODE)
    if "no keyring" in said:
        _require_shut(folder, KEYRING)
    codes = (NEW_CODE,) if "new code" in said else (NEW_CODE, CODE) if changed else (CODE,)
    if "code" in said:
        _require_open(folder, codes)
    if "keyring" in said and "closing the keyring" not in said:
        _require_open(folder, (KEYRING,))


def _require_open(folder: Path, ways: Sequence[WayIn]) -> None:
    """One of the ways opens the vault."""
    for way in ways:
        with suppress(WrongRecoveryCode):
            opened(folder, way).close()
            return
    raise AssertionError("a way in that was acknowledged does not open the vault")


def _require_shut(folder: Path, way: WayIn) -> None:
    """The way opens neither the header that counts nor its previous version."""
    for name in (header_file.NAME, header_file.PREVIOUS):
        with suppress(WrongPassphrase, WrongRecoveryCode, NoSuchWayIn):
            unlock(header_file.read_one(folder / name), way, CHEAP_KDF)
            raise AssertionError(f"a way in that was closed still opens {name}")


def _migrate(folder: Path, say: Say) -> None:
    vault = opened(folder)
    say("migrated")
    give(vault, 2)
    say("given 2")
    vault.close()


def _judge_migrate(folder: Path, said: Sequence[str]) -> None:
    _counted(require_whole(folder, PASSPHRASE), said, start=2)
    _backups_hold(folder, at_least=1 if "migrated" in said else 0)


def _backups_hold(folder: Path, *, at_least: int) -> None:
    points = survey(folder, PASSPHRASE, kdf=CHEAP_KDF)
    bad = [point for point in points if not point.good]
    named = list(place_of(folder).glob("*.vrm-backup")) if place_of(folder).is_dir() else []
    if bad or len(named) != len(points) or len(points) < at_least:
        raise AssertionError(f"of {named}, {len(points)} are backups and {len(bad)} of them bad: {bad[:1]}")


def _back_up(folder: Path, say: Say) -> None:
    vault = opened(folder)
    vault.back_up("first")
    say("backup")
    give(vault, 2)
    say("given 2")
    vault.back_up("before-second")
    say("backup")
    vault.close()


def _judge_back_up(folder: Path, said: Sequence[str]) -> None:
    _backups_hold(folder, at_least=1 if "backup" in said else 0)
    _counted(require_whole(folder, PASSPHRASE), said, start=2)


_COPY = "copy.vrm-backup"


def _prepare_restore(folder: Path) -> None:
    make(folder, 2)
    vault = opened(folder)
    vault.back_up_to(folder / _COPY)
    give(vault, 2, 3)
    vault.close()


def _restore(folder: Path, say: Say) -> None:
    restore(folder / _COPY, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon)
    _go_on(folder, say)


def _go_on(folder: Path, say: Say) -> None:
    say("replaced")
    vault = opened(folder)
    give(vault, 2)
    say("given 2")
    vault.close()


def _judge_replaced(folder: Path, said: Sequence[str]) -> None:
    found = require_whole(folder, PASSPHRASE)
    aside = [path for path in folder.glob("set-aside-*") if path.is_dir()]
    if "replaced" not in said and found == (0, 1, 2, 3):
        if aside:
            raise AssertionError("nothing was replaced, but something was set aside")
        return
    _counted(found, said, start=2)
    if [require_whole(place, PASSPHRASE) for place in aside] != [(0, 1, 2, 3)]:
        raise AssertionError("what stood before is lost")


_ARCHIVE = "everything.zip"


def _prepare_import(folder: Path) -> None:
    make(folder, 2)
    vault = opened(folder)

    def write(everything: Everything) -> None:
        with (folder / _ARCHIVE).open("xb") as file:
            write_archive(file, everything, terms={}, made=NOON)

    vault.thread.upkeep_now(lambda connection: reading_out(connection, write))
    give(vault, 2, 3)
    vault.close()


def _import(folder: Path, say: Say) -> None:
    with (folder / _ARCHIVE).open("rb") as file:
        archive = Archive(file)
        archive.verify()
        bring_in(archive, folder, PASSPHRASE, set_aside=True, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)
    _go_on(folder, say)


def _rotate(folder: Path, say: Say) -> None:
    vault = opened(folder)
    vault.rotate_key(PASSPHRASE)
    say("rotated")
    give(vault, 2)
    say("given 2")
    vault.close()


def _judge_rotate(folder: Path, said: Sequence[str]) -> None:
    _counted(require_whole(folder, PASSPHRASE), said, start=2)
    names = sorted(path.name for path in folder.glob("vault*.db*"))
    if len(names) != 1 or ("rotated" in said and names != ["vault-1.db"]):
        raise AssertionError(f"databases left over: {names}")
    _backups_hold(folder, at_least=1 if "rotated" in said else 0)


def _two(folder: Path) -> None:
    make(folder, 2)


def _nothing(folder: Path) -> None:
    folder.mkdir()


def _two_of_the_first_schema(folder: Path) -> None:
    make(folder, 2, migrations=FIRST)


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(name="create", prepare=_nothing, act=_create, judge=_judge_create, within="vault"),
        Scenario(name="use", prepare=_two, act=_use, judge=_judge_use),
        Scenario(name="header", prepare=_two, act=_header, judge=_judge_header, ways=(NEW, PASSPHRASE)),
        Scenario(name="migration", prepare=_two_of_the_first_schema, act=_migrate, judge=_judge_migrate),
        Scenario(name="backup", prepare=_two, act=_back_up, judge=_judge_back_up),
        Scenario(name="restore", prepare=_prepare_restore, act=_restore, judge=_judge_replaced),
        Scenario(name="import", prepare=_prepare_import, act=_import, judge=_judge_replaced),
        Scenario(name="rotation", prepare=_two, act=_rotate, judge=_judge_rotate),
    )
}


def _say(line: str) -> None:
    os.writev(1, [line.encode() + b"\n"])  # a call of its own, so that a refused `write` never silences it


REFUSED = 3
"""The exit status after an error of the vault's own, whose code is then said."""

if __name__ == "__main__":
    if len(sys.argv) > 3:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    be_followed_if_asked()
    try:
        SCENARIOS[sys.argv[1]].act(Path(sys.argv[2]), _say)
    except VaultError as error:
        _say(f"refused {error.code}")
        os._exit(REFUSED)  # as a crash would: nothing is put in order on the way out
