"""The catalogue's file watched while the desk works, and read again when it changed. Nothing is sold here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from vrm_desktop.vendor.errors import Busy, VendorError
from vrm_desktop.vendor.home import Home

_log = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
Mark = tuple[int, int, int]


async def restock(home: Home, take: Callable[[Home], Awaitable[None]], *, every: float = LOOK_SECONDS) -> None:
    """Hand the home on with its goods read again, whenever the file has changed and then stood still; for ever.

    A file that cannot be read is said in the log, and the desk goes on with the goods it has.
    """
    if home.catalogue is None:
        return
    known = before = _mark(home.catalogue)
    while True:
        await asyncio.sleep(every)
        mark = _mark(home.catalogue)
        still, before = mark == before, mark
        if mark is None or mark == known or not still:
            continue
        known = mark
        try:
            home = await asyncio.to_thread(home.restocked)
            await take(home)
        except Busy:
            known = None  # the database is away for a moment: the same file again
        except VendorError as error:
            _log.warning("%s was not taken over, the desk goes on as before: %s", home.catalogue, error)
        else:
            _log.info("the catalogue was read again: %d articles", len(home.shop.catalogue.articles))


def _mark(file: Path) -> Mark | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
