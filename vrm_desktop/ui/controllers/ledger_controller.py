"""Who knows what: reads it for its page, and checks the proof. Never a rule of the ledger."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import Digest
from vrm_desktop.services import who_knows_what
from vrm_desktop.services.means import Means
from vrm_desktop.services.who_knows_what import LedgerEntry, Proof
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.ledger_page import LedgerPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.ledger import ledger_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_KINDS = frozenset({"relationship", "ledger", "vendor"})
_Found = tuple[tuple[LedgerEntry, ...], dict[Digest, str], date]


class LedgerController(QObject):
    """One page."""

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look = at_home, look
        self._page: LedgerPage | None = None
        self._reading = Reading(at_home, lambda: _look(at_home.home.means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.LEDGER: self._make}

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()

    def _make(self) -> LedgerPage:
        self._page = LedgerPage(self._look)
        self._page.verify_requested.connect(self._verify)
        self._reading.again()
        return self._page

    def _show(self, found: _Found) -> None:
        if self._page is not None:
            self._page.show_ledger(ledger_view(*found))

    def _verify(self) -> None:
        page = self._page
        if page is None:
            return

        def whole(proof: Proof) -> None:
            told = _("{messages} messages and {disclosures} disclosures, every link fits.")
            words = told.format(messages=proof.journal, disclosures=proof.ledger)
            page.show_proof(_("The proof is whole."), words, Tone.GOOD)

        def broken(error: Exception) -> None:
            why = advice_for(error)
            page.show_proof(why.title, why.advice, Tone.BAD)

        page.show_checking()
        self._at_home.read(who_knows_what.verify(self._at_home.home.means), whole, broken, owner=page)


async def _look(means: Means) -> _Found:
    return await who_knows_what.ledger(means), await who_knows_what.agreement_names(means), means.clock.today()
