"""Vendors that pool every byte of many people's casts, heads and bodies, find nothing that links two of them.

Up to the reveal, as promised: what was typed into the want is the person's own to repeat. Controls plant one salt, one
id and one exact time, and are caught.
"""

import asyncio
import secrets
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.moving_clock import Chance, MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.pooling import SharedValue, common_values
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol import sealing
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.signing import Typ, sign_compact
from vrm_desktop.services import compose_openings
from vrm_desktop.services.means import Means

PEOPLE = 10
DESKS = ("", "rheinrad", "veedelvelo")


class PlantedChance(Chance):
    """Randomness that gives the same bytes for every salt and nonce."""

    def token(self, size: int) -> bytes:
        return b"\x5a" * 16 if size == 16 else super().token(size)


async def pooled(folder: Path, *, chance: Chance | None = None) -> dict[str, list[bytes]]:
    """What each desk got from everybody up to the reveal; person 3 has the chance given.

    Each person wants something of its own, so that what they type cannot be what links the desks.
    """
    clock = MovingClock()
    async with AsyncExitStack() as stack:
        desks = [
            await stack.enter_async_context(a_desk(folder / f"desk-{number}", clock, desk=desk))
            for number, desk in enumerate(DESKS)
        ]
        for number in range(PEOPLE):
            async with a_person(folder / f"home-{number}", clock) as person:
                if chance is not None and number == 3:
                    _give(person, chance)
                clock.move(seconds=17)
                want = replace(
                    WANT,
                    title=f"{secrets.token_hex(12)}",
                    details="",
                    attributes={"type": "road", "frame_cm": ("50-52", "53-55", "56-58")[number % 3]},
                    area=Area(country="DE", region="DE-NW", postal_prefix=str(500 + number)),
                )
                await person.casts(*(desk.url for desk in desks), want=want)
                await person.settle()
        return {desk.name: _before_reveal(desk.recording.sent()) for desk in desks}


def _before_reveal(requests: list[bytes]) -> list[bytes]:
    return [one for one in requests if b"/intentcast" in one and b'"disclosures":["' not in one]


def _give(person: Person, chance: Chance) -> None:
    means = Means(
        vault=person.means.vault,
        channels=person.means.channels,
        clock=person.means.clock,
        random=chance,
        roster=person.means.roster,
    )
    person.means = means
    person.exchange._means = means


def linking(pools: dict[str, list[bytes]]) -> tuple[SharedValue, ...]:
    """Telling values that two desks have. Each sort of request is pooled apart: it has constants of its own."""
    found: tuple[SharedValue, ...] = ()
    for sort in (b"GET /.well-known/", b"POST /intentcast/", b"GET /intentcast/"):
        of_sort = {name: [one for one in pool if one.startswith(sort)] for name, pool in pools.items()}
        assert all(of_sort.values())
        found += common_values(of_sort)
    return found


def test_desks_that_pool_everything_find_nothing_in_common(tmp_path: Path) -> None:
    pools = asyncio.run(pooled(tmp_path))
    assert all(len(pool) >= 2 * PEOPLE for pool in pools.values()), "pings and questions of everybody"
    assert any(b"user-agent" in one.lower() for pool in pools.values() for one in pool), "heads are searched too"
    assert linking(pools) == ()
    print(f"{sum(map(len, pools.values()))} requests of {PEOPLE} people to {len(DESKS)} desks pooled")


def test_one_planted_salt_is_caught(tmp_path: Path) -> None:
    found = linking(asyncio.run(pooled(tmp_path, chance=PlantedChance())))
    assert any({"nonce", "digests"} & common.members for common in found)


@pytest.mark.parametrize("planted", ["id", "time"])
def test_one_planted_id_or_exact_time_is_caught(planted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_seal = sealing.seal
    wants: dict[str, str] = {}

    def seal(conversation: Any, message: Any, signer: Any) -> Any:
        sealed = real_seal(conversation, message, signer)
        if conversation.id is not None:
            return sealed
        value = strict_json.decode(base64url.decode(sealed.envelope.jws.split(".")[1]))
        assert isinstance(value, dict)
        area = str(value["area"])
        mark = wants.setdefault(
            area, secrets.token_hex(12) if planted == "id" else f"2026-11-23T09:{len(wants):02}:41Z"
        )
        value["note"] = mark
        envelope = Envelope(jws=sign_compact(signer, Typ.MESSAGE, strict_json.encode(value)))
        moved = replace(
            sealed.conversation, id=envelope.message_id, own=replace(sealed.conversation.own, last=envelope.message_id)
        )
        return replace(sealed, envelope=envelope, message_id=envelope.message_id, conversation=moved)

    monkeypatch.setattr(compose_openings, "seal", seal)
    found = linking(asyncio.run(pooled(tmp_path)))
    assert any("note" in common.members for common in found)


def test_casts_share_no_connection_and_no_order(tmp_path: Path) -> None:
    async def body() -> list[list[str]]:
        clock = MovingClock()
        orders = []
        async with AsyncExitStack() as stack:
            desks = [
                await stack.enter_async_context(a_desk(tmp_path / f"desk-{number}", clock, desk=desk))
                for number, desk in enumerate(DESKS)
            ]
            person = await stack.enter_async_context(a_person(tmp_path / "home", clock))
            for _ in range(8):
                _, keys = await person.casts(*(desk.url for desk in desks), spread=3.0)
                files = [await person.file(key) for key in keys]
                moments = sorted((file.waiting[0].not_before, file.vendor.name) for file in files)
                orders.append([name for _, name in moments])
                clock.move(seconds=4)
                await person.settle()
            for desk in desks:
                kids = [one.split(b'"jws":"')[1].split(b".")[0] for one in desk.recording.posts() if b'"jws"' in one]
                assert len(set(kids)) == 8
        return orders

    orders = asyncio.run(body())
    assert len({tuple(order) for order in orders}) > 1, "eight casts in one and the same order"
