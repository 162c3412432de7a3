"""All connectors of a desk, opened and set to work in one process. The loop of a single one is elsewhere."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from vrm_desktop.vendor.connectors.dispatching import Dispatch
from vrm_desktop.vendor.connectors.opening import open_connector
from vrm_desktop.vendor.connectors.port import Connector
from vrm_desktop.vendor.reception import Reception
from vrm_desktop.vendor.settings import DeskSettings


class Dispatching:
    """The connectors of one worker; `run()` until the desk stops."""

    def __init__(self, dispatches: tuple[Dispatch, ...], connectors: tuple[Connector, ...]) -> None:
        self._dispatches = dispatches
        self._connectors = connectors

    async def run(self) -> None:
        """Let all of them work side by side, and close them in the end."""
        try:
            await asyncio.gather(*(each.run() for each in self._dispatches))
        finally:
            for connector in self._connectors:
                await connector.close()


def open_dispatching(
    shop: DeskSettings, reception: Reception, *, folder: Path, now: Callable[[], datetime]
) -> Dispatching:
    """The shop's connectors, ready to work.

    Raises:
        BadSettings: one of them cannot be opened.
    """
    connectors = tuple(open_connector(each, shop=shop, folder=folder, now=now) for each in shop.connectors)
    return Dispatching(
        tuple(
            Dispatch(settings, connector, reception, now=now)
            for settings, connector in zip(shop.connectors, connectors, strict=True)
        ),
        connectors,
    )
