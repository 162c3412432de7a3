"""Settings: the look at once, the rest kept in the vault; asks for a check of the vault."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vrm_desktop.services import keep_settings
from vrm_desktop.services.house import VaultReport
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.archive_controller import ArchiveController
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.settings_view import SettingsView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.settings_page import SettingsPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.window_memory import Appearance, WindowMemory
from vrm_desktop.wording.catalogue import _, ngettext


class SettingsController(QObject):
    """`settled` carries the `Settings` in force."""

    settled = Signal(object)
    lock_requested = Signal()
    copied = Signal(str)

    def __init__(
        self,
        at_home: AtHome,
        look: Look,
        settings: Settings,
        *,
        memory: WindowMemory,
        place: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._at_home, self._look, self._memory, self._place = at_home, look, memory, place
        self._page: SettingsPage | None = None
        look.changed.connect(self._redraw)
        self._settings = settings
        self._reading = Reading(at_home, lambda: keep_settings.settings(at_home.home.means), self._show)

    @property
    def settings(self) -> Settings:
        """What is in force."""
        return self._settings

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.SETTINGS: self._make}

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if any(kind == "settings" for kind, _id in changes):
            self._reading.again()

    def _checked(self, report: VaultReport) -> None:
        if self._page is None:
            return
        if report.sound:
            count = report.counts.get("journal", 0)
            told = ngettext("{count} message is on record.", "{count} messages are on record.", count)
            self._page.show_report(_("Your vault is sound."), told.format(count=count), Tone.GOOD)
        else:
            wrong = ", ".join(one.question for one in report.findings if not one.sound)
            words = _("Nothing was changed. What does not fit: {what}.").format(what=wrong)
            self._page.show_report(_("Your vault is damaged."), words, Tone.BAD)

    def _make(self) -> SettingsPage:
        self._page = SettingsPage(self._look)
        self._page.changed.connect(self._change)
        self._page.check_requested.connect(self._check)
        self._page.lock_requested.connect(self.lock_requested)
        self._page.copy_requested.connect(self.copied)
        self._page.wipe.wipe_requested.connect(self._at_home.wipe_requested)
        ArchiveController(self._at_home, self._page.archive)
        self._redraw()
        return self._page

    def _show(self, found: Settings) -> None:
        self._settings = found
        self.settled.emit(found)
        self._redraw()

    def _redraw(self) -> None:
        if self._page is not None:
            view = SettingsView(
                theme=self._look.choice,
                text_percent=round(self._look.text_scale * 100),
                outbox_pause=self._settings.outbox_pause,
                lock_after=self._settings.lock_after,
                lock_away=self._settings.lock_away,
                place=str(self._place),
                proxy=self._settings.proxy,
            )
            self._page.show_settings(view)

    def _change(self, view: SettingsView) -> None:
        appearance = Appearance(theme=view.theme, text_scale=view.text_percent / 100)
        if (appearance.theme, appearance.text_scale) != (self._look.choice, self._look.text_scale):
            self._look.choose(appearance.theme, appearance.text_scale)
            self._memory.keep_appearance(appearance)
        chosen = Settings(
            outbox_pause=view.outbox_pause, lock_after=view.lock_after, lock_away=view.lock_away, proxy=view.proxy
        )
        if chosen != self._settings:
            self._at_home.act(keep_settings.save_settings(self._at_home.home.means, chosen))

    def _check(self) -> None:
        page = self._page
        if page is None:
            return

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_report(words.title, words.advice, Tone.BAD)

        page.show_checking()
        self._at_home.read(self._at_home.home.keeping.check(), self._checked, failed, owner=page)
