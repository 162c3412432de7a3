"""What costs little comes before what costs much: no signature is verified for what a glance can refuse."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol import signing
from vrm_desktop.protocol.envelope import LARGEST, Envelope
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.budget import MOST_WAITING, Budget
from vrm_desktop.vendor.errors import Busy, UnknownConversation
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import Limits


@dataclass
class Counted:
    """How many signatures were verified."""

    number: int = 0


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Counts every verification, wherever it is asked for."""
    counted = Counted()
    genuine = signing.verify_detached

    def counting(*arguments: object, **named: object) -> object:
        counted.number += 1
        return genuine(*arguments, **named)  # type: ignore[arg-type] # passed on as they are

    monkeypatch.setattr(signing, "verify_detached", counting)
    return counted


def reception(desk: OpenDesk, limits: Limits | None = None, steady: Callable[[], float] = lambda: 0.0) -> Reception:
    chosen = limits or Limits()
    return Reception(
        desk=desk.desk,
        store=desk.store,
        budget=Budget(chosen, (), steady=steady()),
        clock=Clock(now=lambda: desk.now, steady=steady),
        ask_again=timedelta(seconds=5),
    )


def opening(desk: OpenDesk, data: bytes, limits: Limits | None = None) -> None:
    async def run() -> None:
        at_work = reception(desk, limits)
        try:
            await at_work.open(data)
        finally:
            await at_work.close()

    asyncio.run(run())


def changed(person: AskingPerson, **members: object) -> bytes:
    """This person's ping with other members, signed like the genuine one."""
    from vrm_desktop.canon import base64url, strict_json

    claims = strict_json.decode(base64url.decode(person.ping().jws.split(".")[1]))
    assert isinstance(claims, dict)
    return person.signed_anyhow({**claims, **members}).to_bytes()


def cut(person: AskingPerson) -> bytes:
    return person.ping().to_bytes()[:-20]


REFUSED: dict[str, Callable[[AskingPerson], bytes]] = {
    "too large": lambda _person: b" " * (LARGEST + 1),
    "no JSON": cut,
    "nested": lambda _person: b"[" * 30_000 + b"]" * 30_000,
    "not canonical": lambda person: person.ping().to_bytes() + b" ",
    "no JWS": lambda _person: Envelope(jws="a.e30.c").to_bytes(),
    "another version": lambda person: changed(person, v=2),
    "for somebody else": lambda person: changed(person, aud=person.signer.kid),
    "expired": lambda person: changed(person, exp="2020-01-01"),
    "too many": lambda person: changed(person, seq=201),
    "another category": lambda person: changed(person, category="leisure.tent", attributes={}),
    "another region": lambda person: changed(person, area={"country": "FR"}),
    "no area": lambda person: changed(person, area="here"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_glance_refuses_costs_no_signature(desk: OpenDesk, verified: Counted, case: str) -> None:
    data = REFUSED[case](desk.person())
    verified.number = 0
    with pytest.raises(ProtocolError):
        opening(desk, data)
    assert verified.number == 0


def test_beyond_the_budget_nothing_is_even_read(desk: OpenDesk, verified: Counted) -> None:
    first, second = desk.person().ping().to_bytes(), desk.person().ping().to_bytes()
    limits = Limits(conversations_per_minute=1)

    async def run() -> None:
        at_work = reception(desk, limits)
        try:
            await at_work.open(first)
            verified.number = 0
            with pytest.raises(Busy):
                await at_work.open(second)
        finally:
            await at_work.close()

    asyncio.run(run())
    assert verified.number == 0


def test_the_count_counts(desk: OpenDesk, verified: Counted) -> None:
    ping = desk.person().ping().to_bytes()
    verified.number = 0
    opening(desk, ping)
    assert verified.number >= 3, "the message, and the person's signature on two agreements"
    verified.number = 0
    opening(desk, ping)
    assert verified.number == 0, "what was taken in once is known by its id"


def test_a_message_for_no_conversation_costs_no_signature(desk: OpenDesk, verified: Counted) -> None:
    person = desk.person()
    desk.exchange(person, person.ping())
    data = person.reveal().to_bytes()

    async def run() -> None:
        at_work = reception(desk)
        try:
            verified.number = 0
            for unknown in ("A" * 43, "A", "\x00", "A" * 44):
                with pytest.raises(UnknownConversation):
                    await at_work.take(unknown, data)
            assert verified.number == 0
        finally:
            await at_work.close()

    asyncio.run(run())


def test_in_a_rush_everybody_is_taken_in_or_told_to_come_again_and_in_the_end_nobody_is_missing(
    desk: OpenDesk,
) -> None:
    people = [desk.person() for _ in range(MOST_WAITING + 40)]
    pings = {Wanting(person): person.ping().to_bytes() for person in people}
    seconds = 0.0

    async def run() -> None:
        nonlocal seconds
        at_work = reception(desk, Limits(conversations_per_minute=200), steady=lambda: seconds)
        waiting, refusals = dict(pings), 0
        try:
            while waiting:
                answers = await asyncio.gather(
                    *(at_work.open(data) for data in waiting.values()), return_exceptions=True
                )
                later = []
                for wanting, answer in zip(list(waiting), answers, strict=True):
                    if isinstance(answer, Busy):
                        assert 1 <= answer.retry_after <= 60
                        later.append(answer.retry_after)
                    else:
                        assert answer == wanting.person.conversation.id
                        del waiting[wanting]
                refusals += len(later)
                seconds += max(later, default=0)
            for person in people:
                page = await at_work.page(str(person.conversation.id), secret=person.secret, after={Side.VENDOR: 0})
                assert len(page.letters) == 1
        finally:
            await at_work.close()
        assert refusals > 0

    asyncio.run(run())


@dataclass(frozen=True, eq=False)
class Wanting:
    """Somebody in the rush."""

    person: AskingPerson
