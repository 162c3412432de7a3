"""The two commands of the README: `bootstrap.py demo` and `bootstrap.py test`. Standard library only.

Here: which Python is good enough, the command line, the order of steps. Never here: how an environment is
made (environment.py), what the system must provide (system_packages.py), what a test stage is (stages.py).
This file alone must parse on Python 3.8, so that an old Python gets a sentence and not a syntax error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - exactly for those who start this with an older Python
    sys.exit(f"VRM Desktop needs Python 3.11 or newer, and this is Python {sys.version.split()[0]}.")

import argparse
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from environment import Environment, EnvironmentRefusedError
from stages import STAGE_NAMES, run_stages
from system_packages import missing_qt_libraries, provide, provide_services
from tryton_environment import TrytonEnvironment

CHECKOUT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit status: 0 done, 1 refused or failed, 2 usage."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "demo":
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    environment = Environment(folder=(options.venv or CHECKOUT / ".venv").absolute(), checkout=CHECKOUT)
    try:
        qt_works = set_up(environment, with_services=getattr(options, "with_services", False))
    except EnvironmentRefusedError as refusal:
        _say(str(refusal))
        return 1
    if options.command == "demo":
        return _become([str(environment.script("vrm")), "demo", *rest])
    if options.command == "test":
        if not qt_works:
            _say("The tests need those system packages first.")
            return 1
        return run_stages(environment, chosen=options.stages, long=options.long)
    _say(f"Ready: {environment.script('vrm')} and {environment.script('vrm-desktop')}")
    return 0


def set_up(environment: Environment, *, with_services: bool) -> bool:
    """Makes everything ready. True when Qt finds all the system libraries it needs."""
    began = time.monotonic()
    tryton = TrytonEnvironment(folder=CHECKOUT / ".bootstrap" / "tryton", checkout=CHECKOUT)
    with ThreadPoolExecutor(max_workers=1) as beside:  # two environments at once take the time of one
        making = beside.submit(tryton.ensure, _say) if with_services else None
        done = environment.ensure(_say)
        libraries = missing_qt_libraries(environment.site_packages)
        if libraries:
            provide(sorted(libraries), why="the window (Qt)", say=_say)
            libraries = missing_qt_libraries(environment.site_packages)
        if making is not None:
            provide_services(_say)
            making.result()
    if done:
        _say(f"Set up in {time.monotonic() - began:.0f} s.")
    return not libraries


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Sets VRM Desktop up from this checkout.")
    parser.add_argument("--venv", type=Path, metavar="DIR", help="the virtual environment (default: .venv)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="set up, then run `vrm demo` (what follows is passed on)")
    setup = commands.add_parser("setup", help="set up, and nothing else")
    test = commands.add_parser("test", help="set up, then pass the tests")
    for command in (setup, test):
        command.add_argument("--with-services", action="store_true", help="install the services that some tests need")
    test.add_argument("--long", action="store_true", help="run the long tests too")
    test.add_argument("stages", nargs="*", metavar="STAGE", help=f"only these of: {' '.join(STAGE_NAMES)}")
    return parser


def _become(command: list[str]) -> int:
    """Runs `command` in place of this program where the system can, so that signals reach it directly."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - there is no shell on purpose
    return subprocess.call(command)


def _say(line: str) -> None:
    """Progress is for people: standard error, so that standard output stays the command's own."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
