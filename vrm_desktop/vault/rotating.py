"""A new data key: every page copied under it into a new file, compared row by row, then switched by one header rename.

`PRAGMA rekey` is never used: it can destroy a file on an I/O error. Killed anywhere, the vault opens under the old key
or under the new one. Never lives here: asking for the secrets, or the backup made before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vrm_desktop.vault import header_file, opening, soundness, tidying
from vrm_desktop.vault.backup import Keys
from vrm_desktop.vault.connection import VaultConnection, clear_database, open_database
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import RotationFailed, VaultDamaged, WayInMissing
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.header_codec import UnreadableHeader, sealed
from vrm_desktop.vault.rewrapping import Clock, to_the_second
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random, WayIn, kind_of, new_slot


@dataclass(frozen=True, slots=True, kw_only=True)
class NextKey:
    """The header and the keys that a rotation leads to."""

    header: Header
    keys: Keys = field(repr=False)


def prepare(
    folder: Path,
    header: Header,
    ways: Sequence[WayIn],
    *,
    give_up: frozenset[SlotKind],
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
) -> NextKey:
    """Draw a new data key and wrap it for every way. Takes one key derivation.

    Raises WayInMissing for a kind of slot that the vault has and that is neither in `ways` nor given up.
    """
    given = {kind_of(way) for way in ways}
    for slot in header.slots:
        if slot.kind not in given | give_up:
            raise WayInMissing(slot.kind)
    data_key, now = DataKey(random(DataKey.LENGTH)), to_the_second(clock)
    following = replace(
        header,
        generation=header.generation + 1,
        database=tidying.free_database_name(folder, least=1),
        salt=random(16),
        slots=tuple(new_slot(data_key, way, vault_id=header.vault_id, kdf=kdf, random=random, now=now) for way in ways),
        changed=now,
        seal=b"",
    )
    return NextKey(header=sealed(following, data_key), keys=opening.derive_keys(data_key, header.vault_id))


def rotate(connection: VaultConnection, folder: Path, to: NextKey) -> VaultConnection:
    """Copy, compare, switch; the connection to go on with. The old one is closed and its file gone.

    Raises RotationFailed on any difference, DiskFull, DiskFailed; the old connection then works on, unless the header
    on the disk is the new one already (see `switched`): then neither does, and opening again goes on from there.
    """
    database = folder / to.header.database
    made = opening.creating(database)
    clear_database(made)
    try:
        _copy(connection, made, to)
        with disk_errors("naming the new database"):
            made.rename(database)
        flush_folder(folder)
        following = open_database(database, to.keys[Purpose.DATABASE], to.header.salt)
    except BaseException:
        clear_database(made)
        clear_database(database)
        raise
    try:
        header_file.write_header(folder, to.header)
    except BaseException:
        following.close()
        if not switched(folder, to.header):
            clear_database(database)
        raise
    try:
        connection.close()
        header_file.forget_previous(folder)
        tidying.finish(folder, to.header, restored=False)
    except BaseException:
        following.close()
        raise
    return following


def switched(folder: Path, header: Header) -> bool:
    """Whether the header on the disk names this header's database."""
    try:
        return header_file.read_one(folder / header_file.NAME).database == header.database
    except UnreadableHeader:
        return False


def _copy(connection: VaultConnection, made: Path, to: NextKey) -> None:
    before = soundness.fingerprints(connection)
    connection.copy_under(made, to.keys[Purpose.DATABASE], to.header.salt)
    try:
        copy = open_database(made, to.keys[Purpose.DATABASE], to.header.salt)
        try:
            with copy.bulk():
                found = soundness.problems(copy)
                if found:
                    raise RotationFailed(f"the copy is not sound: {found[0]}")
                _require_same(before, soundness.fingerprints(copy))
        finally:
            copy.close()
    except VaultDamaged as error:
        raise RotationFailed(f"the copy cannot be read back: {error}") from error
    _require_same(before, soundness.fingerprints(connection))


def _require_same(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if different:
        raise RotationFailed(f"{', '.join(different)} would not be the same")
