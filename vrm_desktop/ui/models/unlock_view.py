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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockView:
    """`place` is where the vault is, for people; `working` while the key is made."""

    mode: UnlockMode
    place: str = ""
    problem: UnlockProblem | None = None
    working: bool = False

    def __post_init__(self) -> None:
        if self.working and self.problem is not None:
            raise ValueError("what is being tried has no problem yet")
        if self.mode is UnlockMode.FIRST_RUN and self.problem not in (None, UnlockProblem.DISK):
            raise ValueError("a vault that is not there yet cannot refuse")
