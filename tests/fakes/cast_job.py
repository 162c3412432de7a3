"""One whole cast and order through the program's own wiring, in a process that may be killed at any moment.

Every run begins where the home stands, as a person's next start would. Run as a module:
`python -m tests.fakes.cast_job HOME POSTS [leave|new-key]`; POSTS gets a line for every post before it is sent. Never
here: killing.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tests.fakes.people import PROFILE, WANT
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.services import (
    accept_offer,
    change_my_key,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_profile,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.ports import Channel, Delivered, Inbound
from vrm_desktop.wiring import Home

PHRASE = "four calm herons wading"
_ROUNDS = 400


class WritingDown:
    """The native channel, with a line in a file for every post before it is sent: where to, and which bytes."""

    def __init__(self, channel: Channel, posts: Path) -> None:
        self._channel = channel
        self._posts = posts

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered:
        self._note("ping", line, envelope)
        return await self._channel.open(endpoint, envelope, line=line)

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered:
        self._note("post", line, envelope)
        return await self._channel.post(address, envelope, line=line)

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound:
        return await self._channel.fetch(address, secret=secret, side=side, after=after, wait=wait, line=line)

    async def fetch_card(self, url, *, pinned, last_serial):  # type: ignore[no-untyped-def] # handed on as it is
        return await self._channel.fetch_card(url, pinned=pinned, last_serial=last_serial)

    async def read_signals(self, address, leaving):  # type: ignore[no-untyped-def] # handed on as it is
        return await self._channel.read_signals(address, leaving)

    def _note(self, what: str, line: str, envelope: bytes) -> None:
        with self._posts.open("a") as file:
            file.write(f"{what} {line} {sha256(envelope).hexdigest()}\n")


def prepare(home: Path, url: str) -> None:
    """A home with a profile, one vendor, a want and its confirmed plan; nothing has left."""
    house = Home(kdf=CHEAP_KDF)
    house.create(home, PHRASE)

    async def body() -> None:
        async with house.open(home, PHRASE) as opened:
            means = opened.means
            for path, value in PROFILE.items():
                await keep_profile.set_field(means, path, value)
            await choose_vendors.add_vendor(means, url)
            key = (await say_what_i_want.save_want(means, WANT)).id
            await choose_vendors.confirm_plan(means, await choose_vendors.plan(means, key))

    asyncio.run(body())


def finish(home: Path, posts: Path, on_io: Callable[[str], None] | None = None) -> None:
    """Cast, take the best offer, and go on until the order is confirmed."""
    _at(home, posts, on_io, _go_on)


def counter_and_leave(home: Path, posts: Path, on_io: Callable[[str], None] | None = None) -> None:
    """Cast, ask for a lower price, take the new offer, and leave once the order is confirmed, until that is over."""
    _at(home, posts, on_io, _go_on_and_leave)


def change_key_and_speak(home: Path, posts: Path, on_io: Callable[[str], None] | None = None) -> None:
    """Once an order is confirmed (nobody looks at that part), go on under a new key, and say something by it."""
    finish(home, posts)
    _at(home, posts, on_io, _go_on_by_a_new_key)


def _at(
    home: Path, posts: Path, on_io: Callable[[str], None] | None, work: Callable[[OpenHome], Awaitable[None]]
) -> None:

    async def body() -> None:
        async with Home(kdf=CHEAP_KDF, on_io=on_io).open(home, PHRASE) as opened:
            native: Channel = WritingDown(opened.means.channels["native"], posts)
            means = replace(opened.means, channels={"native": native})
            opened.exchange._means = means
            await work(replace(opened, means=means))

    asyncio.run(body())


async def _go_on(home: OpenHome) -> None:
    means = home.means
    for _ in range(_ROUNDS):
        (want,) = await say_what_i_want.wants(means)
        if want.state is IntentcastState.DRAFT:
            await send_intentcast.cast(means, want.id, spread=0.0)
        ranked = (await compare_offers.compare(means, want.id)).ranked
        if want.state is IntentcastState.CAST and ranked:
            await accept_offer.accept(means, ranked[0].offer.id)
        await collect_offers.sync_once(means, home.exchange)
        for file in await keep_relationship.relationships(means):
            if file.order is not None and file.order.state is OrderState.CONFIRMED and not file.waiting:
                return
        await asyncio.sleep(0.01)
    raise AssertionError("the job does not come to an end")


async def _go_on_and_leave(home: OpenHome) -> None:
    means = home.means
    for _ in range(_ROUNDS):
        (want,) = await say_what_i_want.wants(means)
        if want.state is IntentcastState.DRAFT:
            await send_intentcast.cast(means, want.id, spread=0.0)
        for file in await keep_relationship.relationships(means):
            if file.relationship.state is RelationshipState.ENDED:
                return
            await _next_step(home, file)
        await collect_offers.sync_once(means, home.exchange)
        await asyncio.sleep(0.01)
    raise AssertionError("the job does not come to an end")


async def _go_on_by_a_new_key(home: OpenHome) -> None:
    means = home.means
    for _ in range(_ROUNDS):
        (file,) = await keep_relationship.relationships(means)
        said = {side: {row.kind for row in file.journal if row.sender is side} for side in Side}
        if not file.waiting and Kind.KEY_CHANGE not in said[Side.PERSON]:
            await change_my_key.change(means, file.relationship.id)
        elif not file.waiting and Kind.MESSAGE not in said[Side.PERSON]:
            await keep_relationship.say(means, file.relationship.id, "It is still me.")
        elif not file.waiting and Kind.ACKNOWLEDGEMENT in said[Side.VENDOR]:
            return
        await collect_offers.sync_once(means, home.exchange)
        await asyncio.sleep(0.01)
    raise AssertionError("the job does not come to an end")


async def _next_step(home: OpenHome, file: RelationshipFile) -> None:
    """What the person does next: nothing while something is on its way."""
    means, told = home.means, {row.kind for row in file.journal if row.sender is Side.PERSON}
    live = [offer for offer in file.offers if offer.state is OfferState.LIVE]
    if file.waiting:
        return
    if file.order is not None and file.order.state is OrderState.CONFIRMED:
        if file.relationship.state is RelationshipState.OPEN:
            await end_relationship.end(means, file.relationship.id, "I move away")
    elif live and Kind.COUNTER not in told and live[0].price is not None:
        lower = Money(minor=live[0].price.total * 97 // 100, currency=live[0].price.currency)
        await accept_offer.counter(means, live[0].id, lower)
    elif live and Kind.ACCEPT not in told and any(offer.state is OfferState.REPLACED for offer in file.offers):
        await accept_offer.accept(means, live[0].id)


if __name__ == "__main__":
    _JOBS = {"leave": counter_and_leave, "new-key": change_key_and_speak}
    _JOBS.get("".join(sys.argv[3:]), finish)(Path(sys.argv[1]), Path(sys.argv[2]))
    os._exit(0)
