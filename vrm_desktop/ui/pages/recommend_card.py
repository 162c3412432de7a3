"""Handing a vendor's signed card on: as a code to scan, as text, or as a file. Nothing about the person is in any."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.qr_code import QrCode
from vrm_desktop.wording.catalogue import _

_LONGEST_NOTE = 140


class RecommendCard(Card):
    """`asked` carries the note for the code; `saved` the note and a file; `copied` the code as text."""

    asked = Signal(str)
    saved = Signal(str, str)
    copied = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Recommend this vendor"), gap=1.25, margins=(2.5, 2), parent=parent)
        self._link, self._name = "", ""
        self._dialog: QFileDialog | None = None
        self.note = QLineEdit()
        self.note.setMaxLength(_LONGEST_NOTE)
        self.code = QrCode(look, _("A code that recommends this vendor"))
        self.show_it = Button(look, _("Show a code"), icon=Icon.QR_CODE)
        self.copy = Button(look, _("Copy it as text"), icon=Icon.COPY)
        self.save = Button(look, _("Save as a file…"), icon=Icon.DOWNLOAD)
        self._lay_out(look)
        self.show_it.clicked.connect(lambda: self.asked.emit(self.note.text().strip()))
        self.copy.clicked.connect(lambda: self.copied.emit(self._link))
        self.save.clicked.connect(self._choose)
        self.note.textEdited.connect(self._forget)
        self._forget()

    def begin(self, name: str) -> None:
        """Another vendor: begin anew."""
        if name != self._name:
            self._name = name
            self.note.clear()
            self._forget()

    def show_code(self, link: str, svg: bytes) -> None:
        """Show a code, and let its text be copied."""
        self._link = link
        self.code.show_code(svg)
        self.copy.show()

    def take_file(self, path: str) -> None:
        """The file that was chosen."""
        self.saved.emit(self.note.text().strip(), path)

    def _forget(self) -> None:
        self._link = ""
        self.code.show_code(b"")
        self.copy.hide()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Save the vendor's card"), _("vendor.vendorcard"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self, look: Look) -> None:
        beside = row(look, gap=2)
        words = column(look, gap=1)
        words.addWidget(PlainLabel(_what_goes(), kind=LabelKind.MUTED, wrap=True))
        words.addWidget(FormRow(look, _("A few words of yours, if you like"), self.note))
        buttons = row(look, gap=1)
        for button in (self.show_it, self.copy, self.save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        words.addLayout(buttons)
        words.addStretch(1)
        beside.addLayout(words, 1)
        beside.addWidget(self.code)
        self.body.addLayout(beside)


def _what_goes() -> str:
    return _("Its own signed card goes along, and these words if you write any. Nothing else about you does.")
