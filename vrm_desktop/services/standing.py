"""What stands in a home before anybody unlocks it, as the first screen shows it."""

from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.services.keep_vault import KeptBackup
from vrm_desktop.services.ways_in import Way


class State(StrEnum):
    """What can be told without a key."""

    NOTHING = "nothing"
    SOUND = "sound"  # as far as can be told
    TOO_NEW = "too-new"
    HEADER_DAMAGED = "header-damaged"  # neither the key file nor its copy can be read
    DATABASE_DAMAGED = "database-damaged"  # absent, empty or cut


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Standing:
    """`needs`: what a program must know to open it, e.g. `header format 2`, where `state` is TOO_NEW.

    `heals`: the key file is damaged, and its copy will stand in. `ways`: none where the header cannot be read.
    `backups`: found in the home, newest first, by their outlines. `held`: another process has the vault open.
    """

    state: State
    needs: str = ""
    heals: bool = False
    held: bool = False
    ways: tuple[Way, ...] = ()
    backups: tuple[KeptBackup, ...] = ()
