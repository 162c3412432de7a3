"""Writes the frozen header files beside this script: run it once per header format, never again for a released one.

    python -m tests.data.vaults.make_headers

`valid-*.hdr` must be read forever, `newer-*.hdr` must be refused as newer, `bad-*.hdr` as damaged.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, SeededBytes
from vrm_desktop.canon import strict_json
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import encode_header, sealed
from vrm_desktop.vault.secret import DataKey, KeyringKey, RecoveryCode
from vrm_desktop.vault.ways_in import WayIn, new_slot

FOLDER = Path(__file__).parent / "headers"
DATA_KEY = DataKey(bytes(range(32)))
VAULT_ID = bytes(range(16))
RECOVERY = RecoveryCode(bytes(range(20)))
KEYRING = KeyringKey(bytes(range(32)))


def build(*ways: WayIn) -> Header:
    """A sealed header that opens with these ways in, the same bytes in every run."""
    random = SeededBytes(seed=len(ways))
    slots = tuple(new_slot(DATA_KEY, way, vault_id=VAULT_ID, kdf=CHEAP_KDF, random=random, now=NOON) for way in ways)
    header = Header(
        vault_id=VAULT_ID,
        generation=7,
        database="vault.db",
        salt=random(16),
        slots=slots,
        created=NOON,
        changed=NOON,
    )
    return sealed(header, DATA_KEY)


def resummed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The same header with a change and a checksum that fits it."""
    members: dict[str, Any] = strict_json.decode(data)  # type: ignore[assignment]
    del members["sha256"]
    change(members)
    members["sha256"] = hashlib.sha256(strict_json.encode(members)).hexdigest()
    return strict_json.encode(members)


def _put(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda members: members.__setitem__(name, value)


def _put_in_slot(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["slots"][0].__setitem__(name, value)


def _put_in_kdf(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["slots"][0]["kdf"].__setitem__(name, value)


def files() -> dict[str, bytes]:
    """Every frozen file by name."""
    one = encode_header(build(PASSPHRASE))
    changes: dict[str, Callable[[dict[str, Any]], object]] = {
        "bad-magic": _put("magic", "another-header"),
        "bad-format": _put("format", 0),
        "bad-needs-true": _put("needs", True),
        "bad-needs-negative": _put("needs", -1),
        "bad-generation-zero": _put("generation", 0),
        "bad-database-path": _put("database", "../vault.db"),
        "bad-database-number": _put("database", 1),
        "bad-salt-short": _put("salt", "00" * 15),
        "bad-salt-upper-case": _put("salt", "AB" * 16),
        "bad-salt-odd": _put("salt", "abc"),
        "bad-vault-id": _put("vault_id", ""),
        "bad-slots-none": _put("slots", []),
        "bad-slots-text": _put("slots", "none"),
        "bad-slot-text": _put("slots", ["none"]),
        "bad-slots-same-id": lambda members: members["slots"].append(members["slots"][0]),
        "bad-slots-17": lambda members: members["slots"].extend(
            [members["slots"][0] | {"id": f"{number:016x}"} for number in range(16)]
        ),
        "bad-slot-kind": _put_in_slot("kind", "fingerprint"),
        "bad-slot-recovery-with-kdf": _put_in_slot("kind", "recovery"),
        "bad-slot-without-kdf": _put_in_slot("kdf", None),
        "bad-slot-kdf-text": _put_in_slot("kdf", "argon2id"),
        "bad-slot-salt-long": _put_in_slot("salt", "00" * 33),
        "bad-slot-nonce": _put_in_slot("nonce", "00" * 11),
        "bad-slot-wrapped": _put_in_slot("wrapped", "00" * 47),
        "bad-slot-unknown-member": _put_in_slot("hint", "my dog"),
        "bad-kdf-name": _put_in_kdf("name", "scrypt"),
        "bad-kdf-zero-passes": _put_in_kdf("passes", 0),
        "bad-kdf-memory-text": _put_in_kdf("memory_kib", "64"),
        "bad-created-not-utc": _put("created", "2026-05-04T12:00:00+02:00"),
        "bad-created-no-day": _put("created", "2026-02-30T12:00:00Z"),
        "bad-created-loose": _put("created", "2026-5-4T12:00:00Z"),
        "bad-seal-empty": _put("seal", ""),
        "bad-seal-short": _put("seal", "00" * 31),
        "bad-unknown-member": _put("comment", "hello"),
        "bad-missing-member": lambda members: members.pop("changed"),
        "newer-format-2": lambda members: members.update(format=2, needs=2, keys="another way entirely"),
        "newer-format-900": lambda members: members.update(format=900, needs=900),
    }
    found = {name: resummed(one, change) for name, change in changes.items()}
    found |= {
        "valid-passphrase": one,
        "valid-three-ways": encode_header(build(PASSPHRASE, RECOVERY, KEYRING)),
        "bad-empty": b"",
        "bad-not-an-object": b"[]",
        "bad-two-objects": one + one,
        "bad-trailing-line-break": one + b"\n",
        "bad-byte-order-mark": b"\xef\xbb\xbf" + one,
        "bad-spaced": one.replace(b":", b": ", 1),
        "bad-duplicate-key": one.replace(b'{"changed"', b'{"magic":"vrm-vault-header","changed"', 1),
        "bad-checksum": one[:-4] + (b'00"}' if one[-4:] != b'00"}' else b'11"}'),
        "bad-nested": b"[" * 5_000,
        "bad-sqlite": b"SQLite format 3\0" + bytes(84),
    }
    return {f"{name}.hdr": data for name, data in found.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
