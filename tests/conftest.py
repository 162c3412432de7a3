"""What holds for every test: only loopback, nothing left running, services and data present or a printed reason.

Here: rules for all tests, and fixtures that any room may want. Never here: a fixture of one room.
"""

import asyncio
import ipaddress
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from system_packages import SERVICES

CHECKOUT = Path(__file__).resolve().parent.parent
_PATIENCE_SECONDS = 60.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked long too")


def pytest_configure(config: pytest.Config) -> None:
    """Chooses how many examples property tests try, and closes the way to any other machine."""
    examples = 2000 if config.getoption("--long") else 100
    settings.register_profile(
        "project",
        deadline=None,
        derandomize="CI" in os.environ,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],  # how fast examples are drawn says how busy the computer is
    )
    settings.load_profile("project")
    sys.addaudithook(refuse_other_machines)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # a shell starts its background jobs so, and children inherit
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips, with the reason, what needs an absent service or the `--long` flag."""
    services = {service.name: service for service in SERVICES}
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="thousands of runs: only with --long"))
        for marker in item.iter_markers("services"):
            for name in marker.args:
                absent = services[name].absent_commands()
                if absent:
                    reason = f"needs {', '.join(absent)} ({name}): packaging/bootstrap.py test --with-services"
                    item.add_marker(pytest.mark.skip(reason=reason))


def refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: a test that reaches for anything but this machine's loopback fails, in whichever thread."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a local socket's address is one string
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if not isinstance(host, str) or host in {"", "localhost"}:
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        loopback = False
    if not loopback:
        raise RuntimeError(f"a test reached for {host}; tests talk to loopback only")


class _AsyncioComplaints(logging.Handler):
    """Keeps what asyncio reports about tasks that were dropped or failed with nobody looking."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage().splitlines()[0])


def _unfinished_tasks() -> set[asyncio.Task[object]]:
    # asyncio names only the tasks of one loop; a loop in another thread is known to this set alone.
    every = getattr(asyncio.tasks, "_scheduled_tasks" if sys.version_info >= (3, 12) else "_all_tasks")
    return {task for task in list(every) if not task.done()}


def _running_threads() -> set[threading.Thread]:
    # A thread that Qt started stands in Python's list as a dummy for ever, ended or not.
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


@pytest.fixture(autouse=True)
def _nothing_survives_the_test() -> Iterator[None]:
    """Fails a test that leaves a thread or an asyncio task running, or lets a task fail unseen."""
    threads, tasks = _running_threads(), _unfinished_tasks()
    complaints = _AsyncioComplaints()
    logger = logging.getLogger("asyncio")
    logger.addHandler(complaints)
    yield
    logger.removeHandler(complaints)
    patience_ends = time.monotonic() + _PATIENCE_SECONDS
    for thread in _running_threads() - threads:
        thread.join(max(0.0, patience_ends - time.monotonic()))
    left = [f"thread {thread.name}" for thread in _running_threads() - threads]
    left += [f"task {task.get_name()}" for task in _unfinished_tasks() - tasks]
    left += complaints.messages
    if left:
        pytest.fail(f"the test left behind: {', '.join(left)}", pytrace=False)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public reference data: $VRM_TEST_DATA, or `shared/data` beside the checkout."""
    folder = Path(os.environ.get("VRM_TEST_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"public reference data is not at {folder}; name its folder in VRM_TEST_DATA")
    return folder
