"""The page of how shops see the person: the page that is named, anonymous or known, and the page's keys."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.shop import Edition
from vrm_desktop.formats.ucp.own_profile import own_profile
from vrm_desktop.services import find_shop, page_key
from vrm_desktop.services.means import Means
from vrm_desktop.services.page_key import PageStanding
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.shop_face_view import ShopFaceView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.pages.shop_face_page import ShopFacePage
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _


class ShopFaceController(QObject):
    """One page."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: ShopFacePage | None = None
        self._reading = Reading(desk.at_home, lambda: page_key.page_standing(self._means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its page is made."""
        return {PageId.SHOP_FACE: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """None."""
        return ()

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind == "settings" for kind, _id in changes):
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> ShopFacePage:
        page = ShopFacePage(self._desk.look)
        act = self._desk.at_home.act
        page.named.connect(self._name)
        page.chosen.connect(self._choose)
        page.key_made.connect(lambda: act(page_key.new_key(self._means), self._say_write, owner=page))
        page.keys_dropped.connect(lambda: act(page_key.drop_old_keys(self._means), self._say_write, owner=page))
        page.written.connect(self._write)
        self._page = page
        self._reading.again()
        return page

    def _show(self, found: PageStanding) -> None:
        if self._page is not None:
            names = tuple(one.kid for one in found.keys)
            key, old = (names[0], names[1:]) if names else ("", ())
            self._page.show_face(ShopFaceView(address=found.address, known=found.known, key=key, old=old))

    def _name(self, address: str) -> None:
        page = self._page

        def failed(error: Exception) -> None:
            if isinstance(error, InvalidValue) and page is not None:
                page.show_error(_("It has to be an https address of up to 500 plain characters."))
            else:
                self._desk.at_home.say_why(error)

        self._desk.at_home.act(find_shop.set_own_page(self._means, address), None, failed, owner=page)

    def _choose(self, known: bool) -> None:  # noqa: FBT001 - a signal's argument
        if known:
            self._desk.at_home.act(page_key.be_known(self._means), self._say_write, owner=self._page)
        else:
            told = _("Nothing is signed from now on.")
            anonymous = page_key.be_anonymous(self._means)
            self._desk.at_home.act(anonymous, lambda: self._desk.at_home.say(told, Tone.GOOD), owner=self._page)

    def _say_write(self) -> None:
        told = _("Save your page now, and put it in its place: shops believe it from then on.")
        self._desk.at_home.say(told, Tone.CAUTION)

    def _write(self, edition: str, file: str) -> None:
        async def write() -> None:
            found = await page_key.page_standing(self._means)
            text = own_profile(Edition(edition), found.keys)
            await asyncio.to_thread(Path(file).write_text, text, encoding="utf-8")

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)
            else:
                self._desk.at_home.say_why(error)

        told = _("Your page is saved. Nothing was put anywhere else.")
        self._desk.at_home.read(write(), lambda _none: self._desk.at_home.say(told, Tone.GOOD), failed)
