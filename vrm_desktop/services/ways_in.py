"""What opens a vault, as screens and commands hand it over; and what they are shown of it in return.

Values only. Never lives here: a key, or how one is derived. What a person typed hides from `repr`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A recovery code as the person typed it; case, gaps and look-alikes are forgiven when it is read."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskKeyring:
    """Let the computer's keyring open the vault."""


Key = str | TypedCode | AskKeyring
"""What the person opens with; a `str` is the passphrase as typed."""


class WayKind(StrEnum):
    """A way into a vault."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in that a vault has, and when it was made."""

    kind: WayKind
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecoveryCode:
    """A code that was drawn and opens nothing yet.

    `text`: 36 characters in groups of four joined by dashes, to be shown once. `asked`: the numbers (from 1) of the
    groups that the person types back, in this order, before the code is set.
    """

    text: str = field(repr=False)
    asked: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.asked or not all(1 <= number <= len(self.groups) for number in self.asked):
            raise InvalidValue("at least one group of the code is typed back")

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups as written."""
        return tuple(self.text.split("-"))


class Offer(StrEnum):
    """Whether the keyring can be switched on."""

    ON = "on"  # it is
    READY = "ready"
    NEEDS_CODE = "needs-code"  # a recovery code has to be made first
    REFUSED = "refused"  # the keyring of this computer keeps things readable, or not at all
    ABSENT = "absent"  # no keyring answers


class Stage(StrEnum):
    """What unlocking is doing."""

    WAITING = "waiting"  # after wrong passphrases; `done` of `of` seconds have passed
    DERIVING = "deriving"  # the key; ends within seconds and cannot be cut short
    CHECKING = "checking"  # the database, in full where the last session ended badly
    MIGRATING = "migrating"  # `done` of `of` steps are done
    OPENING = "opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far unlocking is. `of` is 0 where nothing is counted."""

    stage: Stage
    done: int = 0
    of: int = 0


OnProgress = Callable[[Progress], None]
"""Told of every step, on any thread; must not block."""
