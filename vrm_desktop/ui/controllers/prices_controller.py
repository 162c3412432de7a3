"""Public prices of the want in question: adds, strikes off and watches them. Never here: shops and their carts."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.formats.product_page.reading import LARGEST
from vrm_desktop.services import keep_pages, watch_prices
from vrm_desktop.services.errors import PageElsewhere
from vrm_desktop.services.keep_pages import Kept
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, words_of
from vrm_desktop.ui.controllers.handed_files import read_file
from vrm_desktop.ui.controllers.prices_reading import read_prices
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.prices_view import PricesView
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext

_SEEN = frozenset({"public-price", "price-watch", "shop-search", "checkout", "intentcast", "relationship", "vendor"})


def kept_words(kept: Kept) -> str:
    """What a page came to, and what of it was left out."""
    count = len(kept.prices)
    told = [ngettext("{count} public price is kept.", "{count} public prices are kept.", count).format(count=count)]
    if kept.unclear:
        told.append(_("Left out, as their price is not clear: {count}").format(count=kept.unclear) + ".")
    if kept.more:
        told.append(_("There is more on this page than was read."))
    return " ".join(told)


class PricesController(QObject):
    """The section of one page. `copied` carries a text."""

    copied = Signal(str)

    def __init__(self, at_home: AtHome, asked: AskedWant, page: OffersPage) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._section = page.prices
        self._reading = Reading(at_home, self._look, self._show, page)
        asked.chosen.connect(self.begin)
        self._section.adding.visited.connect(self._visit)
        self._section.adding.read.connect(self._read)
        details = self._section.details
        details.dropped.connect(self._drop)
        details.watched.connect(self._watch)
        details.unwatched.connect(self._unwatch)
        details.copied.connect(self._copy)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        if any(kind in _SEEN for kind, _key in changes):
            self._reading.again()

    def begin(self) -> None:
        """Begin with the prices of the want in question."""
        self._section.close_form()
        self._reading.forget()
        self._reading.again()

    @property
    def _means(self) -> Means:
        return self._at_home.home.means

    def _look(self) -> Coroutine[Any, Any, PricesView] | None:
        key = self._asked.key
        return None if key is None else read_prices(self._means, key)

    def _show(self, view: PricesView) -> None:
        if view.want_id == self._asked.key:
            self._section.show_prices(view)

    def _visit(self, address: str) -> None:
        key = self._asked.key
        if key is not None:
            self._keep(keep_pages.add_address(self._means, key, address))

    def _read(self, path: str) -> None:
        key = self._asked.key
        if key is not None:
            self._keep(_add_file(self._means, key, Path(path)))

    def _keep(self, work: Coroutine[Any, Any, Kept]) -> None:
        adding = self._section.adding

        def kept(found: Kept) -> None:
            self._section.close_form(self._section.table)
            self._at_home.notice(Changes.of(*(("public-price", one.id) for one in found.prices)))
            self._page.noticed.emit(Message(text=kept_words(found), tone=Tone.GOOD))

        def refused(error: Exception) -> None:
            leads_to = error.link if isinstance(error, PageElsewhere) else ""
            adding.show_error(words_of(error), leads_to)

        self._at_home.read(work, kept, refused, owner=self._page)

    def _drop(self, key: str) -> None:
        told = Message(text=_("Struck off, with what was seen of it."))
        self._at_home.act(keep_pages.drop(self._means, key), lambda: self._page.noticed.emit(told), owner=self._page)

    def _watch(self, key: str, until: date | None, fall: int) -> None:
        async def watch() -> Changes:
            made = await watch_prices.watch(self._means, key, until=until, fall=fall)
            return Changes.of(("price-watch", made.id))

        self._at_home.act(watch(), owner=self._page)

    def _unwatch(self, key: str) -> None:
        self._at_home.act(watch_prices.unwatch(self._means, key), owner=self._page)

    def _copy(self, link: str) -> None:
        self.copied.emit(link)
        self._page.noticed.emit(Message(text=_("The link is copied."), tone=Tone.GOOD))


async def _add_file(means: Means, key: IntentcastId, file: Path) -> Kept:
    page = await asyncio.to_thread(read_file, file, LARGEST)
    return await keep_pages.add(means, key, page)
