"""Signing with one relationship's key: handed out by an open vault, useless once it closes; and all that it lends.

Never lives here: where seeds are kept, or what is signed. Python cannot wipe memory; locking replaces the process for
that reason, and what lives here only makes sure that nothing signs after the lock.
"""

import threading
from typing import NoReturn
from weakref import WeakSet

from nacl.signing import SigningKey

from vrm_desktop.canon import base64url
from vrm_desktop.domain.ids import Kid
from vrm_desktop.vault.errors import VaultClosed
from vrm_desktop.vault.page_signer import PageSigner


class Signer:
    """Signs with one Ed25519 key until the vault closes. Hides from `repr`; is never pickled or copied."""

    __slots__ = ("__weakref__", "_key", "_kid")

    def __init__(self, seed: bytes) -> None:
        """`seed` has 32 bytes."""
        key = SigningKey(seed)
        self._key: SigningKey | None = key
        self._kid = Kid(base64url.encode(bytes(key.verify_key)))

    @property
    def kid(self) -> Kid:
        """The public key."""
        return self._kid

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature of `data`, 64 bytes. Raises VaultClosed."""
        key = self._key
        if key is None:
            raise VaultClosed("the vault that lent this key is closed")
        return key.sign(data).signature

    def die(self) -> None:
        """Let go of the key; every later `sign` raises VaultClosed."""
        self._key = None

    def __repr__(self) -> str:
        return "<Signer, hidden>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Signer is never pickled or copied")


class Signers:
    """Every signer an open vault has lent, so that all of them end with it. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lent: WeakSet[Signer | PageSigner] = WeakSet()
        self._door = threading.Lock()
        self._ended = False

    def lend(self, seed: bytes) -> Signer:
        """A signer for this seed (32 bytes). Raises VaultClosed."""
        signer = Signer(seed)
        self._note(signer)
        return signer

    def lend_page(self, secret: bytes) -> PageSigner:
        """A signer for this key of the person's page (32 bytes). Raises VaultClosed."""
        signer = PageSigner(secret)
        self._note(signer)
        return signer

    def end(self) -> None:
        """Let all of them die, and lend no more. A second call does nothing."""
        with self._door:
            self._ended = True
            for signer in self._lent:
                signer.die()

    def _note(self, signer: Signer | PageSigner) -> None:
        with self._door:
            if self._ended:
                raise VaultClosed("the vault is closed")
            self._lent.add(signer)
