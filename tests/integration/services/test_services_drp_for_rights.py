"""A data request asked over the Data Rights Protocol moves by the organisation's word, as by the answer to a letter."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.drp_desk import RunningDrpDesk
from tests.fakes.drp_meeting import ACCESS, TOKEN, Hostile, facing, meet, said_by_hand
from tests.fakes.people import Person
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.drp import DrpReason, DrpReport, DrpStatus
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights import RequestState, RightsRequest, RightsWay
from vrm_desktop.protocol.drp_directory import Business
from vrm_desktop.services import exercise_over_drp, import_drp_directory, keep_counterparty
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.ports import Transaction


def test_the_data_request_that_it_serves_follows_the_organisations_word(tmp_path: Path) -> None:
    async def work(person: Person, desk: RunningDrpDesk) -> None:
        entry = (await import_drp_directory.entries(person.means))[0]
        other = Business(id="SHOP_2", name="Other", api_base="https://other.example")
        data = json.dumps([other.members]).encode()
        (elsewhere,) = (await import_drp_directory.import_directory(person.means, data)).entries

        def draft(tx: Transaction) -> None:
            request = RightsRequest(
                id="rights-1",
                vendor=entry.vendor,
                relationship=keep_counterparty.file_of(tx, person.means, entry.vendor).id,
                at=person.clock.now(),
                right=DataRight.ACCESS,
                regime=Regime.CCPA,
                way=RightsWay.LETTER,
                reference="2026-ABC",
            )
            tx.keep_paper(request)
            tx.keep_paper(replace(request, id="rights-2", vendor=elsewhere.vendor))

        async def stands() -> RightsRequest:
            found = await person.means.vault.read(lambda tx: tx.paper(RightsRequest, "rights-1"))
            assert found is not None
            return found

        await person.means.vault.write(draft)
        for wrong, error in (("rights-2", NotPossibleNow), ("rights-3", NotFound)):
            with pytest.raises(error):
                await exercise_over_drp.ask(person.means, replace(ACCESS, source=wrong))
        made = await exercise_over_drp.ask(person.means, replace(ACCESS, source="rights-1"))
        assert ((await stands()).state, (await stands()).way) == (RequestState.ACKNOWLEDGED, RightsWay.DRP)
        verify = DrpReport(
            request_id="",
            status=DrpStatus.IN_PROGRESS,
            reason=DrpReason.NEED_USER_VERIFICATION,
            verification_url="https://shop.example/v",
            expires_at=person.clock.now() + timedelta(days=7),
        )
        working = DrpReport(request_id="", status=DrpStatus.IN_PROGRESS)
        done = DrpReport(request_id="", status=DrpStatus.FULFILLED, results_url="https://shop.example/r")
        (kept,) = desk.kept()
        for word, state in (
            (verify, RequestState.NEEDS_ACTION),
            (working, RequestState.ACTION_DONE),
            (done, RequestState.FULFILLED),
        ):
            said_by_hand(person, desk, kept.id, word)
            await exercise_over_drp.look(person.means, made.id)
            assert (await stands()).state is state
        before = await stands()
        await exercise_over_drp.look(person.means, made.id)
        assert await stands() == before

    meet(tmp_path, work)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (b'"denied","reason":"no_match"', RequestState.REFUSED),
        (b'"revoked"', RequestState.WITHDRAWN),
        (b'"expired"', RequestState.WAITING),
        (b'"open"', RequestState.WAITING),
    ],
)
def test_every_end_ends_the_data_request_as_it_should(tmp_path: Path, status: bytes, state: RequestState) -> None:
    said = ("200 OK", b'{"request_id":"q-1","status":' + status + b"}")

    async def work() -> None:
        async with facing(tmp_path, Hostile(says={"setup": TOKEN, "post": said})) as (person, _server):
            entry = (await import_drp_directory.entries(person.means))[0]
            request = RightsRequest(
                id="rights-1",
                vendor=entry.vendor,
                relationship=(await keep_counterparty.open_file(person.means, entry.vendor)),
                at=person.clock.now(),
                right=DataRight.ACCESS,
                regime=Regime.CCPA,
                way=RightsWay.LETTER,
                reference="2026-ABC",
            )
            await person.means.vault.write(lambda tx: tx.keep_paper(request))
            await exercise_over_drp.ask(person.means, replace(ACCESS, source="rights-1"))
            found = await person.means.vault.read(lambda tx: tx.paper(RightsRequest, "rights-1"))
            assert found is not None
            assert found.state is state

    asyncio.run(work())
