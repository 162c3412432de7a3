"""The quote desk of a counterparty, in its file: where it is, what it demands, what was asked; and how to add one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteDesk, QuoteState
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.ui.models.claims_view import ClaimLine
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.desks import desk_facts
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.claim_list import ClaimList
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.quotes import quote_state_label

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile

OWN_FORM, OWN_FILE = "form", "file"
_LONGEST = 2000


class DeskCard(Card):
    """`added` carries vendor, address, kind and file ("" for none); `opened` a vendor's id."""

    added = Signal(str, str, str, str)
    opened = Signal(str)
    tab = RelationshipTab.OVERVIEW
    order = 215

    def __init__(self, look: Look, kinds: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(look, _("Their quote desk"), gap=1.25, parent=parent)
        self._vendor, self._file = "", ""
        self._dialog: QFileDialog | None = None
        self._told = PlainLabel(_what_it_is(), kind=LabelKind.MUTED, wrap=True)
        self._facts = KeyValues(look)
        self.asked = ClaimList(look)
        self.ask = Button(look, _("Ask it, or see its answers…"), icon=Icon.MESSAGE_SQUARE)
        self.change = Button(look, "", role=ButtonRole.QUIET, icon=Icon.PENCIL)
        self.address = QLineEdit()
        self.address.setMaxLength(_LONGEST)
        self.address.setPlaceholderText("https://mcp.vendor.example/mcp")
        self.kind = Select(
            look, [*kinds.items(), (OWN_FORM, _("Not known: by its own form")), (OWN_FILE, _("From a file of mine…"))]
        )
        self._address_row = FormRow(look, _("Address of the desk"), self.address)
        self._kind_row = FormRow(look, _("What kind of desk"), self.kind, _kind_hint())
        self.add = Button(look, _("Keep this desk"), icon=Icon.CHECK)
        self.form = QWidget()
        self._lay_out(look)
        self.ask.clicked.connect(lambda: self.opened.emit(self._vendor))
        self.change.clicked.connect(lambda: self._open(opened=True))
        self.kind.chosen.connect(self._chose)
        self.add.clicked.connect(self._add)
        self.address.returnPressed.connect(self._add)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: "RelationshipFile") -> None:
        """Show the desk, if one is known."""
        way = next((one for one in file.papers_of(KnownWay) if one.way is Way.MCP), None)
        desk = next(iter(file.papers_of(QuoteDesk)), None)
        self.show_desk(file.vendor.id, way, desk, file.papers_of(QuoteAsked))

    def show_desk(
        self, vendor: str, way: KnownWay | None, desk: QuoteDesk | None, asked: tuple[QuoteAsked, ...] = ()
    ) -> None:
        """Show it. What is being typed stays, unless it is another counterparty."""
        there = way is not None and desk is not None
        if vendor != self._vendor:
            self._vendor = vendor
            self.begin()
        self._told.setVisible(not there)
        self._facts.setVisible(there)
        self.ask.setVisible(there)
        self.change.setText(_("Change its address or kind") if there else _("They have a quote desk"))
        if way is not None and desk is not None:
            self._facts.show_facts([Fact(label=label, value=value) for label, value in desk_facts(way.address, desk)])
            if self.form.isHidden():
                self.address.setText(way.address)
                self.kind.choose(desk.profile.name if desk.profile is not None else OWN_FORM)
        lines = tuple(_line(one) for one in reversed(asked) if one.state is not QuoteState.DRAFT)
        self.asked.show_lines(lines)
        self.asked.setVisible(bool(lines))

    def begin(self) -> None:
        """It is kept: fold the form away."""
        self.address.clear()
        self._file = ""
        self._address_row.show_error("")
        self._open(opened=False)

    def show_error(self, words: str, *, kind: bool = False) -> None:
        """Say what is wrong with the address, or with the kind."""
        (self._kind_row if kind else self._address_row).show_error(words)
        (self.kind if kind else self.address).setFocus()

    def take_file(self, file: str) -> None:
        """This file describes the desk."""
        self._file = file
        self._kind_row.show_hint(_("As described in {file}").format(file=file))

    def _add(self) -> None:
        if not self.address.text().strip():
            self.show_error(_("Please type the address of the desk."))
            return
        if self.kind.key == OWN_FILE and not self._file:
            self._chose(OWN_FILE)
            return
        self._address_row.show_error("")
        self.added.emit(
            self._vendor, self.address.text().strip(), self.kind.key, self._file if self.kind.key == OWN_FILE else ""
        )

    def _chose(self, key: str) -> None:
        self._kind_row.show_hint(_kind_hint())
        if key != OWN_FILE:
            return
        dialog = QFileDialog(self, _("The file that describes the desk"), "", "JSON (*.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()

    def _open(self, *, opened: bool) -> None:
        self.form.setVisible(opened)
        self.change.setVisible(not opened)
        if opened:
            self.address.setFocus()

    def _lay_out(self, look: Look) -> None:
        lines = column(look, self.form, gap=1.25)
        lines.addWidget(self._address_row)
        lines.addWidget(self._kind_row)
        acts = Flow(look)
        acts.addWidget(self.add)
        lines.addLayout(acts)
        beside = Flow(look)
        beside.addWidget(self.ask)
        beside.addWidget(self.change)
        for part in (self._told, self._facts, self.asked):
            self.body.addWidget(part)
        self.body.addLayout(beside)
        self.body.addWidget(self.form)
        self._open(opened=False)


def _line(one: QuoteAsked) -> ClaimLine:
    tone = Tone.CAUTION if one.trouble else Tone.NEUTRAL
    what = _("Asked on {moment}").format(moment=moment_of(one.at))
    return ClaimLine(id=one.id, what=what, standing=quote_state_label(one.state), tone=tone)


def _what_it_is() -> str:
    return _("Some suppliers take requests for quotes from programs, at an address of their own.")


def _kind_hint() -> str:
    return _("The known kinds are after what is published about them; nobody has checked them here. Nothing is sent.")
