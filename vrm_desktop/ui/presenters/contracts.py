"""Contracts as their page and the card in a file show them."""

from collections.abc import Sequence
from datetime import date

from vrm_desktop.domain.contract import Contract, ContractState, Renewal
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.keep_contracts import ContractView, yearly_totals
from vrm_desktop.ui.models.contracts_view import ContractLine, ContractsView, TypedContract
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.contracts import contract_state_label, price_words, rise_words, since_words, term_words

_TONES = {
    ContractState.RUNNING: Tone.GOOD,
    ContractState.CANCELLING: Tone.CAUTION,
    ContractState.CANCELLED: Tone.NEUTRAL,
    ContractState.OVER: Tone.NEUTRAL,
}


def contracts_view(views: Sequence[ContractView], vendors: Sequence[Counterparty], today: date) -> ContractsView:
    """All of it, what needs notice first."""
    return ContractsView(
        lines=tuple(contract_line(view, today) for view in views),
        summary=_summary(views),
        vendors=tuple((vendor.id, vendor.name) for vendor in vendors),
    )


def _summary(views: Sequence[ContractView]) -> str:
    if not views:
        return ""
    soon = sum(view.cancellable_this_month for view in views)
    totals = ", ".join(values.money(total) for total in yearly_totals(views))
    parts = [_("{amount} a year in all.").format(amount=totals)] if totals else []
    told = ngettext("{count} can be cancelled this month.", "{count} can be cancelled this month.", soon)
    parts.append(told.format(count=soon) if soon else _("None can be cancelled this month."))
    return " ".join(parts)


def contract_line(view: ContractView, today: date) -> ContractLine:
    """One contract."""
    one = view.contract
    by = view.terminate_by
    near = by is not None and (by - today).days <= _NEAR
    running = one.state is ContractState.RUNNING
    money = view.yearly
    return ContractLine(
        id=one.id,
        title=one.title,
        vendor=view.vendor_name,
        file=one.relationship or "",
        state=sentence(contract_state_label(one.state, unsent=view.unsent)),
        tone=_TONES[one.state],
        price=price_words(view.price),
        rise=rise_words(view.rise, view.rises),
        yearly=_("{amount} a year").format(amount=values.money(money)) if money is not None else "",
        yearly_order=money.minor if money is not None else 0,
        notice=notice_words(view),
        notice_day=by or one.ends,
        notice_tone=Tone.CAUTION if near else Tone.NEUTRAL,
        this_month=view.cancellable_this_month,
        facts=_facts(view),
        prices=tuple(since_words(point) for point in reversed(one.prices)),
        currency=one.prices[-1].price.currency if one.prices else "EUR",
        typed=typed(one),
        cancel=_cancel_words(view) if running and one.renewal is not Renewal.ENDS else "",
        can_confirm=one.state is ContractState.CANCELLING,
        can_keep=one.state in {ContractState.RUNNING, ContractState.CANCELLING},
    )


def typed(one: Contract) -> TypedContract:
    """A contract as its form shows it."""
    return TypedContract(
        id=one.id,
        vendor=one.vendor,
        title=one.title,
        number=one.number,
        starts=one.starts,
        months=str(one.months or ""),
        renewal=one.renewal.value,
        renews=str(one.renews or ""),
        notice=str(one.notice.count or ""),
        unit=one.notice.unit.value,
        price="",
        every="",
    )


_NEAR = 31


def notice_words(view: ContractView) -> str:
    """The date that matters now."""
    one = view.contract
    if view.unsent and view.terminate_by is not None:
        return _("the letter must be there by {day}").format(day=values.day(view.terminate_by))
    if one.ends is not None:
        told = _("ended on {day}") if one.state is ContractState.OVER else _("ends on {day}")
        return told.format(day=values.day(one.ends))
    if view.terminate_by is not None:
        return _("notice by {day}").format(day=values.day(view.terminate_by))
    if one.renewal is Renewal.ENDS and view.term_end is not None:
        return _("ends by itself on {day}").format(day=values.day(view.term_end))
    return _("notice on any day")


def _cancel_words(view: ContractView) -> str:
    return _("Cancel it to {day}").format(day=values.day(view.earliest_end))


def _facts(view: ContractView) -> tuple[tuple[str, str], ...]:
    one: Contract = view.contract
    way = _("over the wire, signed") if view.by_wire else _("by a letter that is written for you")
    pairs = [
        (_("Number"), one.number),
        (_("Began on"), values.day(one.starts)),
        (_("How it runs"), term_words(one)),
        (_("This term ends"), values.day(view.term_end) if view.term_end else ""),
        (_("Last day for notice"), values.day(view.terminate_by) if view.terminate_by else ""),
        (_("Notice goes"), way if one.state is ContractState.RUNNING and one.renewal is not Renewal.ENDS else ""),
        (_("Notice given on"), values.day(one.cancelled) if one.cancelled and not view.unsent else ""),
        (_("Note"), one.note),
    ]
    return tuple((label, value) for label, value in pairs if value)
