"""Changing the ways into an open vault, in the order that never leaves a person without one. Everything here blocks.

Never lives here: headers and slots (`vault.rewrapping`), or asking the person.
"""

from contextlib import suppress

from vrm_desktop.home.means import VaultMeans, entry, nobody, typed_code
from vrm_desktop.services.keep_vault import Rotated
from vrm_desktop.services.ways_in import AskKeyring, Key, NewRecoveryCode, Offer, TypedCode
from vrm_desktop.vault.errors import (
    KeyringRefused,
    KeyringStillOn,
    KeyringUnavailable,
    RecoveryCodeNeeded,
    RecoveryCodeNotRepeated,
    VaultError,
    WrongPassphrase,
)
from vrm_desktop.vault.header import SlotKind
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.unlocking import recovery
from vrm_desktop.vault.vault import OpenVault
from vrm_desktop.vault.ways_in import unlock

_ASKED = 2


def draw_recovery_code(means: VaultMeans) -> NewRecoveryCode:
    """A new code; the groups to type back are drawn too, so that a glance at one line of the sheet is not enough."""
    text = recovery.written(RecoveryCode(means.random.token(RecoveryCode.LENGTH)))
    numbers = means.random.shuffled(range(1, text.count("-") + 2))
    return NewRecoveryCode(text=text, asked=tuple(sorted(numbers[:_ASKED])))


def set_recovery_code(
    means: VaultMeans, opened: OpenVault, code: NewRecoveryCode, typed_back: str, passphrase: str
) -> None:
    """Make it the one recovery code. Raises RecoveryCodeNotRepeated, WrongPassphrase, DiskFull, DiskFailed."""
    drawn = recovery.read(code.text)
    if not recovery.repeats(typed_back, drawn, code.asked):
        raise RecoveryCodeNotRepeated("what was typed back is not what was shown")
    with means.slowly(opened.folder, passphrase, nobody()):
        opened.set_way_in(Passphrase(passphrase), drawn)


def remove_recovery_code(means: VaultMeans, opened: OpenVault, passphrase: str) -> None:
    """Take it away. Raises KeyringStillOn, NoSuchWayIn, WrongPassphrase, DiskFull, DiskFailed."""
    if has(opened, SlotKind.KEYRING):
        raise KeyringStillOn("the keyring needs a recovery code beside it")
    with means.slowly(opened.folder, passphrase, nobody()):
        opened.remove_way_in(Passphrase(passphrase), SlotKind.RECOVERY)


def change_passphrase(means: VaultMeans, opened: OpenVault, proof: Key, new: str) -> None:
    """Make `new` the only passphrase. The keyring is no proof: whoever sits at an unlocked computer has it.

    Raises WrongPassphrase (also for the keyring), WrongRecoveryCode, RecoveryCodeMistyped, NoSuchWayIn,
    PassphraseEmpty, NotEnoughMemory, DiskFull, DiskFailed.
    """
    if isinstance(proof, AskKeyring):
        raise WrongPassphrase("the keyring is no proof for another passphrase")
    with means.slowly(opened.folder, proof, nobody()):
        opened.change_passphrase(means.way(proof, opened.header), Passphrase(new))


def keyring_offer(means: VaultMeans, opened: OpenVault) -> Offer:
    """Whether the keyring is on, or could be. Asks the keyring at most for its limit."""
    if has(opened, SlotKind.KEYRING):
        return Offer.ON
    try:
        means.door.probe()
    except KeyringRefused:
        return Offer.REFUSED
    except KeyringUnavailable:
        return Offer.ABSENT
    return Offer.READY if has(opened, SlotKind.RECOVERY) else Offer.NEEDS_CODE


def keyring_on(means: VaultMeans, opened: OpenVault, passphrase: str) -> None:
    """A fresh key into the keyring, read back, and then a slot for it; an old slot and an old entry are replaced.

    Raises RecoveryCodeNeeded, WrongPassphrase, KeyringRefused, KeyringUnavailable, DiskFull, DiskFailed. Wherever it
    stops, the passphrase and the recovery code open the vault.
    """
    if not has(opened, SlotKind.RECOVERY):
        raise RecoveryCodeNeeded("the vault has no recovery code")
    proof, key = Passphrase(passphrase), KeyringKey(means.random.token(KeyringKey.LENGTH))
    with means.slowly(opened.folder, passphrase, nobody()):
        unlock(opened.header, proof, means.kdf)  # a wrong passphrase must not cost the entry that works now
    name = entry(opened.vault_id)
    means.door.keep(name, key)
    try:
        opened.set_way_in(proof, key)
    except VaultError:
        with suppress(KeyringRefused, KeyringUnavailable):
            means.door.forget(name)
        raise


def keyring_off(means: VaultMeans, opened: OpenVault, proof: Key) -> bool:
    """Shut the slot, then remove the entry; whether that went. Raises what `ways_in.unlock` raises, NoSuchWayIn."""
    with means.slowly(opened.folder, proof, nobody()):
        opened.remove_way_in(means.way(proof, opened.header), SlotKind.KEYRING)
    return forgotten(means, opened)


def forgotten(means: VaultMeans, opened: OpenVault) -> bool:
    """Remove the vault's entry from the keyring; whether it is gone."""
    try:
        means.door.forget(entry(opened.vault_id))
    except (KeyringRefused, KeyringUnavailable):
        return False
    return True


def rotate_key(
    means: VaultMeans, opened: OpenVault, passphrase: str, *, recovery: TypedCode | None, drop_recovery: bool
) -> Rotated:
    """A new data key; the keyring is set up again afterwards, with a key of its own, if a recovery code stays.

    Raises what `OpenVault.rotate_key` raises, RecoveryCodeMistyped, WrongRecoveryCode, NoSuchWayIn.
    """
    had_keyring = has(opened, SlotKind.KEYRING)
    code = None if recovery is None else typed_code(recovery)
    if code is not None:
        unlock(opened.header, code, means.kdf)  # the code of another vault must not become this one's
    given_up = {SlotKind.KEYRING} | ({SlotKind.RECOVERY} if drop_recovery else set())
    with means.slowly(opened.folder, passphrase, nobody()):
        opened.rotate_key(Passphrase(passphrase), recovery=code, give_up=frozenset(given_up))
    if not had_keyring:
        return Rotated(keyring=True)
    try:
        keyring_on(means, opened, passphrase)
    except VaultError:
        forgotten(means, opened)
        return Rotated(keyring=False)
    return Rotated(keyring=True)


def has(opened: OpenVault, kind: SlotKind) -> bool:
    """Whether the vault has a way in of this kind."""
    return any(slot.kind is kind for slot in opened.header.slots)
