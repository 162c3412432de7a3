"""Taking everything along out of the open home. Never here: what the file looks like, or removing the vault."""

from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.services.take_along import ArchiveReport
from vrm_desktop.ui.controllers.at_home import AtHome, advice_for
from vrm_desktop.ui.pages.archive_card import ArchiveCard
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _


class ArchiveController(QObject):
    """Lives as long as its card."""

    def __init__(self, at_home: AtHome, card: ArchiveCard) -> None:
        super().__init__(card)
        self._at_home, self._card = at_home, card
        card.wanted.connect(self._export)

    def _export(self, file: str, secret: str) -> None:
        work = self._at_home.home.archives.export(Path(file), secret or None)
        self._at_home.read(work, self._done, self._failed, owner=self._card)

    def _done(self, report: ArchiveReport) -> None:
        words = _("It was read back and compared: {file}").format(file=report.file)
        self._card.finish(_("Everything is written."), words, Tone.GOOD)

    def _failed(self, error: Exception) -> None:
        words = advice_for(error)
        self._card.finish(words.title, words.advice, Tone.BAD)
