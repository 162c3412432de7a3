"""Adding a public price to a want: by the address of a shop's page, or from a page that was saved as a file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.wording.catalogue import _

_LONGEST = 8000


class PriceAdding(Card):
    """`visited` carries an address, `read` the path of a saved page, `left` that nothing is added."""

    visited = Signal(str)
    read = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Add a shop's page"), gap=1.5, parent=parent)
        self._dialog: QFileDialog | None = None
        self.address = QLineEdit()
        self.address.setMaxLength(_LONGEST)
        self.address.setPlaceholderText("https://")
        self._row = FormRow(look, _("Address of the product's page"), self.address)
        self.visit = Button(look, _("Visit it once now"), role=ButtonRole.PRIMARY, icon=Icon.EXTERNAL_LINK)
        self.onward = Button(look, _("Use the address it leads to"), icon=Icon.ARROW_RIGHT)
        self.file = Button(look, _("Take a saved page…"), icon=Icon.FILE_TEXT)
        self.leave = Button(look, _("Cancel"), role=ButtonRole.QUIET)
        self._leads_to = ""
        acts = Flow(look)
        for button in (self.visit, self.onward, self.file, self.leave):
            acts.addWidget(button)
        self.body.addWidget(self._row)
        self.body.addWidget(PlainLabel(_visit_tells(), kind=LabelKind.CAPTION, wrap=True))
        self.body.addLayout(acts)
        self.body.addWidget(PlainLabel(_file_tells(), kind=LabelKind.CAPTION, wrap=True))
        self.address.textChanged.connect(self._enable)
        self.address.returnPressed.connect(self.visit.click)
        self.visit.clicked.connect(self._visit)
        self.onward.clicked.connect(self._take_onward)
        self.file.clicked.connect(self._choose)
        self.leave.clicked.connect(self.left)
        self.begin()

    def begin(self) -> None:
        """Empty, and nothing said."""
        self.address.clear()
        self.show_error("")

    def show_error(self, error: str, leads_to: str = "") -> None:
        """Why nothing was kept; `leads_to` is where the page leads on to, which the person may add instead."""
        told = _("It leads to: {link}").format(link=leads_to) if leads_to else ""
        self._row.show_error(f"{error} {told}".strip())
        self._leads_to = leads_to
        self.onward.setVisible(bool(leads_to))
        self.address.setEnabled(True)
        self._enable()

    def take_file(self, path: str) -> None:
        """Read the page that was saved there."""
        self.read.emit(path)

    def _enable(self) -> None:
        self.visit.setEnabled(self.address.isEnabled() and bool(self.address.text().strip()))

    def _visit(self) -> None:
        self.address.setEnabled(False)
        self.visit.setEnabled(False)
        self.visited.emit(self.address.text().strip())

    def _take_onward(self) -> None:
        self.address.setText(self._leads_to)
        self.show_error("")
        self.address.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("A page of a shop, saved as HTML"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{_('Saved pages')} (*.html *.htm *.xhtml)", f"{_('All files')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()


def _visit_tells() -> str:
    return _(
        "The shop sees that somebody visits this page, and your network address. One request leaves, now; nothing else "
        "of the page is fetched, and what follows people is taken out of the address before."
    )


def _file_tells() -> str:
    return _("A saved page (as HTML, from your browser) tells nobody anything. You can also drop it on this window.")
