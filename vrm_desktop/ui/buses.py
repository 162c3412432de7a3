"""Which message buses of this computer answer. A bus that is silent must never be waited for by the window.

Never here: what is heard on a bus.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from PySide6.QtNetwork import QLocalSocket

PATIENCE_MS = 5_000
_SYSTEM = "unix:path=/run/dbus/system_bus_socket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buses:
    """Addresses that answered; "" where there is none."""

    system: str = ""
    session: str = ""


def live_buses(environment: Mapping[str, str]) -> Buses:
    """The buses that the environment names, or that stand at their usual places. Each has five seconds at most."""
    runtime = environment.get("XDG_RUNTIME_DIR")
    session = environment.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={runtime}/bus" if runtime else "")
    system = environment.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM
    return Buses(system=_live(system), session=_live(session))


def _live(addresses: str) -> str:
    return next((one for one in addresses.split(";") if _answers(one)), "")


def _answers(address: str) -> bool:
    """Whether whoever listens there lets this person in, as a bus does before anything else."""
    kind, _colon, rest = address.partition(":")
    parts = dict(pair.split("=", 1) for pair in rest.split(",") if "=" in pair)
    place = unquote(parts.get("path") or parts.get("abstract") or "")
    if kind != "unix" or not place or not hasattr(os, "getuid"):
        return False
    socket = QLocalSocket()
    if "abstract" in parts:
        socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
    socket.connectToServer(place)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
    socket.waitForBytesWritten(PATIENCE_MS)
    let_in = socket.waitForReadyRead(PATIENCE_MS) and bytes(socket.readAll().data()).startswith(b"OK ")
    socket.abort()
    return let_in
