"""Asking a quote desk in words: how far it has come, and what is odd about its answer. No decisions."""

from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteState
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def quote_state_label(state: QuoteState) -> str:
    """How far asking has come."""
    return {
        QuoteState.DRAFT: _("not asked yet"),
        QuoteState.HELD: _("waits to leave, or has just left"),
        QuoteState.PENDING: _("asked; the desk lets you wait"),
        QuoteState.ELSEWHERE: _("asked; the desk answers by another way"),
        QuoteState.REFUSED: _("the desk refused"),
        QuoteState.UNCLEAR: _("answered, and you need to look at it"),
        QuoteState.QUOTED: _("answered with a quote"),
        QuoteState.ACCEPTING: _("you accepted; it is on its way"),
        QuoteState.ORDERED: _("ordered"),
        QuoteState.OVER: _("over, without a quote"),
    }[state]


def quote_trouble(asked: QuoteAsked) -> str:
    """What is odd about it, "" for nothing."""
    words = {
        "desk-refused": _("The desk says why in its own words below."),
        "desk-no-number": _("The desk took the request, but named no number to ask for it by."),
        "desk-look-refused": _("The desk did not say how it stands; it is asked again."),
        "desk-never-answered": _("No answer came in time, and it is not asked any more."),
        "desk-refused-acceptance": _("The desk did not take your acceptance; nothing was ordered."),
        "quote-unclear": _("No clear price stands in the answer."),
        "payment-link-elsewhere": _("The link for paying leads to another site than the vendor's."),
    }
    if asked.trouble == "quote-sums-differ":
        first, second = (values.money(one) for one in asked.two_totals)
        told = _("The parts come to {sum}, and the desk says {total}; you decide which of them counts.")
        return told.format(sum=first, total=second)
    return words.get(asked.trouble, "")


def no_terms_warning() -> str:
    """What asking a desk means for one's conditions."""
    return _("This desk signs none of your conditions: what you tell it, it may keep.")
