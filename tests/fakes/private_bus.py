"""A message bus of a test's own, and on it what a Linux desktop has: logind and a screen saver, in one thread."""

import os
import select
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

SESSION = "/org/freedesktop/login1/session/_37"
_MANAGER = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
_OWN_SESSION = DBusAddress(SESSION, interface="org.freedesktop.login1.Session")
_OTHER_SESSION = DBusAddress(f"{SESSION}8", interface="org.freedesktop.login1.Session")


class Desktop:
    """Answers as logind does, and says what a test wants said. `asked` are the methods called."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self._connection: DBusConnection = open_dbus_connection(address, enable_fds=True)
        for name in ("org.freedesktop.login1", "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
            self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._delays: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def sleeps(self, *, begins: bool) -> None:
        """The computer is about to sleep, or has woken."""
        self._say(new_signal(_MANAGER, "PrepareForSleep", "b", (begins,)))

    def locks(self, *, another: bool = False) -> None:
        """This person's session, or another one, is to be locked."""
        self._say(new_signal(_OTHER_SESSION if another else _OWN_SESSION, "Lock"))

    def covers(self, *, covered: bool, gnome: bool = False) -> None:
        """The screen is covered, or free again."""
        name = "org.gnome.ScreenSaver" if gnome else "org.freedesktop.ScreenSaver"
        place = DBusAddress(f"/{name.replace('.', '/')}", interface=name)
        self._say(new_signal(place, "ActiveChanged", "b", (covered,)))

    def wait_for_delays_to_end(self, seconds: float) -> bool:
        """What logind does before sleep: wait until everybody has closed what it was given. False if nobody had any."""
        for reading in self._delays:
            if not select.select([reading], [], [], seconds)[0]:
                raise TimeoutError("somebody still holds sleep back")
        return bool(self._delays)

    def close(self) -> None:
        """Leave the bus."""
        self._over.set()
        self._thread.join(5)
        self._connection.close()
        for reading in self._delays:
            os.close(reading)

    def _say(self, what: Message) -> None:
        self._connection.send(what)

    def _serve(self) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                self._answer(self._connection.receive(timeout=0.1))

    def _answer(self, heard: Message) -> None:
        if heard.header.message_type is not MessageType.method_call:
            return
        method = heard.header.fields.get(HeaderFields.member)
        self.asked.append(str(method))
        match method:
            case "Inhibit":
                reading, writing = os.pipe()
                self._delays.append(reading)
                self._say(new_method_return(heard, "h", (writing,)))
                os.close(writing)
            case "Get":
                self._say(new_method_return(heard, "v", (("s", "7"),)))
            case "GetSession":
                self._say(new_method_return(heard, "o", (SESSION,)))
            case _:
                self._say(new_error(heard, "org.freedesktop.DBus.Error.UnknownMethod"))


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """A bus in `folder`; its address."""
    address = f"unix:path={folder / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=10)


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """A bus with a desktop on it."""
    with private_bus(folder) as address:
        made = Desktop(address)
        try:
            yield made
        finally:
            made.close()
