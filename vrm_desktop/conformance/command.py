"""The sub-commands `vrm-vendor check` and `vrm-vendor misbehave`: arguments in, a report or a listening line out.

Loads the kit itself only when one of them runs, so that a serving desk carries none of it.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.protocol.roster import Roster

DONE, FAILED, USAGE = 0, 1, 2
_PATIENCE = 10.0
_MOST_PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the commands are given: the clock, randomness, and how the roster is loaded."""

    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    load_roster: "Callable[[], Roster]"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", means: Means) -> None:
    """Add both sub-commands; each sets `run` to what carries it out and returns the exit status."""
    checking = commands.add_parser("check", help=_("grade a vendor's desk against the protocol"))
    checking.add_argument("url", metavar="URL", help=_("the vendor's site, or the address of its card"))
    checking.add_argument(
        "--level", choices=("core", "full"), default="full", help=_("how much is asked of the desk (default: full)")
    )
    checking.add_argument("--junit", type=Path, metavar="FILE", help=_("write the report as JUnit XML too"))
    checking.add_argument("--json", action="store_true", help=_("print the report as JSON"))
    checking.add_argument("--category", help=_("what to ask for (default: the first that the card lists)"))
    checking.add_argument("--region", help=_("where, as in DE or DE-NW (default: the first that the card lists)"))
    checking.add_argument(
        "--attribute", action="append", default=[], metavar="KEY=VALUE", help=_("an attribute of what is asked for")
    )
    checking.add_argument("--words", help=_("the want in words, said after the terms are signed"))
    checking.add_argument("--cast-terms", metavar="ID", help=_("the terms to proffer for the request"))
    checking.add_argument("--service-terms", metavar="ID", help=_("the terms to proffer for an order"))
    checking.add_argument(
        "--patience",
        type=_seconds,
        default=_PATIENCE,
        metavar="SECONDS",
        help=_("how long to wait for one answer of the desk (default: 10)"),
    )
    checking.set_defaults(run=lambda arguments: _check(arguments, means))
    misbehaving = commands.add_parser("misbehave", help=_("be a vendor that lies, to try a person's program"))
    misbehaving.add_argument("scenario", nargs="?", metavar="SCENARIO", help=_("which lie to tell"))
    misbehaving.add_argument("--list", action="store_true", help=_("list all scenarios"))
    misbehaving.add_argument("--port", type=_port, default=0, help=_("the port to listen on (default: a free one)"))
    misbehaving.set_defaults(run=lambda arguments: _misbehave(arguments, means))


def _check(arguments: argparse.Namespace, means: Means) -> int:
    from vrm_desktop.conformance.ask import Wishes
    from vrm_desktop.conformance.errors import ConformanceError
    from vrm_desktop.conformance.grading import grade
    from vrm_desktop.conformance.reports import as_json, junit, summary, text
    from vrm_desktop.conformance.rules import Level

    pairs = [pair.partition("=") for pair in arguments.attribute]
    wishes = Wishes(
        category=arguments.category,
        region=arguments.region,
        attributes={key: value for key, _sign, value in pairs},
        words=arguments.words,
        cast_terms=arguments.cast_terms,
        service_terms=arguments.service_terms,
    )
    try:
        report = asyncio.run(
            grade(
                arguments.url,
                wishes=wishes,
                roster=means.load_roster(),
                level=Level(arguments.level),
                patience=arguments.patience,
                now=means.now,
                random=means.random,
            )
        )
        if arguments.junit is not None:
            arguments.junit.write_bytes(junit(report))
    except ConformanceError as error:
        return _complain(str(error), USAGE)
    except OSError as error:
        return _complain(f"{arguments.junit}: {error.strerror}", FAILED)
    if arguments.json:
        sys.stdout.write(as_json(report).decode())
        sys.stderr.write(summary(report) + "\n")
    else:
        sys.stdout.write(text(report))
    return DONE if report.conforms else FAILED


def _misbehave(arguments: argparse.Namespace, means: Means) -> int:
    from vrm_desktop.conformance.errors import CannotListen
    from vrm_desktop.conformance.misbehaving.scenarios import SCENARIOS
    from vrm_desktop.conformance.misbehaving.serving import misbehave

    if arguments.list:
        width = max(map(len, SCENARIOS))
        sys.stdout.writelines(f"{name:{width}}  {scenario.lie}\n" for name, scenario in SCENARIOS.items())
        return DONE
    if arguments.scenario not in SCENARIOS:
        known = f"unknown scenario {arguments.scenario!r}" if arguments.scenario else "name a scenario"
        return _complain(f"{known}; vrm-vendor misbehave --list shows all", USAGE)
    try:
        asyncio.run(
            misbehave(
                SCENARIOS[arguments.scenario],
                port=arguments.port,
                roster=means.load_roster(),
                now=means.now,
                random=means.random,
                ready=_listening,
            )
        )
    except CannotListen as error:
        return _complain(str(error), FAILED)
    return DONE


def _listening(address: str) -> None:
    sys.stdout.write(f"listening on {address}\n")
    sys.stdout.flush()


def _complain(text: str, status: int) -> int:
    sys.stderr.write(f"vrm-vendor: {text}\n")
    return status


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= _MOST_PATIENCE:
        raise ValueError(text)
    return seconds


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port
