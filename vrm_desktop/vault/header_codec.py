"""The header's bytes: strict canonical JSON out and in, its checksum, its seal, and what a slot is bound to.

Stable in every format, so that damage and a newer format can be told apart: the file is one canonical JSON object with
`magic`, `needs` (the oldest format version that can read it) and `sha256` (over the canonical object without that
member). Never lives here: files, or opening slots.
"""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.vault.errors import HeaderTampered, VaultTooNew
from vrm_desktop.vault.header import Header, Slot, SlotKind
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.unlocking.passphrase import KdfParameters
from vrm_desktop.vault.unlocking.subkeys import Purpose, subkey

MAGIC = "vrm-vault-header"
FORMAT = 1
MAX_BYTES = 65_536

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_MEMBERS = frozenset(
    {
        "magic",
        "format",
        "needs",
        "vault_id",
        "generation",
        "database",
        "salt",
        "slots",
        "created",
        "changed",
        "seal",
    }
)
_SLOT_MEMBERS = frozenset({"id", "kind", "kdf", "salt", "nonce", "wrapped", "created"})
_KDF_MEMBERS = frozenset({"name", "memory_kib", "passes", "lanes"})


class UnreadableHeader(Exception):
    """These bytes are no header. Never leaves the vault: `header_file` says what it means for the person."""


def slot_context(*, vault_id: bytes, slot_id: bytes, kind: SlotKind, kdf: KdfParameters | None, salt: bytes) -> bytes:
    """The bytes a slot's wrapped key is bound to."""
    return strict_json.encode(
        {
            "format": FORMAT,
            "kdf": _kdf_object(kdf),
            "kind": kind.value,
            "magic": MAGIC,
            "salt": salt.hex(),
            "slot": slot_id.hex(),
            "vault_id": vault_id.hex(),
        }
    )


def sealed(header: Header, data_key: DataKey) -> Header:
    """The same header with the seal that fits it."""
    return replace(header, seal=_seal(header, data_key))


def require_seal(header: Header, data_key: DataKey) -> Header:
    """The same header, if its seal fits; raises HeaderTampered."""
    if not hmac.compare_digest(header.seal, _seal(header, data_key)):
        raise HeaderTampered("the header's seal does not fit its contents")
    return header


def encode_header(header: Header) -> bytes:
    """The file's bytes. The header must be sealed."""
    if not header.seal:
        raise ValueError("an unsealed header is never written")
    unsummed = _contents(header) | {"seal": header.seal.hex()}
    return strict_json.encode(unsummed | {"sha256": _digest(unsummed)})


def decode_header(data: bytes) -> Header:
    """The header in these bytes. Raises UnreadableHeader for damage of any kind, VaultTooNew for a newer format."""
    if len(data) > MAX_BYTES:
        raise UnreadableHeader("longer than any header")
    try:
        value = strict_json.decode_canonical(data)
        if not isinstance(value, dict) or value.get("magic") != MAGIC:
            raise UnreadableHeader("not a header")
        found: dict[str, object] = {**value}
        if found.pop("sha256", None) != _digest(found):
            raise UnreadableHeader("the checksum does not fit")
        needs = _integer(found, "needs")
        if needs > FORMAT:
            raise VaultTooNew(f"header format {needs}")
        return _header(found)
    except (CanonError, ValueError) as error:
        raise UnreadableHeader(str(error)) from error


def _digest(unsummed: dict[str, object]) -> str:
    return hashlib.sha256(strict_json.encode(unsummed)).hexdigest()


def _seal(header: Header, data_key: DataKey) -> bytes:
    key = subkey(data_key, header.vault_id, Purpose.HEADER_SEAL)
    return hmac.digest(key.reveal(), strict_json.encode(_contents(header)), "sha256")


def _contents(header: Header) -> dict[str, object]:
    return {
        "magic": MAGIC,
        "format": FORMAT,
        "needs": FORMAT,
        "vault_id": header.vault_id.hex(),
        "generation": header.generation,
        "database": header.database,
        "salt": header.salt.hex(),
        "slots": [_slot_object(slot) for slot in header.slots],
        "created": _written_instant(header.created),
        "changed": _written_instant(header.changed),
    }


def _slot_object(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id.hex(),
        "kind": slot.kind.value,
        "kdf": _kdf_object(slot.kdf),
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
        "created": _written_instant(slot.created),
    }


def _kdf_object(kdf: KdfParameters | None) -> dict[str, object] | None:
    if kdf is None:
        return None
    return {"name": "argon2id", "memory_kib": kdf.memory_kib, "passes": kdf.passes, "lanes": kdf.lanes}


def _header(found: dict[str, object]) -> Header:
    _require_members(found, _MEMBERS)
    slots = found["slots"]
    if not isinstance(slots, list):
        raise ValueError("slots is not a list")
    if _integer(found, "format") != FORMAT or _integer(found, "needs") != FORMAT:
        raise ValueError("a format that never existed")
    seal = _bytes(found, "seal")
    if not seal:
        raise ValueError("the seal is missing")
    return Header(
        vault_id=_bytes(found, "vault_id"),
        generation=_integer(found, "generation"),
        database=_text(found, "database"),
        salt=_bytes(found, "salt"),
        slots=tuple(_slot(slot) for slot in slots),
        created=_instant(found, "created"),
        changed=_instant(found, "changed"),
        seal=seal,
    )


def _slot(found: object) -> Slot:
    if not isinstance(found, dict):
        raise ValueError("a slot is not an object")
    _require_members(found, _SLOT_MEMBERS)
    return Slot(
        id=_bytes(found, "id"),
        kind=SlotKind(_text(found, "kind")),
        kdf=_kdf(found["kdf"]),
        salt=_bytes(found, "salt"),
        nonce=_bytes(found, "nonce"),
        wrapped=_bytes(found, "wrapped"),
        created=_instant(found, "created"),
    )


def _kdf(found: object) -> KdfParameters | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise ValueError("derivation parameters are not an object")
    _require_members(found, _KDF_MEMBERS)
    if found["name"] != "argon2id":
        raise ValueError("an unknown derivation")
    return KdfParameters(
        memory_kib=_integer(found, "memory_kib"), passes=_integer(found, "passes"), lanes=_integer(found, "lanes")
    )


def _require_members(found: dict[str, object], names: frozenset[str]) -> None:
    if found.keys() != names:
        raise ValueError("members are missing or unknown")


def _text(found: dict[str, object], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    return value


def _integer(found: dict[str, object], name: str) -> int:
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} is not a count")
    return value


def _bytes(found: dict[str, object], name: str) -> bytes:
    text = _text(found, name)
    value = bytes.fromhex(text)
    if value.hex() != text:
        raise ValueError(f"{name} is not lower-case hexadecimal")
    return value


def _instant(found: dict[str, object], name: str) -> datetime:
    text = _text(found, name)
    value = datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    if _written_instant(value) != text:
        raise ValueError(f"{name} is not an instant")
    return value


def _written_instant(value: datetime) -> str:
    return f"{value.year:04d}" + value.strftime("-%m-%dT%H:%M:%SZ")
