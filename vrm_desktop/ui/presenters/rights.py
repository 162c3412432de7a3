"""Data requests and letters as their pages show them. Pure."""

from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.rights import NextStep, RequestEvent, RequestState, RequestStep
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.ui.models.relationship_view import StoryLine
from vrm_desktop.ui.models.rights_view import AskedLine, LetterLine, RequestLine, RightsView
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.rights import (
    clock_words,
    demand_label,
    event_label,
    hint_not_advice,
    letter_about_label,
    letter_state_label,
    letter_way_label,
    next_step_label,
    request_state_label,
    right_label,
    trouble_label,
)

OPEN_LETTER = "open-letter"
WRITE = "write"
COMPLAIN = "complain"
_ACTS = {
    NextStep.SEND: OPEN_LETTER,
    NextStep.REMIND: WRITE,
    NextStep.ADMONISH: WRITE,
    NextStep.MEET_DEMAND: WRITE,
    NextStep.LOOK_AT_ANSWER: "admonish",
    NextStep.COMPLAIN: COMPLAIN,
    NextStep.ASK_AUTHORITY: COMPLAIN,
}


def rights_view(views: tuple[RequestView, ...]) -> RightsView:
    """All requests in the order given."""
    waiting = sum(view.next not in {NextStep.WAIT, NextStep.NOTHING} for view in views)
    late = sum(view.overdue for view in views)
    told = ngettext("{count} request waits for you", "{count} requests wait for you", waiting).format(count=waiting)
    overdue = ngettext("{count} answer is overdue", "{count} answers are overdue", late).format(count=late)
    summary = _("{waiting}; {overdue}.").format(waiting=told, overdue=overdue) if late else f"{told}."
    return RightsView(
        lines=tuple(request_line(view) for view in views),
        summary=summary if views else "",
    )


def request_line(view: RequestView) -> RequestLine:
    """One request."""
    one = view.request
    clock = view.clocks[0] if view.clocks else None
    act = _ACTS.get(view.next, "")
    newest = view.letters[0].id if view.letters else ""
    if act == OPEN_LETTER and not newest:
        act = ""
    clocks = tuple(sentence_case(clock_words(each)) for each in view.clocks)
    return RequestLine(
        id=one.id,
        what=sentence_case(right_label(one.right)),
        vendor=view.vendor_name,
        reference=one.reference,
        state=_state(view),
        tone=_tone(view),
        next=sentence_case(next_step_label(view.next)),
        due=values.day(clock.due) if clock is not None else "",
        due_order=clock.due.toordinal() if clock is not None else None,
        clocks=(*clocks, hint_not_advice()) if clocks else (),
        story=tuple(_story_line(step) for step in one.steps),
        act=act,
        act_words=_act_words(view.next),
        letter=newest,
        file=one.relationship,
        answerable=one.may(RequestEvent.FULFILLED),
        open=one.may(RequestEvent.WITHDRAWN),
        complains=act == COMPLAIN,
    )


def letter_line(one: Letter, vendor: str) -> LetterLine:
    """One letter."""
    told = [field.value for field in one.tells if not field.name.endswith((".words", ".reference"))]
    head = "\n\n".join("\n".join(part) for part in (one.sender, one.to) if part)
    day = one.sent or one.dated
    return LetterLine(
        id=one.id,
        subject=one.subject,
        body=one.body,
        head=head,
        about=sentence_case(f"{letter_about_label(one.about)}, {letter_way_label(one.way)}"),
        to=vendor,
        state=sentence_case(letter_state_label(one.state)),
        tone={LetterState.DRAFT: Tone.ACCENT, LetterState.SENT: Tone.GOOD, LetterState.HANDED_OUT: Tone.CAUTION}.get(
            one.state, Tone.NEUTRAL
        ),
        day=values.day(day),
        day_order=-int(one.at.timestamp()),
        tells=", ".join(told),
        editable=one.state is LetterState.DRAFT,
        may_send=one.state is LetterState.HANDED_OUT,
        mailable=bool(one.email),
        translatable=one.source.startswith("rights-"),
    )


def asked_vendor(one: Counterparty) -> AskedLine:
    """A counterparty that the person has already."""
    ways = [
        word for word, there in ((_("directly"), one.card), (one.email, one.email), (_("post"), one.postal)) if there
    ]
    return AskedLine(id=f"vendor:{one.id}", name=one.name, note=", ".join(ways) or _("no address known"))


def asked_entry(one: Organisation) -> AskedLine:
    """An entry of a list, with what is wrong in it."""
    flaws = "; ".join(trouble_label(trouble) for trouble in one.troubles)
    return AskedLine(id=f"entry:{one.id}", name=one.name, note=flaws or one.email or one.postal.replace("\n", ", "))


_UNANSWERED = frozenset(
    {RequestState.WAITING, RequestState.ACKNOWLEDGED, RequestState.ACTION_DONE, RequestState.EXTENDED}
)


def _state(view: RequestView) -> str:
    """Where it stands; red says late, and so does the word."""
    if view.overdue and view.request.state in _UNANSWERED:
        return _("Answer overdue")
    return sentence_case(request_state_label(view.request.state))


def _tone(view: RequestView) -> Tone:
    if view.overdue:
        return Tone.BAD
    match view.request.state:
        case RequestState.FULFILLED:
            return Tone.GOOD
        case RequestState.NEEDS_ACTION | RequestState.PARTLY | RequestState.REFUSED:
            return Tone.CAUTION
        case RequestState.WITHDRAWN:
            return Tone.NEUTRAL
        case _:
            return Tone.ACCENT


def _story_line(step: RequestStep) -> StoryLine:
    words = sentence_case(event_label(step.event))
    if step.demand is not None:
        words = f"{words}: {demand_label(step.demand)}"
    held = _("it holds {what}").format(what=", ".join(one.name for one in step.held)) if step.held else ""
    text = " – ".join(part for part in (words, step.text, held) if part)
    return StoryLine(day=values.day(step.on), time="", text=text)


def _act_words(step: NextStep) -> str:
    return {
        NextStep.SEND: _("Open the letter"),
        NextStep.REMIND: _("Write the reminder"),
        NextStep.ADMONISH: _("Set a last term"),
        NextStep.MEET_DEMAND: _("Write the reply"),
        NextStep.LOOK_AT_ANSWER: _("Not enough: set a last term"),
        NextStep.COMPLAIN: _("Write the complaint"),
        NextStep.ASK_AUTHORITY: _("Write to the authority"),
    }.get(step, "")
