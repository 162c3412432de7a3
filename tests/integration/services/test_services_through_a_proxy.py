"""A proxy set in the vault is the way to every vendor from the next unlocking on, and nothing goes past it."""

import asyncio
from pathlib import Path

import pytest

from tests.fakes.proxy_server import socks_proxy
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services import choose_vendors, keep_settings
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.wiring import Home

WORDS = "kümmel oder salz"
NOBODY_LISTENS = 9


def test_vendors_are_reached_by_the_proxy_that_was_set(tmp_path: Path) -> None:
    async def body() -> bytes:
        house = Home(kdf=CHEAP_KDF)
        house.create(tmp_path, WORDS)
        async with socks_proxy(NOBODY_LISTENS) as proxy:
            async with house.open(tmp_path, WORDS) as home:
                await keep_settings.save_settings(home.means, Settings(proxy=f"socks5://127.0.0.1:{proxy.port}"))
            async with house.open(tmp_path, WORDS) as home:
                with pytest.raises(ChannelError):
                    await choose_vendors.add_vendor(home.means, "https://shop.example")
            return b"".join(proxy.asked)

    assert b"shop.example" in asyncio.run(body())


def test_a_proxy_that_cannot_be_read_stops_everything(tmp_path: Path) -> None:
    async def body() -> None:
        house = Home(kdf=CHEAP_KDF)
        house.create(tmp_path, WORDS)
        async with house.open(tmp_path, WORDS) as home:
            await home.means.vault.write(lambda tx: tx.set_setting("proxy", "nonsense"))
        with pytest.raises(InvalidValue):
            async with house.open(tmp_path, WORDS):
                pytest.fail("opened although nothing may go past the proxy")

    asyncio.run(body())
