"""Whom to ask: every known vendor as a box to tick, those that fit and sign first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.plan import MANY_VENDORS, USUAL_VENDORS
from vrm_desktop.ui.models.plan_view import PlanPageView, VendorChoice
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.plain_text import one_line
from vrm_desktop.wording.catalogue import _, ngettext

_NAME_SHOWN = 36


class _VendorRow(QWidget):
    """One vendor: a box with its name, what it says about itself, and what is known of its terms."""

    def __init__(self, look: Look, vendor: VendorChoice) -> None:
        super().__init__()
        self.box = CheckBox(look, one_line(vendor.name, _NAME_SHOWN))
        self.box.setAccessibleName(vendor.name)
        self.box.setAccessibleDescription(_standing(vendor))
        lines = column(look, self, gap=0.25)
        pill = QWidget()
        row(look, pill, margins=(0, 0.625)).addWidget(Pill(_standing(vendor), _tone(vendor)))
        head = Flow(look)
        head.addWidget(self.box)
        head.addWidget(pill)
        lines.addLayout(head)
        if vendor.about:
            about = row(look, margins=(3.75, 0, 0, 0))
            about.addWidget(PlainLabel(vendor.about, kind=LabelKind.CAPTION, wrap=True, cap=160))
            lines.addLayout(about)


class PlanVendors(Card):
    """`chosen` carries the ids of the ticked vendors, in the order shown."""

    chosen = Signal(object)
    add_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, parent=parent)
        self._look = look
        self._vendors: tuple[VendorChoice, ...] = ()
        self._rows: dict[str, _VendorRow] = {}
        self._count = PlainLabel(kind=LabelKind.HEADING)
        self._many = Notice(look)
        self._lines = column(look, gap=1.25)
        self._add = Button(look, _("Add a vendor…"), role=ButtonRole.QUIET, icon=Icon.STORE)
        self._add.clicked.connect(self.add_requested)
        self.body.addWidget(self._count)
        self.body.addWidget(
            PlainLabel(
                _("{usual} are asked unless you choose otherwise; each hears nothing of the others.").format(
                    usual=USUAL_VENDORS
                ),
                kind=LabelKind.CAPTION,
                wrap=True,
            )
        )
        self.body.addLayout(self._lines)
        self.body.addWidget(self._many)
        self.body.addWidget(self._add)

    def show_vendors(self, view: PlanPageView) -> None:
        """Show who can be asked and who is ticked; the same vendors stay the same boxes."""
        if [one.id for one in view.vendors] != [one.id for one in self._vendors]:
            with rebuilding(self):
                self._rebuild(view.vendors)
        self._vendors = view.vendors
        for vendor in view.vendors:
            self._rows[vendor.id].box.setChecked(vendor.chosen)
        count = len(view.chosen)
        self._count.setText(ngettext("{count} vendor is asked", "{count} vendors are asked", count).format(count=count))
        if view.many:
            self._many.say(
                _("More than {many} vendors.").format(many=MANY_VENDORS),
                _("Vendors see that many are asked, and answer with less care. More people also learn of your wish."),
                Tone.CAUTION,
            )
        else:
            self._many.hide()

    def box(self, vendor_id: str) -> CheckBox:
        """The box of one vendor."""
        return self._rows[vendor_id].box

    def _rebuild(self, vendors: tuple[VendorChoice, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for vendor in vendors:
            made = self._rows[vendor.id] = _VendorRow(self._look, vendor)
            made.box.clicked.connect(self._tell)
            self._lines.addWidget(made)

    def _tell(self) -> None:
        self.chosen.emit(tuple(key for key, one in self._rows.items() if one.box.isChecked()))


def _standing(vendor: VendorChoice) -> str:
    if not vendor.fits:
        return _("does not offer this here")
    return _("signs your conditions") if vendor.signs else _("may propose other conditions")


def _tone(vendor: VendorChoice) -> Tone:
    if not vendor.fits:
        return Tone.NEUTRAL
    return Tone.GOOD if vendor.signs else Tone.CAUTION
