"""The person's settings that live in the vault: how long things wait, when to lock, and a proxy to go through.

How the window looks is not here: that must be known before the vault is open.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

LONGEST_PAUSE = 30
LONGEST_IDLE = 24 * 60
_PROXY = re.compile(r"(http|socks5)://([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")


class _Key(StrEnum):
    OUTBOX_PAUSE = "outbox-pause"
    LOCK_AFTER = "lock-after"
    LOCK_AWAY = "lock-away"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """`outbox_pause` seconds remain to undo before something leaves; the vault locks after `lock_after` idle minutes.

    `lock_after` 0 never locks by itself. `lock_away` locks when the computer sleeps or its screen is locked. `proxy`
    is `http://HOST:PORT` or `socks5://HOST:PORT`, "" for none; it is taken up when the vault is next unlocked.
    """

    outbox_pause: int = 8
    lock_after: int = 15
    lock_away: bool = True
    proxy: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.outbox_pause <= LONGEST_PAUSE:
            raise InvalidValue(f"an outbox pause has 0 to {LONGEST_PAUSE} seconds")
        if not 0 <= self.lock_after <= LONGEST_IDLE:
            raise InvalidValue(f"idle time has 0 to {LONGEST_IDLE} minutes")
        if self.proxy:
            read_proxy(self.proxy)


def read_proxy(text: str) -> tuple[str, str, int]:
    """Kind (`http`, `socks5`), host and port of a proxy.

    Raises:
        InvalidValue: it is not of that form.
    """
    found = _PROXY.fullmatch(text)
    if found is None or not 0 < int(found[3]) < 65536:
        raise InvalidValue("a proxy looks like socks5://127.0.0.1:9050")
    return found[1], found[2].strip("[]"), int(found[3])


def chosen_proxy(tx: Transaction) -> tuple[str, str, int] | None:
    """The proxy to go through, None for none.

    Raises:
        InvalidValue: what is kept is not a proxy.
    """
    text = tx.setting(_Key.PROXY)
    return read_proxy(text) if text else None


async def settings(means: Means) -> Settings:
    """The settings in force; what was never set, or cannot be read, is as it is in a new vault."""

    def look(tx: Transaction) -> Settings:
        usual = Settings()
        pause = _number(tx.setting(_Key.OUTBOX_PAUSE), usual.outbox_pause, LONGEST_PAUSE)
        idle = _number(tx.setting(_Key.LOCK_AFTER), usual.lock_after, LONGEST_IDLE)
        away = tx.setting(_Key.LOCK_AWAY) != "0"
        return Settings(outbox_pause=pause, lock_after=idle, lock_away=away, proxy=tx.setting(_Key.PROXY) or "")

    return await means.vault.read(look)


async def save_settings(means: Means, chosen: Settings) -> Changes:
    """Keep these settings."""

    def change(tx: Transaction) -> Changes:
        tx.set_setting(_Key.OUTBOX_PAUSE, str(chosen.outbox_pause))
        tx.set_setting(_Key.LOCK_AFTER, str(chosen.lock_after))
        tx.set_setting(_Key.LOCK_AWAY, "1" if chosen.lock_away else "0")
        tx.set_setting(_Key.PROXY, chosen.proxy)
        return Changes.of(("settings", "all"))

    return await means.vault.write(change)


def _number(text: str | None, usual: int, most: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and int(text) <= most else usual
