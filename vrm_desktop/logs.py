"""Logging for all roles: to standard error, codes and hosts only. A person's values never belong in a log record."""

import logging
import sys


def start_logging(*, verbose: bool = False) -> None:
    """Log warnings (everything when `verbose`) to standard error, one line each."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,
    )
    logging.getLogger("asyncio").setLevel(logging.WARNING)
