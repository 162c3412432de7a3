"""The roster: our own published entries of the standard agreements, by id, version and hash. Nothing is signed here."""

from collections.abc import Iterable

from msgspec import Struct

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest
from vrm_desktop.domain.terms import RosterEntry, Standing, UnknownTerms
from vrm_desktop.protocol.claims import Hash, Word
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.protocol.shapes import struct_of


class _Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A roster file, resources/roster/*.json. All of it is hashed, so that nothing in it may be unknown."""

    id: Word
    version: Word
    title: str
    summary: str
    allows: tuple[str, ...]
    forbids: tuple[str, ...]
    requires: tuple[str, ...]
    aliases: tuple[str, ...]
    official: Hash | None
    offered_to_vendors: bool


def parse_entry(data: bytes) -> RosterEntry:
    """The entry in a roster file; its `entry` hash is that of the file's canonical form.

    Raises:
        Malformed: not strict JSON of that shape.
    """
    try:
        value = strict_json.decode(data)
        canonical = strict_json.encode(value)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    raw = struct_of(value, _Entry)
    return RosterEntry(
        id=raw.id,
        version=raw.version,
        title=raw.title,
        summary=raw.summary,
        allows=raw.allows,
        forbids=raw.forbids,
        requires=raw.requires,
        aliases=raw.aliases,
        entry=Digest(digest(canonical)),
        official=Digest(raw.official) if raw.official is not None else None,
        offered_to_vendors=raw.offered_to_vendors,
    )


_OLDER = "SD-BY"
"""What ids that begin with `SD-BASE` began with until December 2025."""


class Roster:
    """All entries that this program knows. Where an id has several versions, the one listed last is current."""

    __slots__ = ("_by_hash", "_current", "_versions")

    def __init__(self, entries: Iterable[RosterEntry]) -> None:
        """Index `entries`.

        Raises:
            Malformed: one id and version twice.
        """
        listed = tuple(entries)
        self._versions = {(entry.id, entry.version): entry for entry in listed}
        self._by_hash = {entry.entry: entry for entry in listed}
        self._current = {entry.id: entry for entry in listed}
        if len(self._versions) != len(listed):
            raise Malformed("a roster entry twice")

    @property
    def entries(self) -> tuple[RosterEntry, ...]:
        """The current version of every id."""
        return tuple(self._current.values())

    def get(self, id: str, version: str | None = None) -> RosterEntry:
        """The entry of an id, in its current version unless another is named.

        Raises:
            UnknownTerms: the roster has no such entry.
        """
        entry = self._current.get(id) if version is None else self._versions.get((id, version))
        if entry is None:
            raise UnknownTerms(f"{id} {version or ''}")
        return entry

    def named(self, name: str) -> RosterEntry | None:
        """The entry that somebody means by `name`: its id, an id from before a renaming, or one of its aliases."""
        wanted = f"SD-BASE{name.removeprefix(_OLDER)}" if name == _OLDER or name.startswith(f"{_OLDER}-") else name
        known = self._current.get(wanted)
        return known or next((entry for entry in self._current.values() if wanted in entry.aliases), None)

    def standing(self, id: str, version: str, entry: Digest) -> Standing:
        """What to make of terms named by id, version and hash.

        Redefined: the id is one of ours, and what stands under it is not what we know under it.
        """
        known = self._versions.get((id, version))
        if known is not None and known.entry == entry:
            return Standing.KNOWN
        return Standing.REDEFINED if id in self._current else Standing.UNKNOWN

    def by_hash(self, entry: Digest) -> RosterEntry:
        """The entry whose canonical form has this hash.

        Raises:
            UnknownTerms: the roster has no such entry.
        """
        if entry not in self._by_hash:
            raise UnknownTerms(entry)
        return self._by_hash[entry]
