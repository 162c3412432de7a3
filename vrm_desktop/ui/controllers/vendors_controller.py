"""Whom I can ask: read them, add one by its address, fetch a card again."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services import choose_vendors
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.vendors_view import AddingView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.presenters.vendors import vendors_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _


class VendorsController(QObject):
    """One page."""

    copied = Signal(str)

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look = at_home, look
        self._page: VendorsPage | None = None
        self._added = ""
        self._reading = Reading(at_home, lambda: choose_vendors.vendors(at_home.home.means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.VENDORS: self._make}

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind == "vendor" for kind, _id in changes):
            self._reading.again()

    def _make(self) -> VendorsPage:
        self._page = VendorsPage(self._look)
        self._page.add_requested.connect(lambda typed: self._fetch(_address(typed), new=True))
        self._page.refresh_requested.connect(lambda address: self._fetch(address, new=False))
        self._page.copy_requested.connect(self.copied)
        self._reading.again()
        return self._page

    def _show(self, found: tuple[Counterparty, ...]) -> None:
        if self._page is None:
            return
        self._page.show_vendors(vendors_view(found, self._at_home.home.means.roster))
        if self._added:
            self._page.added(self._added)
            self._added = ""

    def _fetch(self, address: str, *, new: bool) -> None:
        page = self._page
        if page is None:
            return

        def done(vendor: Counterparty) -> None:
            page.show_adding(AddingView())
            if new:
                self._added = vendor.id
            told = _("{vendor} can be asked now.") if new else _("{vendor}: the card is up to date.")
            self._at_home.say(told.format(vendor=vendor.name), Tone.GOOD)
            self._at_home.bridge.notice({("vendor", vendor.id)})

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_adding(AddingView(error=f"{words.title} {words.advice}".strip() if new else ""))
            if not new:
                self._at_home.say_why(error)

        page.show_adding(AddingView(working=True))
        self._at_home.read(choose_vendors.add_vendor(self._at_home.home.means, address), done, failed, owner=page)


def _address(typed: str) -> str:
    """What was typed, as an address: a bare name is taken to be on the protected web."""
    return typed if "://" in typed else f"https://{typed}"
