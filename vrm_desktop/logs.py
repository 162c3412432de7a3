"""Logging for all roles: to standard error, codes and hosts only. A person's values never belong in a log record.

An error's text may hold what the person typed or a vendor sent, so no error is ever written with its text: what nobody
caught is told by its kind and by the places that it passed, wherever it surfaces. There is no crash report but this.
Never here: a file. Whoever wants one redirects standard error.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LOG = logging.getLogger(__name__)
_MOST_PLACES = 16
_MOST_ERRORS = 4


def start_logging(*, verbose: bool = False) -> None:
    """Log warnings (our own modules everything when `verbose`) to standard error, one line each, errors without texts.

    Libraries stay at warnings: what they tell beyond is addresses, headers and statements.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutTexts("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("vrm_desktop").setLevel(logging.DEBUG if verbose else logging.NOTSET)
    logging.raiseExceptions = False  # a record that cannot be written would show its arguments
    sys.excepthook = log_uncaught
    threading.excepthook = _log_in_thread
    sys.unraisablehook = _log_unraisable


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error that nothing caught, by its kind and places only; an interruption from the keyboard as ever."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _LOG.error("an error nobody caught: %s", told(error.with_traceback(trace)))


def told(error: BaseException) -> str:
    """An error, and what it came from, by kinds and places (innermost first): never by its text."""
    parts: list[str] = []
    now: BaseException | None = error
    while now is not None and len(parts) < _MOST_ERRORS:
        parts.append(f"{type(now).__name__} at {_places(now.__traceback__)}")
        now = now.__cause__ or now.__context__
    return ", from ".join(parts)


def _places(trace: TracebackType | None) -> str:
    places: list[str] = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-_MOST_PLACES:])) or "an unknown place"


def _log_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
        _LOG.error("an error nobody caught in a thread: %s", told(arguments.exc_value))


def _log_unraisable(arguments: "UnraisableHookArgs") -> None:
    if arguments.exc_value is not None:
        _LOG.error("an error that could not be raised: %s", told(arguments.exc_value))


class _WithoutTexts(logging.Formatter):
    """One line for each record, and errors by kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        words = record.getMessage().splitlines()[:1]
        if record.name == "asyncio":  # it shows errors, and what call-backs were called with
            words = [word.partition("<")[0].partition("(")[0].strip() for word in words]
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            words.append(told(record.exc_info[1]))
        line = {"msg": ": ".join(words), "args": None, "exc_info": None, "exc_text": None, "stack_info": None}
        return super().format(logging.makeLogRecord(record.__dict__ | line))
