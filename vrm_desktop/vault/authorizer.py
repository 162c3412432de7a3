"""What an open vault's connection may be asked: no ATTACH, no key changes, only PRAGMAs known to do no harm.

`PRAGMA rekey` can destroy a file on an I/O error, `cipher_hmac_pgno` corrupts it, `temp_store` puts plaintext into
temporary files. Never lives here: statements themselves.
"""

import sqlcipher3

_READ_OR_RUN = frozenset(
    {
        "application_id",
        "cache_size",
        "cipher_integrity_check",
        "cipher_salt",
        "cipher_status",
        "cipher_version",
        "compile_options",
        "data_version",
        "defer_foreign_keys",
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "optimize",
        "page_count",
        "page_size",
        "quick_check",
        "shrink_memory",
        "table_info",
        "table_list",
        "table_xinfo",
        "user_version",
        "wal_checkpoint",
    }
)
_READ_ONLY = frozenset(
    {"foreign_keys", "freelist_count", "journal_mode", "locking_mode", "synchronous", "temp_store", "trusted_schema"}
)


class Authorizer:
    """The callback SQLite asks about each step of a statement while it is prepared."""

    __slots__ = ("copy_target",)

    def __init__(self) -> None:
        self.copy_target: str | None = None
        """The one file that may be attached just now, because a verified copy is being written to it."""

    def __call__(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        allowed = True
        if action == sqlcipher3.SQLITE_ATTACH:
            allowed = self.copy_target is not None and first == self.copy_target
        elif action == sqlcipher3.SQLITE_PRAGMA:
            name = (first or "").lower()
            allowed = name in _READ_OR_RUN or (name in _READ_ONLY and second is None)
        return int(sqlcipher3.SQLITE_OK if allowed else sqlcipher3.SQLITE_DENY)
