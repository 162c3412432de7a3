"""The open home in the window: its controllers and pages, and how they hear of changes. Gone when the vault closes."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.ui.bridge import Bridge, Change
from vrm_desktop.ui.controllers.asking import Asking
from vrm_desktop.ui.controllers.at_home import AtHome
from vrm_desktop.ui.controllers.files_controller import FilesController
from vrm_desktop.ui.controllers.find_controller import FindController
from vrm_desktop.ui.controllers.ledger_controller import LedgerController
from vrm_desktop.ui.controllers.mails_controller import MailsController
from vrm_desktop.ui.controllers.profile_controller import ProfileController
from vrm_desktop.ui.controllers.relationships_controller import RelationshipsController
from vrm_desktop.ui.controllers.safety_controller import SafetyController
from vrm_desktop.ui.controllers.settings_controller import SettingsController
from vrm_desktop.ui.controllers.topics import TopicDesk, topics
from vrm_desktop.ui.controllers.vendors_controller import VendorsController
from vrm_desktop.ui.main_window import MainWindow, PageFactory
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.window_memory import WindowMemory


class HomeController(QObject):
    """One for each time the vault is open. `settled` carries the `Settings` in force; `copied` a text."""

    settled = Signal(object)
    lock_requested = Signal()
    copied = Signal(str)
    wipe_requested = Signal(bool)

    def __init__(
        self,
        home: OpenHome,
        settings: Settings,
        *,
        window: MainWindow,
        look: Look,
        bridge: Bridge,
        memory: WindowMemory,
        place: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._at_home = AtHome(home, bridge, self)
        self._at_home.wipe_requested.connect(self.wipe_requested)
        self._settings = SettingsController(self._at_home, look, settings, memory=memory, place=place, parent=self)
        self._relationships = RelationshipsController(self._at_home, look, self._pause, self)
        self._ledger = LedgerController(self._at_home, look, self)
        self._vendors = VendorsController(self._at_home, look, self)
        self._profile = ProfileController(self._at_home, look, self)
        self._safety = SafetyController(self._at_home, look, self)
        self._find = FindController(self._at_home, look, self)
        self._asking = Asking(home, bridge, look, self, pause=self._pause)
        desk = TopicDesk(
            at_home=self._at_home,
            look=look,
            parent=self,
            go=window.show_page,
            open_file=self._relationships.open_file,
            pause=self._pause,
            on_add=self._relationships.add_requested.connect,
            on_write=self._asking.asked.doors.writing_wanted.connect,
            on_letter=self._asking.asked.doors.letter_opened.connect,
            open_want=self._asking.show_want,
        )
        self._topics = topics(desk)
        mails = next(one for one in self._topics if isinstance(one, MailsController))
        self._files = FilesController(desk, mails.open_mail)
        self._relationships.take_cards(lambda: [card for topic in self._topics for card in topic.cards()])
        self.pages: Mapping[PageId, PageFactory] = {
            **self._asking.pages,
            **self._files.pages,
            **self._relationships.pages,
            **self._ledger.pages,
            **self._vendors.pages,
            **self._profile.pages,
            **self._find.pages,
            **self._settings.pages,
            **self._safety.pages,
            **{page_id: make for topic in self._topics for page_id, make in topic.pages.items()},
        }
        self._connect()

    def show_want(self, key: str, page_id: PageId) -> None:
        """Open one of the pages of a want."""
        self._asking.show_want(key, page_id)

    async def finish(self) -> None:
        """Keep what is being written and carry out what was decided and not undone. Runs on the engine."""
        await self._asking.finish()
        await self._relationships.finish()

    def leave(self) -> None:
        """Hear of nothing more."""
        self._bridge.changed.disconnect(self._refresh)
        self._window.message_acted.disconnect(self._acted)
        self._window.new_want_requested.disconnect(self._asking.new_want)
        self._window.files_handed.disconnect(self._files.take)
        self.deleteLater()

    def _pause(self) -> int:
        return self._settings.settings.outbox_pause

    def _connect(self) -> None:
        self._at_home.said.connect(self._window.say)
        self._bridge.changed.connect(self._refresh)
        self._window.message_acted.connect(self._acted)
        self._window.new_want_requested.connect(self._asking.new_want)
        self._window.files_handed.connect(self._files.take)
        self._asking.asked.doors.file_wanted.connect(self._window.choose_file)
        self._asking.going.connect(self._window.show_page)
        self._relationships.going.connect(self._window.show_page)
        self._find.going.connect(self._window.show_page)
        self._find.want_opened.connect(self._asking.show_want)
        self._find.file_opened.connect(self._relationships.open_file)
        self._settings.settled.connect(self.settled)
        self._settings.lock_requested.connect(self.lock_requested)
        for controller in (self._asking, self._relationships, self._vendors, self._profile, self._settings):
            controller.copied.connect(self.copied)

    def _refresh(self, changes: frozenset[Change]) -> None:
        for controller in (self._asking, self._relationships, self._ledger, self._vendors, self._profile, self._find):
            controller.refresh(changes)
        self._settings.refresh(changes)
        for topic in self._topics:
            topic.refresh(changes)

    def _acted(self, key: str) -> None:
        for act in (
            self._asking.acted,
            self._relationships.acted,
            self._profile.acted,
            *(one.acted for one in self._topics),
        ):
            if act(key):
                return
