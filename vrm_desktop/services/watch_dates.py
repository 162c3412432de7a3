"""What comes with the day, whoever opens the vault: each topic that waits for dates looks after its own.

Run when a vault is opened, by the hour while it stays open, and with every `vrm sync`. Doing it again changes nothing.
Whatever asks others has a turn of its own, so that one that is slow, or hangs, holds up nobody.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from vrm_desktop.services import (
    change_once,
    exercise_over_drp,
    exercise_rights,
    follow_leaving,
    hand_over_payment,
    keep_contracts,
    lapse_disclosures,
    watch_prices,
)
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes

Watcher = Callable[[Means], Awaitable[Changes]]
EVERY: Final = 3600.0
"""After how many seconds an open vault is looked through again."""


async def look_after_rights(means: Means) -> Changes:
    """Ask how requests over the Data Rights Protocol stand that have rested long enough."""
    return await exercise_over_drp.look_at_all(means, pause=exercise_over_drp.PAUSE)


DATES: Final[tuple[Watcher, ...]] = (
    keep_contracts.watch,
    change_once.watch,
    lapse_disclosures.lapse,
    follow_leaving.follow,
    exercise_rights.watch,
    hand_over_payment.watch,
)
"""One line for each topic, in order. Nothing leaves for it."""
TURNS: Final[tuple[tuple[Watcher, ...], ...]] = (DATES, (watch_prices.look,), (look_after_rights,))
"""Who goes by himself."""


async def watch(means: Means) -> Changes:
    """Let every topic look at what the day has brought. Nobody is asked anything."""
    changes = Changes()
    for step in DATES:
        changes |= await step(means)
    return changes
