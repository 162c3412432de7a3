"""The cards about claims in a counterparty's file: cases, changes of the order, and what I tell them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vrm_desktop.domain.living import ChangeKind, VoiceTopic
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.claims import case_lines, change_lines, changes_of_order, voice_lines
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.claim_list import ClaimList
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import change_label, topic_label

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile

LONGEST = 4000


class _ClaimCard(Card):
    tab = RelationshipTab.PAPERS
    order = 0

    @property
    def widget(self) -> QWidget:
        """The card itself."""
        return self


class CasesCard(_ClaimCard):
    """`begun` asks for the form of a new case; `opened` carries the id of one."""

    order = 110
    begun = Signal()
    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Something went wrong"), gap=1.25)
        self._nothing = PlainLabel(_why_cases(), kind=LabelKind.MUTED, wrap=True)
        self.lines = ClaimList(look, _("Look at it"))
        self.begin = Button(look, _("Open a case…"), icon=Icon.PLUS)
        for part in (self._nothing, self.lines):
            self.body.addWidget(part)
        self.body.addLayout(_left(look, self.begin))
        self.begin.clicked.connect(self.begun)
        self.lines.opened.connect(self.opened)

    def show_file(self, file: "RelationshipFile") -> None:
        """Show its cases."""
        lines = case_lines(file)
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
        self._nothing.setVisible(not lines)


class ChangesCard(_ClaimCard):
    """`asked` carries what shall happen, words, and whether the new address goes with it."""

    tab = RelationshipTab.ORDERS
    order = 650
    asked = Signal(str, str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Change this order"), gap=1.25)
        self.lines = ClaimList(look)
        self.what = Select(look, [(one.value, change_label(one)) for one in ChangeKind], name=_("What shall happen"))
        self.text = TextArea(look, _("In your words"), most=LONGEST, lines=2)
        self.address = CheckBox(look, _("Deliver to the address that stands in my profile now"))
        self.ask = Button(look, _("Ask for it"), icon=Icon.SEND)
        self._words = PlainLabel(_why_changes(), kind=LabelKind.CAPTION, wrap=True)
        self._reachable = False
        self._lay_out(look)
        self.what.chosen.connect(self._follow)
        self.ask.clicked.connect(self._ask)
        self._follow()

    def show_file(self, file: "RelationshipFile") -> None:
        """Show what was asked for; hidden where nothing was ordered."""
        lines = change_lines(file)
        open_order, self._reachable = changes_of_order(file)
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
        kinds = tuple(ChangeKind) if open_order else (ChangeKind.DOCUMENT,)
        self.what.offer([(one.value, change_label(one)) for one in kinds])
        self.setVisible(file.order is not None)
        self._follow()

    def sent(self) -> None:
        """It is on its way: begin anew."""
        self.text.clear()
        self.address.setChecked(False)

    def _follow(self) -> None:
        self.address.setVisible(self._reachable and self.what.key == ChangeKind.CHANGE)

    def _ask(self) -> None:
        address = self.address.isVisibleTo(self) and self.address.isChecked()
        self.asked.emit(self.what.key, self.text.words.strip(), address)

    def _lay_out(self, look: Look) -> None:
        self.body.addWidget(self.lines)
        self.body.addWidget(FormRow(look, _("What shall happen"), self.what))
        self.body.addWidget(FormRow(look, _("In your words"), self.text))
        self.body.addWidget(self.address)
        self.body.addWidget(self._words)
        self.body.addLayout(_left(look, self.ask))


class VoicesCard(_ClaimCard):
    """`told` carries a topic and words."""

    order = 120
    told = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Tell them"), gap=1.25)
        self.lines = ClaimList(look)
        self.topic = Select(look, [(one.value, topic_label(one)) for one in VoiceTopic], name=_("What it is"))
        self.text = TextArea(look, _("In your words"), most=LONGEST)
        self.tell = Button(look, _("Tell them"), icon=Icon.SEND)
        self.body.addWidget(PlainLabel(_why_voices(), kind=LabelKind.MUTED, wrap=True))
        self.body.addWidget(self.lines)
        self.body.addWidget(FormRow(look, _("What it is"), self.topic))
        self.body.addWidget(FormRow(look, _("In your words"), self.text))
        self.body.addLayout(_left(look, self.tell))
        self.text.textChanged.connect(self._enable)
        self.tell.clicked.connect(lambda: self.told.emit(self.topic.key, self.text.words.strip()))
        self._enable()

    def show_file(self, file: "RelationshipFile") -> None:
        """Show what was told, and the answers."""
        lines = voice_lines(file)
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))

    def sent(self) -> None:
        """It is on its way: begin anew."""
        self.text.clear()

    def _enable(self) -> None:
        self.tell.setEnabled(bool(self.text.words.strip()))


def _left(look: Look, *buttons: QWidget) -> QHBoxLayout:
    line = row(look, gap=1)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return line


def _why_cases() -> str:
    return _("Damaged, late, too dear, not what you were told? Say what happened and what you want, on the record.")


def _why_changes() -> str:
    return _("Ask here for whatever should cost nothing more. Whether they agree stands beside it.")


def _why_voices() -> str:
    return _("An idea, an experience or a question, on the record; they say what becomes of it.")
