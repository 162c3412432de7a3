"""What one vendor may learn, stage by stage: in plain words, or byte for byte; a text that is sent always as it is."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.domain.outside import MOST_TEXT
from vrm_desktop.ui.models.plan_view import StageView, VendorPlanView
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.code_box import CodeBox
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _

WORDS, BYTES = "words", "bytes"


class _Stage(QWidget):
    """One stage under its heading."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._when = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._facts = KeyValues(look, label_width=18)
        self._text = PlainLabel(kind=LabelKind.OVERLINE)
        self._exact = CodeBox(look, _("Exactly what leaves"), most=MOST_TEXT)
        self._use = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._note = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        lines = column(look, self, gap=0.75)
        for part in (self._title, self._when, self._facts, self._text, self._exact, self._use, self._note):
            lines.addWidget(part)

    def show_stage(self, stage: StageView, *, exact: bool) -> None:
        """Show a stage in words or in bytes."""
        self._title.setText(stage.title)
        self._when.setText(stage.when)
        self._facts.show_facts([Fact(label=label, value=value) for label, value in stage.fields])
        self._exact.break_lines(at_words=bool(stage.text))
        self._exact.show_text(stage.exact)
        self._use.setText(stage.use)
        self._note.setText(stage.note)
        self._text.setText(stage.text)
        self._text.setVisible(bool(stage.text))
        self._facts.setVisible(bool(stage.fields) and (stage.only_words or not exact))
        self._exact.setVisible(bool(stage.exact) and (exact or bool(stage.text)))
        self._use.setVisible(bool(stage.use))
        self._note.setVisible(bool(stage.note))


class PlanStages(Card):
    """All three stages of one vendor; which vendor, and how, is chosen on top."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.5, parent=parent)
        self._plans: tuple[VendorPlanView, ...] = ()
        self.vendor = Select(look, name=_("Vendor"))
        self.how = Segmented(look, _("How to show it"), ((WORDS, _("In words")), (BYTES, _("Byte for byte"))))
        self._same = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._stages = tuple(_Stage(look) for _stage in range(3))
        self.body.addWidget(PlainLabel(_("What it may learn"), kind=LabelKind.HEADING))
        head = row(look, gap=1.5)
        head.addWidget(self.vendor, 1)
        head.addWidget(self.how)
        self.body.addLayout(head)
        self.body.addWidget(self._same)
        for at, stage in enumerate(self._stages):
            if at:
                self.body.addWidget(Rule())
            self.body.addWidget(stage)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.vendor.chosen.connect(self._redraw)
        self.how.chosen.connect(self._redraw)

    def show_plans(self, plans: tuple[VendorPlanView, ...]) -> None:
        """Show these plans; the vendor chosen stays chosen."""
        self._plans = plans
        self.vendor.offer([(plan.vendor, plan.name) for plan in plans])
        same = len({plan.stages for plan in plans}) == 1 and len(plans) > 1
        self._same.setText(_("The same for each of the {count}.").format(count=len(plans)))
        self._same.setVisible(same)
        self._redraw()

    def _redraw(self) -> None:
        plan = next((one for one in self._plans if one.vendor == self.vendor.key), None)
        if plan is None:
            return
        for shown, stage in zip(self._stages, plan.stages, strict=True):
            shown.show_stage(stage, exact=self.how.key == BYTES)
