"""Changing once: offers it after a change of the profile, shows who should hear, tells, and follows the receipts."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject

from vrm_desktop.domain.change import Choice
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.services import change_once, follow_changes, keep_profile, plan_change
from vrm_desktop.services.means import Means
from vrm_desktop.services.plan_change import ChangePlan
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.change_page import ChangePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.presenters.change import change_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext

_KINDS = frozenset({"change", "profile", "ledger", "letter", "relationship", "act"})
_SEE = "change-see"
_UNDO = "change-undo:"
_Found = tuple[tuple[ProfileField, ...], ChangePlan, tuple[follow_changes.ChangeView, ...]]


class ChangeController(QObject):
    """One page, and the offer after the profile was changed."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: ChangePage | None = None
        self._reading = Reading(desk.at_home, self._look, self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.CHANGE: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """None: what was told stands in the ledger of each file."""
        return ()

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again; and where the profile changed, offer to tell those who hold what was before."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()
        own = any(kind == "change" for kind, _id in changes)
        if not own and any(kind == "profile" for kind, _id in changes):
            self._desk.at_home.read(plan_change.plan(self._means), self._offer)

    def acted(self, key: str) -> bool:
        """Show the page, or take back what was just told."""
        if key == _SEE:
            self._desk.go(PageId.CHANGE)
        elif key.startswith(_UNDO):
            self._undo(key.removeprefix(_UNDO))
        else:
            return False
        return True

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> ChangePage:
        page = ChangePage(self._desk.look)
        page.asked.connect(self._reading.again)
        page.told.connect(self._tell)
        page.undone.connect(self._undo)
        page.confirmed.connect(self._confirm)
        page.opened.connect(lambda file: self._desk.open_file(file, RelationshipTab.PAPERS))
        self._page = page
        self._reading.again()
        return page

    async def _look(self) -> _Found:
        new, day = self._typed()
        since = day or self._means.clock.today()
        plan = await plan_change.plan(self._means, new, since)
        return await keep_profile.profile(self._means), plan, await follow_changes.changes(self._means)

    def _typed(self) -> tuple[Mapping[FieldPath, str], date | None]:
        if self._page is None:
            return {}, None
        return {FieldPath(path): value for path, value in self._page.new.items()}, self._page.day

    def _show(self, found: _Found) -> None:
        if self._page is not None:
            self._page.show_change(change_view(*found, today=self._means.clock.today()))

    def _offer(self, plan: ChangePlan) -> None:
        count = len(plan.holders)
        if not count:
            return
        told = ngettext(
            "{count} counterparty still has what was before.",
            "{count} counterparties still have what was before.",
            count,
        ).format(count=count)
        self._desk.at_home.said.emit(Message(text=told, action=_("Tell them"), key=_SEE, seconds=None))

    def _tell(self, chosen: Mapping[str, str]) -> None:
        page = self._page
        if page is None:
            return
        new, day = self._typed()
        choices = {RelationshipId(key): Choice(choice) for key, choice in chosen.items()}
        made: list[str] = []

        async def tell() -> Changes:
            change = await change_once.tell(self._means, choices, new, day, pause=self._desk.pause())
            made.append(change.id)
            return _changed(change.id)

        def done() -> None:
            page.begin_anew()
            count = sum(choice is not Choice.LEAVE for choice in choices.values())
            told = ngettext("{count} counterparty hears of it.", "{count} counterparties hear of it.", count)
            text = told.format(count=count) if count else _("Your profile is new.")
            undo = (_("Undo"), f"{_UNDO}{made[0]}") if count or day is not None else ("", "")
            self._desk.at_home.said.emit(Message(text=text, action=undo[0], key=undo[1], tone=Tone.GOOD))

        self._desk.at_home.act(tell(), done, owner=page)

    def _undo(self, key: str) -> None:
        async def undo() -> Changes:
            await change_once.take_back(self._means, key)
            return _changed(key)

        def done() -> None:
            self._desk.at_home.say(_("Taken back. Your profile stays as it is."))

        self._desk.at_home.act(undo(), done)

    def _confirm(self, key: str, relationship: str) -> None:
        self._desk.at_home.act(change_once.confirmed(self._means, key, RelationshipId(relationship)))


def _changed(key: str) -> Changes:
    things = (("change", key), ("profile", "all"), ("agenda", key), ("letter", "all"), ("relationship", ""))
    return Changes.of(*things)
