"""A home with a vault, its keyring, and the house that opens it: real in all but the cost of deriving keys.

Never here: a vendor.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fakes.keyrings import Moods
from tests.fakes.moving_clock import MovingClock
from tests.fakes.vault_parts import CHEAP_KDF, NOON
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_vault import Keeping
from vrm_desktop.services.ways_in import AskKeyring, Key, TypedCode
from vrm_desktop.wiring import Home

_T = TypeVar("_T")
SHUT = frozenset({"wrong-passphrase", "wrong-recovery-code", "no-such-way-in", "keyring-unavailable"})
WORDS = "vier stille Reiher"


@dataclass(slots=True, kw_only=True)
class Dwelling:
    """A vault in `place`; `waited` are the pauses somebody would have sat through."""

    place: Path
    keyring: Moods
    clock: MovingClock
    waited: list[float] = field(default_factory=list)

    @property
    def house(self) -> Home:
        """A program that has just started."""
        return Home(kdf=CHEAP_KDF, keyring=self.keyring.door(), wait=self._wait, clock=self.clock, backup_pause=0.01)

    def _wait(self, _stop: threading.Event, seconds: float) -> None:
        self.waited.append(seconds)
        self.clock.move(seconds=seconds)

    def code(self) -> TypedCode:
        """A recovery code, made and set."""
        drawn = self.house.draw_recovery_code()
        self.house.set_recovery_code(self.place, drawn, drawn.text, WORDS)
        return TypedCode(drawn.text)

    def opens(self, key: Key) -> bool:
        """Whether the vault opens with it."""
        try:
            self.house.check(self.place, key)
        except VaultTrouble as error:
            if error.code not in SHUT:
                raise
            return False
        return True

    def opens_with_keyring(self) -> bool:
        """Whether it opens with the keyring."""
        return self.opens(AskKeyring())

    def inside(self, work: Callable[[Keeping], Awaitable[_T]]) -> _T:
        """What `work` comes to while the vault is open."""

        async def open_and_work() -> _T:
            async with self.house.open(self.place, WORDS) as home:
                return await work(home.keeping)

        return asyncio.run(open_and_work())

    def at_home(self, work: Callable[[OpenHome], Awaitable[_T]]) -> _T:
        """The same with the whole home."""

        async def open_and_work() -> _T:
            async with self.house.open(self.place, WORDS) as home:
                return await work(home)

        return asyncio.run(open_and_work())


def refusal(act: Callable[[], object]) -> str:
    """The code with which the vault refuses."""
    with pytest.raises(VaultTrouble) as caught:
        act()
    return caught.value.code


def a_dwelling(place: Path) -> Dwelling:
    """A new vault in the folder, at noon."""
    found = Dwelling(place=place, keyring=Moods(), clock=MovingClock(NOON))
    found.house.create(found.place, WORDS)
    return found
