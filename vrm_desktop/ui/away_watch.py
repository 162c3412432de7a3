"""Tells when the person goes away: the computer is about to sleep, the session is locked, the screen is covered.

It listens on the buses of a Linux desktop; where there are none it stays silent. Never here: what locking means.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import SLOT, QObject, QUuid, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.buses import Buses, live_buses

_LOG = logging.getLogger(__name__)
_LOGIND = "org.freedesktop.login1"
_LOGIND_PATH = "/org/freedesktop/login1"
_MY_SESSION = f"{_LOGIND_PATH}/session/auto"
# The binding's stubs ask for bytes here; what it takes is the text that SLOT gives.
_SLEEPS, _COVERED, _LOCKED = (cast("bytes", SLOT(slot)) for slot in ("sleeps(bool)", "covered(bool)", "locked()"))
_SCREENS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


class AwayWatch(QObject):
    """`away` while it watches. Sleep waits until this process has ended, or for a few seconds at most.

    The delay is a file that the system handed over; it closes with the process, so sleep begins when the key is gone.
    """

    away = Signal()

    def __init__(self, bridge: Bridge, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._environment = bridge, dict(environment)
        self._name = f"away-{QUuid.createUuid().toString(QUuid.StringFormat.Id128)}"
        self._watching = False
        self._listens: tuple[QDBusConnection, ...] = ()
        self._delay: int | None = None
        self.session_path = ""

    @property
    def listens(self) -> int:
        """To how many buses it listens now."""
        return len(self._listens)

    @property
    def delays_sleep(self) -> bool:
        """Whether sleep waits for this process."""
        return self._delay is not None

    def set_watching(self, *, watching: bool) -> None:
        """Begin or stop; beginning ends before anything of it can be heard."""
        if watching is self._watching:
            return
        self._watching = watching
        if watching:
            look = asyncio.to_thread(live_buses, self._environment)
            self._bridge.run(look, self._connect, self._deaf, owner=self)
        else:
            self._let_go()

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:  # noqa: FBT001 - the bus calls it
        """The computer is about to sleep, or has woken."""
        if begins:
            self._tell()

    @Slot(bool)
    def covered(self, covers: bool) -> None:  # noqa: FBT001 - the bus calls it
        """The screen is covered, or free again."""
        if covers:
            self._tell()

    @Slot()
    def locked(self) -> None:
        """The session is to be locked."""
        self._tell()

    def _tell(self) -> None:
        if self._watching:
            self.away.emit()

    def _deaf(self, error: Exception) -> None:
        _LOG.warning("no bus could be looked for: %s", type(error).__name__)

    def _connect(self, buses: Buses) -> None:
        if not self._watching or self._listens:
            return
        made = []
        if buses.session and (session := self._join(buses.session, "session")) is not None:
            for name in _SCREENS:
                session.connect("", "", name, "ActiveChanged", self, _COVERED)
            made.append(session)
        if buses.system and (system := self._join(buses.system, "system")) is not None:
            system.connect(_LOGIND, _LOGIND_PATH, f"{_LOGIND}.Manager", "PrepareForSleep", self, _SLEEPS)
            self._ask_for_delay(system)
            self._ask_for_session(system)
            made.append(system)
        self._listens = tuple(made)

    def _join(self, address: str, which: str) -> QDBusConnection | None:
        joined = QDBusConnection.connectToBus(address, f"{self._name}-{which}")
        return joined if joined.isConnected() else None

    def _ask_for_delay(self, system: QDBusConnection) -> None:
        words = ["sleep", "VRM Desktop", "The vault is being locked", "delay"]
        self._ask(system, _LOGIND_PATH, f"{_LOGIND}.Manager", "Inhibit", words, self._keep_delay)

    def _ask_for_session(self, system: QDBusConnection) -> None:
        def named(found: object) -> None:
            name = found.variant() if isinstance(found, QDBusVariant) else found
            self._ask(system, _LOGIND_PATH, f"{_LOGIND}.Manager", "GetSession", [str(name)], placed)

        def placed(found: object) -> None:
            self.session_path = found.path() if isinstance(found, QDBusObjectPath) else str(found)
            system.connect(_LOGIND, self.session_path, f"{_LOGIND}.Session", "Lock", self, _LOCKED)

        wanted = [f"{_LOGIND}.Session", "Id"]
        self._ask(system, _MY_SESSION, "org.freedesktop.DBus.Properties", "Get", wanted, named)

    def _ask(
        self,
        system: QDBusConnection,
        path: str,
        interface: str,
        method: str,
        words: list[str],
        heard: Callable[[Any], None],
    ) -> None:
        asked = QDBusMessage.createMethodCall(_LOGIND, path, interface, method)
        asked.setArguments(words)
        watcher = QDBusPendingCallWatcher(system.asyncCall(asked), self)

        def answered() -> None:
            said = watcher.reply()
            watcher.deleteLater()
            if said.type() is QDBusMessage.MessageType.ReplyMessage and said.arguments() and self._watching:
                heard(said.arguments()[0])

        watcher.finished.connect(answered)

    def _keep_delay(self, given: object) -> None:
        if isinstance(given, QDBusUnixFileDescriptor) and given.isValid():
            self._delay = os.dup(given.fileDescriptor())  # not inherited: the next program does not hold it

    def _let_go(self) -> None:
        for which in ("session", "system"):
            QDBusConnection.disconnectFromBus(f"{self._name}-{which}")
        self._listens, self.session_path = (), ""
        if self._delay is not None:
            os.close(self._delay)
            self._delay = None
