"""One field of the profile: its value, what plans may do with it, its coarse form, and who has it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.models.profile_view import FieldRow
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.wording.catalogue import _

_LONGEST = 2000
_IN_PART = "coarse"


class FieldCard(Card):
    """`saved` carries (key, value, share); `removed` the field's key; `copy_requested` its value."""

    saved = Signal(str, str, str)
    removed = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, margins=(2.5, 2), parent=parent)
        self._field: FieldRow | None = None
        self._shares: tuple[tuple[str, str], ...] = ()
        self.value = QLineEdit()
        self.value.setMaxLength(_LONGEST)
        self._value_row = FormRow(look, _("Value"), self.value)
        self._title = PlainLabel(kind=LabelKind.HEADING)
        self._share_title = PlainLabel(_("May vendors be told?"), kind=LabelKind.STRONG)
        self._share_place = row(look)
        self.share: Segmented | None = None
        self._facts = KeyValues(look)
        self.remove = Button(look, "", role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self.copy = Button(look, _("Copy"), icon=Icon.COPY)
        self.save = Button(look, _("Save"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self._look = look
        self._lay_out(look)
        self.value.textEdited.connect(self._enable)
        self.value.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(self._shown_value()))
        self.remove.clicked.connect(lambda: self.removed.emit(self._shown_key()))

    def show_field(self, field: FieldRow, shares: tuple[tuple[str, str], ...]) -> None:
        """Show a field. What is being typed stays while the same field is shown and its value is still the same."""
        typing = self._field is not None and self._field.key == field.key and self._field.value == field.value
        if self._field == field and self._shares == shares:
            return
        self._field, self._shares = field, shares
        self._title.setText(field.label)
        if not typing:
            self.value.setText(field.value)
            self.value.setCursorPosition(0)
        self._value_row.show_error("")
        self._choices(field)
        self._facts.show_facts(_facts(field))
        self._facts.setVisible(bool(field.id))
        self.remove.setText(_("Remove {what}").format(what=field.label.lower()))
        self.remove.setVisible(bool(field.id))
        self.copy.setVisible(bool(field.id))
        self._enable()

    def begin(self) -> None:
        """Type into it."""
        self.value.setFocus()
        self.value.selectAll()

    def show_error(self, error: str) -> None:
        """Say what is wrong with the value."""
        self._value_row.show_error(error)

    def _shown_key(self) -> str:
        return self._field.key if self._field is not None else ""

    def _shown_value(self) -> str:
        return self._field.value if self._field is not None else ""

    def _choices(self, field: FieldRow) -> None:
        options = [(key, words) for key, words in self._shares if key != _IN_PART or field.coarse]
        if self.share is not None:
            self._share_place.removeWidget(self.share)
            self.share.hide()
            self.share.deleteLater()
        self.share = Segmented(self._look, _("May vendors be told?"), options)
        self.share.choose(field.share if field.share in dict(options) else options[0][0])
        self.share.chosen.connect(self._enable)
        self._share_place.insertWidget(0, self.share)

    def _save(self) -> None:
        field, value = self._field, self.value.text().strip()
        if field is None or self.share is None:
            return
        if not value:
            self.show_error(_("Please type something, or remove the field."))
            return
        self.saved.emit(field.key, value, self.share.key)

    def _enable(self) -> None:
        field = self._field
        changed = field is not None and (
            self.value.text().strip() != field.value or (self.share is not None and self.share.key != field.share)
        )
        self.save.setEnabled(changed)

    def _lay_out(self, look: Look) -> None:
        share = column(look, gap=0.5)
        share.addWidget(self._share_title)
        share.addLayout(self._share_place)
        self._share_place.addStretch(1)
        foot = row(look, gap=1)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.copy)
        foot.addWidget(self.save)
        self.body.addWidget(self._title)
        self.body.addWidget(self._value_row)
        self.body.addLayout(share)
        self.body.addWidget(self._facts)
        self.body.addLayout(foot)


def _facts(field: FieldRow) -> tuple[Fact, ...]:
    facts = []
    if field.coarse:
        facts.append(Fact(label=_("In part it is"), value=field.coarse))
    facts.append(Fact(label=_("Who has it"), value=", ".join(field.known_to) or _("nobody")))
    facts.append(Fact(label=_("Where it comes from"), value=field.source))
    return tuple(facts)
