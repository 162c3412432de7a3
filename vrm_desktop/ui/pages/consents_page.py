"""Consents and rules: what rests on consent, with whom; and what is answered by itself, asked, or never goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.contact_budget import MOST
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.ui.models.wishes_view import DataRulesView
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.unasked_card import counting_words
from vrm_desktop.ui.pages.wish_cards import ConsentList
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.number_field import NumberField
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import field_label, purpose_label
from vrm_desktop.wording.wish_words import kind_label, rule_word_label


class ConsentsPage(Page):
    """`withdrawn` and `renewed` carry a consent's id, `undone` the act that waits, `dropped` a rule's id.

    `made` carries a rule's word, vendor, kind, purpose and field ("" for any); `budgeted` how much each vendor may say
    unasked.
    """

    withdrawn = Signal(str)
    renewed = Signal(str)
    undone = Signal(str)
    dropped = Signal(str)
    made = Signal(str, str, str, str, str)
    budgeted = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Consents and rules"), parent)
        self.show_title(_("Consents and rules"), _why())
        self._back = Button(look, _("Who knows what"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.consents = ConsentList(look)
        self.consents.withdrawn.connect(self.withdrawn)
        self.consents.renewed.connect(self.renewed)
        self.consents.undone.connect(self.undone)
        self._none = PlainLabel(_("Nothing rests on your consent alone."), kind=LabelKind.MUTED, wrap=True)
        self._rules = QWidget()
        self._lines = column(look, self._rules, gap=0.75)
        self.drops: list[Button] = []
        any_ = ("", _("any"))
        self.word = Select(look, [(one.name, rule_word_label(one)) for one in RuleWord], name=_("What to answer"))
        self.word.choose(RuleWord.ASK.name)
        self.vendor = Select(look, [("", _("anybody"))], name=_("Whom"))
        self.kind = Select(
            look, [any_, *((one.value, kind_label(one)) for one in OrganisationKind)], name=_("What kind")
        )
        self.purpose = Select(look, [any_, *((one.value, purpose_label(one)) for one in Purpose)], name=_("What for"))
        fields = ((f"profile.{one.value}", field_label(one)) for one in FieldPath)
        self.field = Select(look, [any_, *fields], name=_("What"))
        self.make = Button(look, _("Make this rule"), icon=Icon.PLUS)
        self.make.clicked.connect(self._make)
        self.budget = NumberField(0, MOST)
        self.take = Button(look, _("Take this many"))
        self.take.clicked.connect(lambda: self.budgeted.emit(self.budget.value()))
        self._budget: int | None = None
        self._back.clicked.connect(lambda: self.going.emit(PageId.LEDGER))
        self._lay_out()

    def show_rules(self, view: DataRulesView) -> None:
        """Show all of it."""
        self.consents.show_lines(view.consents)
        self.consents.setVisible(bool(view.consents))
        self._none.setVisible(not view.consents)
        self.vendor.offer([("", _("anybody")), *view.vendors])
        if view.budget != self._budget:
            self._budget = view.budget
            self.budget.setValue(view.budget)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.drops = []
        for rule in view.rules:
            line = QWidget()
            across = row(self.look, line, gap=1)
            across.addWidget(PlainLabel(rule.words, wrap=True), 1)
            if rule.own:
                drop = Button(self.look, _("Take this rule back"), role=ButtonRole.QUIET)
                drop.clicked.connect(lambda _checked=False, key=rule.id: self.dropped.emit(key))
                across.addWidget(drop)
                self.drops.append(drop)
            else:
                across.addWidget(PlainLabel(_("until you say otherwise"), kind=LabelKind.CAPTION))
            self._lines.addWidget(line)

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _make(self) -> None:
        self.made.emit(self.word.key, self.vendor.key, self.kind.key, self.purpose.key, self.field.key)

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        consents = Card(look, _("What rests on your consent"), gap=1.5)
        consents.body.addWidget(self._none)
        consents.body.addWidget(self.consents)
        rules = Card(look, _("Your rules"), gap=1.5)
        rules.body.addWidget(PlainLabel(_how(), kind=LabelKind.MUTED, wrap=True))
        rules.body.addWidget(self._rules)
        form = Card(look, _("A new rule"), gap=1.5)
        first, second = row(look, gap=1.5), row(look, gap=1.5)
        first.addWidget(FormRow(look, _("When this one asks"), self.vendor), 1)
        first.addWidget(FormRow(look, _("Or an organisation of this kind"), self.kind), 1)
        second.addWidget(FormRow(look, _("For this"), self.field), 1)
        second.addWidget(FormRow(look, _("To use it"), self.purpose), 1)
        second.addWidget(FormRow(look, _("Then answer"), self.word), 1)
        form.body.addLayout(first)
        form.body.addLayout(second)
        button = row(look, gap=1)
        button.addWidget(self.make)
        button.addStretch(1)
        form.body.addLayout(button)
        unasked = Card(look, _("What each vendor may say unasked"), gap=1.25)
        self.budget.setMaximumWidth(look.steps(16))
        unasked.body.addWidget(FormRow(look, _("At most in thirty days"), self.budget, counting_words()))
        taking = row(look, gap=1)
        taking.addWidget(self.take)
        taking.addStretch(1)
        unasked.body.addLayout(taking)
        for card in (consents, rules, form, unasked):
            self.body.addWidget(card)
        self.body.addStretch(1)


def _why() -> str:
    return _("What vendors may know because you said yes, and what happens when they ask for more.")


def _how() -> str:
    return _(
        "When several rules fit, the strictest stands, unless another names all of it and more. What your conditions "
        "with a vendor rule out is refused, and what lies beyond them is always asked, whatever a rule says."
    )
