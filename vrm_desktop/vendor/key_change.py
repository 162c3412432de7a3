"""How a desk changes its key: a file is made, then one transaction makes it count, card and all. Signs no message.

Whoever is killed in between leaves the old key or the new one, never neither; a desk at work finishes what was begun.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.card import resigned
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.errors import Busy, KeyHeld, VendorError
from vrm_desktop.vendor.key_file import KeyFiles, read_keys
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.store import Store

_log = logging.getLogger(__name__)
KEPT = timedelta(days=90)
"""For so long the old key vouches for the new one at least: who was away meanwhile could not follow two changes."""
LOOK_SECONDS = 2.0


def held_until(files: KeyFiles, kid: Kid) -> datetime | None:
    """Until when the key before `kid` is needed; None when there was none."""
    since = files.since(kid)
    return since + KEPT if since is not None else None


def check_free(files: KeyFiles, kid: Kid, *, now: datetime) -> None:
    """Check that the last change, to `kid`, was long enough ago.

    Raises:
        KeyHeld: it was not.
    """
    until = held_until(files, kid)
    if until is not None and now < until:
        raise KeyHeld(until)


def change_key(store: Store, path: Path, *, now: datetime, random: Callable[[int], bytes]) -> Kid:
    """Give the desk a new key, beside those whose first file is at `path`; returns the one that counts then.

    Two at once make one change.

    Raises:
        KeyHeld: the last change is too young. BadHome: the file cannot be written. Busy: the database is away.
        BadCard, Malformed: the card as last published is none.
    """
    with store.turn() as books:
        kid = books.key()
    make_key(path, kid, now=now, random=random)
    with store.turn() as books:
        settle(books, path, now=now)
        return books.key()


def make_key(path: Path, kid: Kid, *, now: datetime, random: Callable[[int], bytes]) -> Kid:
    """Make the file of a key to follow `kid`, which does not count before it is settled.

    Raises:
        KeyHeld: the last change is too young. BadHome: the file cannot be written.
    """
    files = read_keys(path)
    check_free(files, kid, now=now)
    return files.make_after(kid, now=now, random=random).newest.kid


def settle(books: Books, path: Path, *, now: datetime) -> bool:
    """Sign with the key that was made to follow the present one, and publish the card that both signed, if there is.

    Raises:
        KeyHeld: the last change is too young. BadHome: a key cannot be read.
        BadCard, Malformed: the card as last published is none.
    """
    kid = books.key(hold=True)
    files = read_keys(path)
    new = files.after(kid)
    if new is None:
        return False
    check_free(files, kid, now=now)
    last = books.card()
    if last is not None:
        books.publish(resigned(last, old=files.under(kid).current, new=new, now=now))
    books.change_key(new.kid)
    return True


def forget_old(path: Path, kid: Kid, *, now: datetime) -> tuple[Kid, ...]:
    """Delete the keys before `kid`, which counts; returns which. What they have signed stays, and can be verified.

    Raises:
        KeyHeld: the last change is too young. BadHome: a file cannot be deleted.
    """
    files = read_keys(path)
    check_free(files, kid, now=now)
    return files.forget_before(kid)


async def watch_keys(
    path: Path, desk: Desk, reception: Reception, clock: Clock, *, every: float = LOOK_SECONDS
) -> None:
    """Finish a change that was begun beside the desk at work, within seconds; for ever."""
    refused: Kid | None = None
    said = ""

    def finish(books: Books) -> None:
        settle(books, path, now=clock.now())
        desk.follow(books.key())

    while True:
        await asyncio.sleep(every)
        newest: Kid | None = None
        try:
            newest = (await asyncio.to_thread(read_keys, path)).newest.kid
            if newest in {desk.kid, refused}:
                continue
            await reception.ask(finish)
        except Busy:
            continue
        except (VendorError, ProtocolError) as error:
            if str(error) != said:
                _log.warning("the desk keeps its key: %s", error)
            refused, said = newest, str(error)
        else:
            _log.info("the desk signs with its new key")
