"""`vrm lock` without a window, with one that says yes, and with somebody else on its socket."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.paths import window_address


@contextmanager
def listening(where: str, answer: bytes) -> Iterator[list[bytes]]:
    """Somebody on the window's socket who answers so; what was said to them."""
    heard: list[bytes] = []
    ready, over = threading.Event(), threading.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readline())
        writer.write(answer)
        writer.close()

    async def serve() -> None:
        async with await asyncio.start_unix_server(hear, where):
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    try:
        yield heard
    finally:
        over.set()
        thread.join(60)


@pytest.fixture
def line(vrm: CommandLine, tmp_path: Path) -> CommandLine:
    return replace(vrm, environment={"XDG_RUNTIME_DIR": str(tmp_path)})


def test_without_a_window_it_says_so_in_one_sentence(line: CommandLine) -> None:
    ran = line.run("lock")
    assert (ran.status, ran.told.strip()) == (1, "No window is open on this vault: There is nothing to lock.")


def test_the_window_is_asked_to_lock_without_a_passphrase(line: CommandLine, tmp_path: Path) -> None:
    with listening(window_address(line.home, str(tmp_path)), b"yes\n") as heard:
        ran = line.bare("--home", str(line.home), "lock")
    assert (ran.status, ran.output.strip(), heard) == (0, "The window is locked.", [b"lock\n"])


@pytest.mark.parametrize("answer", [b"no\n", b"", b"perhaps"])
def test_whoever_does_not_say_yes_has_not_locked(line: CommandLine, tmp_path: Path, answer: bytes) -> None:
    with listening(window_address(line.home, str(tmp_path)), answer):
        assert line.run("lock").status == 1
