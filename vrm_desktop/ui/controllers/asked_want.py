"""Which want the pages of asking are about. One for all of them."""

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import IntentcastId


class AskedWant(QObject):
    """`chosen` comes when it becomes another one; `key` is None for a want that is not kept yet."""

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key: IntentcastId | None = None

    @property
    def key(self) -> IntentcastId | None:
        """The id of the want."""
        return self._key

    def choose(self, key: IntentcastId | None) -> None:
        """Be about another want, or about a new one."""
        if key != self._key or key is None:
            self._key = key
            self.chosen.emit()
