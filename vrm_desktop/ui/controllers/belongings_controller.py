"""Money both ways and things in a counterparty's file: shown, written down by hand, struck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.booking import BookingKind
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.thing import Thing
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.services import keep_money, keep_things
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import advice_for
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.pages.relationship_money import MoneyCard
from vrm_desktop.ui.pages.relationship_things import ThingsCard
from vrm_desktop.ui.presenters.belongings import money_view, thing_lines


@dataclass(frozen=True, slots=True)
class _Money:
    owner: "BelongingsController"
    card: MoneyCard
    tab: RelationshipTab = RelationshipTab.ORDERS
    order: int = 610

    @property
    def widget(self) -> QWidget:
        return self.card

    def show_file(self, file: RelationshipFile) -> None:
        self.owner.vendor = file.vendor.id
        self.card.show_money(money_view(file.bookings))


@dataclass(frozen=True, slots=True)
class _Things:
    owner: "BelongingsController"
    card: ThingsCard
    tab: RelationshipTab = RelationshipTab.ORDERS
    order: int = 620

    @property
    def widget(self) -> QWidget:
        return self.card

    def show_file(self, file: RelationshipFile) -> None:
        self.owner.vendor = file.vendor.id
        self.card.show_things(thing_lines(file.papers_of(Thing), self.owner.today), self.owner.today)


class BelongingsController(QObject):
    """Two cards, no page."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self.vendor: VendorId | None = None

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """None of its own."""
        return {}

    def cards(self) -> Sequence[RelationshipCard]:
        """Money and things."""
        money, things = MoneyCard(self._desk.look), ThingsCard(self._desk.look)
        money.added.connect(lambda kind, amount, what: self._book(money, kind, amount, what))
        money.struck.connect(lambda key: self._desk.at_home.act(keep_money.strike(self._means, key)))
        things.added.connect(lambda name, serial, until: self._keep(things, name, serial, until))
        things.turned.connect(lambda key, here: self._desk.at_home.act(keep_things.gone(self._means, key, here=here)))
        things.struck.connect(lambda key: self._desk.at_home.act(keep_things.forget(self._means, key)))
        return (_Money(self, money), _Things(self, things))

    def refresh(self, _changes: frozenset[Change]) -> None:
        """Its cards are shown the file again by themselves."""

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def today(self) -> date:
        """The civil day where the person is."""
        return self._means.clock.today()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _book(self, card: MoneyCard, kind: str, typed: str, what: str) -> None:
        if self.vendor is None:
            return
        try:
            amount = read_amount(typed)
        except (FormatError, DomainError) as error:
            words = advice_for(error)
            card.show_error(f"{words.title} {words.advice}".strip())
            return
        work = _booked(self._means, self.vendor, BookingKind(kind), amount, what)
        self._desk.at_home.act(work, done=card.written, owner=card)

    def _keep(self, card: ThingsCard, name: str, serial: str, until: date | None) -> None:
        if self.vendor is None:
            return
        made = Thing(
            id=self._means.new_id("thing"),
            title=name,
            at=self._means.clock.now(),
            vendor=self.vendor,
            serial=serial,
            warranty_until=until,
        )
        self._desk.at_home.act(_kept(self._means, made), done=card.written, owner=card)


async def _booked(means: Means, vendor: VendorId, kind: BookingKind, amount: Money, what: str) -> Changes:
    made = await keep_money.book(means, vendor, kind=kind, amount=amount, on=means.clock.today(), what=what)
    return Changes.of(("booking", made.id), ("relationship", made.relationship or ""))


async def _kept(means: Means, thing: Thing) -> Changes:
    made = await keep_things.keep(means, thing)
    return Changes.of(("thing", made.id), ("relationship", made.relationship or ""), ("agenda", made.id))
