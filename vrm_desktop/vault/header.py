"""The vault's header: which database, which salt, and the data key wrapped once per way in.

Values only, each with its invariants. Never lives here: bytes (`header_codec`), files (`header_file`), unlocking
(`ways_in`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from vrm_desktop.vault.unlocking.passphrase import SALT_LENGTHS, KdfParameters
from vrm_desktop.vault.unlocking.wrapping import NONCE_LENGTH, WRAPPED_LENGTH

MAX_SLOTS = 16

_DATABASE_NAME = re.compile(r"vault(-[0-9]{1,9})?\.db")


class SlotKind(StrEnum):
    """A way in."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key wrapped for one way in. `kdf` stands with passphrases only."""

    id: bytes
    kind: SlotKind
    kdf: KdfParameters | None
    salt: bytes
    nonce: bytes
    wrapped: bytes
    created: datetime

    def __post_init__(self) -> None:
        _require_length("slot id", self.id, 8)
        _require_length("nonce", self.nonce, NONCE_LENGTH)
        _require_length("wrapped key", self.wrapped, WRAPPED_LENGTH)
        _require_instant(self.created)
        if len(self.salt) not in SALT_LENGTHS:
            raise ValueError("a slot's salt has 16 to 32 bytes")
        if (self.kdf is not None) is not (self.kind is SlotKind.PASSPHRASE):
            raise ValueError("passphrase slots, and only they, carry derivation parameters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Everything in `vault.hdr`. `seal` is the HMAC-SHA256 by a key derived from the data key; empty before sealing."""

    vault_id: bytes
    generation: int
    database: str
    salt: bytes
    slots: tuple[Slot, ...]
    created: datetime
    changed: datetime
    seal: bytes = b""

    def __post_init__(self) -> None:
        _require_length("vault id", self.vault_id, 16)
        _require_length("database salt", self.salt, 16)
        _require_instant(self.created)
        _require_instant(self.changed)
        if self.seal:
            _require_length("seal", self.seal, 32)
        if not 1 <= self.generation < 2**53:
            raise ValueError("generations count from 1")
        if _DATABASE_NAME.fullmatch(self.database) is None:
            raise ValueError("not a database file name")
        if not 1 <= len(self.slots) <= MAX_SLOTS:
            raise ValueError(f"a header has 1 to {MAX_SLOTS} slots")
        if len({slot.id for slot in self.slots}) != len(self.slots):
            raise ValueError("two slots share an id")


def _require_length(what: str, value: bytes, length: int) -> None:
    if len(value) != length:
        raise ValueError(f"a {what} has {length} bytes")


def _require_instant(value: datetime) -> None:
    if value.tzinfo is not UTC or value.microsecond:
        raise ValueError("instants are UTC, to the second")
