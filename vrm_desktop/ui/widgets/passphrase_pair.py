"""A passphrase chosen: typed with a meter, typed again, and accepted only when it is not easy to guess."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.passphrase_strength import Strength
from vrm_desktop.wording.catalogue import _


class PassphrasePair(QWidget):
    """`submitted` on Enter in the second field."""

    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = PassphraseEdit(look, meter=True)
        self._second = PassphraseEdit(look)
        self._first_row = FormRow(look, _("New passphrase"), self._first)
        self._second_row = FormRow(look, _("The same again"), self._second)
        lines = column(look, self, gap=2)
        lines.addWidget(self._first_row)
        lines.addWidget(self._second_row)
        self._first.submitted.connect(self._second.setFocus)
        self._second.submitted.connect(self.submitted)
        self.setFocusProxy(self._first)

    def chosen(self) -> str | None:
        """The passphrase, or None where something is wrong with it, which is said then."""
        self._first_row.show_error("")
        self._second_row.show_error("")
        if self._first.estimate.strength in (Strength.TOO_SHORT, Strength.WEAK):
            self._first_row.show_error(_("This passphrase is too easy to guess. Add a word or two."))
            self._first.setFocus()
            return None
        if self._first.passphrase != self._second.passphrase:
            self._second_row.show_error(_("The two are not the same. Please type it again."))
            self._second.setFocus()
            self._second.select_all()
            return None
        return self._first.passphrase

    def clear(self) -> None:
        """Forget what is typed."""
        self._first.clear()
        self._second.clear()
