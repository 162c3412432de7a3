"""From amounts with roles to a total that adds up, or to none, with the doubt that was in the way.

Every sum is made again here; one that differs from what the mail says ends the reading. Never here: words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add

from vrm_desktop.domain.mail_reading import Doubt, MailReading, Quoted, Reason, SaidMoney, SaidTax, TaxBasis
from vrm_desktop.domain.money import Money
from vrm_desktop.formats.mail_offer.phrases import (
    EXTRA,
    FREE,
    GROSS,
    INSTALMENTS,
    NET,
    NOT_FREE,
    PERCENT_OFF,
    counts_in,
    rate_of,
)
from vrm_desktop.formats.mail_offer.roles import Placed, Role

_NOTHING = MailReading()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An amount and where it stands."""

    money: Money
    at: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shipping:
    """What the mail says of shipping: an amount (0 where it is free) with its place, or that it is open."""

    told: _Told | None = None
    open: bool = False


@dataclass(slots=True, kw_only=True)
class _Table:
    """The amounts of one mail by role."""

    rows: dict[Role, list[_Told]] = field(default_factory=dict)

    def of(self, *roles: Role) -> list[_Told]:
        """The amounts with these roles, in the mail's order."""
        return [one for role in roles for one in self.rows.get(role, [])]

    def one(self, *roles: Role) -> _Told | None:
        """The amount with these roles, if all of them are the same amount."""
        found = self.of(*roles)
        return found[0] if found and len({one.money for one in found}) == 1 else None


def settle(text: str, amounts: Sequence[Placed], quantity: int) -> MailReading:
    """Total, items, shipping and tax of a mail; `quantity` is how many the person wants."""
    counted = [one for one in amounts if one.role is not Role.ASIDE]
    if not counted:
        return _NOTHING
    table = _Table()
    for one in counted:
        if one.amount.money is None:
            return replace(_NOTHING, doubts=(Doubt.UNCLEAR_PRICE,))
        if one.role is Role.OPEN:
            return replace(_NOTHING, doubts=(Doubt.SEVERAL_PRICES,))
        table.rows.setdefault(one.role, []).append(
            _Told(money=one.amount.money, at=Quoted(start=one.amount.start, end=one.amount.end, why=Reason.ONLY_PRICE))
        )
    if len({one.money.currency for row in table.rows.values() for one in row}) != 1:
        return replace(_NOTHING, doubts=(Doubt.SEVERAL_PRICES,))
    return _Settling(text, table, quantity).reading()


class _Settling:
    """One mail's sums."""

    def __init__(self, text: str, table: _Table, quantity: int) -> None:
        self._text = text
        self._table = table
        self._quantity = quantity
        self._net = NET.search(text)
        self._gross = GROSS.search(text)
        equals = table.of(Role.EQUALS)
        named = Role.TOTAL in table.rows
        self._totals = table.of(Role.TOTAL) if named else equals[-1:]
        self._prices = table.of(Role.PRICE) + (equals if named else equals[:-1])
        self._shipping = _shipping(text, table)

    def reading(self) -> MailReading:
        """The reading, with as much as adds up."""
        counts = counts_in(self._text)
        if counts and self._quantity not in counts:
            return replace(_NOTHING, doubts=(Doubt.ANOTHER_QUANTITY,))
        if len({one.money for one in self._totals}) > 1 or INSTALMENTS.search(self._text) is not None:
            return replace(_NOTHING, doubts=(Doubt.SEVERAL_PRICES,))
        goods, doubt = self._goods()
        if doubt is not None:
            return replace(_NOTHING, doubts=(doubt,))
        return self._with_total(goods) if self._totals else self._without_total(goods)

    def _goods(self) -> tuple[_Told | None, Doubt | None]:
        """What the goods come to, where that is one amount; None where only a total is named."""
        units = self._table.of(Role.UNIT)
        nets = self._table.of(Role.NET_TOTAL)
        prices = self._prices
        if nets:
            one = self._table.one(Role.NET_TOTAL)
            return (one, None) if one is not None else (None, Doubt.SEVERAL_PRICES)
        if units:
            unit = self._table.one(Role.UNIT)
            if unit is None:
                return None, Doubt.SEVERAL_PRICES
            whole = unit.money.times(self._quantity)
            if any(one.money != whole for one in prices):
                return None, Doubt.SEVERAL_PRICES
            if prices:
                return prices[0], None
            return _Told(money=whole, at=replace(unit.at, why=Reason.PER_PIECE)), None
        if not prices:
            return None, None
        if len({one.money for one in prices}) == 1:
            return prices[0], None
        if not self._totals:
            return None, Doubt.SEVERAL_PRICES
        summed = reduce(add, (one.money for one in prices))
        return _Told(money=summed, at=replace(prices[0].at, why=Reason.ADDED_UP)), None

    def _with_total(self, goods: _Told | None) -> MailReading:
        total = self._totals[0]
        taxes = self._table.of(Role.TAX)
        net = self._net is not None and self._gross is None
        if goods is None:
            if net and not taxes:
                return self._without_total(total)
            if self._shipping.told is not None and self._shipping.told.money.minor:
                return replace(_NOTHING, doubts=(Doubt.SHIPPING_OPEN,))
            return self._read(total, None, TaxBasis.GROSS if self._gross else None)
        sent = [self._shipping.told.money] if self._shipping.told is not None else []
        off = [one.money.times(-1) for one in self._table.of(Role.DISCOUNT)]
        summed = _sum([goods.money, *sent])
        if off and total.money in {_sum([summed, *off]), _sum([goods.money, *off])} and not net and not taxes:
            return self._read(total, None, TaxBasis.GROSS if self._gross else None)
        if len({one.money for one in taxes}) == 1 and total.money in {
            _sum([summed, taxes[0].money]),
            _sum([goods.money, taxes[0].money]),
        }:
            return self._read(total, goods, TaxBasis.NET)
        if summed == total.money and not net:
            return self._read(total, goods, TaxBasis.GROSS if self._gross else None)
        if summed == total.money and not taxes:
            return self._without_total(total)
        rate = rate_of(self._text)
        if rate is not None and self._net is not None and _sum([summed, _tax(summed, rate)]) == total.money:
            return self._read(total, goods, TaxBasis.NET)
        return replace(self._parts(goods, TaxBasis.NET if net else None), doubts=(Doubt.SUMS_DIFFER,))

    def _without_total(self, goods: _Told | None) -> MailReading:
        if goods is None:
            return _NOTHING
        costs = EXTRA.search(self._text)
        if self._table.of(Role.DISCOUNT) or PERCENT_OFF.search(self._text) is not None:
            return replace(_NOTHING, doubts=(Doubt.COSTS_OPEN,))
        if costs is not None and not ("komm" in costs[0].lower() and self._table.of(Role.SHIPPING)):
            return replace(self._parts(goods, None), doubts=(Doubt.COSTS_OPEN,))
        named_net = bool(self._table.of(Role.NET_TOTAL))
        units = bool(self._table.of(Role.UNIT)) or self._totals
        if self._quantity > 1 and not units and self._quantity not in counts_in(self._text):
            return replace(_NOTHING, doubts=(Doubt.ANOTHER_QUANTITY,))
        net = named_net or (self._net is not None and self._gross is None)
        taxes = self._table.of(Role.TAX)
        if self._net is not None and self._gross is not None and not named_net:
            return replace(self._parts(goods, None), doubts=(Doubt.TAX_OPEN,))
        parts = self._parts(goods, TaxBasis.NET if net else TaxBasis.GROSS if self._gross else None)
        if self._shipping.open:
            return replace(parts, doubts=(Doubt.SHIPPING_OPEN,))
        sent = self._shipping.told.money if self._shipping.told is not None else None
        money = _sum([goods.money, *([sent] if sent is not None else [])])
        why = goods.at.why if sent is None or not sent.minor else Reason.ADDED_UP
        if net:
            rate = rate_of(self._text)
            tax = _tax(money, rate) if rate is not None else None
            if taxes:
                tax = taxes[0].money if tax in {None, taxes[0].money} and len({o.money for o in taxes}) == 1 else None
            if tax is None:
                return replace(parts, doubts=(Doubt.TAX_OPEN,))
            money, why = money + tax, Reason.ADDED_UP
        elif taxes and self._gross is None:
            return replace(parts, doubts=(Doubt.TAX_OPEN,))
        total = _Told(money=money, at=replace(goods.at, why=why))
        return self._read(total, goods, TaxBasis.NET if net else TaxBasis.GROSS if self._gross else None, named=False)

    def _read(self, total: _Told, goods: _Told | None, basis: TaxBasis | None, *, named: bool = True) -> MailReading:
        if total.money.minor <= 0:
            return _NOTHING
        if self._shipping.open:
            return replace(self._parts(goods or total, basis), doubts=(Doubt.SHIPPING_OPEN,))
        at = replace(total.at, why=Reason.NAMED_A_TOTAL) if named else total.at
        parts = self._parts(goods, basis)
        apart = parts.items if parts.items is not None and parts.items.money != total.money else None
        return replace(parts, total=SaidMoney(money=total.money, at=at), items=apart)

    def _parts(self, goods: _Told | None, basis: TaxBasis | None) -> MailReading:
        sent = self._shipping.told
        return MailReading(
            items=SaidMoney(money=goods.money, at=goods.at) if goods is not None else None,
            shipping=SaidMoney(money=sent.money, at=sent.at) if sent is not None else None,
            tax=self._tax_said(basis),
        )

    def _tax_said(self, basis: TaxBasis | None) -> SaidTax | None:
        if basis is None:
            return None
        said = (self._net or self._gross) if basis is TaxBasis.NET else self._gross
        if said is not None:
            return SaidTax(basis=basis, at=Quoted(start=said.start(), end=said.end(), why=Reason.SAID))
        rows = self._table.of(Role.TAX, Role.NET_TOTAL)
        return SaidTax(basis=basis, at=replace(rows[0].at, why=Reason.SAID)) if rows else None


def _shipping(text: str, table: _Table) -> _Shipping:
    rows = table.of(Role.SHIPPING)
    free = FREE.search(text)
    costs = {one.money for one in rows}
    if len(costs) > 1 or (free is not None and any(money.minor for money in costs)):
        return _Shipping(open=True)
    if rows:
        return _Shipping(told=replace(rows[0], at=replace(rows[0].at, why=Reason.SAID)))
    if NOT_FREE.search(text) is not None:
        return _Shipping(open=True)
    if free is None:
        return _Shipping()
    nothing = replace(next(one for row in table.rows.values() for one in row).money, minor=0)
    return _Shipping(told=_Told(money=nothing, at=Quoted(start=free.start(), end=free.end(), why=Reason.SAID)))


def _sum(parts: Iterable[Money]) -> Money:
    return reduce(add, parts)


def _tax(money: Money, rate: int) -> Money:
    """The tax on an amount at a rate in tenths of a percent, rounded half up."""
    return replace(money, minor=(money.minor * rate * 2 + 1000) // 2000)
