"""Where, how, until when and for how much: everything about a want that is not the thing itself."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.intentcast import Fulfilment, Weights
from vrm_desktop.domain.want_draft import USUAL_ANSWER_DAYS
from vrm_desktop.ui.models.compose_view import ComposeView
from vrm_desktop.ui.models.weights_view import sliders_of, weights_of
from vrm_desktop.ui.pages.compose_area import ComposeArea
from vrm_desktop.ui.pages.thing_words import fulfilment_label, payment_options
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.ui.widgets.weight_slider import WeightSlider
from vrm_desktop.wording.catalogue import _

_USUAL_NEEDED = timedelta(days=7)


class ComposeTerms(QWidget):
    """`edited` carries the name of a draft's field and its new value; `price_typed` the text of the limit."""

    edited = Signal(str, object)
    price_typed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._weights_now = Weights()
        self.area = ComposeArea(look)
        self.place = QLineEdit()
        self.place.setMaxLength(120)
        self.fulfilment = Segmented(look, _("How I get it"), [(one.value, fulfilment_label(one)) for one in Fulfilment])
        self.needed_by = DayField(look, _("Needed by"), _("Needed by"))
        self.answers_by = DayField(look, _("Answers by"), _("Answers by"))
        self.price = QLineEdit()
        self.price.setMaxLength(30)
        self.price.setPlaceholderText(_("800.00 EUR"))
        self.ways = {key: CheckBox(look, label) for key, label in payment_options()}
        self.sealed = CheckBox(look, _("Open all offers together, when the day for answers is over"))
        self.sliders = [WeightSlider(look, weight) for weight in sliders_of(Weights())]
        self._price_row = FormRow(look, _("The most I would pay, in all"), self.price, _price_hint())
        lines = column(look, self, gap=2)
        for card in (self._where(look), self._when(look), self._money(look), self._matters(look)):
            lines.addWidget(card)
        self._connect()

    def show_view(self, view: ComposeView) -> None:
        """Show the draft's values without telling, and say what is missing."""
        draft = view.draft
        self.area.show_area(draft.area, view.area_says)
        self.area.show_error(view.errors.get("area", ""))
        if self.place.text() != draft.place:
            self.place.setText(draft.place)
        self.fulfilment.choose((draft.fulfilment or Fulfilment.ANY).value)
        usual = view.today + _USUAL_NEEDED
        self.needed_by.show_day(draft.needed_by, earliest=view.today, usual=usual)
        soon = min(draft.needed_by or usual, view.today + timedelta(days=USUAL_ANSWER_DAYS))
        self.answers_by.show_day(draft.answers_by, earliest=view.today, usual=soon)
        self._price_row.show_error(view.errors.get("price_cap", ""))
        for key, box in self.ways.items():
            box.setChecked(key in (draft.payment or ("sepa-transfer",)))
        self.sealed.setChecked(draft.sealed_offers)

    def show_price(self, text: str) -> None:
        """Show the limit, unless that is what the person is typing in."""
        if not self.price.hasFocus() and self.price.text() != text:
            self.price.setText(text)

    def show_weights(self, weights: Weights) -> None:
        """Set the sliders without telling."""
        self._weights_now = weights
        for slider, weight in zip(self.sliders, sliders_of(weights), strict=True):
            slider.show_level(weight.level)

    def _where(self, look: Look) -> Card:
        card = Card(look, _("Where and how"), gap=1.5)
        card.body.addWidget(self.area)
        card.body.addWidget(
            FormRow(look, _("Place, in your words"), self.place, _("Vendors see it once they have signed."))
        )
        card.body.addWidget(FormRow(look, _("How I get it"), self.fulfilment))
        return card

    def _when(self, look: Look) -> Card:
        card = Card(look, _("When"), gap=1)
        card.body.addWidget(self.needed_by)
        card.body.addWidget(self.answers_by)
        note = _("Without a day, vendors have three days to answer, or until you need it.")
        card.body.addWidget(PlainLabel(note, kind=LabelKind.CAPTION, wrap=True))
        return card

    def _money(self, look: Look) -> Card:
        card = Card(look, _("Money"), gap=1.5)
        card.body.addWidget(self._price_row)
        card.body.addWidget(PlainLabel(_("How I would pay"), kind=LabelKind.STRONG))
        ways = Flow(look, gap=0.5)
        for box in self.ways.values():
            ways.addWidget(box)
        card.body.addLayout(ways)
        return card

    def _matters(self, look: Look) -> Card:
        card = Card(look, _("What matters to me"), gap=1.5)
        flow = Flow(look, gap=2)
        for slider in self.sliders:
            flow.addWidget(slider)
        card.body.addLayout(flow)
        card.body.addWidget(self.sealed)
        note = _("Offers that came early then have no advantage, and none is seen before its time.")
        card.body.addWidget(PlainLabel(note, kind=LabelKind.CAPTION, wrap=True))
        return card

    def _connect(self) -> None:
        self.area.changed.connect(lambda area: self.edited.emit("area", area))
        self.place.textEdited.connect(lambda text: self.edited.emit("place", text))
        self.fulfilment.chosen.connect(lambda key: self.edited.emit("fulfilment", Fulfilment(key)))
        self.needed_by.changed.connect(lambda day: self.edited.emit("needed_by", day))
        self.answers_by.changed.connect(lambda day: self.edited.emit("answers_by", day))
        self.price.textEdited.connect(self.price_typed)
        self.sealed.clicked.connect(lambda on: self.edited.emit("sealed_offers", on))
        for box in self.ways.values():
            box.clicked.connect(self._tell_ways)
        for slider in self.sliders:
            slider.changed.connect(self._tell_weights)

    def _tell_ways(self) -> None:
        self.edited.emit("payment", tuple(key for key, box in self.ways.items() if box.isChecked()))

    def _tell_weights(self) -> None:
        found = weights_of([slider.weight for slider in self.sliders], self._weights_now)
        if found is None:
            self.show_weights(self._weights_now)
        else:
            self._weights_now = found
            self.edited.emit("weights", found)


def _price_hint() -> str:
    return _("Only you see this. It never leaves this computer; it only sorts the offers.")
