"""`vrm sync`: what waits leaves, and nobody who is slow keeps vendors waiting."""

import asyncio

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.services import collect_offers, watch_prices
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes


def test_a_slow_shop_does_not_hold_up_what_waits(vrm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = asyncio.Event()

    async def looks(_means: Means) -> Changes:
        await asyncio.wait_for(sent.wait(), 20)
        return Changes.of(("price-watch", "watch-1"))

    async def sends(_means: Means, _exchange: Exchange) -> Changes:
        sent.set()
        return Changes.of(("relationship", "relationship-1"))

    monkeypatch.setattr(watch_prices, "look", looks)
    monkeypatch.setattr(collect_offers, "sync_once", sends)
    assert [one["kind"] for one in vrm.json("sync")["changes"]] == ["price-watch", "relationship"]


def test_what_fails_ends_the_looking_too(vrm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    looking, ended = asyncio.Event(), asyncio.Event()

    async def looks(_means: Means) -> Changes:
        looking.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    async def breaks(_means: Means, _exchange: Exchange) -> Changes:
        await looking.wait()
        raise VaultTrouble("vault-locked")

    monkeypatch.setattr(watch_prices, "look", looks)
    monkeypatch.setattr(collect_offers, "sync_once", breaks)
    assert vrm.run("sync").status != 0
    assert ended.is_set()
