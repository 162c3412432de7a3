"""Proof on the page of one counterparty: what a bundle would hold, what of it to show, and where to save it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.make_bundle import Choice, Choosable
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.bundle_words import what_a_bundle_holds
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import asked_field_label

_VALUE, _LETTER, _ATTACHMENT = "value", "letter", "attachment"


class BundleCard(Card):
    """`asked` carries a relationship's id; `made` also the file's name and the `Choice`."""

    asked = Signal(str)
    made = Signal(str, str, object)
    tab = RelationshipTab.STORY
    order = 950

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Proof"), gap=1.25, parent=parent)
        self._look, self._file, self._name = look, "", ""
        self._dialog: QFileDialog | None = None
        self.boxes: dict[tuple[str, str], CheckBox] = {}
        self._chosen = QWidget()
        self._choices = column(look, self._chosen, gap=0.75)
        self.choose = Button(look, _("Choose what to show"), icon=Icon.LIST_CHECKS)
        self.save = Button(look, _("Save the proof as a file"), icon=Icon.DOWNLOAD)
        self.body.addWidget(
            PlainLabel(_("All that was said, in one file that anybody can check."), kind=LabelKind.BODY, wrap=True)
        )
        for sentence in what_a_bundle_holds():
            self.body.addWidget(PlainLabel(sentence, kind=LabelKind.CAPTION, wrap=True))
        self.body.addWidget(self._chosen)
        acts = Flow(look)
        acts.addWidget(self.choose)
        acts.addWidget(self.save)
        self.body.addLayout(acts)
        self._chosen.setVisible(False)
        self.choose.clicked.connect(lambda: self.asked.emit(self._file))
        self.save.clicked.connect(self._save)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """Another file begins with nothing chosen; hidden where there is nothing to prove."""
        if self._file != file.relationship.id:
            self._file, self._name = file.relationship.id, file.vendor.name
            self._fill(())
        self.setVisible(bool(file.journal or file.papers))

    def show_choosable(self, found: Choosable) -> None:
        """Show what can be chosen, all of it unchosen."""
        values: dict[str, list[str]] = {}
        for one in found.values:
            values.setdefault(one.name, []).append(asked_value_label(one.name, one.value))
        lines = [
            (_VALUE, name, f"{asked_field_label(name)}: {', '.join(dict.fromkeys(shown))}")
            for name, shown in values.items()
        ]
        lines += [(_LETTER, one.id, _("Letter: {subject}").format(subject=one.subject)) for one in found.letters]
        lines += [(_ATTACHMENT, one.id, _("Document: {name}").format(name=one.name)) for one in found.attachments]
        gone = ngettext(
            "{count} value was erased here and stays hidden.",
            "{count} values were erased here and stay hidden.",
            found.erased,
        ).format(count=found.erased)
        self._fill(tuple(lines), gone if found.erased else "")
        self._chosen.setVisible(True)

    @property
    def choice(self) -> Choice:
        """What is ticked."""
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        return Choice(
            names=frozenset(key for kind, key in ticked if kind == _VALUE),
            letters=frozenset(key for kind, key in ticked if kind == _LETTER),
            attachments=frozenset(key for kind, key in ticked if kind == _ATTACHMENT),
        )

    def take_file(self, file: str) -> None:
        """Make the proof into this file."""
        self.made.emit(self._file, file, self.choice)

    def _fill(self, lines: tuple[tuple[str, str, str], ...], gone: str = "") -> None:
        with rebuilding(self._chosen):
            while (item := self._choices.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self.boxes = {(kind, key): CheckBox(self._look, words) for kind, key, words in lines}
            head = _("Show in it:") if lines else _("There is nothing to choose: it shows no value of yours.")
            self._choices.addWidget(PlainLabel(head, kind=LabelKind.OVERLINE if lines else LabelKind.MUTED, wrap=True))
            for box in self.boxes.values():
                self._choices.addWidget(box)
            if gone:
                self._choices.addWidget(PlainLabel(gone, kind=LabelKind.CAPTION, wrap=True))
        self._chosen.setVisible(False)

    def _save(self) -> None:
        dialog = QFileDialog(self, _("Save the proof"), _("proof.zip"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()
