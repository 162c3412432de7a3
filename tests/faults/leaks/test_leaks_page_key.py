"""The secret of the page's key: in the vault and in an archive that was asked for, and nowhere else.

A person is known to a shop through a whole purchase; then every file, log and request is searched. The control is the
archive, in which the same search finds it.
"""

import asyncio
import base64
import json
import logging
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.fakes.archived import archive_in, brought_in
from tests.fakes.shop_server import FakeShop
from tests.fakes.shopper import PAGE, a_shopper
from tests.fakes.vaults import read_now, vault_in
from vrm_desktop.canon import base64url
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.services import find_shop, page_key
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.transaction import Transaction


def forms(secret: bytes) -> list[bytes]:
    """The secret as it might stand somewhere, in any alignment of base 64."""
    found = [secret, secret.hex().encode(), secret.hex().upper().encode(), str(int.from_bytes(secret)).encode()]
    encoders = (base64.b64encode, base64.urlsafe_b64encode)
    return found + [encode(bytes(shift) + secret)[4:-4] for shift in range(3) for encode in encoders]


def holds(data: bytes, secret: bytes) -> bool:
    return any(form in data for form in forms(secret))


def files_with(folder: Path, secret: bytes) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) >= 3
    return [file.name for file in files if holds(file.read_bytes(), secret)]


def secret_in(sql: Transaction) -> bytes:
    return base64url.decode(json.loads(sql.value("SELECT value FROM settings WHERE key = 'page-keys'"))["secret"])


def test_it_stays_in_the_vault_and_in_what_was_taken_along(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shop, made = FakeShop(), list[tuple[bytes, PageKey]]()

    async def life() -> None:
        async with a_shopper(tmp_path / "home", shop) as shopper:
            means, vault = shopper.person.means, shopper.person.vault
            await find_shop.set_own_page(means, PAGE)
            await page_key.be_known(means)
            (public,) = (await page_key.page_standing(means)).keys
            made.append((vault.thread.read_now(secret_in), public))
            await shopper.checks_out()
            vault.back_up("daily")
            assert files_with(tmp_path, made[0][0]) == []

    asyncio.run(life())
    secret, public = made[0]
    assert files_with(tmp_path, secret) == []
    assert not holds(caplog.text.encode(), secret)
    told = json.dumps(shop.seen).encode()
    assert public.kid.encode() in told
    assert not holds(told, secret)
    (header,) = tmp_path.rglob("vault.hdr")
    home = header.parent
    archive = archive_in(home)
    brought_in(archive, tmp_path / "new")
    with vault_in(tmp_path / "new") as vault:
        assert vault.thread.read_now(secret_in) == secret
        assert read_now(vault, Contents.page_signer).public == public
    assert holds(_unpacked(archive), secret), "the control: the search finds it where it is"


def _unpacked(archive: bytes) -> bytes:
    with ZipFile(BytesIO(archive)) as opened:
        return b"".join(opened.read(name) for name in opened.namelist())
