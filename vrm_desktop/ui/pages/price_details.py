"""One public price in full: what the page said, where its link goes, watching it, and what can be done about it."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.domain.checkout import MOST
from vrm_desktop.domain.price_watch import MOST_FALL, USUAL_DAYS, USUAL_FALL
from vrm_desktop.ui.models.prices_view import PriceView, WatchView
from vrm_desktop.ui.pages.face_choice import FaceChoice
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.course_line import CourseLine
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.number_field import NumberField
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_TITLE = 200


class PriceDetails(Card):
    """All carry the id of the price: `watched` with a day or None and a fall in per cent, `wanted` with how many.

    `copied` carries the link. With `wanted` goes whether to be known by it, or None: as it is set.
    """

    dropped = Signal(str)
    watched = Signal(str, object, int)
    unwatched = Signal(str)
    wanted = Signal(str, int, object)
    copied = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, gap=1.25, margins=(2.5, 2), parent=parent)
        self._look = look
        self._price: PriceView | None = None
        self._title = PlainLabel(kind=LabelKind.HEADING, wrap=True, cap=_TITLE)
        self._amount = PlainLabel(kind=LabelKind.FIGURE, cap=60)
        self._kind = Pill()
        self._limit = Pill()
        self._facts = KeyValues(look)
        self._link = PlainLabel(wrap=True, selectable=True)
        self._stripped = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.show_stripped = Button(look, _("What was taken out of it"), role=ButtonRole.QUIET)
        self.copy = Button(look, _("Copy the link"), icon=Icon.COPY)
        self._state = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._line = CourseLine(look)
        self._course = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._trouble = PlainLabel(kind=LabelKind.ERROR, wrap=True)
        self.until = DayField(look, _("Until"), _("The last day"))
        self.fall = NumberField(1, MOST_FALL, " %")
        self.watch = Button(look, _("Watch it"), icon=Icon.EYE)
        self.unwatch = Button(look, _("Watch no more"), icon=Icon.EYE_OFF)
        self.quantity = NumberField(1, MOST)
        self.face = FaceChoice(look)
        self._faced: tuple[str, bool] | None = None
        self.buy = Button(look, _("Look again, and put it into a cart"), icon=Icon.STORE)
        self.drop = Button(look, _("Strike this price off"), role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out(look)
        self.show_stripped.clicked.connect(lambda: self._stripped.setVisible(self._stripped.isHidden()))
        self.copy.clicked.connect(self._copy)
        self.watch.clicked.connect(self._watch)
        self.unwatch.clicked.connect(lambda: self._tell(self.unwatched))
        self.buy.clicked.connect(self._buy)
        self.drop.clicked.connect(lambda: self._tell(self.dropped))

    @property
    def price_id(self) -> str | None:
        """Which price is shown."""
        return self._price.id if self._price is not None else None

    def show_price(self, one: PriceView, *, today: date, quantity: int) -> None:
        """Show it in full. What is being typed for the same price stays."""
        fresh = self._price is None or self._price.id != one.id
        self._price = one
        self._title.setText(one.title)
        self._amount.setText(one.price)
        self._kind.setText(sentence_case(one.kind))
        self._limit.setText(sentence_case(", ".join(filter(None, (one.limit, one.limit_note)))))
        self._limit.set_tone(one.limit_tone)
        self._limit.setVisible(bool(one.limit))
        self._facts.show_facts([Fact(label=label, value=value) for label, value in one.facts])
        self._show_link(one)
        self._watching.setVisible(one.can_watch)
        self._show_watch(one.watch)
        self._buying.setVisible(one.can_buy)
        self.buy.setEnabled(True)
        if fresh:
            self.quantity.setValue(quantity)
            self.fall.setValue(USUAL_FALL)
            self.until.show_day(None, earliest=today, usual=today + timedelta(days=USUAL_DAYS))

    def show_face(self, *, known: bool, can_be_known: bool) -> None:
        """Offer to be known by a try to buy, or not; what was chosen for this price stays."""
        faced = (self._price.id if self._price is not None else "", known)
        self.face.show_face(known=self.face.known if faced == self._faced else known, can_be_known=can_be_known)
        self._faced = faced

    def _show_link(self, one: PriceView) -> None:
        told = _("Leads to {host}: {link}").format(host=one.host, link=one.link)
        self._link.setText(told if one.link else _("It has no link that is kept."))
        self._stripped.setText(_("Taken out of the link: {names}").format(names=", ".join(one.stripped)))
        self._stripped.hide()
        self.show_stripped.setVisible(bool(one.stripped))
        self.copy.setVisible(bool(one.link))

    def _show_watch(self, watch: WatchView | None) -> None:
        watching = watch is not None and watch.watching
        self._asking.setVisible(not watching)
        self.unwatch.setVisible(watching)
        self._state.setVisible(watch is not None)
        self._course.setVisible(watch is not None)
        self._trouble.setVisible(watch is not None and bool(watch.trouble))
        self._line.show_course(watch.minors if watch is not None else ())
        if watch is not None:
            self._state.setText(_("{state}: fallen").format(state=watch.state) if watch.fallen else watch.state)
            steps = (f"{day}: {price}".replace(" ", "\u00a0") for day, price in watch.course)
            self._course.setText(" → ".join(steps))
            self._trouble.setText(watch.trouble)

    def _tell(self, told: SignalInstance) -> None:
        if self._price is not None:
            told.emit(self._price.id)

    def _copy(self) -> None:
        if self._price is not None:
            self.copied.emit(self._price.link)

    def _watch(self) -> None:
        if self._price is not None:
            self.watched.emit(self._price.id, self.until.day, self.fall.value())

    def _buy(self) -> None:
        if self._price is not None:
            self.buy.setEnabled(False)
            self.wanted.emit(self._price.id, self.quantity.value(), self.face.choice)

    def _lay_out(self, look: Look) -> None:
        head = row(look, gap=1.5)
        words = column(look, gap=0.75)
        words.addWidget(self._title)
        pills = Flow(look)
        pills.addWidget(self._kind)
        pills.addWidget(self._limit)
        words.addLayout(pills)
        head.addLayout(words, 1)
        head.addWidget(self._amount)
        halves = (QWidget(), QWidget())
        said, done = (column(look, half, gap=0.75) for half in halves)
        said.addWidget(PlainLabel(_("What it says"), kind=LabelKind.OVERLINE))
        said.addWidget(self._facts)
        said.addWidget(self._link)
        links = Flow(look)
        links.addWidget(self.copy)
        links.addWidget(self.show_stripped)
        said.addLayout(links)
        said.addWidget(self._stripped)
        said.addStretch(1)
        self._watching = self._watch_part(look)
        self._buying = self._buy_part(look)
        done.addWidget(self._watching)
        done.addWidget(self._buying)
        done.addStretch(1)
        foot = row(look, gap=1)
        foot.addStretch(1)
        foot.addWidget(self.drop)
        self.body.addLayout(head)
        self.body.addWidget(SideBySide(look, halves, gap=4))
        self.body.addLayout(foot)

    def _watch_part(self, look: Look) -> QWidget:
        part = QWidget()
        lines = column(look, part, gap=0.75)
        lines.addWidget(PlainLabel(_("Watching it"), kind=LabelKind.OVERLINE))
        for widget in (self._state, self._line, self._course, self._trouble):
            lines.addWidget(widget)
        self._asking = QWidget()
        asking = column(look, self._asking, gap=1)
        asking.addWidget(self.until)
        asking.addWidget(FormRow(look, _("Tell me when it is lower by"), self.fall, _told_when()))
        asking.addWidget(self.watch)
        lines.addWidget(self._asking)
        lines.addWidget(self.unwatch)
        return part

    def _buy_part(self, look: Look) -> QWidget:
        part = QWidget()
        lines = column(look, part, gap=0.75)
        lines.addWidget(PlainLabel(_("Buying it there"), kind=LabelKind.OVERLINE))
        lines.addWidget(FormRow(look, _("How many"), self.quantity, _cart_tells()))
        lines.addWidget(self.face)
        lines.addWidget(self.buy)
        return part


def _told_when() -> str:
    return _(
        "You are told, too, when it comes under the most that you would pay. The page is looked at once a day at most, "
        "without a day of yours for 30 days; the shop sees each visit."
    )


def _cart_tells() -> str:
    return _(
        "The shop learns which thing and how many, your country, a currency, and the page that you name to shops; "
        "of who you are, no more than that page says. You pay in its own pages, not here."
    )
