"""Making a new vault: the header is written last, so a creation that was cut off leaves nothing that counts.

Never lives here: opening one, or SQL of any table.
"""

from collections.abc import Sequence
from pathlib import Path

from vrm_desktop.vault import header_file, opening
from vrm_desktop.vault.connection import clear_database, create_database
from vrm_desktop.vault.durable_files import flush_folder, private_folder
from vrm_desktop.vault.errors import VaultExists
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import sealed
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, migrate, packaged_migrations
from vrm_desktop.vault.rewrapping import Clock, to_the_second
from vrm_desktop.vault.secret import DataKey, Passphrase
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random, new_slot

DATABASE = "vault.db"


def create_vault(
    folder: Path,
    passphrase: Passphrase,
    *,
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
) -> None:
    """Make a new vault in the folder (created if needed, mode 0700) and close it again.

    The header is written last and makes the vault exist; a creation cut off before it leaves nothing that counts.
    Raises VaultExists, VaultBusy, PassphraseEmpty, NotEnoughMemory, DiskFull, DiskFailed.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    private_folder(folder)
    lock = LockFile(folder)
    try:
        if header_file.exists(folder):
            raise VaultExists("the folder already holds a vault")
        now = to_the_second(clock)
        data_key, vault_id = DataKey(random(DataKey.LENGTH)), random(16)
        slot = new_slot(data_key, passphrase, vault_id=vault_id, kdf=kdf, random=random, now=now)
        header = Header(
            vault_id=vault_id,
            generation=1,
            database=DATABASE,
            salt=random(16),
            slots=(slot,),
            created=now,
            changed=now,
        )
        header = sealed(header, data_key)
        made = opening.creating(folder / DATABASE)
        clear_database(made)
        key = opening.derive_keys(data_key, vault_id)[Purpose.DATABASE]
        connection = create_database(made, key, header.salt)
        try:
            migrate(connection, steps, back_up=None)
            connection.execute(
                "INSERT INTO vault_info (only, vault_id, created) VALUES (1, ?, ?)", (vault_id, now.isoformat())
            )
            connection.empty_log()  # closing would not say that it failed, and the file gets its name without its log
        finally:
            connection.close()
        flush_folder(folder)
        header_file.write_first_header(folder, header)
        opening.finish_creation(folder, header)
    finally:
        lock.release()
