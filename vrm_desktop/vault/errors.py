"""What can go wrong at the vault's border, one small tree with stable codes.

Never lives here: wording for people (see `vrm_desktop.wording`). Messages are for developers and carry no secret and
no stored value.
"""

from typing import ClassVar


class VaultError(Exception):
    """The root of everything the vault raises."""

    code: ClassVar[str] = "vault"


class NoVault(VaultError):
    """The folder holds no vault."""

    code = "no-vault"


class VaultExists(VaultError):
    """A vault is already there, and creating never overwrites."""

    code = "vault-exists"


class HeaderDamaged(VaultError):
    """Neither the header nor its previous version can be read; only a backup can help."""

    code = "header-damaged"


class HeaderTampered(HeaderDamaged):
    """The header was unlocked, but its seal does not fit: someone changed it on purpose."""

    code = "header-tampered"


class VaultTooNew(VaultError):
    """A newer program wrote this vault. `needs` names what can read it, for instance `format 2` or `schema 7`."""

    code = "vault-too-new"

    def __init__(self, needs: str) -> None:
        super().__init__(f"the vault needs a program that knows {needs}")
        self.needs = needs


class WrongPassphrase(VaultError):
    """No passphrase slot opens with what was typed; nothing is damaged."""

    code = "wrong-passphrase"


class WrongRecoveryCode(VaultError):
    """The recovery code is well formed but opens no slot of this vault."""

    code = "wrong-recovery-code"


class RecoveryCodeMistyped(VaultError):
    """The recovery code has the wrong length, an impossible character or a wrong checksum."""

    code = "recovery-code-mistyped"


class RecoveryCodeNotRepeated(VaultError):
    """What was typed back does not repeat the new recovery code; it was not set."""

    code = "recovery-code-not-repeated"


class RecoveryCodeNeeded(VaultError):
    """The keyring is offered only beside a recovery code, and the vault has none."""

    code = "recovery-code-needed"


class KeyringStillOn(VaultError):
    """The recovery code stays for as long as the keyring is a way in."""

    code = "keyring-still-on"


class NoSuchWayIn(VaultError):
    """The vault has no slot of the kind that was tried."""

    code = "no-such-way-in"


class PassphraseEmpty(VaultError):
    """A new passphrase has no character."""

    code = "passphrase-empty"


class KdfRefused(VaultError):
    """The header asks for key derivation weaker or heavier than this program accepts."""

    code = "kdf-refused"


class NotEnoughMemory(VaultError):
    """Deriving the key needs more memory than the computer gave."""

    code = "not-enough-memory"


class KeyringUnavailable(VaultError):
    """The keyring is absent, locked, silent past its limit or forgot our entry. The passphrase still works."""

    code = "keyring-unavailable"


class KeyringRefused(VaultError):
    """The keyring that would be used keeps nothing or keeps it readable; `backend` names it."""

    code = "keyring-refused"

    def __init__(self, backend: str) -> None:
        super().__init__(f"{backend} is not a keyring that protects what it keeps")
        self.backend = backend


class VaultDamaged(VaultError):
    """The key is right, but the database cannot be read."""

    code = "vault-damaged"


class VaultBusy(VaultError):
    """Another process, or another window, holds the vault."""

    code = "vault-busy"


class VaultClosed(VaultError):
    """The vault was closed or locked; nothing was done."""

    code = "vault-closed"


class DiskFull(VaultError):
    """There is no space left; what was being written did not happen."""

    code = "disk-full"


class DiskFailed(VaultError):
    """The operating system could not read or write one of the vault's files."""

    code = "disk-failed"


class CommitUncertain(VaultError):
    """Saving failed at its last step: it may or may not have happened. Read again before you repeat it."""

    code = "commit-uncertain"


class Conflict(VaultError):
    """A constraint of the schema refused the row; nothing was written."""

    code = "conflict"


class ValueRefused(VaultError):
    """A value would not come back from the database as it went in (NaN, a huge integer, a lone surrogate, NUL)."""

    code = "value-refused"


class StatementRefused(VaultError):
    """A statement is wrong, or one that an open vault never runs (ATTACH, re-keying, most PRAGMAs)."""

    code = "statement-refused"


class MigrationFailed(VaultError):
    """A migration did not go through; the vault is as it was before it."""

    code = "migration-failed"


class BackupFailed(VaultError):
    """A copy was made but does not hold what the vault holds; it was thrown away."""

    code = "backup-failed"


class BackupDamaged(VaultError):
    """A file is no backup, or not as it was written; nothing was taken from it."""

    code = "backup-damaged"


class BackupFolderMissing(VaultError):
    """The second folder for backups is not there, for instance because its disk is not connected."""

    code = "backup-folder-missing"


class RotationFailed(VaultError):
    """The copy under the new data key does not hold what the vault holds; it was thrown away, the old key stays."""

    code = "rotation-failed"


class WayInMissing(VaultError):
    """A new data key would shut a way in that the vault has; nothing was changed. `kind` names it."""

    code = "way-in-missing"

    def __init__(self, kind: str) -> None:
        super().__init__(f"the {kind} slot needs its secret once more, or to be given up on purpose")
        self.kind = kind


class NoSuchRecord(VaultError):
    """A record that must exist before it can be changed or used is not there."""

    code = "no-such-record"


class ChainBroken(VaultDamaged):
    """A row of the journal or the ledger is not as it was written. `chain` and `row` name the first one."""

    code = "chain-broken"

    def __init__(self, chain: str, row: int, what: str) -> None:
        super().__init__(f"{chain} row {row}: {what}")
        self.chain = chain
        self.row = row


class WrongArchivePassphrase(VaultError):
    """An encrypted archive does not open with what was typed; nothing is damaged."""

    code = "wrong-archive-passphrase"


class EncryptedFileDamaged(VaultError):
    """An encrypted archive is not as it was written; nothing was taken from it."""

    code = "encrypted-file-damaged"


class EncryptionNotKnown(VaultError):
    """A file is encrypted in a way that this program does not open: for keys, by another version, too heavily."""

    code = "encryption-not-known"


class ExportFailed(VaultError):
    """An archive was written but does not read back as it should; it was thrown away."""

    code = "export-failed"


class NameTaken(VaultError):
    """A file of that name is there already, and nothing is replaced."""

    code = "name-taken"


class NameReserved(VaultError):
    """In the vault's own folder a file of that name would be taken for one of its files, and cleared away."""

    code = "name-reserved"


class FolderMissing(VaultError):
    """The folder that a new file should stand in is not there."""

    code = "folder-missing"


class ImportRefused(VaultError):
    """What came in does not fit together: a table, a row, a chain. Nothing was kept of it."""

    code = "import-refused"
