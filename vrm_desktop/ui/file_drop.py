"""Files that are dropped on a window, wherever, or chosen by keyboard: only their paths, and only while it takes them.

Seen before any field of the window gets them, since a field would put the path into its text. Never here: reading them.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.wording.catalogue import _

MOST = 20
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """`handed` carries a tuple of paths, up to twenty. `takes` says whether files are taken now."""

    handed = Signal(object)

    def __init__(self, window: QWidget, takes: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._takes = window, takes
        self._dialog: QFileDialog | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def choose(self) -> None:
        """Let the person choose files."""
        if not self._takes():
            return
        dialog = QFileDialog(self._window, _("A saved page of a shop, or a mail"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([f"{_('Saved pages and mails')} (*.html *.htm *.xhtml *.eml)", f"{_('All files')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.take)
        self._dialog = dialog
        dialog.open()

    def take(self, names: list[str]) -> None:
        """These were chosen."""
        if names:
            self.handed.emit(tuple(Path(name) for name in names[:MOST]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of drags before any widget does, as soon as there is a window to drag over."""
        if watched is self._window:
            if event.type() is QEvent.Type.Show:
                handle = self._window.windowHandle()
                handle.removeEventFilter(self)
                handle.installEventFilter(self)
        elif event.type() in _DRAGS and isinstance(event, QDropEvent):
            return self._dragged(event)
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> bool:
        files = _files(event.mimeData())
        if not files:
            return False  # words are dropped into fields as ever
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._takes())
        if event.type() is QEvent.Type.Drop and event.isAccepted():
            self.take(files)
        return True


def _files(dragged: QMimeData) -> list[str]:
    """The paths of files on this computer; of addresses and anything else nothing."""
    urls: list[QUrl] = dragged.urls() if dragged.hasUrls() else []
    return [url.toLocalFile() for url in urls[: MOST * 2] if url.isLocalFile() and not url.host()]
