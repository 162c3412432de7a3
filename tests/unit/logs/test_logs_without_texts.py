"""What is logged about an error is its kind and its places, from wherever it comes; its text never."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from io import StringIO

import pytest

from vrm_desktop import logs

SECRET = "my passphrase is winter"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What is logged after `start_logging`; in the end everything is as it was."""
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    root, ours = logging.getLogger(), logging.getLogger("vrm_desktop")
    before = (root.level, list(root.handlers), ours.level)
    for handler in before[1]:
        root.removeHandler(handler)  # so that they are not closed
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    logs.start_logging()
    stream = StringIO()
    (handler,) = (one for one in root.handlers if isinstance(one.formatter, logs._WithoutTexts))
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream.getvalue
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.setLevel(before[0])
    for handler in before[1]:
        root.addHandler(handler)
    ours.setLevel(before[2])


def fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def raised() -> KeyError:
    """The error of `fail`, with its trace."""
    with pytest.raises(KeyError) as caught:
        fail()
    return caught.value


def in_main_thread() -> None:
    error = raised()
    sys.excepthook(KeyError, error, error.__traceback__)


def in_a_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def where_nothing_can_be_raised() -> None:
    class Dying:
        def __del__(self) -> None:
            fail()

    Dying()


def by_a_logger() -> None:
    try:
        fail()
    except KeyError:
        logging.getLogger("some.library").exception("it went wrong\nwith %s", SECRET)


@pytest.mark.parametrize(
    "happen",
    [in_main_thread, in_a_thread, where_nothing_can_be_raised, by_a_logger],
    ids=lambda happen: str(happen.__name__),
)
def test_an_error_is_told_by_kinds_and_places(written: Callable[[], str], happen: Callable[[], None]) -> None:
    happen()
    (line,) = written().splitlines()
    assert "winter" not in line
    assert "KeyError at" in line
    assert ", from ValueError at" in line
    assert line.count("test_logs_without_texts.py:") >= 2


def test_a_task_that_nobody_awaited_shows_no_text() -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, f"Task was lost\nfuture: <Task {SECRET}>", (), None)
    formatter = logs._WithoutTexts("%(name)s %(message)s")
    assert formatter.format(record) == "asyncio Task was lost"
    record.msg = f"Exception in callback ring('{SECRET}')"
    assert formatter.format(record) == "asyncio Exception in callback ring"


def test_an_error_without_a_place_is_told_too() -> None:
    assert logs.told(ValueError(SECRET)) == "ValueError at an unknown place"


def test_stopping_from_the_keyboard_is_no_error(written: Callable[[], str], capsys: pytest.CaptureFixture[str]) -> None:
    logs.log_uncaught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert written() == ""
    assert capsys.readouterr().err == "KeyboardInterrupt\n"


def test_a_log_that_cannot_be_written_shows_nothing_of_it_either(
    written: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("vrm_desktop").warning("%d", SECRET)
    assert (written(), capsys.readouterr().err) == ("", "")


def test_a_thread_that_ends_itself_is_no_error(written: Callable[[], str]) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert written() == ""


def test_verbose_is_about_our_own_modules(written: Callable[[], str]) -> None:
    logs.start_logging(verbose=True)
    assert logging.getLogger("vrm_desktop.engine").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
