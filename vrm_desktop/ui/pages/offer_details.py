"""The chosen offer in full: why it has its place, what would move it, what accepting tells whom, and the choice."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.models.offers_view import OfferView
from vrm_desktop.ui.pages.offer_rows import standing
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _


class OfferDetails(Card):
    """Each signal carries the id of the offer."""

    accept_requested = Signal(str)
    counter_requested = Signal(str)
    decline_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, margins=(2.5, 2), parent=parent)
        self._offer: OfferView | None = None
        self._vendor = ElidedLabel(kind=LabelKind.HEADING)
        self._total = PlainLabel(kind=LabelKind.FIGURE, cap=60)
        self._state = Pill()
        self._came = Pill()
        self._reasons = PlainLabel(wrap=True, cap=600)
        self._would_win = PlainLabel(kind=LabelKind.MUTED, wrap=True, cap=300)
        self._words = PlainLabel(kind=LabelKind.MUTED, wrap=True, cap=600)
        self._facts = KeyValues(look)
        self._on_accept = PlainLabel(kind=LabelKind.CAPTION, wrap=True, cap=300)
        self.decline = Button(look, _("Decline"), role=ButtonRole.SECONDARY, icon=Icon.X)
        self.counter = Button(look, _("Counter…"), role=ButtonRole.SECONDARY, icon=Icon.REPLY)
        self.accept = Button(look, _("Accept offer"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self._lay_out(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.accept.clicked.connect(lambda: self._tell(self.accept_requested))
        self.counter.clicked.connect(lambda: self._tell(self.counter_requested))
        self.decline.clicked.connect(lambda: self._tell(self.decline_requested))

    @property
    def offer_id(self) -> str | None:
        """Which offer is shown."""
        return self._offer.id if self._offer else None

    def show_offer(self, offer: OfferView) -> None:
        """Show an offer in full."""
        self._offer = offer
        self._vendor.setText(offer.vendor)
        self._total.setText(offer.total)
        self._state.setText(standing(offer))
        self._state.set_tone(Tone.BAD if offer.expired else Tone.GOOD if offer.binding else Tone.CAUTION)
        self._came.setText(offer.came)
        self._came.setVisible(bool(offer.came))
        self._reasons.setText("\n".join(f"•  {reason}" for reason in offer.reasons))
        self._would_win.setText(offer.would_win)
        self._would_win.setVisible(bool(offer.would_win))
        self._words.setText(_("“{words}”").format(words=offer.words))
        self._words.setVisible(bool(offer.words))
        self._facts.show_facts(_facts(offer))
        self._on_accept.setText(_expired() if offer.expired else offer.on_accept)
        over = offer.expired or (offer.place is None and bool(offer.answered))
        self.accept.setEnabled(not over)
        self.decline.setEnabled(not over)
        self.counter.setEnabled(offer.can_counter and not over)
        self.counter.setVisible(not offer.came)  # another price is asked for by that way, in the person's own words

    def _tell(self, signal: SignalInstance) -> None:
        if self._offer is not None:
            signal.emit(self._offer.id)

    def _lay_out(self, look: Look) -> None:
        head = row(look, gap=1.5)
        head.addWidget(self._vendor)
        head.addWidget(self._state)
        head.addWidget(self._came)
        head.addStretch(1)
        head.addWidget(self._total)
        why = column(look, gap=0.75)
        why.addWidget(PlainLabel(_("Why this place"), kind=LabelKind.OVERLINE))
        for part in (self._reasons, self._would_win, self._words):
            why.addWidget(part)
        why.addStretch(1)
        facts = column(look, gap=0.75)
        facts.addWidget(PlainLabel(_("What it says"), kind=LabelKind.OVERLINE))
        facts.addWidget(self._facts)
        facts.addStretch(1)
        middle = row(look, gap=4)
        middle.addLayout(why, 1)
        middle.addLayout(facts, 1)
        choice = row(look, gap=1)
        choice.addWidget(self.decline)
        choice.addStretch(1)
        choice.addWidget(self.counter)
        choice.addWidget(self.accept)
        self.body.addLayout(head)
        self.body.addLayout(middle)
        self.body.addWidget(self._on_accept)
        self.body.addLayout(choice)


def _facts(offer: OfferView) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Price"), value=offer.price),
        Fact(
            label=_("Delivery"), value=_("{shipping}, {arrives}").format(shipping=offer.shipping, arrives=offer.arrives)
        ),
        Fact(
            label=_("After the sale"),
            value=_("{returns}, {warranty}").format(returns=offer.returns, warranty=offer.warranty),
        ),
        Fact(label=_("They want to know"), value=", ".join(offer.asks) or _("Nothing more")),
    )


def _expired() -> str:
    return _("This offer has expired. Ask again to get a new one.")
