"""Contracts: reads them for their page, keeps what is typed, prices, cancels, and says what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import Contract, Every, PricePoint, Renewal
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.services import cancel_contracts, choose_vendors, keep_contracts
from vrm_desktop.services.cancel_contracts import Cancelled
from vrm_desktop.services.keep_contracts import ContractView
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading, advice_for
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.contracts_view import TypedContract
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.contract_card import ContractCard
from vrm_desktop.ui.pages.contracts_page import ContractsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.presenters.contracts import contracts_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.contracts import contract_state_label, price_words

_KINDS = frozenset({"contract", "vendor", "letter", "relationship"})
_KEEP = "contract-keep:"
_LETTER = "contract-letter:"
_Found = tuple[tuple[ContractView, ...], tuple[Counterparty, ...]]


class ContractsController(QObject):
    """One page, and a card on the page of each file."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: ContractsPage | None = None
        self._files: dict[str, str] = {}
        self._reading = Reading(desk.at_home, lambda: _look(self._means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.CONTRACTS: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """The contracts with one counterparty."""
        card = ContractCard(self._desk.look, contract_words, self._means.clock.today)
        card.opened.connect(self._open_page)
        return (card,)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()

    def acted(self, key: str) -> bool:
        """Take a notice back, or show the letter that is to be sent."""
        if key.startswith(_KEEP):
            self._decide(key.removeprefix(_KEEP))
        elif key.startswith(_LETTER):
            self._desk.open_file(key.removeprefix(_LETTER), RelationshipTab.PAPERS)
        else:
            return False
        return True

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> ContractsPage:
        page = ContractsPage(self._desk.look)
        page.kept.connect(self._keep)
        page.cancelled.connect(self._cancel)
        page.confirmed.connect(self._confirm)
        page.decided.connect(self._decide)
        page.dropped.connect(self._drop)
        page.priced.connect(self._price)
        page.opened.connect(self._open_file)
        self._page = page
        self._reading.again()
        return page

    def _show(self, found: _Found) -> None:
        views, vendors = found
        self._files = {view.contract.id: view.contract.relationship or "" for view in views}
        if self._page is not None:
            today = self._means.clock.today()
            self._page.show_contracts(contracts_view(views, vendors, today), today)

    def _open_page(self, key: str) -> None:
        self._desk.go(PageId.CONTRACTS)
        if self._page is not None:
            self._page.choose(key)

    def _open_file(self, key: str) -> None:
        if self._files.get(key):
            self._desk.open_file(self._files[key], RelationshipTab.PAPERS)

    def _keep(self, typed: TypedContract) -> None:
        page = self._page
        if page is None:
            return
        try:
            kept = contract_of(typed, self._means)
            work = _corrected(self._means, typed.id, kept) if typed.id else keep_contracts.keep(self._means, kept)
        except (DomainError, FormatError, ValueError):
            page.form.show_problem(_("Months are whole numbers, and a price looks like 29.90 EUR."))
            return

        def done() -> None:
            page.contract_kept(typed.id or kept.id)

        def failed(error: Exception) -> None:
            page.form.show_problem(advice_for(error).title)

        self._desk.at_home.act(work, done, failed, owner=page)

    def _cancel(self, key: str) -> None:
        given: list[Cancelled] = []

        async def cancel() -> Changes:
            given.append(await cancel_contracts.cancel(self._means, key, pause=self._desk.pause()))
            return Changes.of(("contract", key), ("agenda", key), ("letter", key), ("relationship", self._files[key]))

        def done() -> None:
            one = given[0]
            day = values.day(one.contract.ends or self._means.clock.today())
            if one.by_wire:
                told = _("Notice goes to them now. It ends on {day}.").format(day=day)
                said = Message(text=told, action=_("Undo"), key=f"{_KEEP}{key}", tone=Tone.GOOD)
            else:
                told = _("The letter is written, to end it on {day}. Please send it.").format(day=day)
                owner = one.contract.relationship or ""
                said = Message(text=told, action=_("To the letter"), key=f"{_LETTER}{owner}", tone=Tone.GOOD)
            self._desk.at_home.said.emit(said)

        self._desk.at_home.act(cancel(), done)

    def _confirm(self, key: str) -> None:
        self._desk.at_home.act(cancel_contracts.confirmed(self._means, key))

    def _decide(self, key: str) -> None:
        def done() -> None:
            self._desk.at_home.say(_("You keep it. The agenda will remind you before the next date."), Tone.GOOD)

        self._desk.at_home.act(cancel_contracts.keep_it(self._means, key), done)

    def _drop(self, key: str) -> None:
        def done() -> None:
            self._desk.at_home.say(_("The contract is out of the file."))

        self._desk.at_home.act(keep_contracts.drop(self._means, key), done)

    def _price(self, key: str, typed: str) -> None:
        page = self._page
        if page is None:
            return
        try:
            price = read_amount(typed)
        except (DomainError, FormatError):
            self._desk.at_home.say(_("A price looks like 29.90 EUR."), Tone.CAUTION)
            return

        async def add() -> Changes:
            view = await keep_contracts.contract(self._means, key)
            every = view.price.every if view.price is not None else Every.MONTH
            point = PricePoint(since=self._means.clock.today(), price=price, every=every)
            return await keep_contracts.set_price(self._means, key, point)

        self._desk.at_home.act(add(), page.details.price_added, owner=page)


def contract_of(typed: TypedContract, means: Means) -> Contract:
    """The contract that was typed.

    Raises:
        ValueError: a number is none. DomainError, FormatError: the terms or the price make no sense.
    """
    months, renewal = int(typed.months or "0"), Renewal(typed.renewal)
    if months == 0:
        renewal = Renewal.RUNS_ON
    price = read_amount(typed.price) if typed.price else None
    points = (PricePoint(since=typed.starts, price=price, every=Every(typed.every)),) if price is not None else ()
    return Contract(
        id=means.new_id("contract"),
        vendor=VendorId(typed.vendor),
        at=means.clock.now(),
        title=typed.title,
        number=typed.number,
        starts=typed.starts,
        months=months,
        renewal=renewal,
        renews=int(typed.renews or typed.months) if renewal is Renewal.RENEWS else 0,
        notice=Span(count=int(typed.notice or "0"), unit=SpanUnit(typed.unit)),
        prices=points,
    )


def contract_words(one: Contract, today: date) -> str:
    """One contract in a line: what it is, what it costs, and the date that matters."""
    parts = [one.title, price_words(one.price_on(today) or next(iter(one.prices), None))]
    by = one.next_terminate_by(today)
    if one.ends is not None:
        parts += [contract_state_label(one.state), _("ends on {day}").format(day=values.day(one.ends))]
    elif by is not None:
        parts.append(_("notice by {day}").format(day=values.day(by)))
    return sentence(", ".join(part for part in parts if part))


async def _corrected(means: Means, key: str, said: Contract) -> Changes:
    """Keep what the form says of a contract; what it does not show stays."""
    before = (await keep_contracts.contract(means, key)).contract
    after = replace(
        before.begun(said.starts),
        title=said.title,
        number=said.number,
        months=said.months,
        renewal=said.renewal,
        renews=said.renews,
        notice=said.notice,
    )
    return await keep_contracts.keep(means, after)


async def _look(means: Means) -> _Found:
    return await keep_contracts.contracts(means), await choose_vendors.vendors(means)
