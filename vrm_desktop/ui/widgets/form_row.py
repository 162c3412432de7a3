"""One question of a form: label, field, hint, and the error in the hint's place."""

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import column


class FormRow(QWidget):
    """`field` is any editable widget; its name and description for screen readers come from here."""

    def __init__(self, look: Look, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._hint = field, hint
        self._label = PlainLabel(label, kind=LabelKind.STRONG)
        typed = field.focusProxy() or field
        self._label.setBuddy(typed)
        typed.setAccessibleName(label)
        self._note = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        lines = column(look, self, gap=0.5)
        lines.addWidget(self._label)
        lines.addWidget(field)
        lines.addWidget(self._note)
        self.show_error("")

    @property
    def note(self) -> str:
        """What stands under the field now."""
        return self._note.text()

    def rename(self, label: str) -> None:
        """Ask for something else in the same field."""
        self._label.setText(label)
        (self.field.focusProxy() or self.field).setAccessibleName(label)

    def show_hint(self, hint: str) -> None:
        """Another hint; what was wrong is no longer said."""
        self._hint = hint
        self.show_error("")

    def show_error(self, error: str) -> None:
        """Show `error` in the hint's place, or the hint again when it is empty."""
        note = error or self._hint
        self._note.setText(note)
        self._note.setVisible(bool(note))
        restyle(self._note, kind=(LabelKind.ERROR if error else LabelKind.CAPTION).value)
        target = self.field.focusProxy() or self.field
        target.setAccessibleDescription(note)
        restyle(target, invalid="true" if error else "false")
