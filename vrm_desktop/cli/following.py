"""Following one relationship until what was just said has left and been answered, or the time is over."""

import asyncio
from collections.abc import Callable

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.services import keep_relationship
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile

USUAL_WAIT = 8.0


async def follow(
    home: OpenHome, key: RelationshipId, enough: Callable[[RelationshipFile], bool], seconds: float = USUAL_WAIT
) -> RelationshipFile:
    """The relationship's file once `enough` holds, or as it is after `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    home.exchange.tend((key,))
    while True:
        file = await keep_relationship.relationship(home.means, key)
        left = end - loop.time()
        if enough(file) or left <= 0:
            return file
        await home.exchange.next_changes(left)


def has_left(file: RelationshipFile) -> bool:
    """Nothing waits to leave any more."""
    return not file.waiting
