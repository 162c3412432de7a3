"""What comes with the day, whoever opens the vault: each topic that waits for dates looks after its own, in order.

Run when a vault is opened, by the hour while it stays open, and with every `vrm sync`. Doing it again changes nothing.
"""

from typing import Final

from vrm_desktop.services import (
    change_once,
    exercise_rights,
    follow_leaving,
    hand_over_payment,
    keep_contracts,
    lapse_disclosures,
    watch_prices,
)
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes

EVERY: Final = 3600.0
"""After how many seconds an open vault is looked through again."""
WATCHERS: Final = (
    keep_contracts.watch,
    change_once.watch,
    lapse_disclosures.lapse,
    follow_leaving.follow,
    exercise_rights.watch,
    hand_over_payment.watch,
    watch_prices.look,  # the last: it asks shops, which may be slow
)
"""One line for each topic."""


async def watch(means: Means) -> Changes:
    """Let every topic look at what the day has brought."""
    changes = Changes()
    for step in WATCHERS:
        changes |= await step(means)
    return changes
