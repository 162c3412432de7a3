"""Leaks on the page of a counterparty: an address that somebody else wrote to, what that breaks, and cutting off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.leak_words import leak_line

_LONGEST_ADDRESS = 254
_LONGEST_TEXT = 2000


class LeakCard(Card):
    """`reported` carries an address and what happened; `cut_off` a counterparty's id and a leak's."""

    reported = Signal(str, str)
    cut_off = Signal(str, str)
    tab = RelationshipTab.OVERVIEW
    order = 260

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Addresses that only they have"), gap=1.25, parent=parent)
        self._vendor, self._leak, self._sure = "", "", False
        self._alone = PlainLabel(kind=LabelKind.BODY, wrap=True, selectable=True)
        self.leaks = Points(look)
        self.off = Button(look, "", role=ButtonRole.DANGER, icon=Icon.SHIELD_ALERT)
        self.open = Button(look, _("Somebody else wrote to one of them"), role=ButtonRole.QUIET, icon=Icon.MAIL)
        self.address, self.what = QLineEdit(), QLineEdit()
        self.address.setMaxLength(_LONGEST_ADDRESS)
        self.what.setMaxLength(_LONGEST_TEXT)
        self._address_row = FormRow(look, _("The address they wrote to"), self.address, _hint())
        self.report = Button(look, _("Note this leak"), icon=Icon.CHECK)
        self.form = QWidget()
        self._lay_out(look)
        self.open.clicked.connect(lambda: self._open(opened=self.form.isHidden()))
        self.report.clicked.connect(self._report)
        self.address.returnPressed.connect(self._report)
        self.off.clicked.connect(self._cut_off)
        self._ask_again(sure=False)
        self._open(opened=False)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """Which addresses only this counterparty has, and what came of them."""
        self.show_leaks(
            file.vendor.id, file.vendor.name, references=file.papers_of(ReplyReference), leaks=file.papers_of(Leak)
        )

    def show_leaks(
        self, vendor: VendorId, name: str, *, references: tuple[ReplyReference, ...], leaks: tuple[Leak, ...]
    ) -> None:
        """Show both. What is being typed stays, unless it is another counterparty."""
        if vendor != self._vendor:
            self._vendor = vendor
            self.begin()
        self._alone.setText(_alone(name, tuple(one.address for one in references if one.retired is None)))
        self.leaks.show_points(tuple(leak_line(one, name) for one in leaks))
        self.leaks.setVisible(bool(leaks))
        standing = [one.id for one in leaks if one.cut_off is None]
        self._leak = standing[-1] if standing else ""
        self.off.setVisible(bool(standing))
        self._ask_again(sure=False)

    def begin(self) -> None:
        """It is noted: fold the form away."""
        self.address.clear()
        self.what.clear()
        self._address_row.show_error("")
        self._open(opened=False)

    def show_error(self, error: str) -> None:
        """Why this address proves nothing."""
        self._address_row.show_error(error)
        self.address.setFocus()

    def _report(self) -> None:
        address = self.address.text().strip()
        if address:
            self._address_row.show_error("")
            self.reported.emit(address, self.what.text().strip())
        else:
            self.show_error(_("Please type the address."))

    def _cut_off(self) -> None:
        """The first press only asks, for what follows cannot be unsaid."""
        if self._sure:
            self.cut_off.emit(self._vendor, self._leak)
        self._ask_again(sure=not self._sure)

    def _ask_again(self, *, sure: bool) -> None:
        self._sure = sure
        self.off.setText(_("Yes, cut off contact now") if sure else _("Cut off contact, with the proof"))

    def _open(self, *, opened: bool) -> None:
        self.form.setVisible(opened)
        self.open.setVisible(not opened)
        if opened:
            self.address.setFocus()

    def _lay_out(self, look: Look) -> None:
        lines = column(look, self.form, gap=1.25)
        lines.addWidget(self._address_row)
        lines.addWidget(FormRow(look, _("What happened"), self.what, _("In short, such as: a casino wrote to me.")))
        acts = Flow(look)
        acts.addWidget(self.report)
        lines.addLayout(acts)
        beside = Flow(look)
        beside.addWidget(self.off)
        beside.addWidget(self.open)
        self.body.addWidget(self._alone)
        self.body.addWidget(self.leaks)
        self.body.addLayout(beside)
        self.body.addWidget(self.form)


def _alone(name: str, addresses: tuple[str, ...]) -> str:
    if not addresses:
        return _("{name} has no address of its own now.").format(name=name)
    return _("Only {name} was given: {addresses}").format(name=name, addresses=", ".join(addresses))


def _hint() -> str:
    return _("Whom you gave it to, and which agreement the leak breaks, is found by itself.")
