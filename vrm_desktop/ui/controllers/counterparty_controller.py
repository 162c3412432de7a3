"""Organisations written down by hand, and conversations begun with them: the card, the form, the plan and the act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.services import keep_counterparty, keep_profile, keep_relationship, start_conversation
from vrm_desktop.services.errors import ServiceError
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.start_conversation import Begun, ConversationPlan, Way, Wish
from vrm_desktop.ui.bridge import Change, Ticket
from vrm_desktop.ui.controllers.at_home import advice_for
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.counterparty_view import ConversationStages, DetailsForm
from vrm_desktop.ui.pages.conversation_page import ConversationPage
from vrm_desktop.ui.pages.counterparty_page import CounterpartyPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.pages.relationship_contact import ContactCard
from vrm_desktop.ui.presenters.counterparty import (
    contact_facts,
    conversation_form,
    conversation_stages,
    details_form,
    details_from,
    other_files,
)
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_PREVIEW = "…"


@dataclass(frozen=True, slots=True)
class _Contact:
    owner: "CounterpartyController"
    card: ContactCard
    tab: RelationshipTab = RelationshipTab.OVERVIEW
    order: int = 210

    @property
    def widget(self) -> QWidget:
        return self.card

    def show_file(self, file: RelationshipFile) -> None:
        self.owner.file = file
        self.card.show_contact(contact_facts(file.vendor), other_files(file))


class CounterpartyController(QObject):
    """Two pages and a card. `file` is the one that is open."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self.file: RelationshipFile | None = None
        self._form: CounterpartyPage | None = None
        self._talk: ConversationPage | None = None
        self._editing: VendorId | None = None
        self._way = Way.LETTER
        self._planning: Ticket | None = None
        desk.on_add(self.add)
        desk.on_write(self.write_to)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the pages of this controller are made."""
        return {PageId.COUNTERPARTY: self._make_form, PageId.CONVERSATION: self._make_talk}

    def cards(self) -> Sequence[RelationshipCard]:
        """How to reach them, and the ways on."""
        card = ContactCard(self._desk.look)
        card.edit_requested.connect(self.edit)
        card.write_requested.connect(self.write)
        card.opened.connect(lambda key: self._desk.open_file(key, RelationshipTab.OVERVIEW))
        return (_Contact(self, card),)

    def refresh(self, _changes: frozenset[Change]) -> None:
        """A form stays as it is while it is being filled in."""

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    def add(self) -> None:
        """Begin with an empty form."""
        self._editing = None
        self._desk.go(PageId.COUNTERPARTY)
        if self._form is not None:
            self._form.show_form(DetailsForm(), _("A new organisation"))

    def edit(self) -> None:
        """Open the form of the one whose file is open."""
        if self.file is None:
            return
        self._editing = self.file.vendor.id
        self._desk.go(PageId.COUNTERPARTY)
        if self._form is not None:
            self._form.show_form(details_form(self.file.vendor), self.file.vendor.name)

    def write_to(self, vendor: str) -> None:
        """Open that page for one whose file need not be open, nor be begun."""

        async def look() -> RelationshipFile:
            key = await keep_counterparty.open_file(self._means, VendorId(vendor))
            return await keep_relationship.relationship(self._means, key)

        def show(file: RelationshipFile) -> None:
            self.file = file
            self.write()

        self._desk.at_home.read(look(), show, owner=self)

    def write(self) -> None:
        """Open the page that begins a conversation with them."""
        if self.file is None:
            return
        self._desk.go(PageId.CONVERSATION)
        vendor = self.file.vendor.id
        self._desk.at_home.read(_offer(self._means, vendor), self._show_talk, owner=self._talk)

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make_form(self) -> CounterpartyPage:
        self._form = CounterpartyPage(self._desk.look)
        self._form.kept.connect(self._keep)
        return self._form

    def _make_talk(self) -> ConversationPage:
        self._talk = ConversationPage(self._desk.look)
        self._talk.changed.connect(self._plan)
        self._talk.begun.connect(self._begin)
        return self._talk

    def _keep(self, form: DetailsForm) -> None:
        page = self._form
        if page is None:
            return
        try:
            details = details_from(form)
        except InvalidValue:
            page.show_refusal(_("Something here does not fit."), _what_fits())
            return
        if self._editing is None:
            self._desk.at_home.read(keep_counterparty.add(self._means, details), self._added, owner=page)
            return
        work = keep_counterparty.edit(self._means, self._editing, details)
        self._desk.at_home.act(work, done=lambda: self._desk.go(PageId.RELATIONSHIP), owner=page)

    def _added(self, made: tuple[object, RelationshipId]) -> None:
        _vendor, key = made
        self._desk.at_home.bridge.notice(frozenset({("relationship", key), ("vendor", key)}))
        self._desk.open_file(key, RelationshipTab.OVERVIEW)

    def _show_talk(self, found: tuple[Way, tuple[ProfileField, ...]]) -> None:
        self._way, profile = found
        if self._talk is not None and self.file is not None:
            self._talk.show_form(conversation_form(self.file, profile, self._way))
            self._plan()

    def _wish(self, words: str) -> Wish | None:
        page = self._talk
        if page is None or self.file is None:
            return None
        known = page.known.key if self._way is Way.DESK else ""
        return Wish(
            vendor=self.file.vendor.id,
            about=ContactAbout(page.about.key),
            words=words,
            number=page.number.isChecked(),
            fields=tuple(FieldPath(key) for key in page.told),
            known=RelationshipId(known) if known else None,
            subject=page.subject.text().strip(),
        )

    def _plan(self) -> None:
        page, wish = self._talk, self._wish(_PREVIEW)
        if page is None or wish is None:
            return
        if self._planning is not None:
            self._planning.cancel()  # what was chosen before must not be shown after what is chosen now

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_stages(ConversationStages(problem=f"{words.title} {words.advice}".strip()))

        def shown(planned: ConversationPlan) -> None:
            page.show_stages(conversation_stages(planned))

        self._planning = self._desk.at_home.read(start_conversation.plan(self._means, wish), shown, failed, owner=page)

    def _begin(self) -> None:
        page = self._talk
        if page is None:
            return
        try:
            wish = self._wish(page.words.words)
        except ServiceError as error:
            self._desk.at_home.say_why(error)
            return
        if wish is not None:
            work = _begun(self._means, wish, float(self._desk.pause()))
            self._desk.at_home.read(work, partial(self._done, page), owner=page)

    def _done(self, page: ConversationPage, begun: Begun) -> None:
        page.words.clear()
        self._desk.at_home.act(_told(begun))
        if begun.letter:
            self._desk.at_home.say(_("The letter is drafted. It leaves when you send it."), Tone.GOOD)
        self._desk.open_file(begun.relationship, RelationshipTab.OVERVIEW)


async def _offer(means: Means, vendor: VendorId) -> tuple[Way, tuple[ProfileField, ...]]:
    plain = Wish(vendor=vendor, about=ContactAbout.QUESTION, words=_PREVIEW)
    planned = await start_conversation.plan(means, plain)
    return planned.way, await keep_profile.profile(means)


async def _begun(means: Means, wish: Wish, pause: float) -> Begun:
    return await start_conversation.begin(means, await start_conversation.plan(means, wish), pause=pause)


async def _told(begun: Begun) -> Changes:
    """What changed already, so that everybody hears of it and the question goes its way."""
    return begun.changes


def _what_fits() -> str:
    return _("An e-mail has an @, a web address begins with https://, a country has two letters. Please look again.")
