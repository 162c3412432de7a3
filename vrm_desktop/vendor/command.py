"""The command line `vrm-vendor`: reads arguments, opens the home folder, serves. Standard output has one line only."""

import argparse
import logging
import os
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.errors import VendorError
from vrm_desktop.vendor.home import Home, open_home
from vrm_desktop.vendor.reception import Clock
from vrm_desktop.vendor.serving import serve
from vrm_desktop.wording.catalogue import _

DONE, FAILED, USAGE = 0, 1, 2
_PORT = 8470
_log = logging.getLogger("vrm-vendor")


def main(argv: list[str] | None = None) -> int:
    """Run `vrm-vendor` with `argv` (the process's own arguments when None); returns the exit status.

    0 done, 1 refused or failed (explained in one sentence on standard error), 2 usage.
    """
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        home = open_home(
            arguments.home.expanduser(),
            resources=resources_folder(),
            name=arguments.name,
            catalogue=arguments.catalogue,
            random=os.urandom,
        )
        _say_what(home)
        serve(
            home,
            host=arguments.host,
            port=arguments.port,
            public_url=arguments.public_url,
            clock=Clock(now=lambda: datetime.now(UTC), steady=time.monotonic),
            random=os.urandom,
            ready=lambda address: print(f"listening on {address}", flush=True),  # noqa: T201 - the promised line
        )
    except (VendorError, FileNotFoundError) as error:
        _say(f"vrm-vendor: {error}")
        return FAILED
    return DONE


def _say_what(home: Home) -> None:
    """On standard error: who serves what, and what a shop owner should know."""
    shop = home.shop
    _log.info(
        "%s serves %s: %d articles, %s",
        shop.settings.name,
        shop.catalogue.name,
        len(shop.catalogue.articles),
        ", ".join(shop.categories),
    )
    if home.sample:
        _log.info("the sample catalogue is for trying things out: used road bikes, Cologne, EUR")
    elif shop.settings.payment.account is None:
        _log.info("desk.toml names no bank account, so orders are not paid by transfer")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vrm-vendor", description=_("A vendor's desk: receives what people want and answers them on their terms.")
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help=_("serve a shop from its folder"))
    serving.add_argument(
        "--home", type=Path, required=True, metavar="DIR", help=_("the shop's folder: desk.toml, key, database")
    )
    serving.add_argument(
        "--host", default="127.0.0.1", help=_("the address to listen on (default: this computer only)")
    )
    serving.add_argument(
        "--port", type=_port, default=_PORT, help=_("the port to listen on; 0 picks a free one (default: 8470)")
    )
    serving.add_argument("--name", help=_("the shop's name, instead of the one in desk.toml"))
    serving.add_argument("--catalogue", type=Path, metavar="FILE", help=_("the shop's catalogue, a CSV file"))
    serving.add_argument(
        "--public-url", metavar="URL", help=_("the address people reach the desk at, when a proxy stands before it")
    )
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _version() -> str:
    try:
        return f"vrm-vendor {version('vrm-desktop')}"
    except PackageNotFoundError:
        return "vrm-vendor"
