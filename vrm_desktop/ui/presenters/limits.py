"""My limits in the words of their page, and a form as the terms of one; or which field does not fit. Pure."""

import re
from datetime import UTC, datetime, time

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.limits import MOST, Article, Frequency, LimitTerms, LimitUse, Party
from vrm_desktop.domain.money import Money
from vrm_desktop.services import keep_limits
from vrm_desktop.services.keep_limits import LimitShown
from vrm_desktop.ui.models.limits_view import LimitForm, LimitLine
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.ui.presenters.typed_values import NotTyped, typed_money
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.limit_words import terms_lines

_CURRENCY = "EUR"
_COUNT = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


def limit_line(one: LimitShown, now: datetime) -> LimitLine:
    """One limit."""
    limit, terms = one.limit, one.limit.terms
    if limit.revoked is not None:
        state, tone = _("Taken back on {day}").format(day=day_of(limit.revoked)), Tone.NEUTRAL
    elif one.in_force:
        state, tone = _("In force"), Tone.GOOD
    else:
        state, tone = (_("Not yet"), Tone.ACCENT) if now < terms.starts else (_("Over"), Tone.NEUTRAL)
    used = _("Bought so far: {amount}").format(amount=values.money(one.spent))
    if terms.budget is not None:
        whole = values.money(Money(minor=terms.budget, currency=terms.currency))
        used = _("Bought so far: {amount} of {budget}").format(amount=values.money(one.spent), budget=whole)
    return LimitLine(
        id=limit.id,
        title=limit.title,
        state=state,
        tone=tone,
        allows=terms_lines(terms),
        used=used,
        bought=tuple(_use(each) for each in one.uses),
        alive=limit.revoked is None and now < terms.ends,
    )


def limit_terms(form: LimitForm, merchants: tuple[Party, ...], now: datetime) -> LimitTerms:
    """The terms as typed; without a first day it holds from now.

    Raises:
        NotTyped: a field does not fit.
    """
    if not form.title:
        raise NotTyped("title", _("Give it a name, for you; nobody else gets it."))
    highest = typed_money("highest", form.highest, _CURRENCY)
    if highest is None or highest.minor <= 0:
        raise NotTyped("highest", _("Say what one purchase may cost at most, such as 80.00 EUR."))
    budget = typed_money("budget", form.budget, highest.currency)
    if budget is not None and (budget.currency != highest.currency or budget.minor < highest.minor):
        raise NotTyped("budget", _("In all, it is the same currency and no less than one purchase."))
    lowest = typed_money("lowest", form.lowest, highest.currency)
    if lowest is not None and (lowest.currency != highest.currency or not 0 <= lowest.minor <= highest.minor):
        raise NotTyped("lowest", _("It is the same currency, and no more than one purchase may cost."))
    if form.ends is None:
        raise NotTyped("ends", _("Say until when it holds."))
    if form.times and (_COUNT.fullmatch(form.times) is None or not form.frequency):
        raise NotTyped("times", _("A number, such as 4, together with how often."))
    articles, payees = form.articles, tuple(_payee(one) for one in form.accounts)
    for field, found in (("vendors", merchants), ("articles", articles), ("accounts", payees)):
        if len(found) > MOST:
            raise NotTyped(field, _("Up to {count} of a kind.").format(count=MOST))
    starts = datetime.combine(form.starts, time(), UTC) if form.starts is not None else now
    try:
        return LimitTerms(
            currency=highest.currency,
            highest=highest.minor,
            lowest=lowest.minor if lowest is not None else 0,
            budget=budget.minor if budget is not None else None,
            starts=starts,
            ends=datetime.combine(form.ends, time(23, 59, 59), UTC),
            merchants=merchants,
            choices=keep_limits.choices((Article(id=one.number, title=one.title), one.count) for one in articles),
            payees=payees,
            frequency=Frequency(form.frequency) if form.frequency else None,
            times=int(form.times) if form.times else None,
        )
    except InvalidValue as error:
        raise NotTyped("ends", _("It ends after it begins.")) from error


def _payee(text: str) -> Party:
    try:
        return keep_limits.account(text)
    except InvalidValue as error:
        told = _("{number}: this account number does not check. Look for a slip in it.")
        raise NotTyped("accounts", told.format(number=text)) from error


def _use(one: LimitUse) -> str:
    return (
        f"{day_of(one.at)}: {values.money(one.amount)}, {one.what}"
        if one.what
        else f"{day_of(one.at)}: {values.money(one.amount)}"
    )
