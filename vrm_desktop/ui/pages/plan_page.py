"""The plan: whom to ask and what each may learn, confirmed once before anything leaves."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.plan_view import PlanPageView
from vrm_desktop.ui.pages.next_ways_card import NextWaysCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.plan_stages import PlanStages
from vrm_desktop.ui.pages.plan_vendors import PlanVendors
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _, ngettext

NOBODY = ""


class PlanPage(Page):
    """`vendors_chosen` carries a tuple of ids, `way_chosen` a vendor's id and a way.

    `confirmed` comes once the person asks for the cast.

    `known_chosen` carries the earlier file whose vendor shall know the person, "" for none.
    """

    vendors_chosen = Signal(object)
    way_chosen = Signal(str, str)
    confirmed = Signal()
    edit_requested = Signal()
    known_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Whom to ask"), parent)
        self._view: PlanPageView | None = None
        self.vendors = PlanVendors(look)
        self.stages = PlanStages(look)
        self._kept = Points(look)
        self._not_promised = Points(look, LabelKind.MUTED)
        self.edit = Button(look, _("Change what I want"), icon=Icon.PENCIL)
        self.confirm = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self.confirm.setEnabled(False)
        self.known = Select(look)
        self.next_ways = NextWaysCard(look)
        self._lay_out(look)
        self.vendors.chosen.connect(self.vendors_chosen)
        self.vendors.add_requested.connect(lambda: self.going.emit(PageId.VENDORS))
        self.vendors.way_chosen.connect(self.way_chosen)
        self.known.chosen.connect(self.known_chosen)
        self.edit.clicked.connect(self.edit_requested)
        self.confirm.clicked.connect(self._confirm)

    def show_plan(self, view: PlanPageView) -> None:
        """Show the plan as it would be confirmed."""
        self._view = view
        self.show_title(_("Whom to ask: {title}").format(title=view.title), view.summary)
        self._whole.setVisible(not view.problem)
        self._others.setVisible(not view.chosen)
        self.vendors.show_vendors(view)
        self.stages.show_plans(view.plans)
        self.stages.setVisible(bool(view.plans))
        self._customer.setVisible(bool(view.earlier))
        self.known.offer([(NOBODY, _("Show nothing of that")), *view.earlier])
        self.known.choose(view.known)
        self._kept.show_points(view.kept)
        self._not_promised.show_points(view.not_promised)
        count = len(view.chosen)
        words = ngettext("Ask {count} vendor", "Ask {count} vendors", count).format(count=count)
        self.confirm.setText(words if count else _("Choose somebody to ask"))
        self.confirm.setVisible(not view.problem)
        self.confirm.setEnabled(bool(count))

    def show_working(self) -> None:
        """The plan was confirmed and is being kept."""
        self.confirm.setEnabled(False)

    def first_field(self) -> QWidget | None:
        """The one button, once it can be pressed; else the best way on."""
        if self.confirm.isEnabled() and not self.confirm.isHidden():
            return self.confirm
        return self.next_ways.rows[0].button if self.next_ways.rows and not self._others.isHidden() else None

    def _confirm(self) -> None:
        if self._view is not None and self._view.chosen:
            self.confirmed.emit()

    def _lay_out(self, look: Look) -> None:
        self.buttons.addWidget(self.edit)
        self.buttons.addWidget(self.confirm)
        self._customer = Card(look, gap=1.25)
        self._customer.body.addWidget(FormRow(look, _("Be known as their customer"), self.known, _why_known()))
        kept = Card(look, _("Stays with you"), gap=1.25)
        kept.body.addWidget(self._kept)
        promised = Card(look, _("Not promised"), gap=1.25)
        promised.body.addWidget(self._not_promised)
        left, right = QWidget(), QWidget()
        lines = column(look, left, gap=2)
        for card in (self.vendors, self._customer, kept, promised):
            lines.addWidget(card)
        lines.addStretch(1)
        others = column(look, right, gap=2)
        others.addWidget(self.stages)
        others.addStretch(1)
        self._whole = QWidget()
        inside = column(look, self._whole)
        inside.addWidget(SideBySide(look, (left, right), stacked_below=88))
        inside.addStretch(1)
        self._others = QWidget()
        column(look, self._others).addWidget(self.next_ways)
        self.body.addWidget(self._others)
        self.body.addWidget(self._whole)
        self.body.addStretch(1)


def _why_known() -> str:
    return _("That one vendor, and nobody else, can then see that you are the customer of this file.")
