"""The inbox's words for states, kinds, reasons and values. Sentences only; nothing is decided or looked up here."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.terms import Standing
from vrm_desktop.vendor.inbox.rows import Folder, Listed
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.pages import service_words
from vrm_desktop.vendor.reasons import Because, Why
from vrm_desktop.wording.asked import asked_value_label, payment_way_label, told_area_label
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.values import day, instant, money

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def plain(text: str) -> str:
    """Somebody's text with every sign that cannot be seen, or turns the line around, made visible."""
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def amount(minor: int, currency: str) -> str:
    """An amount as people read it."""
    return money(Money(minor=minor, currency=currency))


def when(seconds: int) -> str:
    """An instant given in seconds since 1970."""
    return instant(datetime.fromtimestamp(seconds, UTC))


def category(code: str) -> str:
    """A category's label."""
    found = CATEGORIES.get(code)
    return _(found.label) if found is not None else code


def deadline(last: date, today: date) -> str:
    """How long there still is until the end of the day `last`."""
    left = (last - today).days
    if left < 0:
        return _("over since {day}").format(day=day(last))
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    return ngettext("in {count} day", "in {count} days", left).format(count=left)


def asked(code: str) -> str:
    """How many shops were asked."""
    if code == "more":
        return _("more than 10 shops were asked")
    return _("at most {count} shops were asked").format(count=code)


def title(row: Listed) -> str:
    """What an enquiry is called: its category, or what a contact is about."""
    if not row.about:
        return category(row.category)
    named = service_words.contact(row.about)
    return f"{named} · {category(row.category)}" if row.category else named


def due(row: Listed) -> date:
    """The day that counts: of what is owed, or of the want."""
    return row.wanted or row.answers_by


def wish(values: Mapping[str, object]) -> str:
    """The coarse wish in one line: attributes, condition and way, where they say anything."""
    attributes = values.get("attributes")
    pairs = sorted(dict(attributes).items()) if isinstance(attributes, dict) else []
    parts = [f"{_attribute(str(key))}: {asked_value_label(f'attribute.{key}', str(value))}" for key, value in pairs]
    parts += [word for word in (condition(str(values["condition"])), way(str(values["fulfilment"]))) if word]
    return " · ".join(parts)


def _attribute(key: str) -> str:
    """What an attribute is called in whichever category has it; one that none has shows its own name."""
    every = (one for known in CATEGORIES.values() for one in known.all_attributes if one.key == key)
    found = next(every, None)
    return _(found.label) if found is not None else key.replace("_", " ")


def area(code: str) -> str:
    """An area by its names, coarsest last."""
    return told_area_label(code)


def payment(way_of_paying: str) -> str:
    """A way of paying; one that is not on the list shows its own name."""
    return payment_way_label(plain(way_of_paying))


def condition(code: str) -> str:
    """New or used."""
    return {"new": _("new"), "used": _("used"), "refurbished": _("refurbished")}.get(code, "")


def way(code: str) -> str:
    """How it gets to the person."""
    return {"delivered": _("delivered"), "collected": _("collected"), "on-site": _("on site")}.get(code, "")


def folder(which: Folder) -> str:
    """A list's name."""
    return {
        Folder.WAITING: _("Waiting for you"),
        Folder.OPEN: _("Open"),
        Folder.ORDERS: _("Orders"),
        Folder.ALL: _("All"),
    }[which]


def stage(row: Listed) -> str:
    """Where an enquiry stands, in a few words."""
    if row.stage is State.CONFIRMED and row.progress:
        return progress(row.progress)
    return {
        State.NEW: _("new"),
        State.ASKED: _("terms to answer"),
        State.COUNTERED: _("our terms proposed"),
        State.DECLINED: _("terms declined"),
        State.REFUSED: _("our terms refused"),
        State.AGREED: _("signed, details to come"),
        State.REVEALED: _("wants an offer"),
        State.OFFERED: _("offer made"),
        State.HAGGLING: _("names another price"),
        State.PASSED: _("offer declined"),
        State.ORDERED: _("order to confirm"),
        State.CONFIRMED: _("order confirmed"),
        State.WITHDRAWN: _("taken back"),
        State.ENDING: _("ended"),
        State.ENDED: _("closed"),
    }[row.stage]


def tone(row: Listed) -> str:
    """The colour of where it stands: one of the style sheet's."""
    if row.waits is not None:
        return "caution"
    if row.stage in {State.CONFIRMED, State.ORDERED, State.OFFERED}:
        return "good"
    return "neutral"


def progress(code: str) -> str:
    """How an order goes on."""
    return {
        "preparing": _("being prepared"),
        "shipped": _("on its way"),
        "ready": _("ready to be collected"),
        "delivered": _("delivered"),
        "delayed": _("delayed"),
        "cancelled": _("cancelled"),
    }[code]


def waits(kind: Kind) -> str:
    """What somebody of the shop should do."""
    return {
        Kind.PING: _("Answer the terms"),
        Kind.REVEAL: _("Make an offer"),
        Kind.COUNTER: _("Answer the price"),
        Kind.ACCEPT: _("Confirm the order"),
        Kind.CONTACT: _("Answer the terms"),
        Kind.ORDER_CHANGE: _("Answer the change"),
        Kind.CASE: _("Answer the case"),
        Kind.CASE_ANSWER: _("Look at the case"),
        Kind.DATA_REQUEST: _("Meet the right"),
        Kind.NOTICE: _("Read the notice"),
        Kind.VOICE: _("Answer the voice"),
        Kind.GRANT: _("Keep your promise"),
        Kind.MESSAGE: _("Read the message"),
        Kind.PAID: _("Check the payment"),
    }.get(kind, _("Look at it"))


def owed(row: Listed) -> str:
    """What somebody of the shop should do about an enquiry that waits; empty where none does."""
    if row.waits is None:
        return ""
    if row.about and row.waits is Kind.REVEAL:
        return _("Read what they told")
    return waits(row.waits)


def kind(code: Kind) -> str:
    """What a message is called in the history."""
    return {
        Kind.PING: _("asked"),
        Kind.TERMS_ANSWER: _("answered the terms"),
        Kind.TERMS_ACCEPT: _("accepted our terms"),
        Kind.TERMS_REFUSE: _("refused our terms"),
        Kind.REVEAL: _("told the details"),
        Kind.OFFER: _("made an offer"),
        Kind.OFFER_WITHDRAWN: _("took the offer back"),
        Kind.COUNTER: _("named another price"),
        Kind.DECLINE: _("declined the offer"),
        Kind.ACCEPT: _("ordered"),
        Kind.CONFIRMATION: _("confirmed the order"),
        Kind.STATUS: _("told how the order goes"),
        Kind.RECEIPT: _("gave a receipt"),
        Kind.PAID: _("says it was paid"),
        Kind.MESSAGE: _("wrote"),
        Kind.ACKNOWLEDGEMENT: _("received"),
        Kind.WITHDRAW_CAST: _("took the want back"),
        Kind.END: _("ended the relationship"),
        Kind.CLOSURE: _("closed"),
        Kind.CONTACT: _("made contact"),
        Kind.ORDER_CHANGE: _("asked for a change of the order"),
        Kind.CASE: _("opened a case"),
        Kind.CASE_ANSWER: _("answered in the case"),
        Kind.UPDATE: _("told new values"),
        Kind.GRANT: _("gave what was asked for"),
        Kind.REFUSE: _("gave nothing of it"),
        Kind.DATA_REQUEST: _("asked about data"),
        Kind.WITHDRAW_CONSENT: _("took a consent back"),
        Kind.NOTICE: _("gave notice"),
        Kind.VOICE: _("raised a voice"),
        Kind.KEY_CHANGE: _("changed the key"),
        Kind.REFUND: _("paid back"),
        Kind.USE_REPORT: _("reported on data"),
        Kind.VOICE_ANSWER: _("answered the voice"),
    }.get(code, code.value)


def outcome(code: str) -> str:
    """Why there was no offer."""
    return reason(Because(why=Why(code)))


def reason(because: Because) -> str:
    """Why the desk answered as it did."""
    words = {
        Why.TERMS_LISTED: _("The terms are on your list, so they were signed."),
        Why.TERMS_COUNTERED: _("The terms are not on your list; your own were proposed."),
        Why.TERMS_UNLISTED: _("The terms are not on your list, so they were declined."),
        Why.BEST_FIT: _("“{article}” fits best: {known} of {asked} wishes are known to be met."),
        Why.BID_MET: _("“{article}” fits best at the price the person named."),
        Why.NO_ARTICLE: _("Nothing in the catalogue is of this kind."),
        Why.NO_CONDITION: _("Nothing in the wanted condition."),
        Why.NO_MATCH: _("Nothing with these properties."),
        Why.NO_STOCK: _("What fits is out of stock or kept for others."),
        Why.NO_WAY: _("You do not bring it the way it is wanted."),
        Why.OUT_OF_BOUNDS: _("What fits is outside the prices of your rule."),
        Why.BID_TOO_LOW: _("The firm price is below your lowest."),
        Why.BID_UNREADABLE: _("The firm price is in another currency."),
        Why.NOT_SERVED: _("A rule says that this is not answered."),
        Why.PRICE_MET: _("The price named is within your limit, so it was met."),
        Why.PRICE_FLOOR: _("The price named is below your limit; your lowest was offered."),
        Why.PRICE_STANDS: _("There is no lower price; the same was offered again."),
        Why.ORDER_FITS: _("The order is your offer as made, and it still stands."),
        Why.OFFER_GONE: _("The offer no longer stood."),
        Why.SAID_NO: _("Somebody of the shop said no."),
        Why.LEFT_TO_HAND: _("Left to you."),
        Why.BY_HAND: _("Answered by hand."),
        Why.CANCELLED_IN_TIME: _("The order was not yet away, so it was cancelled."),
        Why.RIGHT_MET: _("The law gives this right; the desk met it from its own records."),
        Why.CONSENT_WITHDRAWN: _("The consent was taken back, so what rested on it was deleted."),
        Why.TERMS_DO_NOT_ALLOW: _("The terms do not cover this use: it needs the person's own yes."),
    }
    facts = {"article": "", "known": "0", "asked": "0", **{key: plain(value) for key, value in because.facts.items()}}
    if because.why is Why.BEST_FIT and facts["asked"] == "0":
        return _("“{article}” fits best.").format(**facts)
    return words[because.why].format(**facts)


def declined(code: DeclineReason) -> str:
    """Why a person declined an offer."""
    return {
        DeclineReason.PRICE: _("The price"),
        DeclineReason.DATE: _("The date"),
        DeclineReason.TERMS: _("The terms"),
        DeclineReason.DATA: _("The data asked for"),
        DeclineReason.OTHER_VENDOR: _("Another vendor’s offer was taken"),
        DeclineReason.CHANGED_MIND: _("They want it no more"),
        DeclineReason.OTHER: _("Something else"),
    }[code]


def role(code: Role) -> str:
    """What somebody may do."""
    return {Role.OWNER: _("owner"), Role.STAFF: _("staff")}[code]


def value_name(name: str) -> str:
    """A disclosed value's name: the last part of it, readable."""
    return plain(name.rsplit(".", 1)[-1].replace("_", " "))


def standing(known: Standing) -> str:
    """What the shop should know about terms that somebody proffers; empty where there is nothing to say."""
    return {
        Standing.KNOWN: "",
        Standing.REDEFINED: _("not the text that we know by this name: it cannot be signed"),
        Standing.UNKNOWN: _("we do not know these terms: they cannot be signed"),
    }[known]
