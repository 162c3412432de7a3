"""Contracts in words: what they cost, how they run, where they stand. No decisions here."""

from datetime import date

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import Contract, ContractState, Every, PricePoint, Renewal
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext


def every_label(every: Every) -> str:
    """How often a price falls due."""
    return {
        Every.WEEK: _("a week"),
        Every.MONTH: _("a month"),
        Every.QUARTER: _("a quarter"),
        Every.HALF_YEAR: _("half a year"),
        Every.YEAR: _("a year"),
        Every.ONCE: _("once"),
    }[every]


def price_words(point: PricePoint | None) -> str:
    """A price and how often it falls due."""
    if point is None:
        return ""
    return _("{price} {every}").format(price=values.money(point.price), every=every_label(point.every))


def rise_words(rise: int | None, rises: date | None = None) -> str:
    """By how much the price rose or fell since the first; "" where it did not. `rise`: hundredths of a per cent.

    `rises`: the day to come from which on that is so.
    """
    if not rise:
        return ""
    told = _("+{percent} % since the start") if rise > 0 else _("{percent} % since the start")
    percent = f"{rise / 100:.1f}".removesuffix(".0").replace("-", "−")
    if rises is not None:
        told = _("+{percent} % from {day}") if rise > 0 else _("{percent} % from {day}")
        return told.format(percent=percent, day=values.day(rises))
    return told.format(percent=percent)


def since_words(point: PricePoint) -> str:
    """A price, how often it falls due, and from which day on."""
    return _("from {day}: {price} {every}").format(
        day=values.day(point.since), price=values.money(point.price), every=every_label(point.every)
    )


def contract_state_label(state: ContractState, *, unsent: bool = False) -> str:
    """Where a contract stands; `unsent`: the letter with the notice is still to be sent."""
    if unsent:
        return _("notice written, the letter is still to be sent")
    return {
        ContractState.RUNNING: _("running"),
        ContractState.CANCELLING: _("notice given, not confirmed yet"),
        ContractState.CANCELLED: _("cancelled"),
        ContractState.OVER: _("over"),
    }[state]


def span_words(span: Span) -> str:
    """A span of time."""
    count = span.count
    words = {
        SpanUnit.DAYS: ngettext("{count} day", "{count} days", count),
        SpanUnit.WEEKS: ngettext("{count} week", "{count} weeks", count),
        SpanUnit.MONTHS: ngettext("{count} month", "{count} months", count),
        SpanUnit.YEARS: ngettext("{count} year", "{count} years", count),
    }[span.unit]
    return words.format(count=count) if count else _("none")


def term_words(one: Contract) -> str:
    """How it runs: first term, what comes after it, and the notice period."""
    first = ngettext("{count} month", "{count} months", one.months).format(count=one.months)
    again = ngettext("{count} month", "{count} months", one.renews).format(count=one.renews)
    if one.months == 0:
        told = _("runs on from the start")
    elif one.renewal is Renewal.ENDS:
        return _("{first}, then it ends").format(first=first)
    elif one.renewal is Renewal.RENEWS:
        told = _("{first}, then renews by {again}").format(first=first, again=again)
    else:
        told = _("{first}, then runs on").format(first=first)
    return _("{told}; notice period: {notice}").format(told=told, notice=span_words(one.notice))
