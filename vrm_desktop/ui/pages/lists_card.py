"""Organisations on imported lists that may be asked, too: find one by name, and take it among those whom one knows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.vendors_view import ListedView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.wording.catalogue import _, ngettext

_LONGEST = 100


class ListsCard(Card):
    """Hidden where no list is in. `words_changed` carries what is looked for, `taken` the id of an entry."""

    words_changed = Signal(str)
    taken = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1, margins=2, parent=parent)
        self._look = look
        self._view = ListedView()
        self.words = QLineEdit()
        self.words.setMaxLength(_LONGEST)
        self.words.setClearButtonEnabled(True)
        self._field = FormRow(look, _("From my lists"), self.words)
        self._lines = column(look, gap=0.5)
        self.buttons: dict[str, Button] = {}
        self._none = PlainLabel(_("No list names anybody like that."), kind=LabelKind.MUTED, wrap=True)
        self.body.addWidget(self._field)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._none)
        self.words.textChanged.connect(self.words_changed)
        self.hide()

    def show_listed(self, view: ListedView) -> None:
        """Show how many there are, and those that were found."""
        count = view.count
        on_them = ngettext("A name; they have {count} organisation", "A name; they have {count} organisations", count)
        self.words.setPlaceholderText(on_them.format(count=count))
        if view.entries != self._view.entries:
            with rebuilding(self):
                self._fill(view)
        self._view = view
        self._none.setVisible(bool(view.words) and not view.entries)
        self.setVisible(bool(count))

    def _fill(self, view: ListedView) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for key, name, ways in view.entries:
            whole = QWidget()
            line = row(self._look, whole, gap=2)
            words = column(self._look, gap=0.25)
            words.addWidget(PlainLabel(name, kind=LabelKind.STRONG, wrap=True, cap=200))
            words.addWidget(PlainLabel(ways, kind=LabelKind.CAPTION, wrap=True, cap=300))
            made = self.buttons[key] = Button(self._look, _("Take it in"), icon=Icon.PLUS)
            made.setAccessibleDescription(name)
            made.clicked.connect(lambda _checked=False, entry=key: self.taken.emit(entry))
            line.addLayout(words, 1)
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(whole)
