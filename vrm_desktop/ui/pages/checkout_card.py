"""A try to buy at a shop, up to its own page in the browser: its numbers, its words, and where the person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vrm_desktop.ui.models.prices_view import CheckoutView, Move
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _

_ORDER_ID = 200


class CheckoutCard(Card):
    """All carry the id of the try: `came` with whether it was bought and the shop's number of the order."""

    went_on = Signal(str)
    checked_out = Signal(str)
    opened = Signal(str)
    came = Signal(str, bool, str)
    order_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.5, margins=(2.5, 2), parent=parent)
        self._all: tuple[CheckoutView, ...] = ()
        self._one: CheckoutView | None = None
        self.which = Select(look, name=_("Which try to buy"))
        self._title = PlainLabel(kind=LabelKind.HEADING, wrap=True, cap=200)
        self._shop = ElidedLabel(kind=LabelKind.MUTED)
        self._state = Pill()
        self._total = PlainLabel(kind=LabelKind.FIGURE, cap=60)
        self._lines = KeyValues(look)
        self._stops = Notice(look)
        self._trouble = Notice(look)
        self._said = Points(look)
        self._said_part = QWidget()
        self._signed = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._link = PlainLabel(wrap=True, selectable=True)
        self._order = Points(look)
        self._order_part = QWidget()
        self._paid_there = PlainLabel(_paid_there(), kind=LabelKind.CAPTION, wrap=True)
        self.number = QLineEdit()
        self.number.setMaxLength(_ORDER_ID)
        self._question = FormRow(look, _("Did you buy it? The shop's order number, if you have one"), self.number)
        self.leave = Button(look, _("Leave it, and tell the shop"), role=ButtonRole.QUIET)
        self.go_on = Button(look, "", icon=Icon.CHECK)
        self.check_out = Button(look, _("To the shop's checkout"), role=ButtonRole.PRIMARY, icon=Icon.ARROW_RIGHT)
        self.open = Button(look, _("Open it in my browser"), role=ButtonRole.PRIMARY, icon=Icon.EXTERNAL_LINK)
        self.again = Button(look, _("Open it again"), icon=Icon.EXTERNAL_LINK)
        self.bought = Button(look, _("Yes, I bought it"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.not_bought = Button(look, _("No, I did not"))
        self.ask_order = Button(look, _("Ask how the order stands"), icon=Icon.REFRESH_CW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out(look)
        self._connect()
        self.hide()

    @property
    def shown_id(self) -> str | None:
        """Which try is shown."""
        return self._one.id if self._one is not None else None

    def show_checkouts(self, every: Sequence[CheckoutView]) -> None:
        """The tries, the newest first. The chosen one stays chosen until a newer one comes."""
        fresh = {one.id for one in every} - {one.id for one in self._all}
        self._all = tuple(every)
        self.which.offer([(one.id, f"{one.title} – {one.state}") for one in self._all])
        if fresh and self._all:
            self.which.choose(self._all[0].id)
        self.which.setVisible(len(self._all) > 1)
        self._show_chosen()

    def _show_chosen(self) -> None:
        before = self.shown_id
        self._one = next((one for one in self._all if one.id == self.which.key), None)
        self.setVisible(self._one is not None)
        if self._one is None:
            return
        if before != self._one.id:
            self.number.clear()
        self._show(self._one)

    def _show(self, one: CheckoutView) -> None:
        self._title.setText(one.title)
        self._shop.setText(_("At {shop}").format(shop=one.shop))
        self._state.setText(one.state)
        self._state.set_tone(one.tone)
        self._total.setText(one.total)
        self._total.setVisible(bool(one.total))
        self._lines.show_facts([Fact(label=label, value=value) for label, value in one.lines])
        self._lines.setVisible(bool(one.lines))
        self._say(self._stops, "\n".join(one.stops), _stopped(one), Tone.BAD if one.alarm else Tone.CAUTION)
        self._say(self._trouble, one.trouble, "", Tone.BAD)
        self._said.show_points(one.said)
        self._said_part.setVisible(bool(one.said))
        self._signed.setText(one.signed)
        self._signed.setVisible(bool(one.signed))
        self._link.setText(_("The shop's page leads to {host}: {link}").format(host=one.leads_to, link=one.link))
        self._link.setVisible(bool(one.link))
        self._order.show_points(one.order)
        self._order_part.setVisible(bool(one.order))
        self._paid_there.setVisible(one.move not in (Move.ASK_ORDER, Move.OVER))
        asks = one.move is Move.SAY_OUTCOME
        self._question.setVisible(asks)
        self.go_on.setText(one.yes)
        for button, offered in (
            (self.leave, one.can_leave and not asks),
            (self.go_on, one.can_go_on),
            (self.check_out, one.move is Move.TO_CHECKOUT),
            (self.open, one.move is Move.OPEN),
            (self.again, asks),
            (self.not_bought, asks),
            (self.bought, asks),
            (self.ask_order, one.move is Move.ASK_ORDER),
        ):
            button.setVisible(offered)
            button.setEnabled(True)

    @staticmethod
    def _say(notice: Notice, title: str, advice: str, tone: Tone) -> None:
        if title:
            notice.say(title, advice, tone)
        else:
            notice.hide()

    def _connect(self) -> None:
        self.which.chosen.connect(self._show_chosen)
        for button, told in (
            (self.go_on, self.went_on),
            (self.check_out, self.checked_out),
            (self.open, self.opened),
            (self.again, self.opened),
            (self.ask_order, self.order_asked),
        ):
            button.clicked.connect(lambda _checked=False, button=button, told=told: self._tell(button, told))
        self.bought.clicked.connect(lambda: self._came(bought=True))
        self.not_bought.clicked.connect(lambda: self._came(bought=False))
        self.leave.clicked.connect(lambda: self._came(bought=False))

    def _tell(self, button: Button, told: SignalInstance) -> None:
        if self._one is not None:
            button.setEnabled(False)
            told.emit(self._one.id)

    def _came(self, *, bought: bool) -> None:
        if self._one is not None:
            self.came.emit(self._one.id, bought, self.number.text().strip() if bought else "")

    def _lay_out(self, look: Look) -> None:
        words = column(look, gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._shop)
        head = row(look, gap=1.5)
        head.addLayout(words, 1)
        head.addWidget(self._state)
        head.addWidget(self._total)
        said = column(look, self._said_part, gap=0.5)
        said.addWidget(PlainLabel(_("In the shop's own words"), kind=LabelKind.OVERLINE))
        said.addWidget(self._said)
        order = column(look, self._order_part, gap=0.5)
        order.addWidget(PlainLabel(_("How the order stands, by the shop's word"), kind=LabelKind.OVERLINE))
        order.addWidget(self._order)
        acts = Flow(look)
        for button in (
            self.check_out,
            self.open,
            self.bought,
            self.not_bought,
            self.again,
            self.go_on,
            self.ask_order,
            self.leave,
        ):
            acts.addWidget(button)
        self.body.addWidget(self.which)
        self.body.addLayout(head)
        for part in (
            self._trouble,
            self._stops,
            self._lines,
            self._said_part,
            self._signed,
            self._link,
            self._order_part,
            self._question,
        ):
            self.body.addWidget(part)
        self.body.addWidget(self._paid_there)
        self.body.addLayout(acts)


def _stopped(one: CheckoutView) -> str:
    return _("You decide whether it goes on.") if one.can_go_on else _("It does not go on from here.")


def _paid_there() -> str:
    return _("Who you are and how you pay, you type into the shop's own page. Nothing is paid from here.")
