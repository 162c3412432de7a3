"""One window for each home: a local socket (mode 0600) by which a second start raises the first, and that can lock it.

It serves two words and nothing else. Never here: data, a link's meaning; opening links will be its third word.
"""

import logging
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LOG = logging.getLogger(__name__)
_LONGEST = 16
_PATIENCE_MS = 5_000


class Word(Enum):
    """What can be asked of the window that is open already."""

    RAISE = "raise"
    LOCK = "lock"


def ask(where: str, word: Word) -> bool:
    """Ask the window that is open already; whether there was one and it said yes."""
    socket = QLocalSocket()
    socket.connectToServer(where)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(f"{word.value}\n".encode())
    socket.waitForBytesWritten(_PATIENCE_MS)
    while not socket.canReadLine() and socket.waitForReadyRead(_PATIENCE_MS):
        pass
    said = bytes(socket.readAll().data())  # the answer may come with the end of the connection
    socket.abort()
    return said == b"yes\n"


class SingleInstance(QObject):
    """Listens from `listen` to `close`. `asked` carries a `Word`."""

    asked = Signal(object)

    def __init__(self, where: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._where = where
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self) -> bool:
        """Begin; False when the address cannot be had, and then a second start will find the vault busy."""
        QLocalServer.removeServer(self._where)
        if self._server.listen(self._where):
            socket = Path(self._server.fullServerName())
            if socket.is_socket():  # Qt gives its owner the right to execute it, too
                socket.chmod(0o600)
            return True
        _LOG.warning("no local socket: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Stop listening and take the address away."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda caller=socket: self._hear(caller))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        said = bytes(socket.readLine(_LONGEST).data()).decode("ascii", "replace").strip()
        known = {word.value: word for word in Word}
        word = known.get(said)
        socket.write(b"yes\n" if word is not None else b"no\n")
        socket.flush()
        socket.disconnectFromServer()
        if word is not None:
            self.asked.emit(word)
