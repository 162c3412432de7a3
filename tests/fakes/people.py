"""A person with a real vault and a real courier, and the few steps that most tests of services begin with.

Time is the test's clock; nothing runs by itself: `settle` looks until nothing changes. Never here: what is expected.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.moving_clock import Chance, MovingClock
from tests.fakes.vaults import a_vault
from vrm_desktop.channels.drp import DrpChannel
from vrm_desktop.channels.native import NativeChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.home.port import VaultPort
from vrm_desktop.services import (
    choose_vendors,
    collect_offers,
    keep_profile,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.vault.vault import OpenVault
from vrm_desktop.wiring import load_roster

PROFILE: Mapping[FieldPath, str] = {
    FieldPath.NAME: "Ottilie Zwiebelfisch",
    FieldPath.STREET: "Querlenkerweg 1183",
    FieldPath.POSTCODE: "50937",
    FieldPath.LOCALITY: "Sülzhafen",
    FieldPath.COUNTRY: "DE",
    FieldPath.EMAIL: "ottilie@zwiebelfisch.example",
    FieldPath.PHONE: "+49 221 7391846",
}
WANT = WantDraft(
    title="used 54 cm road bike for gravel tours",
    details="mudguards would be nice, no carbon",
    category="mobility.bicycle",
    attributes={"type": "road", "frame_cm": "53-55"},
    area=Area(country="DE", region="DE-NW"),
    place="Ehrenfeld",
    condition=Condition.USED,
    price_cap=Money(minor=87_654, currency="EUR"),
)
USUAL = Limits()
"""As the program has them: whoever answers, answers at once; a test of silence takes shorter ones."""


@dataclass(slots=True, kw_only=True)
class Person:
    """One person's open home."""

    means: Means
    exchange: Exchange
    clock: MovingClock
    vault: OpenVault

    async def knows(self, profile: Mapping[FieldPath, str] = PROFILE) -> None:
        """Fill the profile."""
        for path, value in profile.items():
            await keep_profile.set_field(self.means, path, value)

    async def casts(
        self, *urls: str, want: WantDraft = WANT, spread: float = 0.0
    ) -> tuple[IntentcastId, tuple[RelationshipId, ...]]:
        """Add the vendors at `urls`, say the want, confirm the default plan for them, and cast."""
        vendors = [await choose_vendors.add_vendor(self.means, url) for url in urls]
        key = (await say_what_i_want.save_want(self.means, want)).id
        plan = await choose_vendors.plan(self.means, key, tuple(vendor.id for vendor in vendors))
        await choose_vendors.confirm_plan(self.means, plan)
        _changes, made = await send_intentcast.cast(self.means, key, spread=spread)
        return key, made

    async def settle(self, *, rounds: int = 12) -> Changes:
        """Send and look until nothing changes any more."""
        every = Changes()
        for _ in range(rounds):
            changes = await collect_offers.sync_once(self.means, self.exchange)
            every |= changes
            if not changes.things:
                return every
        raise AssertionError("it does not settle")

    async def file(self, key: RelationshipId) -> RelationshipFile:
        """The file of a relationship."""
        return await keep_relationship.relationship(self.means, key)

    async def with_vendor(self, key: IntentcastId, name: str) -> Relationship:
        """The relationship of a want with the vendor of that name."""
        progress = await collect_offers.progress(self.means, key)
        return next(row.relationship for row in progress.vendors if row.vendor_name == name)

    async def notes(self, key: RelationshipId) -> list[str]:
        """The kinds of a relationship's story, with the code of each difficulty."""
        found = await self.file(key)
        return [f"trouble {note.text}" if note.kind == "trouble" else note.kind for note in found.notes]


@asynccontextmanager
async def a_person(
    folder: Path,
    clock: MovingClock,
    *,
    limits: Limits = USUAL,
    on_io: Callable[[str], None] | None = None,
) -> AsyncIterator[Person]:
    """Somebody with a vault in `folder`, made first if there is none."""
    async with a_vault(folder) as vault, Courier(limits, on_io=on_io) as courier:
        means = Means(
            vault=VaultPort(vault),
            channels={"native": NativeChannel(courier, clock)},
            clock=clock,
            random=Chance(),
            roster=load_roster(),
            data_rights=lambda: DrpChannel(courier),
        )
        exchange = Exchange(means)
        try:
            yield Person(means=means, exchange=exchange, clock=clock, vault=vault)
        finally:
            await exchange.close()
