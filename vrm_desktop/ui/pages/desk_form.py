"""The form that a quote desk wants filled in. Its words about a field stand apart from ours."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.desk_view import Asks, DeskField
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _

FROM_PROFILE = "@"
_LONGEST = 4000
_LONGEST_TOLD = 300


class DeskForm(QWidget):
    """`typed` is what the person puts in, by path; `changed` when anything was."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[DeskField, ...] = ()
        self.fields: dict[str, QLineEdit | Select | CheckBox] = {}
        self._lines = column(look, self, gap=1.25)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in it: nothing for what was neither put in now nor before."""
        return {one.path: text for one in self._shown if (text := self._text(one)) is not None}

    def show_fields(self, fields: Sequence[DeskField]) -> None:
        """Show these. What is being typed stays while they are the same."""
        if tuple(fields) == self._shown:
            return
        self._shown, self.fields = tuple(fields), {}
        with rebuilding(self):
            while (item := self._lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for one in self._shown:
                self._lines.addWidget(self._made(one))

    def _made(self, one: DeskField) -> QWidget:
        look = self._look
        if one.asks is Asks.TELL:
            box = CheckBox(look, one.label)
            box.setChecked(one.text == FROM_PROFILE)
            box.clicked.connect(self._tell)
            self.fields[one.path] = box
            return box
        field: QLineEdit | Select
        if one.asks is Asks.CHOICE:
            field = Select(look, one.choices)
            field.choose(one.text)
            field.chosen.connect(self._tell)
        else:
            field = QLineEdit(one.text)
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(one.filled)
            field.textEdited.connect(self._tell)
        self.fields[one.path] = field
        said = " ".join(one.told.split())[:_LONGEST_TOLD]
        told = _("It says: “{words}”").format(words=said) if said else ""
        return FormRow(look, one.label, field, "\n".join(part for part in (one.hint, told) if part))

    def _text(self, one: DeskField) -> str | None:
        field = self.fields[one.path]
        if isinstance(field, CheckBox):
            return FROM_PROFILE if field.isChecked() else "" if one.text else None
        text = field.key if isinstance(field, Select) else field.text().strip()
        if text:
            return text
        return None if not one.text else FROM_PROFILE if one.filled else ""

    def _tell(self) -> None:
        self.changed.emit()
