"""Going away as a Linux desktop tells it: sleep, a locked session, a covered screen; and computers without a bus."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusMessage
from pytestqt.qtbot import QtBot

from tests.fakes.private_bus import SESSION, Desktop, desktop
from vrm_desktop.engine import Engine
from vrm_desktop.ui import buses
from vrm_desktop.ui.away_watch import AwayWatch
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.buses import Buses, live_buses

PATIENCE_MS = 60_000
_BUS = "org.freedesktop.DBus"
pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="this computer has no message bus")


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    engine = Engine()
    engine.start()
    made = Bridge(engine)
    yield made
    made.close()
    engine.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Desktop]:
    with desktop(tmp_path) as made:
        yield made


@pytest.fixture
def watch(qtbot: QtBot, bridge: Bridge, room: Desktop) -> Iterator[AwayWatch]:
    names = {"DBUS_SYSTEM_BUS_ADDRESS": room.address, "DBUS_SESSION_BUS_ADDRESS": room.address}
    made = AwayWatch(bridge, names)
    made.set_watching(watching=True)
    qtbot.waitUntil(lambda: made.delays_sleep and bool(made.session_path), timeout=PATIENCE_MS)
    for bus in made._listens:  # it answers in order: what the watch asked to hear of is set up by then
        answered = bus.call(QDBusMessage.createMethodCall(_BUS, "/org/freedesktop/DBus", _BUS, "GetId"))
        assert answered.type() is QDBusMessage.MessageType.ReplyMessage
    yield made
    made.set_watching(watching=False)


def told(watch: AwayWatch) -> list[bool]:
    heard: list[bool] = []
    watch.away.connect(lambda: heard.append(True))
    return heard


def test_before_sleep_it_tells_and_sleep_waits_until_it_lets_go(qtbot: QtBot, watch: AwayWatch, room: Desktop) -> None:
    heard = told(watch)
    room.sleeps(begins=True)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    with pytest.raises(TimeoutError):
        room.wait_for_delays_to_end(0.2)
    watch.set_watching(watching=False)
    assert room.wait_for_delays_to_end(PATIENCE_MS / 1000)


def test_a_locked_session_is_told(qtbot: QtBot, watch: AwayWatch, room: Desktop) -> None:
    heard = told(watch)
    assert watch.session_path == SESSION
    room.locks()
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)


@pytest.mark.parametrize("gnome", [False, True])
def test_a_covered_screen_is_told(qtbot: QtBot, watch: AwayWatch, room: Desktop, *, gnome: bool) -> None:
    heard = told(watch)
    room.covers(covered=True, gnome=gnome)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)


def test_waking_a_free_screen_and_somebody_elses_session_are_not_told(
    qtbot: QtBot, watch: AwayWatch, room: Desktop
) -> None:
    heard = told(watch)
    room.sleeps(begins=False)
    room.covers(covered=False)
    room.locks(another=True)
    room.covers(covered=True)  # the one that counts comes last, so all the others were heard before it
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard == [True]


def test_whoever_does_not_watch_tells_nothing(qtbot: QtBot, watch: AwayWatch, room: Desktop) -> None:
    heard = told(watch)
    watch.set_watching(watching=False)
    assert watch.listens == 0
    watch.sleeps(True)
    watch.set_watching(watching=True)
    qtbot.waitUntil(lambda: watch.delays_sleep, timeout=PATIENCE_MS)
    assert heard == []


def test_without_a_bus_nothing_is_listened_to(qtbot: QtBot, bridge: Bridge, tmp_path: Path) -> None:
    nowhere = f"unix:path={tmp_path / 'nowhere'}"
    watch = AwayWatch(bridge, {"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere})
    watch.set_watching(watching=True)
    qtbot.waitUntil(lambda: bridge.waiting == 0, timeout=PATIENCE_MS)
    assert watch.listens == 0


def test_a_bus_that_never_answers_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buses, "PATIENCE_MS", 100)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent"))
        silent.listen()
        place = f"unix:path={tmp_path / 'silent'}"
        assert live_buses({"DBUS_SYSTEM_BUS_ADDRESS": place, "DBUS_SESSION_BUS_ADDRESS": place}) == Buses()


def test_the_first_address_that_answers_is_taken(room: Desktop, tmp_path: Path) -> None:
    several = f"tcp:host=localhost,port=1;unix:path={tmp_path / 'nowhere'};{room.address}"
    nowhere = f"unix:path={tmp_path / 'nowhere'}"
    found = live_buses({"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": several})
    assert found == Buses(session=room.address)
    by_place = live_buses({"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "XDG_RUNTIME_DIR": str(tmp_path)})
    assert by_place.session.startswith(f"unix:path={tmp_path}")
