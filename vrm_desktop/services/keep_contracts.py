"""Contracts and subscriptions: kept, priced, and taken over from confirmed orders by themselves.

Never here: giving notice (cancel_contracts), their dates in the agenda (contract_dates).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit, month_end
from vrm_desktop.domain.contract import Contract, ContractState, PricePoint, Renewal, yearly_cost
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import Note, OrderRecord, Relationship
from vrm_desktop.services.contract_dates import forget_dates, notice_due, settle_dates
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable

_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContractView:
    """One contract with what follows from it on one day.

    `rise` is in hundredths of a per cent since the first price. `unsent`: notice is written, and the letter is still
    to be sent; `terminate_by` is the day by which it must be there. `rises`: the day to come on which the last price
    begins.
    """

    contract: Contract
    vendor_name: str
    term_end: date | None
    terminate_by: date | None
    earliest_end: date
    cancellable_this_month: bool
    by_wire: bool
    price: PricePoint | None
    yearly: Money | None
    rise: int | None
    unsent: bool = False
    rises: date | None = None


async def contracts(means: Means, vendor: VendorId | None = None) -> tuple[ContractView, ...]:
    """All contracts, or those with one counterparty: what needs notice first stands first."""
    today = means.clock.today()

    def look(tx: Transaction) -> tuple[ContractView, ...]:
        views = [view(tx, one, today) for one in tx.papers(Contract, vendor=vendor)]
        return tuple(sorted(views, key=lambda view: (view.terminate_by or date.max, view.contract.title)))

    return await means.vault.read(look)


async def contract(means: Means, key: str) -> ContractView:
    """One contract.

    Raises:
        NotFound: none under this id.
    """
    today = means.clock.today()
    return await means.vault.read(lambda tx: view(tx, found(tx, key), today))


def yearly_totals(views: Iterable[ContractView]) -> tuple[Money, ...]:
    """What all contracts that have not ended come to in a year, one sum for each currency."""
    sums: dict[str, int] = {}
    for one in views:
        if one.yearly is not None and one.contract.state is not ContractState.OVER:
            sums[one.yearly.currency] = sums.get(one.yearly.currency, 0) + one.yearly.minor
    return tuple(Money(minor=minor, currency=currency) for currency, minor in sorted(sums.items()))


async def keep(means: Means, contract: Contract) -> Changes:
    """Keep a contract, new or changed; it lies in its counterparty's file, and its dates stand in the agenda.

    Raises:
        NotFound: no such counterparty.
    """

    def change(tx: Transaction) -> Changes:
        owner = contract.relationship or file_of(tx, means, contract.vendor).id
        kept = replace(contract, relationship=owner)
        if tx.paper(Contract, contract.id) is None:
            tell(tx, means, kept, "contract-kept")
        return save(tx, means, kept)

    return await means.vault.write(change)


async def set_price(means: Means, key: str, point: PricePoint) -> Changes:
    """Note what it costs from one day on.

    Raises:
        NotFound: no such contract.
    """

    def change(tx: Transaction) -> Changes:
        before = found(tx, key)
        priced = before.priced(point)
        rise = priced.rise()
        if rise is not None and rise > (before.rise() or 0):
            tell(tx, means, priced, "contract-dearer")
        return save(tx, means, priced)

    return await means.vault.write(change)


async def drop(means: Means, key: str) -> Changes:
    """Take a contract out of the file; the agenda forgets its dates.

    Raises:
        NotFound: no such contract.
    """

    def change(tx: Transaction) -> Changes:
        gone = found(tx, key)
        tx.drop_paper(Contract, key)
        forget_dates(tx, gone)
        return _changes(gone)

    return await means.vault.write(change)


def take_over(tx: Transaction, means: Means, order: OrderRecord, offer: Offer) -> None:
    """A confirmed order of something that runs on becomes a contract by itself, once."""
    offered, today = offer.contract, means.clock.today()
    if offered is None or any(one.order == order.hash for one in tx.papers(Contract, vendor=offer.vendor)):
        return
    title = ", ".join(line.title for line in offer.lines)[:_TITLE_LENGTH]
    starts = offered.starts or offer.by or today
    renewal = Renewal.RUNS_ON if offered.months == 0 else Renewal.RENEWS if offered.renews_months else Renewal.ENDS
    prices = (PricePoint(since=starts, price=offer.price.all_in, every=offered.every),) if offer.price else ()
    taken = Contract(
        id=means.new_id("contract"),
        vendor=offer.vendor,
        relationship=order.relationship,
        at=means.clock.now(),
        title=title,
        starts=starts,
        months=offered.months,
        renewal=renewal,
        renews=offered.renews_months,
        notice=Span(count=offered.notice_days, unit=SpanUnit.DAYS),
        prices=prices,
        order=order.hash,
    )
    tell(tx, means, taken, "contract-kept")
    save(tx, means, taken)


async def watch(means: Means) -> Changes:
    """Move every contract's dates on to today: terms that renewed, ends that have come.

    Doing it again changes nothing.
    """
    today = means.clock.today()

    def change(tx: Transaction) -> Changes:
        changes = Changes()
        for one in tx.papers(Contract):
            if one.state is ContractState.OVER:
                continue
            end = one.ends if one.state is not ContractState.RUNNING else _own_end(one, today)
            if end is not None and end < today:
                over = replace(one, state=ContractState.OVER, cancelled=one.cancelled or end, ends=end)
                tell(tx, means, over, "contract-over")
                changes |= save(tx, means, over)
            elif settle_dates(tx, one, today):
                changes |= _changes(one)
        return changes

    return await means.vault.write(change)


def _own_end(one: Contract, today: date) -> date | None:
    return one.term_end(today) if one.renewal is Renewal.ENDS else None


def view(tx: Transaction, one: Contract, today: date) -> ContractView:
    """A contract as it stands on a day."""
    vendor, price = tx.vendor(one.vendor), one.price_on(today) or next(iter(one.prices), None)
    due = notice_due(tx, one)
    return ContractView(
        contract=one,
        vendor_name=vendor.name if vendor else one.vendor,
        term_end=one.term_end(today),
        terminate_by=one.next_terminate_by(today) if one.state is ContractState.RUNNING else due,
        earliest_end=one.earliest_end(today),
        cancellable_this_month=one.can_be_cancelled_within(today, month_end(today)),
        by_wire=wire(tx, one) is not None,
        price=price,
        yearly=yearly_cost(price) if price is not None else None,
        rise=one.rise(),
        unsent=due is not None,
        rises=one.prices[-1].since if one.prices and one.prices[-1].since > today else None,
    )


def wire(tx: Transaction, one: Contract) -> Relationship | None:
    """The relationship in which the counterparty takes a notice over the wire, if there is one."""
    owner = tx.relationship(RelationshipId(one.relationship)) if one.relationship else None
    vendor = tx.vendor(one.vendor)
    if owner is None or vendor is None or vendor.card is None or not vendor.card.understands(Kind.NOTICE):
        return None
    return owner if Kind.NOTICE in sayable(tx, owner) else None


def save(tx: Transaction, means: Means, one: Contract) -> Changes:
    """Keep the contract and its dates."""
    tx.keep_paper(one)
    settle_dates(tx, one, means.clock.today())
    return _changes(one)


def tell(tx: Transaction, means: Means, one: Contract, kind: str) -> None:
    """A line in the story of its counterparty's file."""
    owner = one.relationship or file_of(tx, means, one.vendor).id
    tx.add_note(Note(relationship=owner, at=means.clock.now(), sender=Side.PERSON, kind=kind, text=one.title))


def found(tx: Transaction, key: str) -> Contract:
    """The contract of this id.

    Raises:
        NotFound: there is none.
    """
    one = tx.paper(Contract, key)
    if one is None:
        raise NotFound(key)
    return one


def _changes(one: Contract) -> Changes:
    return Changes.of(("contract", one.id), ("agenda", one.id), ("relationship", one.relationship or ""))
