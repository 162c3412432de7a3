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

    `told` is (title, advice) of a problem that has no words of its own here. `can_restore` offers a backup's way back,
    `forgotten` a recovery code, `keyring` the computer's keyring, `can_import` an archive. While it works, `step` says
    what is done, `done` of `of` is how far it is (`of` 0: that is not counted) and `can_stop` whether it can be called
    off. `needs` is what opens a vault that is too new; `backup` says which backup would help a damaged one.
    """

    mode: UnlockMode
    place: str = ""
    problem: UnlockProblem | None = None
    working: bool = False
    told: tuple[str, str] | None = None
    can_restore: bool = False
    can_import: bool = False
    forgotten: bool = False
    keyring: bool = False
    step: str = ""
    done: int = 0
    of: int = 0
    can_stop: bool = False
    needs: str = ""
    backup: str = ""

    def __post_init__(self) -> None:
        if self.working and self.problem is not None:
            raise ValueError("what is being tried has no problem yet")
        if not self.working and (self.step or self.can_stop or self.of):
            raise ValueError("only what is being tried gets on")
        if not 0 <= self.done <= max(self.of, 0):
            raise ValueError(f"{self.done} of {self.of} is not a progress")
        if self.mode is UnlockMode.FIRST_RUN and self.problem not in (None, UnlockProblem.DISK, UnlockProblem.OTHER):
            raise ValueError("a vault that is not there yet cannot refuse")
        if (self.problem is UnlockProblem.OTHER) != (self.told is not None):
            raise ValueError("any other problem brings its words, and only that")
