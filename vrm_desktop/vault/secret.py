"""Values that must not be seen: passphrases, keys, codes.

They hide from `repr`, `str`, logs, pickling and copying, and compare in constant time. Never lives here: anything that
derives or uses a key. Python cannot wipe memory; locking replaces the process for that reason.
"""

import hmac
from typing import NoReturn


class SecretBytes:
    """Bytes that show themselves only through `reveal()`."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = bytes(value)

    def reveal(self) -> bytes:
        """The bytes themselves. Call it as late as you can."""
        return self._value

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, hidden>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretBytes) or type(other) is not type(self):
            return NotImplemented
        return hmac.compare_digest(self._value, other._value)

    __hash__ = None  # type: ignore[assignment]  # a hash would leak into dictionaries and caches

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is never pickled or copied")


class DataKey(SecretBytes):
    """The vault's one random data key, 32 bytes; every other key comes from it."""

    __slots__ = ()

    LENGTH = 32

    def __init__(self, value: bytes) -> None:
        if len(value) != self.LENGTH:
            raise ValueError("a data key has 32 bytes")
        super().__init__(value)


class WrappingKey(SecretBytes):
    """A key that wraps the data key for one way in, 32 bytes."""

    __slots__ = ()


class Subkey(SecretBytes):
    """A key derived from the data key for one purpose, 32 bytes."""

    __slots__ = ()


class KeyringKey(SecretBytes):
    """The random 32 bytes the computer's keyring keeps for one vault."""

    __slots__ = ()

    LENGTH = 32

    def __init__(self, value: bytes) -> None:
        if len(value) != self.LENGTH:
            raise ValueError("a keyring key has 32 bytes")
        super().__init__(value)


class RecoveryCode(SecretBytes):
    """The 20 random bytes behind a written recovery code (see `vault.unlocking.recovery`)."""

    __slots__ = ()

    LENGTH = 20

    def __init__(self, value: bytes) -> None:
        if len(value) != self.LENGTH:
            raise ValueError("a recovery code stands for 20 bytes")
        super().__init__(value)


class Passphrase(SecretBytes):
    """What the person typed, kept exactly as typed; normalisation happens where the key is derived."""

    __slots__ = ()

    def __init__(self, typed: str) -> None:
        super().__init__(typed.encode("utf-8", "surrogatepass"))

    def text(self) -> str:
        """The characters as typed."""
        return self._value.decode("utf-8", "surrogatepass")
