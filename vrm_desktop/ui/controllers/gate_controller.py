"""Everything before the open vault: first run, unlocking by each way in, forgetting, and bringing a backup back.

Every call of the vault runs on the engine. Never here: a page of the open home, or what locking does.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import House
from vrm_desktop.services.keep_vault import BackupReport, RestorePoint
from vrm_desktop.services.standing import Standing, State
from vrm_desktop.services.ways_in import AskKeyring, Key, Progress, Stage, TypedCode, WayKind
from vrm_desktop.ui.bridge import Bridge, Ticket
from vrm_desktop.ui.controllers.archive_gate_controller import ArchiveGateController
from vrm_desktop.ui.controllers.held_home import HeldHome, open_home
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.restore_view import RestoreView
from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.archive_gate_page import ArchiveGatePage
from vrm_desktop.ui.pages.recover_page import RecoverPage
from vrm_desktop.ui.pages.restore_page import RestorePage
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.presenters.gate import backup_line, last_backup_words, missing_words, step_words
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice

_PROBLEMS = {
    "wrong-passphrase": UnlockProblem.WRONG_PASSPHRASE,
    "header-damaged": UnlockProblem.DAMAGED,
    "header-tampered": UnlockProblem.DAMAGED,
    "vault-damaged": UnlockProblem.DAMAGED,
    "chain-broken": UnlockProblem.DAMAGED,
    "kdf-refused": UnlockProblem.DAMAGED,
    "vault-too-new": UnlockProblem.TOO_NEW,
    "vault-busy": UnlockProblem.BUSY,
    "disk-full": UnlockProblem.DISK,
    "disk-failed": UnlockProblem.DISK,
}
_CODE_SLIPS = frozenset({"wrong-recovery-code", "recovery-code-mistyped", "no-such-way-in"})
_DAMAGED = frozenset({State.HEADER_DAMAGED, State.DATABASE_DAMAGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What stands in the home, and the passphrase of a file that was named ("" without one)."""

    standing: Standing
    passphrase: str = ""

    def __repr__(self) -> str:
        return "FirstLook()"


class GateController(QObject):
    """`opened` carries (OpenHome, Settings); `said` a `Message` for the bar of the open home."""

    opened = Signal(object)
    said = Signal(object)
    import_requested = Signal()
    _stepped = Signal(object)

    def __init__(
        self,
        house: House,
        place: Path,
        *,
        look: Look,
        window: MainWindow,
        bridge: Bridge,
        tends: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._house, self._place, self._look, self._window, self._bridge = house, place, look, window, bridge
        self._tends = tends
        self._page: UnlockPage | RecoverPage | RestorePage | ArchiveGatePage | None = None
        self._view = UnlockView(mode=UnlockMode.UNLOCK)
        self._standing = Standing(state=State.NOTHING)
        self._ticket: Ticket | None = None
        self._after: Message | None = None
        self.held: HeldHome | None = None
        self.leaving = False
        self.can_import = True
        self._archives = ArchiveGateController(
            house,
            place,
            look=look,
            bridge=bridge,
            put=self._put,
            back=self._back,
            unlock=self._unlock,
            parent=self,
        )
        self.import_requested.connect(self._archives.show)
        self._stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)

    def begin(self, passphrase_file: Path | None) -> None:
        """Look what stands there, and show the screen for it; with a passphrase file go on at once."""
        self._show(UnlockView(mode=UnlockMode.UNLOCK, place=str(self._place), working=True))
        look = asyncio.to_thread(_first_look, self._house, self._place, passphrase_file)
        self._bridge.run(look, self._looked, self._refused, owner=self)

    def forget(self) -> None:
        """The home is open: drop what was typed, and the screen."""
        if self._page is not None:
            self._page.forget()
            self._page = None
        self._window.open_gate()
        if self._after is not None:
            self.said.emit(self._after)
            self._after = None

    async def call_off(self) -> None:
        """End unlocking at its next step; nothing stays open. Runs on the engine."""
        if self.held is not None:
            await self.held.call_off()

    def _looked(self, found: FirstLook) -> None:
        self._standing = found.standing
        problem = None
        if found.standing.state in _DAMAGED:
            problem = UnlockProblem.DAMAGED
        elif found.standing.state is State.TOO_NEW:
            problem = UnlockProblem.TOO_NEW
        self._show(replace(self._plain(), problem=problem))
        if found.passphrase and problem is None and found.standing.state is not State.NOTHING:
            self._unlock(found.passphrase)

    def _plain(self) -> UnlockView:
        standing = self._standing
        ways = {way.kind for way in standing.ways}
        return UnlockView(
            mode=UnlockMode.FIRST_RUN if standing.state is State.NOTHING else UnlockMode.UNLOCK,
            place=str(self._place),
            can_restore=True,
            can_import=self.can_import,
            forgotten=WayKind.RECOVERY in ways,
            keyring=WayKind.KEYRING in ways,
            needs=standing.needs,
            backup=last_backup_words(standing.backups),
        )

    def _show(self, view: UnlockView) -> None:
        page = self._page
        if not isinstance(page, UnlockPage):
            page = UnlockPage(self._look)
            page.create_requested.connect(self._create)
            page.unlock_requested.connect(self._unlock)
            page.keyring_requested.connect(lambda: self._unlock(AskKeyring()))
            page.forgotten.connect(self._show_recover)
            page.restore_requested.connect(self._show_restore)
            page.import_requested.connect(self.import_requested)
            page.stop_requested.connect(self._stop)
            self._put(page)
        self._view = view
        page.show_view(view)

    def _put(self, page: UnlockPage | RecoverPage | RestorePage | ArchiveGatePage) -> None:
        self._page = page
        self._window.show_gate(page)

    def _back(self) -> None:
        damaged = UnlockProblem.DAMAGED if self._standing.state in _DAMAGED else None
        self._show(replace(self._plain(), problem=damaged))

    def _create(self, passphrase: str) -> None:
        self._show(replace(self._plain(), working=True))
        work = asyncio.to_thread(self._house.create, self._place, passphrase)
        self._bridge.run(work, lambda _none: self._unlock(passphrase), self._refused, owner=self)

    def _unlock(self, key: Key) -> None:
        if isinstance(self._page, UnlockPage):
            first = replace(self._plain(), mode=self._view.mode)
            self._show(replace(first, working=True, step=_("Opening…"), can_stop=True))
        self.held = HeldHome(self._house, self._place, self._bridge.notice, tends=self._tends)
        work = open_home(self.held, key, self._stepped.emit)
        self._ticket = self._bridge.run(work, self._opened, self._refused, owner=self)

    def _opened(self, found: object) -> None:
        self._ticket = None
        self.opened.emit(found)

    def _step(self, progress: Progress) -> None:
        if self._ticket is None or not self._view.working:
            return
        counted = progress.of if progress.stage in (Stage.WAITING, Stage.MIGRATING) else 0
        done = min(progress.done, counted)
        if isinstance(self._page, UnlockPage):
            self._show(replace(self._view, step=step_words(progress), done=done, of=counted))

    def _stop(self) -> None:
        if self._ticket is None:
            return
        self._ticket.cancel()
        self._ticket = None
        self._show(replace(self._view, step=_("Stopping…"), can_stop=False, done=0, of=0))
        self._bridge.run(self.call_off(), self._stopped, self._refused, owner=self)

    def _stopped(self, _none: None) -> None:
        self.held = None
        self._show(self._plain())

    def _refused(self, error: Exception) -> None:
        self.held, self._ticket = None, None
        if self.leaving:
            return
        code = str(getattr(error, "code", "vault"))
        if isinstance(self._page, RecoverPage):
            self._not_recovered(code)
            return
        if isinstance(self._page, RestorePage):
            self._not_restored(code)
            return
        mode = UnlockMode.UNLOCK if code == "vault-exists" else self._view.mode
        problem = _PROBLEMS.get(code, UnlockProblem.OTHER)
        if code == "vault-exists" or (mode is UnlockMode.FIRST_RUN and problem is not UnlockProblem.DISK):
            problem = UnlockProblem.OTHER
        words = advice(code)
        told = (words.title, words.advice) if problem is UnlockProblem.OTHER else None
        needs = str(getattr(error, "needs", "")) or self._standing.needs
        self._show(replace(self._plain(), mode=mode, problem=problem, told=told, needs=needs))

    # I forgot my passphrase

    def _show_recover(self) -> None:
        page = RecoverPage(self._look)
        page.recover_requested.connect(self._recover)
        page.back_requested.connect(self._back)
        self._put(page)

    def _recover(self, code: str, new: str) -> None:
        if isinstance(self._page, RecoverPage):
            self._page.show_working(working=True)
        work = asyncio.to_thread(self._house.change_passphrase, self._place, TypedCode(code), new)
        self._after = Message(text=_("Your new passphrase holds from now on."), tone=Tone.GOOD)
        self._bridge.run(work, lambda _none: self._unlock(new), self._refused, owner=self)

    def _not_recovered(self, code: str) -> None:
        self._after = None
        page, words = self._page, advice(code)
        if isinstance(page, RecoverPage):
            page.show_working(working=False)
            if code in _CODE_SLIPS:
                page.show_slip(f"{words.title} {words.advice}".strip())
            else:
                page.show_trouble(words.title, words.advice)

    # bringing a backup back

    def _show_restore(self) -> None:
        page = RestorePage(self._look)
        page.restore_requested.connect(self._restore)
        page.survey_requested.connect(self._survey)
        page.back_requested.connect(self._back)
        self._put(page)
        page.show_view(self._restore_view())

    def _restore_view(self, working: str = "") -> RestoreView:
        lines = tuple(backup_line(one) for one in self._standing.backups if not one.trouble)
        return RestoreView(backups=lines, damaged=self._standing.state is not State.NOTHING, working=working)

    def _survey(self, file: str, passphrase: str) -> None:
        page = self._page
        if not isinstance(page, RestorePage):
            return
        page.show_view(self._restore_view(_("Looking into it…")))
        work = asyncio.to_thread(self._house.survey, self._place, passphrase)
        self._bridge.run(work, lambda points: self._surveyed(page, file, points), self._refused, owner=page)

    def _surveyed(self, page: RestorePage, file: str, points: tuple[RestorePoint, ...]) -> None:
        page.show_view(self._restore_view())
        point = next((one for one in points if str(one.backup.file) == file), None)
        if point is None or point.backup.trouble:
            words = advice(point.backup.trouble if point is not None else "backup-damaged")
            page.say(words.title, words.advice, Tone.BAD)
        else:
            page.say(_("This backup opens and is whole."), missing_words(point), Tone.GOOD)

    def _restore(self, file: str, passphrase: str) -> None:
        page = self._page
        if not isinstance(page, RestorePage):
            return
        page.show_view(self._restore_view(_("Bringing it back…")))
        work = asyncio.to_thread(self._house.restore, self._place, passphrase, Path(file))
        self._bridge.run(work, lambda report: self._restored(report, passphrase), self._refused, owner=page)

    def _restored(self, report: BackupReport, passphrase: str) -> None:
        text = _("Your backup is back.")
        if report.aside is not None:
            text += " " + _("What stood there before is in {folder}.").format(folder=report.aside.name)
        self._after = Message(text=text, tone=Tone.GOOD, seconds=None)
        self._unlock(passphrase)

    def _not_restored(self, code: str) -> None:
        self._after = None
        page, words = self._page, advice(code)
        if isinstance(page, RestorePage):
            page.show_view(self._restore_view())
            if code == "wrong-passphrase":
                page.show_slip(_("That passphrase does not fit. The one from the day of the backup is needed."))
            else:
                page.say(words.title, words.advice, Tone.BAD)


def _first_look(house: House, place: Path, passphrase_file: Path | None) -> FirstLook:
    """What stands there, and the passphrase of the file (less one line break).

    Raises:
        VaultTrouble: the file cannot be read.
    """
    standing = house.standing(place)
    if standing.state is State.NOTHING or passphrase_file is None:
        return FirstLook(standing=standing)
    try:
        text = passphrase_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VaultTrouble("file-unreadable") from error
    return FirstLook(standing=standing, passphrase=text[:-2] if text.endswith("\r\n") else text.removesuffix("\n"))
