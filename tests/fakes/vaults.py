"""A real vault with the program's own schema, open within milliseconds: only its key derivation is cheap.

For every test that needs somewhere to keep things. A services test writes
`async with a_vault(tmp_path) as vault: await vault.write(...)`. Never here: a vault that is not the real one.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, at_noon
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.vault import OpenVault, create_vault, open_vault

_T = TypeVar("_T")


async def open_test_vault(folder: Path) -> OpenVault:
    """The vault in the folder, made first if there is none. Whoever opens it closes it."""
    return _open(folder)


@asynccontextmanager
async def a_vault(folder: Path) -> AsyncIterator[OpenVault]:
    """The vault in the folder, made first if there is none, and closed at the end of the block."""
    with vault_in(folder) as vault:
        yield vault


@contextmanager
def vault_in(folder: Path) -> Iterator[OpenVault]:
    """The same for tests without a loop; they use `write_now` and `read_now`."""
    vault = _open(folder)
    try:
        yield vault
    finally:
        vault.close()


def write_now(vault: OpenVault, change: Callable[[Contents], _T]) -> _T:
    """`vault.write` without a loop."""
    return vault.thread.write_now(lambda sql: change(vault.contents(sql)))


def read_now(vault: OpenVault, look: Callable[[Contents], _T]) -> _T:
    """`vault.read` without a loop."""
    return vault.thread.read_now(lambda sql: look(vault.contents(sql)))


def _open(folder: Path) -> OpenVault:
    if not (folder / "vault.hdr").exists():
        create_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)
    return open_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)


class _Enough(Exception):
    """Ends a write so that nothing of it is kept."""


def tried(vault: OpenVault, change: Callable[[Contents], _T]) -> _T:
    """What `change` returns in a write of which nothing is kept."""
    returned: list[_T] = []

    def change_and_stop(contents: Contents) -> None:
        returned.append(change(contents))
        raise _Enough

    with suppress(_Enough):
        write_now(vault, change_and_stop)
    return returned[0]
