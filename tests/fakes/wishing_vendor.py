"""A vendor that wishes for more after an order, keeps or forgets what it promised, and erases with receipts.

Never here: what a person's program should make of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, Person, a_person
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind
from vrm_desktop.protocol import messages
from vrm_desktop.services import accept_offer, compare_offers

KINDS = tuple(sorted(kind.value for kind in BEYOND_CORE))
Job = Callable[[Person, LyingVendor, RelationshipId], Awaitable[None]]


def wish(talk: Talk, *fields: tuple[str, str, int], **members: Any) -> MessageId:
    """Wish for these fields (name, purpose, days); the id of the message."""
    named = {"why": "To ring before we come.", **members}
    wished = tuple(messages.Wish(name=name, purpose=purpose, days=days) for name, purpose, days in fields)  # type: ignore[arg-type]  # a purpose of the wire
    return talk.say(messages.DataWish(**talk.claims(), fields=wished, **named)).message_id


def promise(clock: MovingClock, days: int = 10, what: str = "A free inspection") -> messages.InReturn:
    """Something in return, due in so many days."""
    return messages.InReturn(what=what, due=(clock.today() + timedelta(days=days)).isoformat())


def erase(talk: Talk, of: MessageId, *names: str) -> None:
    """Acknowledge message `of`, and say that the values of these names are erased."""
    erased = tuple(sorted(one.digest for one in talk.values if one.name in names))
    talk.say(messages.Acknowledgement(**talk.claims(), of=of, erased=erased))


def heard(talk: Talk, kind: type[Any]) -> list[Any]:
    """What the person said of one kind."""
    return [message for message in talk.remembered.values() if isinstance(message, kind)]


def erasing(talk: Talk, message: messages.AnyMessage) -> None:
    """Honest, and erases whatever it is asked to."""
    match message:
        case messages.WithdrawConsent(fields=fields) | messages.DataRequest(right="erasure", fields=fields):
            erase(talk, talk.peer[-1], *fields)
        case _:
            honest(talk, message)


def ordered(
    folder: Path,
    job: Job,
    *,
    script: Callable[[Talk, Any], None] = honest,
    kinds: tuple[str, ...] = KINDS,
    without: frozenset[Any] = frozenset(),
) -> None:
    """Order a bike from the vendor, then do the job. `without` are paths that the profile lacks."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(folder / "home", clock) as person:
            vendor.script, vendor.kinds = script, kinds
            await person.knows({path: value for path, value in PROFILE.items() if path not in without})
            want, (key,) = await person.casts(vendor.url)
            await person.settle()
            ranked = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, ranked[0].offer.id)
            await person.settle()
            await job(person, vendor, key)

    asyncio.run(body())


def kinds_without(*kinds: Kind) -> tuple[str, ...]:
    """All kinds but these, for a vendor whose program is older."""
    return tuple(kind for kind in KINDS if Kind(kind) not in kinds)
