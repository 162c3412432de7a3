"""The file of one relationship: all that stands between me and one vendor, what is said, and the way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.relationship_view import RelationshipView, StoryAbout
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab, tab_words
from vrm_desktop.ui.pages.relationship_parts import HeldCard, KeyCard, OrderedCard, StandingCard, TermsCard
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.story import Story
from vrm_desktop.ui.widgets.tabs import Tabs
from vrm_desktop.ui.widgets.talk import Talk
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _

LONGEST_MESSAGE = 4000


class RelationshipPage(Page):
    """`said` carries words for the vendor; `end_requested` asks to leave; `copy_requested` carries a text."""

    said = Signal(str)
    end_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Relationship"), parent)
        self._back = Button(look, _("All relationships"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.end = Button(look, _("End relationship"), role=ButtonRole.DANGER, icon=Icon.LOG_OUT)
        self._alarm = Notice(look)
        self.tabs = Tabs(look, _("Parts of this file"), tab_words())
        self._standing = StandingCard(look)
        self._terms = TermsCard(look)
        self._held = HeldCard(look)
        self._key = KeyCard(look)
        self._order = OrderedCard(look)
        self._talk = Talk(look)
        self.words = TextArea(look, _("Your message"), most=LONGEST_MESSAGE)
        self.send = Button(look, _("Send"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self._silent = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._story = Story(look)
        self.chips = {one: FilterChip(look, words) for one, words in _story_filters()}
        for chip in self.chips.values():
            chip.toggled.connect(self._tell_story)
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIPS))
        self.end.clicked.connect(self.end_requested)
        self.send.clicked.connect(self._send)
        self.words.submitted.connect(self._send)
        self.words.textChanged.connect(self._enable)
        self._order.copy_requested.connect(self.copy_requested)
        self._key.copy_requested.connect(self.copy_requested)
        self._view: RelationshipView | None = None
        self._enable()

    @property
    def relationship_id(self) -> str | None:
        """Whose file is open."""
        return self._view.id if self._view else None

    def show_relationship(self, view: RelationshipView) -> None:
        """Show the whole file. What is being written stays, unless it is another file."""
        if self.relationship_id not in (None, view.id):
            self.words.clear()
        self._view = view
        self.show_title(view.vendor, view.subtitle)
        if view.alarm is not None:
            self._alarm.say(*view.alarm, view.alarm_tone)
        else:
            self._alarm.hide()
        self._standing.show_standing(view)
        self._order.show_order(view.order)
        self._terms.show_terms(view.terms)
        self._held.show_held(view)
        self._key.show_key(view)
        self._talk.show_talk(view.said)
        self._tell_story()
        self._silent.setText(view.why_silent or view.where_said)
        self._silent.setVisible(bool(view.why_silent or view.where_said))
        self.words.setVisible(not view.why_silent)
        self.send.setVisible(not view.why_silent)
        self.end.setVisible(view.can_end)
        self._enable()

    def add_card(self, card: RelationshipCard) -> None:
        """Lay a topic's card into its tab."""
        self.tabs.place(card.tab.value, card.widget, card.order)

    def open_tab(self, tab: RelationshipTab) -> None:
        """Open one of the tabs, from its beginning."""
        self.tabs.choose(tab.value)
        self.to_top()

    def sent(self) -> None:
        """What was written is on its way: begin anew."""
        self.words.clear()

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _send(self) -> None:
        if self.send.isEnabled() and self.words.words.strip():
            self.said.emit(self.words.words.strip())

    def _tell_story(self) -> None:
        if self._view is None:
            return
        there = {line.about for line in self._view.story}
        asked = {one for one, chip in self.chips.items() if chip.isChecked() and one in there}
        for one, chip in self.chips.items():
            chip.setVisible(one in there and len(there) > 1)
        self._story.show_story([line for line in self._view.story if not asked or line.about in asked])

    def _enable(self) -> None:
        silent = self._view is None or bool(self._view.why_silent)
        self.send.setEnabled(not silent and bool(self.words.words.strip()))

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.end)
        messages = Card(look, gap=1.25)
        messages.body.addWidget(self._talk)
        messages.body.addStretch(1)
        messages.body.addWidget(self._silent)
        messages.body.addWidget(self.words)
        foot = row(look, gap=1)
        foot.addStretch(1)
        foot.addWidget(self.send)
        messages.body.addLayout(foot)
        story = Card(look, gap=1.25)
        narrowing = Flow(look)
        for chip in self.chips.values():
            narrowing.addWidget(chip)
        story.body.addLayout(narrowing)
        story.body.addWidget(self._story)
        own: tuple[tuple[RelationshipTab, QWidget], ...] = (
            (RelationshipTab.OVERVIEW, self._standing),
            (RelationshipTab.OVERVIEW, self._key),
            (RelationshipTab.MESSAGES, messages),
            (RelationshipTab.TERMS, self._terms),
            (RelationshipTab.TERMS, self._held),
            (RelationshipTab.ORDERS, self._order),
            (RelationshipTab.STORY, story),
        )
        for number, (tab, widget) in enumerate(own, 1):
            self.tabs.place(tab.value, widget, number * 100)
        self.body.addWidget(self._alarm)
        self.body.addWidget(self.tabs, 1)


def _story_filters() -> tuple[tuple[StoryAbout, str], ...]:
    return (
        (StoryAbout.MESSAGES, _("Messages")),
        (StoryAbout.TERMS, _("Terms")),
        (StoryAbout.ORDERS, _("Orders and money")),
        (StoryAbout.DATA, _("Data")),
        (StoryAbout.PAPERS, _("Papers")),
        (StoryAbout.TROUBLE, _("Difficulties")),
    )
