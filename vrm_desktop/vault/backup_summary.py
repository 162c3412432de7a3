"""What a backup says about its contents: when, which schema, how many rows, where the chains end.

Sealed with a key of its own, for row counts tell something about a person. Never lives here: the file around it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.ids import Digest
from vrm_desktop.vault import soundness
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import BackupDamaged
from vrm_desktop.vault.migrating import schema_of
from vrm_desktop.vault.repositories.chains import Head
from vrm_desktop.vault.secret import Subkey

_NONCE = 12
_TAG = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """`counts`: rows per table; `heads`: where each chain ends, by its name."""

    made: datetime
    schema: int
    counts: Mapping[str, int]
    heads: Mapping[str, Head]


def summarise(connection: VaultConnection, made: datetime) -> Summary:
    """What the database holds now."""
    return Summary(
        made=made, schema=schema_of(connection), counts=soundness.counts(connection), heads=soundness.heads(connection)
    )


def encode(summary: Summary) -> bytes:
    """Canonical JSON."""
    return strict_json.encode(
        {
            "counts": dict(summary.counts),
            "heads": {name: [head.length, head.link] for name, head in summary.heads.items()},
            "made": int(summary.made.timestamp()),
            "schema": summary.schema,
        }
    )


def sealed_length(summary: Summary) -> int:
    """How many bytes `seal` makes of it."""
    return _NONCE + len(encode(summary)) + _TAG


def seal(summary: Summary, key: Subkey, *, bound_to: bytes, random: Callable[[int], bytes]) -> bytes:
    """Nonce and AES-256-GCM ciphertext, bound to what stands before it in the file."""
    nonce = random(_NONCE)
    return nonce + AESGCM(key.reveal()).encrypt(nonce, encode(summary), bound_to)


def unseal(sealed: bytes, key: Subkey, *, bound_to: bytes) -> Summary:
    """The summary; raises BackupDamaged for another key, another front or a shape that was never written."""
    try:
        if len(sealed) < _NONCE + _TAG:
            raise BackupDamaged("the summary is too short")
        found = strict_json.decode_canonical(AESGCM(key.reveal()).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to))
        match found:
            case {"counts": dict(counts), "heads": dict(heads), "made": int(made), "schema": int(schema), **rest}:
                if rest:
                    raise BackupDamaged("the summary has unknown members")
                return Summary(
                    made=datetime.fromtimestamp(made, UTC),
                    schema=schema,
                    counts={name: _count(count) for name, count in counts.items()},
                    heads={name: _head(head) for name, head in heads.items()},
                )
            case _:
                raise BackupDamaged("the summary has another shape")
    except InvalidTag as error:
        raise BackupDamaged("the summary is sealed with another key") from error
    except (CanonError, ValueError, OverflowError) as error:
        raise BackupDamaged("the summary cannot be read") from error


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a count")
    return value


def _head(value: object) -> Head:
    match value:
        case [int(length), str(link)]:
            return Head(length=length, link=Digest(link))
        case _:
            raise ValueError("not the end of a chain")
