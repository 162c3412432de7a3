"""Data requests, letters and entries of lists as JSON and as lines. Never here: a command."""

from vrm_desktop.cli.shapes import Shape, instant
from vrm_desktop.domain.clocks import Clock
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.organisation import Organisation, SiteHint
from vrm_desktop.domain.reaching import ways_of_entry
from vrm_desktop.domain.rights import DPV_STATUS, RequestStep
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.reaching import entry_line
from vrm_desktop.wording.rights import (
    clock_words,
    demand_label,
    difficulty_label,
    event_label,
    hint_label,
    hint_not_advice,
    letter_about_label,
    letter_state_label,
    letter_way_label,
    next_step_label,
    request_state_label,
    right_label,
    trouble_label,
)


def request(view: RequestView) -> Shape:
    """One request."""
    one = view.request
    return {
        "id": one.id,
        "counterparty": one.vendor,
        "name": view.vendor_name,
        "relationship": one.relationship,
        "right": one.right.value,
        "regime": one.regime.value,
        "way": one.way.value,
        "reference": one.reference,
        "text": one.text,
        "state": one.state.value,
        "dpv_status": DPV_STATUS[one.state],
        "pressing": one.pressing.value,
        "made": instant(one.at),
        "received": one.received.isoformat() if one.received else None,
        "due": view.due.due.isoformat() if view.due else None,
        "overdue": view.overdue,
        "next": view.next.value,
        "clocks": [_clock(clock) for clock in view.clocks],
        "identifiers": [{"name": each.name, "value": each.value} for each in one.identifiers],
        "steps": [_step(step) for step in one.steps],
        "letters": [letter.id for letter in view.letters],
        "documents": [{"id": file.id, "name": file.name, "size": file.size} for file in view.attachments],
        "authority": one.authority,
    }


def _clock(clock: Clock) -> Shape:
    return {"kind": clock.kind.value, "due": clock.due.isoformat(), "rule": clock.rule.value}


def _step(step: RequestStep) -> Shape:
    return {
        "event": step.event.value,
        "on": step.on.isoformat(),
        "text": step.text,
        "demand": step.demand.value if step.demand else None,
        "until": step.until.isoformat() if step.until else None,
        "letter": step.letter or None,
        "message": step.message,
        "held": [{"name": one.name, "purpose": one.purpose, "until": one.until.isoformat()} for one in step.held],
        "used": [
            {
                "name": one.name,
                "purpose": one.purpose,
                "day": one.day.isoformat(),
                "by": one.by,
                "whom": one.whom,
            }
            for one in step.used
        ],
    }


def request_line(view: RequestView) -> str:
    """One request on one line."""
    one = view.request
    due = _(", due {day}").format(day=values.day(view.clocks[0].due)) if view.clocks else ""
    late = _(" – overdue") if view.overdue else ""
    return f"{one.id}  {view.vendor_name}: {right_label(one.right)}  ({request_state_label(one.state)}{due}{late})"


def request_lines(view: RequestView) -> tuple[str, ...]:
    """One request in full."""
    one = view.request
    told = [
        f"    {values.day(step.on)}  {event_label(step.event)}"
        + (f": {demand_label(step.demand)}" if step.demand else "")
        + (f" – {step.text}" if step.text else "")
        for step in one.steps
    ]
    clocks = [f"    {clock_words(clock)}" for clock in view.clocks]
    letters = [f"    {letter_line(letter)}" for letter in view.letters]
    return (
        request_line(view),
        "    " + _("reference: {reference}").format(reference=one.reference),
        *told,
        *clocks,
        *((f"    {hint_not_advice()}",) if clocks else ()),
        *letters,
        "    " + _("next: {what}").format(what=next_step_label(view.next)),
    )


def letter(one: Letter) -> Shape:
    """One letter."""
    return {
        "id": one.id,
        "counterparty": one.vendor,
        "about": one.about.value,
        "way": one.way.value,
        "language": one.language,
        "state": one.state.value,
        "subject": one.subject,
        "body": one.body,
        "to": list(one.to),
        "from": list(one.sender),
        "email": one.email or None,
        "reference": one.reference or None,
        "source": one.source or None,
        "dated": one.dated.isoformat(),
        "sent": one.sent.isoformat() if one.sent else None,
        "tells": [{"id": field.name, "value": field.value} for field in one.tells],
    }


def letter_line(one: Letter) -> str:
    """One letter on one line."""
    words = (letter_about_label(one.about), letter_way_label(one.way), letter_state_label(one.state))
    return f"{one.id}  {one.subject}  ({', '.join(words)})"


def organisation(one: Organisation) -> Shape:
    """One entry of a list."""
    return {
        "id": one.id,
        "name": one.name,
        "postal": one.postal,
        "email": one.email or None,
        "web": one.web or None,
        "form": one.form or None,
        "countries": list(one.countries),
        "language": one.language or None,
        "asks_for": list(one.required),
        "identity_document": one.identity,
        "authority": one.authority,
        "ways": [way.value for way in ways_of_entry(one)],
        "troubles": [trouble.value for trouble in one.troubles],
        "source": one.source,
    }


def organisation_line(one: Organisation) -> str:
    """One entry on one line, with what is wrong in it."""
    flaws = "; ".join(trouble_label(trouble) for trouble in one.troubles)
    return f"{one.id}  {one.name}: {entry_line(ways_of_entry(one))}" + (f"  ({flaws})" if flaws else "")


def hint(one: SiteHint) -> Shape:
    """What a list says about a site."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "difficulty": one.difficulty.value,
        "link": one.link,
        "notes": one.notes,
        "source": one.source,
    }


def hint_line(one: SiteHint) -> str:
    """The same on one line."""
    return f"{hint_label(one.kind)}: {difficulty_label(one.difficulty)}  {one.link}  ({one.source})"
