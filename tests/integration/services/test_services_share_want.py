"""A want goes to a friend as a file: nothing of its owner with it, and the friend's own from then on."""

import asyncio
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, a_person
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.formats.errors import NotAWantFile
from vrm_desktop.services import say_what_i_want, share_want


def test_a_friend_makes_a_want_her_own(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_person(tmp_path / "one", clock) as ottilie, a_person(tmp_path / "two", clock) as friend:
            await ottilie.knows()
            want = await say_what_i_want.save_want(ottilie.means, WANT)
            file = await share_want.shared(ottilie.means, want.id)
            assert WANT.price_cap is not None
            for told in (*(one for one in PROFILE.values() if len(one) > 2), want.id, WANT.place, "DE-NW", "87654"):
                assert told.encode() not in file
            own = await share_want.make_own(friend.means, file)
            assert (own.title, own.category, own.state) == (want.title, want.category, IntentcastState.DRAFT)
            assert own.price_cap is None
            capped = await share_want.shared(ottilie.means, want.id, with_cap=True)
            assert (await share_want.make_own(friend.means, capped)).price_cap == WANT.price_cap
            with pytest.raises(NotAWantFile):
                await share_want.make_own(friend.means, b"{}x")

    asyncio.run(body())
