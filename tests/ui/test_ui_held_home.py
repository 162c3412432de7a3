"""The open vault's life: whoever watches over what falls due has a turn, whatever the others do."""

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.fakes.running_window import PATIENCE_MS, WORDS
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.services import watch_dates
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.held_home import HeldHome
from vrm_desktop.wiring import Home


def test_one_watcher_that_hangs_or_fails_keeps_nobody_from_his_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hung, gone = asyncio.Event(), asyncio.Event()

    async def hangs(_means: Means) -> Changes:
        hung.set()
        try:
            await asyncio.Event().wait()
        finally:
            gone.set()
        raise AssertionError

    async def fails(_means: Means) -> Changes:
        raise NotPossibleNow("never")

    def brings(what: str) -> watch_dates.Watcher:
        async def watcher(_means: Means) -> Changes:
            await hung.wait()
            return Changes.of((what, "1"))

        return watcher

    monkeypatch.setattr(watch_dates, "TURNS", ((hangs,), (fails, brings("contract")), (brings("drp-exercise"),)))
    house = Home(kdf=CHEAP_KDF)
    house.create(tmp_path, WORDS)

    async def work() -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()

        def notice(changes: Iterable[tuple[str, str]]) -> None:
            for kind, _key in changes:
                heard.put_nowait(kind)

        held = HeldHome(house, tmp_path, notice)
        await held.open(WORDS)
        told = {await asyncio.wait_for(heard.get(), PATIENCE_MS / 1000) for _turn in range(2)}
        assert told == {"contract", "drp-exercise"}
        await held.close()
        assert gone.is_set()

    with caplog.at_level(logging.WARNING):
        asyncio.run(work())
    assert "not-possible-now" in caplog.text
