"""What every service works with, handed over once by the composition root. No state of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services.ports import Channel, Clock, DataRightsChannel, Randomness, Vault
from vrm_desktop.services.ports_outside import Outside


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Means:
    """The open vault, the ways to reach vendors by name, time, chance and the roster of terms.

    `data_rights` gives what speaks the Data Rights Protocol; without it, requests go by the other ways alone.
    `outside` gives what reaches those who do not speak our own wire; without it, they are written to by hand.
    """

    vault: Vault
    channels: Mapping[str, Channel]
    clock: Clock
    random: Randomness
    roster: Roster
    data_rights: Callable[[], DataRightsChannel] | None = None
    outside: Outside | None = None

    def new_id(self, prefix: str) -> str:
        """A fresh local id such as `want-1f2e3d4c5b6a`; never sent."""
        return f"{prefix}-{self.random.token(6).hex()}"
