"""Opening a header with what the person has, and making the slots for it.

Never lives here: files and the database. A key that opens a slot must also fit the header's seal before it is used.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from vrm_desktop.vault.errors import KeyringUnavailable, NoSuchWayIn, WrongPassphrase, WrongRecoveryCode
from vrm_desktop.vault.header import Header, Slot, SlotKind
from vrm_desktop.vault.header_codec import require_seal, slot_context
from vrm_desktop.vault.secret import DataKey, KeyringKey, Passphrase, RecoveryCode, WrappingKey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy, derive, forms, require_usable
from vrm_desktop.vault.unlocking.subkeys import slot_key
from vrm_desktop.vault.unlocking.wrapping import NONCE_LENGTH, WrongKey, unwrap, wrap

WayIn = Passphrase | RecoveryCode | KeyringKey
"""What opens a vault."""

Random = Callable[[int], bytes]
"""Cryptographic randomness: so many bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """The data key and the slot it came from."""

    data_key: DataKey
    slot: Slot


def kind_of(way: WayIn) -> SlotKind:
    """The kind of slot this opens."""
    match way:
        case Passphrase():
            return SlotKind.PASSPHRASE
        case RecoveryCode():
            return SlotKind.RECOVERY
        case KeyringKey():
            return SlotKind.KEYRING
        case _:
            assert_never(way)


def unlock(header: Header, way: WayIn, kdf: KdfPolicy) -> OpenedSlot:
    """Try every slot of the right kind.

    Raises WrongPassphrase, WrongRecoveryCode or KeyringUnavailable (a keyring entry that fits no slot), NoSuchWayIn,
    KdfRefused, NotEnoughMemory, and HeaderTampered when the key is right but the header was changed.
    """
    kind = kind_of(way)
    slots = [slot for slot in header.slots if slot.kind is kind]
    if not slots:
        raise NoSuchWayIn(f"the vault has no {kind} slot")
    for slot in slots:
        context = slot_context(vault_id=header.vault_id, slot_id=slot.id, kind=slot.kind, kdf=slot.kdf, salt=slot.salt)
        for key in _candidates(slot, way, kdf):
            try:
                data_key = unwrap(slot.wrapped, key, nonce=slot.nonce, context=context)
            except WrongKey:
                continue
            require_seal(header, data_key)
            return OpenedSlot(data_key=data_key, slot=slot)
    match kind:
        case SlotKind.PASSPHRASE:
            raise WrongPassphrase("no slot opens with this passphrase")
        case SlotKind.RECOVERY:
            raise WrongRecoveryCode("no slot opens with this recovery code")
        case SlotKind.KEYRING:
            raise KeyringUnavailable("the keyring's entry opens no slot of this vault")
        case _:
            assert_never(kind)


def new_slot(data_key: DataKey, way: WayIn, *, vault_id: bytes, kdf: KdfPolicy, random: Random, now: datetime) -> Slot:
    """A slot through which `way` opens the vault. Raises PassphraseEmpty, NotEnoughMemory."""
    kind = kind_of(way)
    slot_id, salt, nonce = random(8), random(16), random(NONCE_LENGTH)
    if isinstance(way, Passphrase):
        parameters = kdf.chosen
        key = derive(forms(require_usable(way))[0], salt, parameters)
    else:
        parameters = None
        key = slot_key(way, salt)
    context = slot_context(vault_id=vault_id, slot_id=slot_id, kind=kind, kdf=parameters, salt=salt)
    wrapped = wrap(data_key, key, nonce=nonce, context=context)
    return Slot(id=slot_id, kind=kind, kdf=parameters, salt=salt, nonce=nonce, wrapped=wrapped, created=now)


def _candidates(slot: Slot, way: WayIn, kdf: KdfPolicy) -> Iterator[WrappingKey]:
    """The wrapping keys to try on a slot, each derived only when the one before did not fit."""
    if not isinstance(way, Passphrase):
        yield slot_key(way, slot.salt)
    elif slot.kdf is not None:
        parameters = kdf.admit(slot.kdf)
        for form in forms(way):
            yield derive(form, slot.salt, parameters)
