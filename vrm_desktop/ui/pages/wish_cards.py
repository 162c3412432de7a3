"""The cards about data in a counterparty's file: what it would like to know, and what rests on consent."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vrm_desktop.ui.models.wishes_view import ConsentLine, WishesView, WishFieldLine, WishLine
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.services.keep_relationship import RelationshipFile

_LONGEST = 2000
_MOST = 12
_BESIDE_BOX = 4  # steps of the grid to where a box's words begin


class WishBlock(QWidget):
    """One wish with its buttons. `granted` carries the chosen fields' names and typed values."""

    granted = Signal(object, object)
    refused = Signal()
    undone = Signal()
    came = Signal(bool)

    def __init__(self, look: Look, line: WishLine) -> None:
        super().__init__()
        self.boxes: dict[str, CheckBox] = {}
        self.typed: dict[str, QLineEdit] = {}
        body = self._body = column(look, self, gap=1)
        head = row(look, gap=1)
        verdict = Pill()
        verdict.setText(line.verdict)
        verdict.set_tone(line.tone)
        head.addWidget(verdict)
        head.addWidget(PlainLabel(line.state, kind=LabelKind.MUTED, wrap=True), 1)
        body.addLayout(head)
        if line.why:
            body.addWidget(PlainLabel(line.why, kind=LabelKind.STRONG, wrap=True, cap=_LONGEST))
        for field in line.fields:
            self._add_field(look, field, asks=line.asks)
        for words in (line.back, line.advice):
            if words:
                body.addWidget(PlainLabel(words, kind=LabelKind.MUTED, wrap=True))
        self._add_buttons(look, line)

    @property
    def names(self) -> list[str]:
        """The fields that are ticked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _add_field(self, look: Look, field: WishFieldLine, *, asks: bool) -> None:
        body = self._body
        words = f"{field.label} · {field.detail}"
        if not asks:
            body.addWidget(PlainLabel(words, wrap=True))
            return
        box = CheckBox(look, words)
        box.setChecked(field.chosen)
        self.boxes[field.name] = box
        body.addWidget(box)
        if field.missing and field.chosen:
            typed = QLineEdit()
            typed.setMaxLength(_LONGEST)
            typed.setPlaceholderText(_("Not in your profile: type it here"))
            typed.setAccessibleName(field.label)
            self.typed[field.name] = typed
            body.addLayout(self._under(look, typed))
        elif field.value:
            body.addLayout(self._under(look, PlainLabel(field.value, kind=LabelKind.CAPTION, wrap=True)))

    def _under(self, look: Look, part: QWidget) -> QHBoxLayout:
        """In line with the words of the box above it."""
        line = row(look, margins=(_BESIDE_BOX, 0, 0, 0))
        line.addWidget(part, 1)
        return line

    def _add_buttons(self, look: Look, line: WishLine) -> None:
        buttons = row(look, gap=1)
        if line.asks:
            self.yes = Button(look, _("Let it know"), role=ButtonRole.PRIMARY)
            self.no = Button(look, _("Refuse"))
            self.yes.clicked.connect(self._grant)
            self.no.clicked.connect(self.refused)
            buttons.addWidget(self.yes)
            buttons.addWidget(self.no)
        if line.act:
            self.undo = Button(look, _("Take it back"))
            self.undo.clicked.connect(self.undone)
            buttons.addWidget(self.undo)
        if line.due:
            self.got = Button(look, _("I got it"), role=ButtonRole.PRIMARY)
            self.missing = Button(look, _("It did not come"))
            self.got.clicked.connect(lambda: self.came.emit(True))  # noqa: FBT003 - a signal's value
            self.missing.clicked.connect(lambda: self.came.emit(False))  # noqa: FBT003 - a signal's value
            buttons.addWidget(self.got)
            buttons.addWidget(self.missing)
        buttons.addStretch(1)
        if buttons.count() > 1:
            self._body.addLayout(buttons)

    def _grant(self) -> None:
        typed = {name: field.text() for name, field in self.typed.items() if field.text().strip()}
        self.granted.emit(self.names, typed)


class WishesCard(Card):
    """`looked` carries the relationship whose wishes to show; `granted` wish, names, typed values."""

    tab = RelationshipTab.TERMS
    order = 350
    looked = Signal(str)
    granted = Signal(str, object, object)
    refused = Signal(str)
    undone = Signal(str)
    came = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("What they would like to know"), gap=1.5)
        self._look = look
        self.blocks: list[WishBlock] = []
        self._inside = QWidget()
        self._lines = column(look, self._inside, gap=1.5)
        self._folded = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._view: WishesView | None = None
        self.body.addWidget(self._inside)
        self.body.addWidget(self._folded)
        self.hide()

    @property
    def widget(self) -> QWidget:
        """The card itself."""
        return self

    def show_file(self, file: "RelationshipFile") -> None:
        """Ask for the wishes of the file."""
        self.looked.emit(file.relationship.id)

    def show_wishes(self, view: WishesView) -> None:
        """Show them; hidden while there are none. What is being typed stays while nothing changed."""
        if view == self._view:
            return
        self._view = view
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.blocks = []
        for number, line in enumerate(view.lines[:_MOST]):
            if number:
                self._lines.addWidget(Rule())
            self._lines.addWidget(self._block(line))
        self._folded.setText(view.folded)
        self._folded.setVisible(bool(view.folded))
        self.setVisible(bool(view.lines))

    def _block(self, line: WishLine) -> WishBlock:
        block = WishBlock(self._look, line)
        block.granted.connect(lambda names, typed: self.granted.emit(line.id, names, typed))
        block.refused.connect(lambda: self.refused.emit(line.id))
        block.undone.connect(lambda: self.undone.emit(line.act))
        block.came.connect(lambda came: self.came.emit(line.id, came))
        self.blocks.append(block)
        return block


class ConsentRow(QWidget):
    """One consent, with the button that takes it back, and the one that renews it, where that can be."""

    withdrawn = Signal()
    renewed = Signal()
    undone = Signal()

    def __init__(self, look: Look, line: ConsentLine) -> None:
        super().__init__()
        across = row(look, self, gap=1.5)
        words = column(look, gap=0.25)
        head = row(look, gap=1)
        head.addWidget(PlainLabel(line.what, kind=LabelKind.STRONG, wrap=True), 1)
        state = Pill()
        state.setText(line.state)
        state.set_tone(line.tone)
        head.addWidget(state)
        words.addLayout(head)
        words.addWidget(PlainLabel(line.detail, kind=LabelKind.MUTED, wrap=True))
        words.addWidget(PlainLabel(line.story, kind=LabelKind.CAPTION, wrap=True))
        if line.meaning:
            words.addWidget(PlainLabel(line.meaning, kind=LabelKind.MUTED, wrap=True))
        across.addLayout(words, 1)
        buttons = column(look, gap=0.75)
        if line.renew:
            self.renew = Button(look, line.renew)
            self.renew.clicked.connect(self.renewed)
            buttons.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignRight)
        if line.act:
            self.undo = Button(look, _("Do not send it"))
            self.undo.clicked.connect(self.undone)
            buttons.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignRight)
        if line.stands:
            self.withdraw = Button(look, _("Take consent back"), role=ButtonRole.DANGER)
            self.withdraw.clicked.connect(self.withdrawn)
            buttons.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignRight)
        if buttons.count():
            buttons.addStretch(1)
            across.addLayout(buttons)


class ConsentList(QWidget):
    """Consents one below the other. `withdrawn` and `renewed` carry the id of one, `undone` the act that waits."""

    withdrawn = Signal(str)
    renewed = Signal(str)
    undone = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = column(look, self, gap=1.5)
        self.rows: list[ConsentRow] = []

    def show_lines(self, lines: tuple[ConsentLine, ...]) -> None:
        """Show these instead."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(Rule())
            shown = ConsentRow(self._look, line)
            shown.withdrawn.connect(lambda key=line.id: self.withdrawn.emit(key))
            shown.renewed.connect(lambda key=line.id: self.renewed.emit(key))
            shown.undone.connect(lambda act=line.act: self.undone.emit(act))
            self.rows.append(shown)
            self._lines.addWidget(shown)


class ConsentsCard(Card):
    """`looked` asks for the consents of a vendor; `withdrawn` and `renewed` carry the id of one, `undone` an act's."""

    tab = RelationshipTab.TERMS
    order = 360
    looked = Signal(str)
    withdrawn = Signal(str)
    renewed = Signal(str)
    undone = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("What rests on your consent"), gap=1.5)
        self.list = ConsentList(look)
        self.list.withdrawn.connect(self.withdrawn)
        self.list.renewed.connect(self.renewed)
        self.list.undone.connect(self.undone)
        self.body.addWidget(self.list)
        self.hide()

    @property
    def widget(self) -> QWidget:
        """The card itself."""
        return self

    def show_file(self, file: "RelationshipFile") -> None:
        """Ask for the counterparty's consents, and whether they can be renewed; hidden while there are none."""
        from vrm_desktop.domain.consent import Consent

        if file.papers_of(Consent):
            self.looked.emit(file.vendor.id)
        else:
            self.show_lines(())

    def show_lines(self, lines: tuple[ConsentLine, ...]) -> None:
        """Show these."""
        self.list.show_lines(lines)
        self.setVisible(bool(lines))
