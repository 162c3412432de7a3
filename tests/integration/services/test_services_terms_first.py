"""Terms first, on the wire: a whole run with several vendors captured, decoded through every layer, and searched.

Controls leak on purpose, once into the first question and once beyond the plan, and must be caught.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.disclosed import Leak, exchanges, leaks
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, Person, a_person
from vrm_desktop.domain.disclosure import Stage
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.profile import FieldPath, ShareDefault
from vrm_desktop.protocol import messages, sealing
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.moving import after_own
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import Typ, sign_compact
from vrm_desktop.services import (
    accept_offer,
    compare_offers,
    compose_acts,
    compose_openings,
    end_relationship,
    keep_profile,
    keep_relationship,
    settle_terms,
    who_knows_what,
)

DESKS = ("", "veedelvelo", "kettenwerk", "rheinrad")
SECRETS = tuple(value for path, value in PROFILE.items() if path is not FieldPath.COUNTRY)
"""The country is the one value that may stand in both: in the area that the person chose for the cast."""


async def whole_run(folder: Path, profile: dict[FieldPath, str]) -> tuple[list[RunningDesk], dict[str, set[str]]]:
    """Cast to four desks, close a counter, order, pay, talk, end everything; what the ledger says each was given."""
    clock = MovingClock()
    async with AsyncExitStack() as stack:
        desks = [
            await stack.enter_async_context(a_desk(folder / f"desk-{number}", clock, desk=desk))
            for number, desk in enumerate(DESKS)
        ]
        person = await stack.enter_async_context(a_person(folder / "home", clock))
        await person.knows(profile)
        want, keys = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        for view in await settle_terms.terms(person.means, want):
            if view.open_counter:
                await settle_terms.accept_counter(person.means, view.relationship.id)
        await person.settle()
        ranked = (await compare_offers.compare(person.means, want)).ranked
        chosen = ranked[0].offer
        await accept_offer.accept(person.means, chosen.id)
        await person.settle()
        await accept_offer.paid(person.means, chosen.relationship)
        await keep_relationship.say(person.means, chosen.relationship, "See you on Friday.")
        await person.settle()
        for key in keys:
            await end_relationship.end(person.means, key)
        await person.settle()
        given: dict[str, set[str]] = {desk.name: set() for desk in desks}
        for entry in await who_knows_what.ledger(person.means):
            given[entry.vendor_name].add(entry.row.value)
        return desks, given


def test_no_value_of_the_profile_leaves_before_the_signed_acceptance_or_beyond_the_plan(tmp_path: Path) -> None:
    desks, given = asyncio.run(whole_run(tmp_path, dict(PROFILE)))
    found = [leak for desk in desks for leak in leaks(desk.recording, SECRETS, given[desk.name])]
    assert found == []
    order = {PROFILE[path] for path in (FieldPath.NAME, FieldPath.STREET, FieldPath.POSTCODE, FieldPath.LOCALITY)}
    assert [desk.name for desk in desks if order <= given[desk.name]] != []
    assert sum(bool(given[desk.name] & order) for desk in desks) == 1, "delivery details go to one vendor alone"
    requests = sum(sent for desk in desks for sent, _ in exchanges(desk.recording))
    print(f"{requests} requests to {len(desks)} vendors searched for {len(SECRETS)} values of the profile")
    # The search itself finds what is there: the chosen vendor's accept, and only after its signature.
    (chosen,) = [desk for desk in desks if order <= given[desk.name]]
    assert {leak.value for leak in leaks(chosen.recording, SECRETS, ())} == order


def _leak_into_the_ping(monkeypatch: pytest.MonkeyPatch, change: Callable[[messages.Ping], Any]) -> None:
    real = sealing.seal

    def seal(conversation: Any, message: Any, signer: Any) -> sealing.Sealed:
        if not isinstance(message, messages.Ping):
            return real(conversation, message, signer)
        leaking = change(message)
        envelope = Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(leaking)))
        moved = after_own(conversation, leaking, envelope.message_id)
        return sealing.Sealed(envelope=envelope, message_id=envelope.message_id, conversation=moved)

    monkeypatch.setattr(compose_openings, "seal", seal)


def test_a_build_that_puts_a_value_into_the_first_question_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = PROFILE[FieldPath.POSTCODE]
    _leak_into_the_ping(
        monkeypatch, lambda ping: msgspec.structs.replace(ping, attributes={**ping.attributes, "brand": planted})
    )
    found = asyncio.run(_until_offered(tmp_path))
    assert Leak(value=planted, why="before the signed acceptance") in found


def test_a_build_that_adds_a_value_to_the_order_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sealing.seal_accept
    planted = PROFILE[FieldPath.EMAIL]

    def seal_accept(conversation: Any, **given: Any) -> sealing.Sealed:
        order = msgspec.structs.replace(given["order"], payment=planted)
        return real(conversation, **{**given, "order": order})

    monkeypatch.setattr(compose_acts, "seal_accept", seal_accept)
    found = asyncio.run(_until_offered(tmp_path, accept=True))
    assert found == [Leak(value=planted, why="not on the plan")]


async def _until_offered(folder: Path, *, accept: bool = False) -> list[Leak]:
    clock = MovingClock()
    async with a_desk(folder / "desk", clock) as desk, a_person(folder / "home", clock) as person:
        await person.knows()
        want, _ = await person.casts(desk.url)
        await person.settle()
        if accept:
            ranked = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, ranked[0].offer.id)
            await person.settle()
        planned = {entry.row.value for entry in await who_knows_what.ledger(person.means)}
        return leaks(desk.recording, SECRETS, planned)


VALUES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéñ漢字\"\\'<&/ ", min_size=9, max_size=40).filter(str.strip)


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    values=st.lists(VALUES, min_size=14, max_size=14, unique=True),
    fulfilment=st.sampled_from([Fulfilment.ANY, Fulfilment.DELIVERED, Fulfilment.COLLECTED]),
    coarse=st.booleans(),
)
def test_outgoing_bytes_hold_planned_values_only(
    tmp_path_factory: pytest.TempPathFactory, values: list[str], fulfilment: Fulfilment, *, coarse: bool
) -> None:
    paths = [path for path in FieldPath if path not in {FieldPath.COUNTRY, FieldPath.BIRTHDAY}]
    profile: dict[FieldPath, str] = {
        path: f"x{number}{value}{number}x" for number, (path, value) in enumerate(zip(paths, values, strict=True), 10)
    }

    async def body() -> None:
        folder = tmp_path_factory.mktemp("plan")
        clock = MovingClock()
        async with a_desk(folder / "desk", clock) as desk, a_person(folder / "home", clock) as person:
            await person.knows({**profile, FieldPath.COUNTRY: "DE", FieldPath.BIRTHDAY: "1987-06-05"})
            if coarse:
                await _share_the_postcode_coarsely(person)
            want, _ = await person.casts(desk.url, want=replace(WANT, fulfilment=fulfilment))
            await person.settle()
            ranked = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, ranked[0].offer.id)
            await person.settle()
            rows = [entry.row for entry in await who_knows_what.ledger(person.means)]
            secrets = {*profile.values(), "1987-06-05"}
            planned = {row.value for row in rows if row.stage is Stage.ORDER}
            assert leaks(desk.recording, secrets, planned) == []
            assert not coarse or profile[FieldPath.POSTCODE] not in planned

    asyncio.run(body())


async def _share_the_postcode_coarsely(person: Person) -> None:
    field = next(field for field in await keep_profile.profile(person.means) if field.path is FieldPath.POSTCODE)
    await keep_profile.set_field(person.means, FieldPath.POSTCODE, field.value, ShareDefault.COARSE)
