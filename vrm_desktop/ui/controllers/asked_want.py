"""Which want the pages of asking are about. One for all of them."""

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.controllers.asking_doors import AskingDoors

Wish = tuple[VendorId, Way]


class AskedWant(QObject):
    """`chosen` comes when it becomes another one; `key` is None for a want that is not kept yet.

    `doors` lead out of asking.
    """

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key: IntentcastId | None = None
        self._wish: Wish | None = None
        self.doors = AskingDoors(self)

    @property
    def key(self) -> IntentcastId | None:
        """The id of the want."""
        return self._key

    def choose(self, key: IntentcastId | None) -> None:
        """Be about another want, or about a new one."""
        if key != self._key or key is None:
            self._key, self._wish = key, None
            self.chosen.emit()

    def wish(self, key: IntentcastId, vendor: VendorId, way: Way) -> None:
        """Be about this want, and about asking this vendor by this way: where the plan begins."""
        self._key, self._wish = key, (vendor, way)
        self.chosen.emit()

    def take_wish(self) -> Wish | None:
        """Whom to ask and how, if that was said; once."""
        wish, self._wish = self._wish, None
        return wish
