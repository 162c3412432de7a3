"""Wishes, consents and rules as cards and pages show them. Pure."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from vrm_desktop.domain.consent import Consent, ConsentWord
from vrm_desktop.domain.contact_budget import USUAL
from vrm_desktop.domain.promise import PromiseState
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.wish import RuleWord, Verdict, WishState
from vrm_desktop.domain.wish_rules import WishRule
from vrm_desktop.services.answer_wishes import ANSWERABLE, WishView
from vrm_desktop.services.contact_budgets import ContactBudget
from vrm_desktop.services.renew_consents import Renewal
from vrm_desktop.services.wish_values import Offered
from vrm_desktop.ui.models.relationship_view import Said
from vrm_desktop.ui.models.wishes_view import (
    BudgetView,
    ConsentLine,
    DataRulesView,
    RuleLine,
    WishesView,
    WishFieldLine,
    WishLine,
)
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import asked_field_label, note_label, purpose_label, terms_name
from vrm_desktop.wording.wish_words import (
    consent_from_label,
    consent_purpose_label,
    consent_word_label,
    refusal_label,
    rule_words,
    verdict_advice,
    verdict_label,
    wish_state_label,
)

_TONES = {Verdict.WITHIN: Tone.GOOD, Verdict.OUTSIDE: Tone.CAUTION, Verdict.AGAINST: Tone.BAD}
_WORD_TONES = {
    ConsentWord.GIVEN: Tone.GOOD,
    ConsentWord.RENEWED: Tone.GOOD,
    ConsentWord.REFUSED: Tone.NEUTRAL,
    ConsentWord.WITHDRAWN: Tone.CAUTION,
    ConsentWord.EXPIRED: Tone.NEUTRAL,
}


def wishes_view(views: tuple[WishView, ...], today: date) -> WishesView:
    """The wishes of one vendor."""
    count = sum(one.wish.state is WishState.FOLDED for one in views)
    folded = ngettext(
        "{count} more lies beyond what this vendor may ask unasked in thirty days.",
        "{count} more lie beyond what this vendor may ask unasked in thirty days.",
        count,
    )
    return WishesView(
        lines=tuple(_wish(one, today) for one in views), folded=folded.format(count=count) if count else ""
    )


def _wish(view: WishView, today: date) -> WishLine:
    wish = view.wish
    asks = wish.state in ANSWERABLE and view.leaving is None
    promise = view.promise
    due = (
        promise is not None and promise.state is PromiseState.OPEN and promise.due is not None and today >= promise.due
    )
    return WishLine(
        id=wish.id,
        why=wish.why,
        verdict=sentence_case(verdict_label(wish.verdict)),
        advice=verdict_advice(wish.verdict, terms_name(wish.roster)) if asks and wish.roster else "",
        tone=_TONES[wish.verdict],
        state=_state(view),
        fields=tuple(_field(one) for one in view.offers),
        back=_back(view),
        act=view.leaving.id if view.leaving is not None else "",
        asks=asks,
        due=due,
    )


def _state(view: WishView) -> str:
    wish = view.wish
    if view.leaving is not None:
        by = _("your rules said yes") if wish.by_itself else _("you answered")
        return _("{by}; it leaves at {time}").format(by=by, time=moment_of(view.leaving.not_before))
    words = wish_state_label(wish.state)
    if wish.reason is not None and wish.state is WishState.REFUSED:
        words = f"{words}: {refusal_label(wish.reason)}"
    return sentence_case(words)


def _field(offer: Offered) -> WishFieldLine:
    detail = ngettext("{purpose}, for {days} day", "{purpose}, for {days} days", offer.field.days)
    return WishFieldLine(
        name=offer.field.name,
        label=sentence_case(asked_field_label(offer.field.name)),
        detail=detail.format(purpose=purpose_label(offer.field.purpose), days=offer.field.days),
        value=_("you never share it") if offer.kept else offer.value,
        missing=not offer.value,
        chosen=not offer.kept and offer.field.rule is not RuleWord.NEVER,
    )


def _back(view: WishView) -> str:
    back, promise = view.wish.in_return, view.promise
    if back is None:
        return ""
    if promise is None or promise.state is PromiseState.OPEN:
        amount = f" ({values.money(back.amount)})" if back.amount is not None else ""
        return _("In return, by {day}: {what}").format(day=values.day(back.due), what=back.what + amount)
    if promise.state in {PromiseState.KEPT, PromiseState.LATE}:
        return _("You got in return: {what}").format(what=back.what)
    return _("It did not come: {what}").format(what=back.what)


def consent_line(consent: Consent, vendor: str = "", renewal: Renewal | None = None) -> ConsentLine:
    """One consent; `vendor` stands in front where cards of several vendors are together. `renewal`: if it can be."""
    names = ", ".join(dict.fromkeys(asked_field_label(item.name) for item in consent.items))
    purposes = ", ".join(dict.fromkeys(consent_purpose_label(item.purpose) for item in consent.items))
    until = _("until {day}").format(day=values.day(consent.until)) if consent.until is not None else ""
    parts = (purposes, until if consent.stands else "", consent_from_label(consent.origin))
    told = ", ".join(f"{consent_word_label(event.word)} {moment_of(event.at)}" for event in consent.events)
    if consent.confirmed is not None:
        told += "; " + _("erased, it says, {day}").format(day=values.day(consent.confirmed))
    what = sentence_case(names)
    renew, meaning, act = _renewal_words(renewal)
    return ConsentLine(
        id=consent.id,
        what=f"{vendor}: {names}" if vendor else what,
        detail=" · ".join(part for part in parts if part),
        state=sentence_case(consent_word_label(consent.word)),
        tone=_WORD_TONES[consent.word],
        story=sentence_case(told),
        stands=consent.stands,
        renew=renew,
        meaning=meaning,
        act=act,
    )


def _renewal_words(renewal: Renewal | None) -> tuple[str, str, str]:
    """What the button says, what it means, and the answer that waits."""
    if renewal is None:
        return "", "", ""
    if renewal.waits is not None:
        return "", _("Your answer leaves at {time}.").format(time=moment_of(renewal.waits.not_before)), renewal.waits.id
    if renewal.until is None:
        return "", "", ""
    until = values.day(renewal.until)
    told = _(
        "Renewing tells the vendor anew, as your profile says it today: {fields}; {purpose}, until {day}. It rests on "
        "your consent again, and you can take that back at any time."
    )
    fields = ", ".join(dict.fromkeys(asked_field_label(one.name) for one in renewal.fields))
    purpose = ", ".join(dict.fromkeys(purpose_label(one.purpose) for one in renewal.fields))
    words = told.format(fields=fields, purpose=purpose, day=until)
    return _("Renew until {day}").format(day=until), words, ""


def data_rules_view(
    consents: tuple[Consent, ...],
    rules: tuple[WishRule, ...],
    vendors: tuple[Counterparty, ...],
    renewals: Mapping[str, Renewal] = MappingProxyType({}),
    budget: int = USUAL,
) -> DataRulesView:
    """All consents, the newest first, and all rules in force."""
    names = {one.id: one.name for one in vendors}
    return DataRulesView(
        consents=tuple(consent_line(one, names.get(one.vendor, ""), renewals.get(one.id)) for one in consents),
        rules=tuple(
            RuleLine(
                id=rule.id,
                words=sentence_case(rule_words(rule, names.get(rule.vendor, "") if rule.vendor else "")),
                own=not rule.id.startswith("standard-"),
            )
            for rule in rules
        ),
        vendors=tuple(sorted(((one.id, one.name) for one in vendors), key=lambda pair: pair[1].casefold())),
        budget=budget,
    )


def budget_view(key: str, budget: ContactBudget) -> BudgetView:
    """What one vendor may say unasked, and what was folded away."""
    away = len(budget.story.folded)
    used = ngettext(
        "{used} of {count} thing said unasked in the last thirty days.",
        "{used} of {count} things said unasked in the last thirty days.",
        budget.messages,
    ).format(used=budget.used, count=budget.messages)
    folded = ngettext("{count} is folded away.", "{count} are folded away.", away).format(count=away)
    back = _("As for everybody ({count})").format(count=budget.usual)
    return BudgetView(
        relationship=key,
        used=f"{used} {folded}" if away else used,
        messages=budget.messages,
        folded=tuple(_folded(note) for note in budget.story.folded),
        back=back if budget.own else "",
    )


def _folded(note: Note) -> Said:
    words = note.text if note.kind == "message" else sentence_case(note_label(note))
    return Said(mine=False, text=words, when=moment_of(note.at))
