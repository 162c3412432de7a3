"""What the first screen shows: choose a passphrase, or unlock, and what went wrong the last time."""

from dataclasses import dataclass
from enum import Enum


class UnlockMode(Enum):
    """Whether there is a vault yet."""

    FIRST_RUN = "first-run"
    UNLOCK = "unlock"


class UnlockProblem(Enum):
    """Why the vault did not open."""

    WRONG_PASSPHRASE = "wrong-passphrase"  # noqa: S105 -- the name of a problem
    DAMAGED = "damaged"
    TOO_NEW = "too-new"
    BUSY = "busy"
    DISK = "disk"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UnlockView:
    """`place` is where the vault is, for people; `working` while the key is made.

    `told` is (title, advice) of a problem that has no words of its own here. `can_restore` offers a backup's way back.
    """

    mode: UnlockMode
    place: str = ""
    problem: UnlockProblem | None = None
    working: bool = False
    told: tuple[str, str] | None = None
    can_restore: bool = False

    def __post_init__(self) -> None:
        if self.working and self.problem is not None:
            raise ValueError("what is being tried has no problem yet")
        if self.mode is UnlockMode.FIRST_RUN and self.problem not in (None, UnlockProblem.DISK, UnlockProblem.OTHER):
            raise ValueError("a vault that is not there yet cannot refuse")
        if (self.problem is UnlockProblem.OTHER) != (self.told is not None):
            raise ValueError("any other problem brings its words, and only that")
