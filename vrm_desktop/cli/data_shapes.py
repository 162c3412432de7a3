"""Wishes, rules and consents as the command line's JSON and lines show them."""

from vrm_desktop.cli.shapes import Shape, instant, money
from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.promise import Promise
from vrm_desktop.domain.wish_rules import WishRule
from vrm_desktop.services.answer_wishes import WishView
from vrm_desktop.services.keep_consents import ConsentView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label
from vrm_desktop.wording.wish_words import (
    consent_purpose_label,
    consent_word_label,
    verdict_label,
    wish_state_label,
)


def wish(view: WishView) -> Shape:
    """A wish."""
    one, back = view.wish, view.wish.in_return
    return {
        "id": one.id,
        "vendor": one.vendor,
        "vendor_name": view.vendor_name,
        "relationship": one.relationship,
        "at": instant(one.at),
        "why": one.why,
        "state": one.state.value,
        "verdict": one.verdict.name.lower(),
        "rule": one.rule.name.lower(),
        "by_itself": one.by_itself,
        "by": one.by.isoformat() if one.by else None,
        "terms": one.roster or None,
        "fields": [
            {
                "id": offer.field.name,
                "purpose": offer.field.purpose.value,
                "days": offer.field.days,
                "verdict": offer.field.verdict.name.lower(),
                "rule": offer.field.rule.name.lower(),
                "value": offer.value or None,
                "coarse": offer.coarse,
                "never_shared": offer.kept,
            }
            for offer in view.offers
        ],
        "in_return": {"what": back.what, "due": back.due.isoformat(), "amount": money(back.amount)} if back else None,
        "promise": promise(view.promise) if view.promise else None,
        "leaving": {"act": view.leaving.id, "at": instant(view.leaving.not_before)} if view.leaving else None,
    }


def promise(one: Promise) -> Shape:
    """A promise."""
    return {
        "id": one.id,
        "what": one.what,
        "due": one.due.isoformat() if one.due else None,
        "state": one.state.value,
        "settled": one.settled.isoformat() if one.settled else None,
    }


def consent(view: ConsentView) -> Shape:
    """A consent record."""
    one = view.consent
    return {
        "id": one.id,
        "vendor": one.vendor,
        "vendor_name": view.vendor_name,
        "relationship": one.relationship,
        "state": one.word.value,
        "stands": one.stands,
        "notice": one.notice,
        "from": one.origin.value,
        "until": one.until.isoformat() if one.until else None,
        "held": view.held,
        "confirmed": one.confirmed.isoformat() if one.confirmed else None,
        "fields": [
            {
                "id": item.name,
                "purpose": item.purpose,
                "until": item.until.isoformat() if item.until else None,
                "withdrawn": item.name in one.withdrawn_names,
            }
            for item in one.items
        ],
        "events": [
            {
                "id": f"{one.id}:{number}",
                "what": event.word.value,
                "at": instant(event.at),
                "message": event.message,
                "fields": list(event.names),
            }
            for number, event in enumerate(one.events, start=1)
        ],
    }


def rule(one: WishRule) -> Shape:
    """A rule."""
    return {
        "id": one.id,
        "says": one.word.name.lower(),
        "vendor": one.vendor,
        "kind": one.kind.value if one.kind else None,
        "purpose": one.purpose.value if one.purpose else None,
        "field": one.field or None,
        "standard": one.id.startswith("standard-"),
    }


def wish_line(view: WishView) -> str:
    """A wish in one line."""
    names = ", ".join(asked_field_label(offer.field.name) for offer in view.offers)
    told = _("{vendor} would like to know: {names} ({verdict}); {state}")
    state = _("leaves by itself") if view.leaving is not None else wish_state_label(view.wish.state)
    words = told.format(vendor=view.vendor_name, names=names, verdict=verdict_label(view.wish.verdict), state=state)
    return f"{view.wish.id}  {words}"


def wish_lines(view: WishView) -> tuple[str, ...]:
    """A wish with its fields."""
    lines = [wish_line(view)]
    if view.wish.why:
        lines.append("    " + view.wish.why)
    for offer in view.offers:
        told = _("{field}, {purpose}, for {days} days: {value}")
        missing = _("you never share it") if offer.kept else _("not in your profile")
        lines.append(
            "    "
            + told.format(
                field=asked_field_label(offer.field.name),
                purpose=purpose_label(offer.field.purpose),
                days=offer.field.days,
                value=offer.value or missing,
            )
        )
    back = view.wish.in_return
    if back is not None:
        promised = _("in return, by {day}: {what}").format(day=values.day(back.due), what=back.what)
        lines.append("    " + promised)
    return tuple(lines)


def consent_line(view: ConsentView) -> str:
    """A consent in one line."""
    one = view.consent
    names = ", ".join(dict.fromkeys(asked_field_label(item.name) for item in one.items))
    purposes = ", ".join(dict.fromkeys(consent_purpose_label(item.purpose) for item in one.items))
    told = _("{vendor}: {names} ({purposes}), {state}")
    words = told.format(vendor=view.vendor_name, names=names, purposes=purposes, state=consent_word_label(one.word))
    return f"{one.id}  {words}{_until(one)}"


def _until(one: Consent) -> str:
    if not one.stands or one.until is None:
        return ""
    return ", " + _("until {day}").format(day=values.day(one.until))
