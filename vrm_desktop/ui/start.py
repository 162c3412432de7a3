"""Starts the window: arguments, application, engine, one window for each home, and the way back to the lock screen."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QTimer

from vrm_desktop.engine import Engine
from vrm_desktop.paths import home_folder, passphrase_file, window_address
from vrm_desktop.services.house import House
from vrm_desktop.ui.application import create_application, install_excepthook
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.garbage import MainThreadGarbage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.program import Program
from vrm_desktop.ui.real_pictures import RealPictures, print_files
from vrm_desktop.ui.single_instance import SingleInstance, Word, ask
from vrm_desktop.ui.window_memory import WindowMemory

DONE, USAGE = 0, 2
_PAGES = (
    PageId.WANTS,
    PageId.RELATIONSHIPS,
    PageId.AGENDA,
    PageId.LEDGER,
    PageId.VENDORS,
    PageId.PROFILE,
    PageId.SETTINGS,
)

Relaunch = Callable[[Sequence[str]], None]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The arguments of the window; what it does not know goes to Qt."""
    made = _Parser(prog="vrm-desktop", description="Your own agent towards vendors, in a window.")
    made.add_argument("--home", metavar="DIR", help="where your vault is (default: $VRM_HOME, else your data folder)")
    made.add_argument("--passphrase-file", metavar="FILE", help="read the passphrase from FILE and unlock with it")
    made.add_argument("--page", choices=[one.value for one in _PAGES], metavar="PAGE", help="open this page first")
    made.add_argument("--pictures", metavar="FOLDER", help="write pictures of every page into FOLDER, and end")
    made.add_argument("--locked", action="store_true", help="stop at the lock screen, whatever the environment names")
    return made


def start(
    argv: Sequence[str], *, house: House, environment: Mapping[str, str], relaunch: Relaunch | None = None
) -> int:
    """Run the window until it is closed; the exit status. `argv` begins with the program's name.

    With a window open on the same home, raises that one and ends. Locking ends this run too, with `relaunch` of the
    program at its lock screen: no key outlives its process.
    """
    try:
        arguments, for_qt = parser().parse_known_args(argv[1:])
    except SystemExit as stop:
        return int(stop.code or DONE)
    place = home_folder(arguments.home, environment)
    key_file = None if arguments.locked else passphrase_file(arguments.passphrase_file, environment)
    where = window_address(place, environment.get("XDG_RUNTIME_DIR"))
    if arguments.pictures:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif ask(where, Word.RAISE):
        return DONE
    remembered = WindowMemory(place).appearance()
    application, look = create_application(
        [*argv[:1], *for_qt], theme=remembered.theme, text_scale=remembered.text_scale
    )
    install_excepthook()
    garbage = MainThreadGarbage(application)
    garbage.start()
    application.setQuitOnLastWindowClosed(False)
    with _engine_and_bridge() as bridge:
        first = PageId(arguments.page) if arguments.page else PageId.WANTS
        watched = not arguments.pictures
        program = Program(
            house=house,
            place=place,
            look=look,
            bridge=bridge,
            first_page=first,
            tends=watched,
            environment=environment if watched else None,
        )
        program.over.connect(application.quit)
        program.begin(key_file)
        if arguments.pictures:
            camera = RealPictures(program, application=application, look=look, bridge=bridge)
            QTimer.singleShot(0, lambda: _take(camera, program, Path(arguments.pictures)))
            application.exec()
        else:
            single = SingleInstance(where)
            single.asked.connect(program.asked)
            single.listen()
            application.exec()
            single.close()
    program.window.deleteLater()
    garbage.stop()
    if program.locks:
        command = house.role_command("vrm-desktop")
        (relaunch or replace_process)([*command, "--home", str(place), "--locked", *for_qt])
    return DONE


@contextmanager
def _engine_and_bridge() -> Iterator[Bridge]:
    engine = Engine()
    engine.start()
    bridge = Bridge(engine)
    try:
        yield bridge
    finally:
        bridge.close()
        engine.close()


def _take(camera: RealPictures, program: Program, folder: Path) -> None:
    try:
        print_files(camera.take(folder))
    finally:
        program.leave()


def replace_process(command: Sequence[str]) -> None:
    """Become another process: nothing of this one's memory is left. Windows cannot; there a new one starts."""
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        subprocess.Popen(command)  # noqa: S603 - the program itself, in its own role
    else:
        os.execv(command[0], list(command))  # noqa: S606 - the program itself, in its own role
