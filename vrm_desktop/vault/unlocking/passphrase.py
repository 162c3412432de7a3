"""From a typed passphrase to a wrapping key, by Argon2id.

Parameters live here with the bounds they are accepted in. Never lives here: a way to weaken them from outside; a
policy is an argument, handed in by whoever wires the program.
"""

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from vrm_desktop.vault.errors import KdfRefused, NotEnoughMemory, PassphraseEmpty
from vrm_desktop.vault.secret import Passphrase, WrappingKey

KEY_LENGTH = 32
SALT_LENGTHS = range(16, 33)


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfParameters:
    """How heavy one derivation is: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if self.passes < 1 or self.lanes < 1 or self.memory_kib < 8 * self.lanes:
            raise ValueError("Argon2id needs a pass, a lane and 8 KiB for each lane")

    def within(self, least: "KdfParameters", most: "KdfParameters") -> bool:
        """Whether every figure lies between the two bounds, both included."""
        return (
            least.memory_kib <= self.memory_kib <= most.memory_kib
            and least.passes <= self.passes <= most.passes
            and least.lanes <= self.lanes <= most.lanes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfPolicy:
    """What new slots are made with, and the bounds within which a stored slot is derived at all."""

    chosen: KdfParameters
    least: KdfParameters
    most: KdfParameters

    def __post_init__(self) -> None:
        if not self.chosen.within(self.least, self.most):
            raise ValueError("the chosen parameters lie outside their own bounds")

    def admit(self, parameters: KdfParameters) -> KdfParameters:
        """The same parameters, if they are inside the bounds; raises KdfRefused (a weak or a starving header)."""
        if not parameters.within(self.least, self.most):
            raise KdfRefused(f"Argon2id with {parameters} is outside the accepted bounds")
        return parameters


# Read bounds: a header from elsewhere may be lighter in passes or lanes than ours, never in memory below 64 MiB.
_LEAST = KdfParameters(memory_kib=64 * 1024, passes=2, lanes=1)
_MOST = KdfParameters(memory_kib=1024 * 1024, passes=10, lanes=16)

STANDARD = KdfPolicy(chosen=KdfParameters(memory_kib=256 * 1024, passes=3, lanes=4), least=_LEAST, most=_MOST)
"""256 MiB, 3 passes, 4 lanes: what every new slot gets."""

LOW_MEMORY = KdfPolicy(chosen=KdfParameters(memory_kib=64 * 1024, passes=3, lanes=4), least=_LEAST, most=_MOST)
"""64 MiB, 3 passes, 4 lanes: the floor, for computers that cannot give more."""


def require_usable(passphrase: Passphrase) -> Passphrase:
    """The same passphrase, if a slot may be made with it; raises PassphraseEmpty."""
    if not passphrase.text():
        raise PassphraseEmpty("a passphrase needs at least one character")
    return passphrase


def forms(passphrase: Passphrase) -> tuple[bytes, ...]:
    """The byte strings to try, most likely first: composed (NFC), then exactly as typed if that differs.

    Slots are always made with the first.
    """
    typed = passphrase.text()
    composed = unicodedata.normalize("NFC", typed).encode("utf-8", "surrogatepass")
    exact = passphrase.reveal()
    return (composed,) if composed == exact else (composed, exact)


def derive(form: bytes, salt: bytes, parameters: KdfParameters) -> WrappingKey:
    """The wrapping key for one form of the passphrase. `salt` has 16 to 32 bytes. Raises NotEnoughMemory."""
    if len(salt) not in SALT_LENGTHS:
        raise ValueError("a salt has 16 to 32 bytes")
    try:
        argon2 = Argon2id(
            salt=salt,
            length=KEY_LENGTH,
            iterations=parameters.passes,
            lanes=parameters.lanes,
            memory_cost=parameters.memory_kib,
        )
        return WrappingKey(argon2.derive(form))
    except MemoryError as error:
        raise NotEnoughMemory(f"{parameters.memory_kib} KiB could not be had") from error
