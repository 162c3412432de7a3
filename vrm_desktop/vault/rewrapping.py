"""Changing the ways into an existing vault: a new passphrase, recovery code or keyring key, or one taken away.

The data key never changes here, so no row is rewritten. A new way in is written, read back from the disk and tried
before an old one goes: a power cut at any point leaves a known way in. Never lives here: asking the person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from vrm_desktop.vault import header_file
from vrm_desktop.vault.errors import HeaderDamaged, NoSuchWayIn
from vrm_desktop.vault.header import Header, Slot, SlotKind
from vrm_desktop.vault.header_codec import UnreadableHeader, sealed
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.ways_in import Random, WayIn, kind_of, new_slot, unlock

Clock = Callable[[], datetime]
"""The present, aware of its time zone."""


def to_the_second(clock: Clock) -> datetime:
    """The clock's time in UTC without fractions, as headers keep it."""
    return clock().astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrapper:
    """Rewrites one folder's header. The caller holds the vault's lock."""

    folder: Path
    kdf: KdfPolicy
    random: Random
    clock: Clock

    def set(self, header: Header, *, proof: WayIn, way: WayIn) -> Header:
        """Make `way` the one way in of its kind; `proof` is any way in that works now. Returns the new header.

        Raises what `unlock` raises for the proof, PassphraseEmpty, DiskFull, DiskFailed; the ways in are then as they
        were, or both the old and the new work.
        """
        data_key = unlock(header, proof, self.kdf).data_key
        slot = new_slot(
            data_key,
            way,
            vault_id=header.vault_id,
            kdf=self.kdf,
            random=self.random,
            now=to_the_second(self.clock),
        )
        kept = tuple(other for other in header.slots if other.kind is not kind_of(way))
        replaced = tuple(other for other in header.slots if other.kind is kind_of(way))
        if replaced:
            header = self._write(header, (slot, *header.slots), data_key)
            self._require_opens(way, data_key)
        header = self._write(header, (slot, *kept), data_key)
        self._require_opens(way, data_key)
        header_file.forget_previous(self.folder)
        return header

    def remove(self, header: Header, *, proof: WayIn, kind: SlotKind) -> Header:
        """Take away the recovery code or the keyring. The passphrase stays. Returns the new header."""
        if kind is SlotKind.PASSPHRASE:
            raise ValueError("a vault keeps its passphrase")
        data_key = unlock(header, proof, self.kdf).data_key
        kept = tuple(slot for slot in header.slots if slot.kind is not kind)
        if len(kept) == len(header.slots):
            raise NoSuchWayIn(f"the vault has no {kind} slot")
        if not kept:
            raise ValueError("a vault keeps at least one way in")
        header = self._write(header, kept, data_key)
        header_file.forget_previous(self.folder)
        return header

    def _write(self, header: Header, slots: tuple[Slot, ...], data_key: DataKey) -> Header:
        changed = replace(
            header, generation=header.generation + 1, slots=slots, changed=to_the_second(self.clock), seal=b""
        )
        changed = sealed(changed, data_key)
        header_file.write_header(self.folder, changed)
        return changed

    def _require_opens(self, way: WayIn, data_key: DataKey) -> None:
        """Try the way on what is on the disk, not on what was meant to be written."""
        try:
            written = header_file.read_one(self.folder / header_file.NAME)
        except UnreadableHeader as error:
            raise HeaderDamaged("the header just written cannot be read back") from error
        if unlock(written, way, self.kdf).data_key != data_key:
            raise HeaderDamaged("the header just written opens with another data key")
