"""The dates of the agenda as people read them. One line for each kind; no decisions here."""

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind, When
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_fields


def agenda_kind_label(kind: AgendaKind) -> str:
    """What falls due, without saying with whom or about what."""
    return {
        AgendaKind.ANSWERS_BY: _("answers are due"),
        AgendaKind.NEEDED_BY: _("the day you need it"),
        AgendaKind.OFFER_EXPIRES: _("an offer runs out"),
        AgendaKind.DISCLOSURE_LAPSES: _("what was told may not be used any more"),
        AgendaKind.DELIVERY_DUE: _("delivery is due"),
        AgendaKind.ERASURE_DUE: _("erasing is due"),
        AgendaKind.NOTICE_SOON: _("decide whether to keep it"),
        AgendaKind.NOTICE_BY: _("last day to give notice"),
        AgendaKind.CONTRACT_ENDS: _("a contract ends"),
        AgendaKind.RIGHTS_DUE: _("the clock of a data request"),
        AgendaKind.RETURN_BY: _("last day to send it back"),
        AgendaKind.WARRANTY_ENDS: _("a warranty ends"),
        AgendaKind.CHANGE_DUE: _("a change takes effect"),
        AgendaKind.CHANGE_UNANSWERED: _("a change was not confirmed yet"),
        AgendaKind.REMINDER: _("a date of your own"),
        AgendaKind.CASE_DUE: _("a case waits for its remedy or an answer"),
        AgendaKind.PROMISE_DUE: _("something promised is due"),
        AgendaKind.AFTER_END: _("ask what is still held after the end"),
        AgendaKind.DRP_EXPECTED: _("a data request should be answered"),
        AgendaKind.PAYMENT_OUTCOME: _("did you pay?"),
        AgendaKind.PRICE_FELL: _("a price that you watch has fallen"),
    }[kind]


def agenda_words(item: AgendaItem, vendor: str = "", want: str = "") -> str:
    """One date in a few words: what falls due, what it is about, and with whom."""
    about = asked_fields(item.text) if item.kind is AgendaKind.ERASURE_DUE and item.text else item.text or want
    if item.kind is AgendaKind.REMINDER and item.text:
        words = item.text
    else:
        words = sentence(agenda_kind_label(item.kind)) + (f": {about}" if about else "")
    return f"{words} ({vendor})" if vendor else words


def when_label(when: When) -> str:
    """Where a date stands."""
    return {
        When.OVERDUE: _("Overdue"),
        When.TODAY: _("Today"),
        When.WEEK: _("In the next seven days"),
        When.LATER: _("Later"),
        When.DONE: _("Done"),
        When.PAST: _("Past"),
    }[when]


def sentence(words: str) -> str:
    """The words with a capital to begin with."""
    return words[:1].upper() + words[1:]
