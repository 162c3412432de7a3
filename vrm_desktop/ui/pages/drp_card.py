"""The Data Rights Protocol in a counterparty's file: what was asked over it, and asking, with all it tells shown first.

Never here: GDPR and the other extensions of the protocol, which only a command offers.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.drp import EXTENSION, DrpAction, DrpClaim, DrpEntry, DrpExercise, DrpRegime
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.plan_drp_request import USUAL, DrpAsking, DrpPlan
from vrm_desktop.ui.pages.drp_block import DrpBlock
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.drp import action_label, claim_label, regime_label, unlinkability_words
from vrm_desktop.wording.labels import asked_field_label

_MOST = 8


class DrpCard(Card):
    """`planned` and `asked` carry a `DrpAsking`; `looked` and `revoked` the id of a request.

    `by_letter` carries the counterparty's id.
    """

    planned = Signal(object)
    asked = Signal(object)
    looked = Signal(str)
    revoked = Signal(str)
    by_letter = Signal(str)
    tab = RelationshipTab.PAPERS
    order = 145

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Over the Data Rights Protocol"), gap=1.5, parent=parent)
        self._look, self._vendor = look, ""
        self._entries: dict[str, DrpEntry] = {}
        self._shown: tuple[DrpExercise, ...] = ()
        self._plan: DrpPlan | None = None
        self._preferred: tuple[str, DrpAction, DrpRegime] | None = None
        self.blocks: list[DrpBlock] = []
        self._inside = QWidget()
        self._lines = column(look, self._inside, gap=1.5)
        self.business = Select(look, name=_("Which of its entries"))
        self.action = Select(look, name=_("What to ask"))
        self.regime = Select(look, _regimes(), name=_("By which law"))
        self.also = {one: CheckBox(look, sentence_case(claim_label(one))) for one in DrpClaim}
        self.show_it = Button(look, _("Show what it would tell"), icon=Icon.EYE)
        self.ask = Button(look, _("Ask now"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self.ask_not = Button(look, _("Not now"), role=ButtonRole.QUIET)
        self._business_row = FormRow(look, _("Which of its entries"), self.business)
        self._asking, self._before = QWidget(), QWidget()
        self._facts = KeyValues(look)
        self._missing = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._cost = Notice(look)
        self._lay_out(look)
        self._connect()
        self.hide()

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    @property
    def asking(self) -> DrpAsking:
        """What is chosen."""
        return DrpAsking(
            business=self.business.key,
            action=DrpAction(self.action.key),
            regime=DrpRegime(self.regime.key),
            also=tuple(one for one, box in self.also.items() if box.isChecked() and not box.isHidden()),
        )

    def show_file(self, file: RelationshipFile) -> None:
        """Show the requests, the newest first, and asking where it answers the protocol; hidden where neither is."""
        self.show_papers(file.vendor.id, file.papers_of(DrpEntry), file.papers_of(DrpExercise))

    def show_papers(self, vendor: str, entries: tuple[DrpEntry, ...], asked: tuple[DrpExercise, ...]) -> None:
        """The same. What is chosen, and what it would tell, stay while nothing of it changed."""
        known = {one.id: one for one in entries}
        if (vendor, known) != (self._vendor, self._entries):
            self._vendor, self._entries = vendor, known
            self.business.offer([(one.id, one.name) for one in entries])
            self._offer()
        self._choose_preferred()
        self._business_row.setVisible(len(entries) > 1)
        self._asking.setVisible(bool(self._entries) and bool(self.action.key))
        newest = tuple(reversed(asked))[:_MOST]
        if newest != self._shown:
            self._shown = newest
            self._fill()
        self._inside.setVisible(bool(newest))
        self.setVisible(bool(entries or asked))

    def prefer(self, vendor: str, action: DrpAction, regime: DrpRegime) -> None:
        """Choose this as soon as the file of that counterparty is shown; the person goes on from there."""
        self._preferred = vendor, action, regime
        self._choose_preferred()

    def _choose_preferred(self) -> None:
        if self._preferred is None or self._preferred[0] != self._vendor:
            return
        _vendor, action, regime = self._preferred
        self._preferred = None
        taking = next((one.id for one in self._entries.values() if one.takes(action)), "")
        self.business.choose(taking)
        self._offer()
        self.action.choose(action)
        self.regime.choose(regime)

    def show_plan(self, plan: DrpPlan) -> None:
        """Show what would leave, if that is still what is chosen."""
        if plan.asking != self.asking:
            return
        self._plan = plan
        self._facts.show_facts(
            [Fact(label=sentence_case(asked_field_label(one.name)), value=one.value) for one in plan.fields]
        )
        missing = _("It also asks for your {claims}, which your profile does not say.")
        self._missing.setText(missing.format(claims=", ".join(map(claim_label, plan.missing))))
        self._missing.setVisible(bool(plan.missing))
        self._cost.say(_("What this gives up"), unlinkability_words(), Tone.CAUTION)
        self.show_it.hide()
        self._before.show()

    def begin(self) -> None:
        """What would be told is put away: it was asked, or something else is chosen."""
        self._plan = None
        self._before.hide()
        self.show_it.show()

    def _offer(self) -> None:
        entry = self._entries.get(self.business.key)
        if entry is not None:
            takes = [one for one in DrpAction if one not in EXTENSION and entry.takes(one)]
            self.action.offer([(one, sentence_case(action_label(one))) for one in takes])
            for claim, box in self.also.items():
                box.setVisible(claim not in (entry.asks or USUAL))
        self.begin()

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.blocks = []
        for one in self._shown:
            block = DrpBlock(self._look, one)
            block.looked.connect(lambda key=one.id: self.looked.emit(key))
            block.revoked.connect(lambda key=one.id: self.revoked.emit(key))
            block.by_letter.connect(lambda: self.by_letter.emit(self._vendor))
            self.blocks.append(block)
            self._lines.addWidget(block)
            self._lines.addWidget(Rule())

    def _connect(self) -> None:
        self.business.chosen.connect(self._offer)
        self.action.chosen.connect(self.begin)
        self.regime.chosen.connect(self.begin)
        for box in self.also.values():
            box.toggled.connect(self.begin)
        self.show_it.clicked.connect(lambda: self.planned.emit(self.asking))
        self.ask.clicked.connect(self._ask)
        self.ask_not.clicked.connect(self.begin)

    def _ask(self) -> None:
        if self._plan is not None:
            self.asked.emit(self._plan.asking)

    def _lay_out(self, look: Look) -> None:
        self.body.addWidget(self._inside)
        self.body.addWidget(self._asking)
        lines = column(look, self._asking, gap=1.25)
        about = _("It takes requests about your data straight from this program, signed, and says how they stand.")
        lines.addWidget(PlainLabel(about, kind=LabelKind.MUTED, wrap=True))
        lines.addWidget(self._business_row)
        choices = row(look, gap=1.5)
        choices.addWidget(FormRow(look, _("What to ask"), self.action), 1)
        choices.addWidget(FormRow(look, _("By which law"), self.regime), 1)
        lines.addLayout(choices)
        lines.addWidget(PlainLabel(_("Tell also, so that it finds you"), kind=LabelKind.STRONG))
        boxes = Flow(look)
        for box in self.also.values():
            boxes.addWidget(box)
        lines.addLayout(boxes)
        first = row(look, gap=1)
        first.addWidget(self.show_it)
        first.addStretch(1)
        lines.addLayout(first)
        lines.addWidget(self._before)
        told = column(look, self._before, gap=1.25)
        told.addWidget(PlainLabel(_("This would leave"), kind=LabelKind.OVERLINE))
        told.addWidget(self._facts)
        told.addWidget(self._missing)
        told.addWidget(self._cost)
        foot = Flow(look)
        foot.addWidget(self.ask)
        foot.addWidget(self.ask_not)
        told.addLayout(foot)
        self._before.hide()


def _regimes() -> list[tuple[str, str]]:
    return [(one, sentence_case(regime_label(one))) for one in (DrpRegime.VOLUNTARY, DrpRegime.CCPA)]
