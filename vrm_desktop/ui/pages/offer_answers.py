"""Answering an offer in place of its details: accept with what it tells, another price, or no with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.ui.models.order_view import AcceptView, MissingView, PriceView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.wording.catalogue import _


class _Answer(QWidget):
    """A title, a sentence, room for the question, and the two buttons: back, and the act."""

    back = Signal()

    def __init__(self, look: Look, act: Button | None) -> None:
        super().__init__()
        self.title = PlainLabel(kind=LabelKind.HEADING, wrap=True, cap=160)
        self.sentence = PlainLabel(kind=LabelKind.MUTED, wrap=True, cap=400)
        self.room = column(look, gap=1.25)
        self.leave = Button(look, _("Not now"), icon=Icon.ARROW_LEFT)
        lines = column(look, self, gap=1.25)
        lines.addWidget(self.title)
        lines.addWidget(self.sentence)
        lines.addLayout(self.room)
        acts = row(look, gap=1)
        acts.addWidget(self.leave)
        acts.addStretch(1)
        if act is not None:
            acts.addWidget(act)
        lines.addLayout(acts)
        self.leave.clicked.connect(self.back)


class OfferAnswers(Card):
    """Hidden until something is asked.

    `accepted` carries offer and way of paying, `filled` offer, profile path and value, `priced` offer, amount as typed
    and a note, `declined` offer and a `DeclineReason`.
    """

    accepted = Signal(str, str)
    filled = Signal(str, str, str)
    priced = Signal(str, str, str)
    declined = Signal(str, object)
    opened = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1, margins=(2.5, 2), parent=parent)
        self._look = look
        self._offer, self._path, self._only = "", "", ""
        self.yes = Button(look, _("Accept and order"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.keep = Button(look, _("Keep in my profile and go on"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.propose = Button(look, _("Propose this price"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self._accept = _Answer(look, self.yes)
        self._missing = _Answer(look, self.keep)
        self._price = _Answer(look, self.propose)
        self._no = _Answer(look, None)
        for one in (self._accept, self._missing, self._price, self._no):
            one.back.connect(self.close_answer)
            one.hide()
            self.body.addWidget(one)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._gets = KeyValues(look)
        self._use = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._ways_box = QWidget()
        self._ways = column(look, self._ways_box)
        self._way: Segmented | None = None
        self.value = QLineEdit()
        self.value.setMaxLength(200)
        self._value_row = FormRow(look, "", self.value)
        self.amount, self.note = QLineEdit(), QLineEdit()
        self.amount.setMaxLength(30)
        self.note.setMaxLength(200)
        self._amount_row = FormRow(look, _("What you would pay in all"), self.amount)
        self.reasons: dict[DeclineReason, Button] = {}
        self._fill_in()
        self._connect()
        self.hide()

    @property
    def offer_id(self) -> str | None:
        """Which offer is being answered, None while nothing is asked."""
        return None if self.isHidden() else self._offer

    def ask_accept(self, view: AcceptView) -> None:
        """Say what accepting tells this vendor alone, and ask."""
        self._offer = view.offer
        title = _("Accept {vendor}’s offer of {total}?")
        self._accept.title.setText(title.format(vendor=view.vendor, total=view.total))
        self._accept.sentence.setText(view.sentence)
        self._gets.show_facts([Fact(label=label, value=value) for label, value in view.gets])
        self._use.setText(view.use)
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._way = Segmented(self._look, _("How to pay"), view.ways) if len(view.ways) > 1 else None
        self._only = view.ways[0][0] if view.ways else ""
        if self._way is not None:
            self._ways.addWidget(self._way)
        self._ways_box.setVisible(self._way is not None)
        self.yes.setEnabled(True)
        self._open(self._accept, self.yes)

    def ask_missing(self, view: MissingView) -> None:
        """Ask for a field of the profile that delivery needs."""
        self._offer, self._path = view.offer, view.path
        title = _("{vendor} needs your {field} to deliver.")
        self._missing.title.setText(title.format(vendor=view.vendor, field=view.label))
        self._missing.sentence.setText(_("It is not in your profile yet. It stays on this computer until you accept."))
        self._value_row.rename(view.label[:1].upper() + view.label[1:])
        self.value.clear()
        self._value_row.show_error("")
        self._open(self._missing, self.value)

    def ask_price(self, view: PriceView) -> None:
        """Ask for another price."""
        self._offer = view.offer
        self._price.title.setText(_("Propose another price to {vendor}").format(vendor=view.vendor))
        self._price.sentence.setText(
            _("It asks {total}. It may offer again up to five times; each offer replaces the one before.").format(
                total=view.total
            )
        )
        self.amount.setPlaceholderText(f"0.00 {view.currency}")
        self.amount.clear()
        self.note.clear()
        self._amount_row.show_error("")
        self._open(self._price, self.amount)

    def ask_reason(self, offer: str, vendor: str) -> None:
        """Ask why the offer is declined."""
        self._offer = offer
        self._no.title.setText(_("Decline {vendor}’s offer").format(vendor=vendor))
        self._no.sentence.setText(_("The vendor learns the reason you pick, and nothing else."))
        self._open(self._no, self.reasons[DeclineReason.PRICE])

    def show_error(self, error: str) -> None:
        """What was typed does not fit."""
        self.yes.setEnabled(True)
        self._value_row.show_error(error)
        self._amount_row.show_error(error)

    def close_answer(self) -> None:
        """Back to the offer."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _open(self, answer: _Answer, first: QWidget) -> None:
        for one in (self._accept, self._missing, self._price, self._no):
            one.setVisible(one is answer)
        self.show()
        self.opened.emit()
        first.setFocus()

    def _fill_in(self) -> None:
        look = self._look
        self._accept.room.addWidget(self._gets)
        self._accept.room.addWidget(self._use)
        self._accept.room.addWidget(self._ways_box)
        self._missing.room.addWidget(self._value_row)
        self._price.room.addWidget(self._amount_row)
        self._price.room.addWidget(FormRow(look, _("A word to the vendor"), self.note, _("The vendor reads this.")))
        flow = Flow(look)
        for reason, words in _reasons():
            button = self.reasons[reason] = Button(look, words)
            button.clicked.connect(lambda _on=False, one=reason: self.declined.emit(self._offer, one))
            flow.addWidget(button)
        self._no.room.addLayout(flow)

    def _connect(self) -> None:
        self.yes.clicked.connect(self._say_yes)
        self.keep.clicked.connect(self._tell_value)
        self.value.returnPressed.connect(self._tell_value)
        self.propose.clicked.connect(self._tell_price)
        self.amount.returnPressed.connect(self._tell_price)

    def _say_yes(self) -> None:
        self.yes.setEnabled(False)  # a second click would be a second order, and refused
        self.accepted.emit(self._offer, self._way.key if self._way is not None else self._only)

    def _tell_value(self) -> None:
        if self.value.text().strip():
            self.filled.emit(self._offer, self._path, self.value.text().strip())
        else:
            self._value_row.show_error(_("Please fill this in."))

    def _tell_price(self) -> None:
        self.priced.emit(self._offer, self.amount.text(), self.note.text().strip())


def _reasons() -> tuple[tuple[DeclineReason, str], ...]:
    return (
        (DeclineReason.PRICE, _("Too expensive")),
        (DeclineReason.DATE, _("Too late")),
        (DeclineReason.TERMS, _("Its conditions")),
        (DeclineReason.DATA, _("It wants to know too much")),
        (DeclineReason.OTHER_VENDOR, _("I chose another")),
        (DeclineReason.CHANGED_MIND, _("I changed my mind")),
        (DeclineReason.OTHER, _("Another reason")),
    )
