"""Documents on the page of a counterparty: whatever was attached to its papers, and a copy of one for you to open."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.services.keep_documents import newest_first
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext


class DocumentsCard(Card):
    """`saved` carries a document's id and the file that its copy goes into. Hidden where there are none."""

    saved = Signal(str, str)
    tab = RelationshipTab.PAPERS
    order = 950

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Documents"), gap=1.25, parent=parent)
        self._names: dict[str, str] = {}
        self._dialog: QFileDialog | None = None
        self._told = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self.which = Select(look, name=_("Which document"))
        self.save = Button(look, _("Save a copy…"), icon=Icon.DOWNLOAD)
        line = row(look, gap=1.5)
        line.addWidget(self.which, 1)
        line.addWidget(self.save)
        self.body.addWidget(self._told)
        self.body.addLayout(line)
        self.body.addWidget(
            PlainLabel(
                _("A copy lies outside your vault: whoever can read your files can read it."),
                kind=LabelKind.CAPTION,
                wrap=True,
            )
        )
        self.save.clicked.connect(self._choose)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """The documents of this counterparty."""
        self.show_documents(file.papers_of(Attachment))

    def show_documents(self, found: tuple[Attachment, ...]) -> None:
        """Show them, the newest first. The chosen one stays."""
        self._names = {one.id: one.name for one in found}
        count = len(found)
        told = ngettext("{count} document lies here.", "{count} documents lie here.", count)
        self._told.setText(told.format(count=count))
        self.which.offer([(one.id, f"{one.name} ({values.day(one.at.date())})") for one in newest_first(found)])
        self.setVisible(bool(found))

    def take_file(self, path: str) -> None:
        """Where the copy goes."""
        self.saved.emit(self.which.key, path)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Save a copy of the document"), Path(self._names[self.which.key]).name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()
