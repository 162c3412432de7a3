"""Anonymous or known, for one thing that is asked of a shop: the choice, and what it comes to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.shop_words import face_label, face_means

_ANONYMOUS, _KNOWN = "anonymous", "known"


class FaceChoice(QWidget):
    """`faced` tells that the person chose. Where there is no key that could sign, nothing is offered but the words."""

    faced = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [(_ANONYMOUS, face_label(known=False)), (_KNOWN, face_label(known=True))]
        self.choose = Select(look, options, name=_("How the shop sees me"))
        self._row = FormRow(look, _("How the shop sees me"), self.choose)
        self._means = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        lines = column(look, self, gap=0.5)
        lines.addWidget(self._row)
        lines.addWidget(self._means)
        self.choose.chosen.connect(self._chosen)
        self.show_face(known=False, can_be_known=False)

    @property
    def known(self) -> bool:
        """Whether it is to be signed."""
        return self.choose.key == _KNOWN

    @property
    def choice(self) -> bool | None:
        """The same, or None where there was nothing to choose."""
        return None if self._row.isHidden() else self.known

    def show_face(self, *, known: bool, can_be_known: bool) -> None:
        """Show how it is without the person's word."""
        self.choose.choose(_KNOWN if known and can_be_known else _ANONYMOUS)
        self._row.setVisible(can_be_known)
        self._explain()

    def _chosen(self) -> None:
        self._explain()
        self.faced.emit()

    def _explain(self) -> None:
        told = face_means(known=self.known)
        hint = _("To be known by a shop, see Settings, “How shops see me”.")
        self._means.setText(f"{told} {hint}" if self._row.isHidden() else told)
