"""What `vrm vault check` reports: every question about a vault's files, each with its own answer.

Never lives here: repairing anything, or words for people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from vrm_desktop.vault import header_file, soundness
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import DiskFailed, VaultBusy, VaultDamaged, VaultError, VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader
from vrm_desktop.vault.repositories.chains import ChainName

Question = Callable[[VaultConnection], tuple[str, ...]]
"""What is wrong, as texts for developers; nothing when all is well."""


class CheckName(StrEnum):
    """One question."""

    HEADER = "header"  # the current header is whole and was not changed behind our back
    PREVIOUS_HEADER = "previous-header"  # its predecessor is whole and of the same vault
    OPENING = "opening"  # the database opens and says it is this vault's
    SALT = "salt"  # its first 16 bytes are the salt in the header
    CIPHER = "cipher"  # every page authenticates
    STRUCTURE = "structure"  # SQLite's full check
    REFERENCES = "references"  # no row points to a missing row
    JOURNAL = "journal"  # every row of the journal follows from those before it
    LEDGER = "ledger"  # every row of the ledger follows from those before it
    SEARCH = "search"  # what finds by text fits what is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One answer: sound when there are no problems. Problems are for developers and hold no stored value."""

    name: CheckName
    problems: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All the answers. `file`: the database; `counts`: rows per table, empty when it does not open."""

    file: Path
    generation: int
    checks: tuple[Check, ...]
    counts: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether every check is."""
        return all(check.sound for check in self.checks)


def check_headers(folder: Path, header: Header, *, restored: bool) -> tuple[Check, Check]:
    """The current and the previous header file, against the header that was unlocked.

    `restored`: the current file was damaged, and was replaced by its previous version a moment ago.
    """
    current: tuple[str, ...] = ()
    try:
        if restored:
            current = ("it was damaged or absent, and was restored from its previous version",)
        elif header_file.read_one(folder / header_file.NAME) != header:
            current = ("it is not the header that was unlocked",)
    except (UnreadableHeader, VaultTooNew) as error:
        current = (str(error),)
    previous: tuple[str, ...] = ()
    try:
        if header_file.read_one(folder / header_file.PREVIOUS).vault_id != header.vault_id:
            previous = ("it belongs to another vault",)
    except (UnreadableHeader, VaultTooNew) as error:
        previous = (str(error),)
    return Check(name=CheckName.HEADER, problems=current), Check(name=CheckName.PREVIOUS_HEADER, problems=previous)


def check_database(header: Header, connection: VaultConnection) -> tuple[tuple[Check, ...], dict[str, int]]:
    """Everything asked of an open database, and its rows per table (empty when they cannot be counted)."""
    cipher = Check(name=CheckName.CIPHER, problems=_ask(connection, soundness.cipher_problems))
    salt = connection.first_bytes(16)  # after the check before it, which moved the log into the file

    def further(name: CheckName, question: Question) -> Check:
        return Check(name=name, problems=_ask(connection, question, beside_damage=not cipher.sound))

    checks = (
        Check(name=CheckName.OPENING),
        Check(name=CheckName.SALT, problems=() if salt == header.salt else ("the first 16 bytes are not the salt",)),
        cipher,
        further(CheckName.STRUCTURE, soundness.structure_problems),
        further(CheckName.REFERENCES, soundness.reference_problems),
        further(CheckName.JOURNAL, partial(soundness.chain_problems, name=ChainName.JOURNAL)),
        further(CheckName.LEDGER, partial(soundness.chain_problems, name=ChainName.LEDGER)),
        further(CheckName.SEARCH, soundness.search_problems),
    )
    try:
        return checks, dict(soundness.counts(connection))
    except VaultDamaged:
        return checks, {}


def unopened(error: VaultError) -> Check:
    """The answer when the database does not open; a busy or too new vault is no damage and is raised instead."""
    if isinstance(error, VaultBusy | VaultTooNew):
        raise error
    return Check(name=CheckName.OPENING, problems=(str(error),))


def report(folder: Path, header: Header, checks: Sequence[Check], counts: Mapping[str, int]) -> CheckReport:
    """The answers put together."""
    return CheckReport(file=folder / header.database, generation=header.generation, checks=tuple(checks), counts=counts)


def _ask(connection: VaultConnection, question: Question, *, beside_damage: bool = False) -> tuple[str, ...]:
    """What the question finds; that it cannot be asked is a finding too.

    `beside_damage`: SQLCipher lets nothing be written any more once a page failed to authenticate, not even by the
    check of the text indexes, and calls that a failure of the disk.
    """
    try:
        return question(connection)
    except VaultDamaged as error:
        return (str(error),)
    except DiskFailed as error:
        if not beside_damage:
            raise
        return (f"cannot be checked beside the damage: {error}",)
