"""My limits in words: what one allows, why a purchase is not within it, how often. No decisions here."""

from collections.abc import Iterable
from datetime import UTC

from vrm_desktop.domain.limits import Breach, Frequency, LimitTerms
from vrm_desktop.domain.money import Money
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def breach_label(breach: Breach) -> str:
    """Why a purchase is not within a limit."""
    return {
        Breach.REVOKED: _("you took it back"),
        Breach.NOT_YET: _("it does not hold yet"),
        Breach.OVER: _("it has run out"),
        Breach.MERCHANT: _("it names other vendors"),
        Breach.PAYEE: _("it names other accounts or pages to pay to"),
        Breach.ITEMS: _("it names other things, or fewer of them"),
        Breach.CURRENCY: _("it is in another currency"),
        Breach.TOO_LITTLE: _("this costs less than it says"),
        Breach.TOO_MUCH: _("this costs more than one purchase may"),
        Breach.BUDGET: _("its budget is used up, or would be"),
        Breach.TOO_SOON: _("the last purchase was not long enough ago"),
        Breach.TOO_OFTEN: _("it was used as often as it may"),
    }[breach]


def frequency_label(frequency: Frequency) -> str:
    """How often at most."""
    return {
        Frequency.ON_DEMAND: _("whenever it is needed"),
        Frequency.DAILY: _("once a day"),
        Frequency.WEEKLY: _("once a week"),
        Frequency.BIWEEKLY: _("every two weeks"),
        Frequency.MONTHLY: _("once a month"),
        Frequency.QUARTERLY: _("once in three months"),
        Frequency.ANNUALLY: _("once a year"),
    }[frequency]


def breaches_words(title: str, found: Iterable[Breach]) -> str:
    """One limit and all reasons."""
    return _("{limit}: {why}").format(limit=title, why="; ".join(breach_label(one) for one in found))


def terms_lines(terms: LimitTerms) -> tuple[str, ...]:
    """What a limit allows, line by line; what it leaves open is said too."""
    highest = values.money(Money(minor=terms.highest, currency=terms.currency))
    lines = [_("up to {amount} each time").format(amount=highest)]
    if terms.lowest:
        lowest = values.money(Money(minor=terms.lowest, currency=terms.currency))
        lines = [_("from {lowest} to {amount} each time").format(lowest=lowest, amount=highest)]
    if terms.budget is not None:
        budget = values.money(Money(minor=terms.budget, currency=terms.currency))
        lines.append(_("up to {amount} in all").format(amount=budget))
    window = (values.instant(one, zone=UTC) for one in (terms.starts, terms.ends))
    lines.append(_("from {start} until {end}").format(**dict(zip(("start", "end"), window, strict=True))))
    vendors = ", ".join(one.name or one.id for one in terms.merchants)
    lines.append(_("of {vendors}").format(vendors=vendors) if vendors else _("of any vendor"))
    for choice in terms.choices:
        things = ", ".join(one.title or one.id for one in choice.acceptable)
        lines.append(_("up to {count} of: {things}").format(count=choice.quantity, things=things))
    if terms.payees:
        lines.append(_("paid only to {payees}").format(payees=", ".join(one.name or one.id for one in terms.payees)))
    if terms.frequency is not None:
        lines.append(frequency_label(terms.frequency))
    if terms.times is not None:
        lines.append(_("{count} times at most").format(count=terms.times))
    return tuple(lines)
