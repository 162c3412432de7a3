"""My limits: the page that lists, makes, revokes and exports them. Never what one allows."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services import choose_vendors, keep_limits
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.limits_view import LimitForm, LimitsView
from vrm_desktop.ui.pages.limits_page import LimitsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.presenters.limits import limit_line, limit_terms
from vrm_desktop.ui.presenters.typed_values import NotTyped
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_KINDS = frozenset({"limit", "offer", "order", "relationship", "vendor"})


class LimitsController(QObject):
    """One page."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: LimitsPage | None = None
        self._reading = Reading(desk.at_home, lambda: _look(self._means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its page is made."""
        return {PageId.LIMITS: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """None."""
        return ()

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> LimitsPage:
        page = LimitsPage(self._desk.look)
        page.made.connect(self._add)
        page.revoked.connect(lambda key: self._desk.at_home.act(keep_limits.revoke(self._means, key), owner=page))
        page.exported.connect(self._export)
        self._page = page
        self._reading.again()
        return page

    def _show(self, view: LimitsView) -> None:
        if self._page is not None:
            self._page.show_limits(view)

    def _add(self, form: LimitForm) -> None:
        page = self._page
        if page is None:
            return

        async def add() -> Changes:
            merchants = await keep_limits.parties(self._means, tuple(VendorId(one) for one in form.vendors))
            terms = limit_terms(form, merchants, self._means.clock.now())
            made = await keep_limits.add(self._means, form.title, terms)
            return Changes.of(("limit", made.id))

        def failed(error: Exception) -> None:
            if isinstance(error, NotTyped):
                page.form.show_error(error.field, error.words)
            elif isinstance(error, NotPossibleNow):
                told = _("A limit knows a vendor by its site or its key; one of these has neither.")
                page.form.show_error("vendors", told)
            else:
                self._desk.at_home.say_why(error)

        self._desk.at_home.act(add(), page.form.begin, failed, owner=page)

    def _export(self, key: str, file: str) -> None:
        async def write() -> None:
            data = await keep_limits.export(self._means, key)
            await asyncio.to_thread(_write_privately, Path(file), data)

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)
            else:
                self._desk.at_home.say_why(error)

        told = _("The signed form is saved, without its name and without what was bought.")
        self._desk.at_home.read(write(), lambda _none: self._desk.at_home.say(told, Tone.GOOD), failed)


async def _look(means: Means) -> LimitsView:
    now = means.clock.now()
    vendors = await choose_vendors.vendors(means)
    return LimitsView(
        lines=tuple(limit_line(one, now) for one in await keep_limits.limits(means)),
        vendors=tuple((str(one.id), one.name) for one in vendors),
        today=means.clock.today(),
    )


def _write_privately(file: Path, data: bytes) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(data)
