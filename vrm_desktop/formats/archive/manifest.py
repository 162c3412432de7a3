"""What an archive says of itself: format, schema, each member's length, hash and rows. Never here: reading one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.formats.errors import ArchiveDamaged, ArchiveTooNew

NAME: Final = "manifest.json"
MAGIC: Final = "vrm-archive"
FORMAT: Final = 1
MOST_MEMBERS: Final = 10_000
LONGEST: Final = 2 * 1024 * 1024
TABLE: Final = re.compile(r"tables/([a-z][a-z0-9_]{0,40})\.jsonl")
FILE: Final = re.compile(r"bytes/([a-z][a-z0-9_]{0,40})-([1-9][0-9]{0,5})\.bin")
_MEMBER: Final = re.compile(r"([a-z][a-z0-9_-]{0,40}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Member:
    """One file inside. `sha256` in lower-case hexadecimal; `rows` only of a table."""

    length: int
    sha256: str
    rows: int | None = None

    def __post_init__(self) -> None:
        if self.length < 0 or (self.rows or 0) < 0 or re.fullmatch(r"[0-9a-f]{64}", self.sha256) is None:
            raise ArchiveDamaged("a member's length, hash or rows cannot be")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Manifest:
    """The whole of it. `schema` numbers the tables' layout, `vault_id` has 16 bytes, `made` is in UTC."""

    schema: int
    vault_id: bytes
    made: datetime
    members: Mapping[str, Member]

    def __post_init__(self) -> None:
        if self.schema < 1 or len(self.vault_id) != 16:
            raise ArchiveDamaged("a schema begins with 1, and a vault's id has 16 bytes")
        for name, member in self.members.items():
            if _MEMBER.fullmatch(name) is None or name == NAME:
                raise ArchiveDamaged("a member's name is none of ours")
            if (member.rows is not None) != (TABLE.fullmatch(name) is not None):
                raise ArchiveDamaged("tables have rows, and nothing else has")

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by table."""
        return {
            match[1]: member.rows or 0
            for name, member in self.members.items()
            if (match := TABLE.fullmatch(name)) is not None
        }

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return strict_json.encode(
            {
                "format": FORMAT,
                "made": self.made.astimezone(UTC).strftime(_INSTANT),
                "magic": MAGIC,
                "members": {name: _shown(member) for name, member in self.members.items()},
                "needs": FORMAT,
                "schema": self.schema,
                "vault_id": self.vault_id.hex(),
            }
        )


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `data`.

    Raises:
        ArchiveTooNew: it needs a format that this program does not know.
        ArchiveDamaged: it is none.
    """
    try:
        value = strict_json.decode_canonical(data)
    except CanonError as error:
        raise ArchiveDamaged(f"the manifest: {error.code}") from error
    match value:
        case {"magic": "vrm-archive", "needs": int(needs)} if needs > FORMAT and not isinstance(needs, bool):
            raise ArchiveTooNew(f"format {needs}")
        case {
            "magic": "vrm-archive",
            "format": int(),
            "needs": int(),
            "made": str(made),
            "schema": int(schema),
            "vault_id": str(vault_id),
            "members": dict(members),
        }:
            try:
                moment = datetime.strptime(made, _INSTANT).replace(tzinfo=UTC)
                identity = bytes.fromhex(vault_id)
            except ValueError as error:
                raise ArchiveDamaged("the manifest's instant or id") from error
            if len(members) > MOST_MEMBERS:
                raise ArchiveDamaged("too many members")
            found = {name: _member(member) for name, member in members.items()}
            return Manifest(schema=int(schema), vault_id=identity, made=moment, members=found)
    raise ArchiveDamaged("the manifest is none of ours")


def _shown(member: Member) -> dict[str, object]:
    shown: dict[str, object] = {"bytes": member.length, "sha256": member.sha256}
    if member.rows is not None:
        shown["rows"] = member.rows
    return shown


def _member(value: JsonValue) -> Member:
    match value:
        case {"bytes": int(length), "sha256": str(sha256), "rows": int(rows)}:
            return Member(length=int(length), sha256=sha256, rows=int(rows))
        case {"bytes": int(length), "sha256": str(sha256), **others} if "rows" not in others:
            return Member(length=int(length), sha256=sha256)
    raise ArchiveDamaged("the manifest says of a member what cannot be")
