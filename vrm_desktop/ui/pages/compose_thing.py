"""The thing itself: title, category with its closed attributes, condition, how many, and details in words."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.categories import CATEGORIES, CategoryKind
from vrm_desktop.domain.intentcast import DETAILS_LENGTH, TITLE_LENGTH, Condition
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.ui.pages.thing_words import (
    attribute_label,
    category_options,
    condition_label,
    value_label,
)
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.number_field import NumberField
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _

_MOST = 999


class ComposeThing(Card):
    """`edited` carries the name of a draft's field (`attribute:KEY` for an attribute) and its new value."""

    edited = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What it is"), gap=1.5, parent=parent)
        self._look = look
        self._category: str | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(TITLE_LENGTH)
        self.category = Select(look, (("", _("Choose the nearest one")), *category_options()))
        self._attributes_box = QWidget()
        self._attributes_lines = column(look, self._attributes_box, gap=1.5)
        self.attributes: dict[str, Select] = {}
        self.condition = Segmented(look, _("Condition"), [(one.value, condition_label(one)) for one in Condition])
        self.quantity = NumberField(1, _MOST)
        self.details = TextArea(look, _("Details, in your words"), most=DETAILS_LENGTH)
        self._title_row = FormRow(look, _("Title"), self.title, _("Vendors see it once they have signed."))
        self._category_row = FormRow(look, _("Category"), self.category, _("The first question says this much."))
        self._condition_row = FormRow(look, _("Condition"), self.condition)
        for part in (
            self._title_row,
            self._category_row,
            self._attributes_box,
            self._condition_row,
            FormRow(look, _("How many"), self.quantity),
            FormRow(look, _("Details, in your words"), self.details, _("Vendors see them once they have signed.")),
        ):
            self.body.addWidget(part)
        self.title.textEdited.connect(lambda text: self.edited.emit("title", text))
        self.category.chosen.connect(lambda key: self.edited.emit("category", key))
        self.condition.chosen.connect(lambda key: self.edited.emit("condition", Condition(key)))
        self.quantity.valueChanged.connect(lambda number: self.edited.emit("quantity", number))
        self.details.textChanged.connect(lambda: self.edited.emit("details", self.details.words))

    def show_draft(self, draft: WantDraft) -> None:
        """Show the draft's values without telling."""
        if self.title.text() != draft.title:
            self.title.setText(draft.title)
        self.category.choose(draft.category)
        if draft.category != self._category:
            with rebuilding(self._attributes_box):
                self._offer_attributes(draft.category)
            self._attributes_box.setVisible(bool(self.attributes))
        for key, select in self.attributes.items():
            select.choose(draft.attributes.get(key, ""))
        known = CATEGORIES.get(draft.category)
        self._condition_row.setVisible(known is None or known.kind is CategoryKind.GOODS)
        self.condition.choose((draft.condition or Condition.ANY).value)
        with QSignalBlocker(self.quantity):
            self.quantity.setValue(draft.quantity or 1)
        if self.details.words != draft.details:
            with QSignalBlocker(self.details):
                self.details.setPlainText(draft.details)

    def show_errors(self, errors: dict[str, str]) -> None:
        """Say under each field what is missing or wrong."""
        self._title_row.show_error(errors.get("title", ""))
        self._category_row.show_error(errors.get("category", ""))

    def _offer_attributes(self, category: str) -> None:
        self._category = category
        while (item := self._attributes_lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        known = CATEGORIES.get(category)
        self.attributes = {}
        rows: list[QWidget] = []
        for one in known.attributes if known else ():
            values = [(value, value_label(category, one.key, value)) for value in one.values]
            select = Select(self._look, (("", _("Not said")), *values))
            select.chosen.connect(lambda value, key=one.key: self.edited.emit(f"attribute:{key}", value))
            self.attributes[one.key] = select
            rows.append(FormRow(self._look, attribute_label(category, one.key), select))
        for at in range(0, len(rows), 2):
            self._attributes_lines.addWidget(SideBySide(self._look, rows[at : at + 2], stacked_below=40))
