"""Whom to ask, and how: every known vendor that can be asked as a box to tick, those that fit and sign first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.plan import MANY_VENDORS, USUAL_VENDORS
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.models.plan_view import PlanPageView, VendorChoice
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.plain_text import one_line
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _, ngettext

_NAME_SHOWN = 36
_UNDER_THE_NAME = 3.75
_USUALLY_SHOWN = 8
_NOT_NOW_SHOWN = 3


class _VendorRow(QWidget):
    """One vendor: a box with its name, what it says about itself, what is known of its terms, and the way to ask."""

    def __init__(self, look: Look, vendor: VendorChoice) -> None:
        super().__init__()
        self.box = CheckBox(look, one_line(vendor.name, _NAME_SHOWN))
        self.box.setAccessibleName(vendor.name)
        offered = [(key, sentence(words)) for key, words in vendor.ways]
        self.way = Select(look, offered, name=_("How to ask {vendor}").format(vendor=vendor.name))
        self.way.setVisible(len(vendor.ways) > 1)
        self._pill = Pill()
        self._how = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        lines = column(look, self, gap=0.25)
        head = Flow(look, gap=0.75, hang=_UNDER_THE_NAME)
        head.addWidget(self.box)
        head.addWidget(self._pill)
        lines.addLayout(head)
        under = column(look, gap=0.5, margins=(_UNDER_THE_NAME, 0, 0, 0))
        if vendor.about:
            under.addWidget(PlainLabel(vendor.about, kind=LabelKind.CAPTION, wrap=True, cap=160))
        under.addWidget(self._how)
        under.addWidget(self.way)
        lines.addLayout(under)
        self.show_vendor(vendor)

    def show_vendor(self, vendor: VendorChoice) -> None:
        """Show whether it is asked, and how."""
        self.box.setChecked(vendor.chosen)
        self.box.setAccessibleDescription(_standing(vendor))
        self.way.choose(vendor.way.value)
        self._pill.setText(_standing(vendor))
        self._pill.set_tone(_tone(vendor))
        alone = vendor.way is not Way.NATIVE and len(vendor.ways) == 1
        self._how.setText(_("Asked by: {way}.").format(way=dict(vendor.ways)[vendor.way.value]) if alone else "")
        self._how.setVisible(alone)


class PlanVendors(Card):
    """`chosen` carries the ids of the ticked vendors, in the order shown; `way_chosen` a vendor and its way."""

    chosen = Signal(object)
    way_chosen = Signal(str, str)
    add_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, parent=parent)
        self._look = look
        self._vendors: tuple[VendorChoice, ...] = ()
        self._rows: dict[str, _VendorRow] = {}
        self._all = False
        self._count = PlainLabel(kind=LabelKind.HEADING)
        self._many = Notice(look)
        self._lines = column(look, gap=1.25)
        self.more = Button(look, "", role=ButtonRole.QUIET, icon=Icon.CHEVRON_DOWN)
        self._not_now = PlainLabel(kind=LabelKind.CAPTION, wrap=True, cap=600)
        self._add = Button(look, _("Add a vendor…"), role=ButtonRole.QUIET, icon=Icon.STORE)
        self._add.clicked.connect(self.add_requested)
        self.more.clicked.connect(self._show_all)
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
        self.body.addWidget(self.more)
        self.body.addWidget(self._not_now)
        self.body.addWidget(self._many)
        self.body.addWidget(self._add)

    def show_vendors(self, view: PlanPageView) -> None:
        """Show who can be asked and who is ticked; the same vendors stay the same boxes."""
        if _made_from(view.vendors) != _made_from(self._vendors):
            with rebuilding(self):
                self._rebuild(view.vendors)
        self._vendors = view.vendors
        for vendor in view.vendors:
            self._rows[vendor.id].show_vendor(vendor)
        self._fold()
        self._not_now.setText(_not_now(view.not_now))
        self._not_now.setVisible(bool(view.not_now))
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

    def way(self, vendor_id: str) -> Select:
        """The choice of ways of one vendor."""
        return self._rows[vendor_id].way

    def box(self, vendor_id: str) -> CheckBox:
        """The box of one vendor."""
        return self._rows[vendor_id].box

    def _rebuild(self, vendors: tuple[VendorChoice, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self._all = {}, False
        for vendor in vendors:
            made = self._rows[vendor.id] = _VendorRow(self._look, vendor)
            made.box.clicked.connect(self._tell)
            made.way.chosen.connect(lambda way, key=vendor.id: self.way_chosen.emit(key, way))
            self._lines.addWidget(made)

    def _fold(self) -> None:
        """Those who fit and those who are asked are always shown; of all others the first few, until asked for."""
        folded = 0
        for at, vendor in enumerate(self._vendors):
            shown = self._all or at < _USUALLY_SHOWN or vendor.chosen or vendor.fits
            self._rows[vendor.id].setVisible(shown)
            folded += not shown
        words = ngettext("Show {count} more that can be asked", "Show {count} more that can be asked", folded)
        self.more.setText(words.format(count=folded))
        self.more.setVisible(bool(folded))

    def _show_all(self) -> None:
        self._all = True
        self._fold()

    def _tell(self) -> None:
        self.chosen.emit(tuple(key for key, one in self._rows.items() if one.box.isChecked()))


def _not_now(vendors: tuple[str, ...]) -> str:
    shown = "; ".join(one_line(one, _NAME_SHOWN * 2) for one in vendors[:_NOT_NOW_SHOWN])
    told = _(
        "Known, but not to be asked from here now: {vendors}. A shop's price list wants a page that you name to shops; "
        "a quote desk that nobody has described is asked by its own form."
    )
    return told.format(vendors=shown + ("…" if len(vendors) > _NOT_NOW_SHOWN else ""))


def _made_from(vendors: tuple[VendorChoice, ...]) -> list[tuple[object, ...]]:
    """What the boxes are made from; all else can be shown in them."""
    return [(one.id, one.name, one.about, one.ways) for one in vendors]


def _standing(vendor: VendorChoice) -> str:
    match vendor.way:
        case Way.MAIL | Way.LETTER:
            return _("sees you as the sender")
        case Way.UCP | Way.PAGE:
            return _("shows public prices")
        case Way.MCP:
            return _("signs no conditions")
        case Way.NATIVE:
            pass
    if not vendor.fits:
        return _("does not offer this here")
    return _("signs your conditions") if vendor.signs else _("may propose other conditions")


def _tone(vendor: VendorChoice) -> Tone:
    if vendor.way is not Way.NATIVE:
        return Tone.CAUTION if vendor.way in {Way.MAIL, Way.MCP} else Tone.NEUTRAL
    if not vendor.fits:
        return Tone.NEUTRAL
    return Tone.GOOD if vendor.signs else Tone.CAUTION
