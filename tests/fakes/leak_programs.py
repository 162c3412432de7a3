"""The programs as their console scripts start them, for looking at what they leave behind. Keys are derived cheaply.

`python -m tests.fakes.leak_programs vrm|desktop ARGUMENTS`. With `STUMBLES` in the environment something goes wrong
that nobody thought of, with that text in it. The window keeps a diary of what it opened and closed.
"""

import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NoReturn

from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop import wiring
from vrm_desktop.services.house import OpenHome


class House(wiring.Home):
    """Keeps a diary of the vault, and comes back as this same program."""

    @asynccontextmanager
    async def open(self, *arguments: Any, **options: Any) -> AsyncIterator[OpenHome]:
        """As ever, with two lines in the diary."""
        async with super().open(*arguments, **options) as opened:
            note("opened")
            yield opened
        note("closed")

    def role_command(self, role: str) -> tuple[str, ...]:
        """This program, in the role."""
        return (sys.executable, "-m", "tests.fakes.leak_programs", role.removeprefix("vrm-"))


def note(what: str) -> None:
    """One line in the diary."""
    with Path(os.environ["DIARY"]).open("a", encoding="utf-8") as diary:
        diary.write(f"{what}\n")


def stumble() -> NoReturn:
    """What nobody thought of, with a text that nobody should read."""
    raise KeyError(os.environ["STUMBLES"])


def vrm() -> int:
    """The command line."""
    from vrm_desktop.cli import command

    if "STUMBLES" in os.environ:
        command._run = lambda *_arguments: stumble()
    return command.main(
        sys.argv[1:],
        make_house=lambda: wiring.Home(kdf=CHEAP_KDF),
        environment=os.environ,
        token=secrets.token_bytes,
    )


def window() -> int:
    """The window; where it stumbles, it does so in a call-back of Qt."""
    from PySide6.QtCore import QTimer

    from vrm_desktop.ui.program import Program
    from vrm_desktop.ui.start import start

    note("start")
    if "STUMBLES" in os.environ:
        begin = Program.begin

        def begin_and_stumble(program: Program, *arguments: Any, **options: Any) -> None:
            begin(program, *arguments, **options)
            QTimer.singleShot(200, stumble)

        setattr(Program, "begin", begin_and_stumble)  # noqa: B010 - a method, for this process alone
    return start(sys.argv, house=House(kdf=CHEAP_KDF), environment=os.environ)


if __name__ == "__main__":
    wiring._begin()
    role = sys.argv.pop(1)
    sys.exit(vrm() if role == "vrm" else window())
