"""Changing once, as its page shows it: who holds what is old, what each gets, and how far it has come."""

from collections.abc import Sequence
from datetime import date

from vrm_desktop.domain.change import Choice
from vrm_desktop.domain.plan import pick
from vrm_desktop.domain.profile import FieldPath, ProfileField
from vrm_desktop.services import follow_changes
from vrm_desktop.services.follow_changes import DONE, Standing, ToldView
from vrm_desktop.services.plan_change import ChangePlan, Holder, Outdated
from vrm_desktop.ui.models.change_view import ChangeLine, ChangeView, FieldLine, HolderLine, PlanView, ToldLine
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.changes import choice_label, standing_label, way_label, why_erase_label
from vrm_desktop.wording.labels import code_label, field_label

OFFERED = (
    FieldPath.NAME,
    FieldPath.EMAIL,
    FieldPath.PHONE,
    FieldPath.STREET,
    FieldPath.POSTCODE,
    FieldPath.LOCALITY,
    FieldPath.COUNTRY,
)
_TONES = {
    Standing.WAITS_FOR_DAY: Tone.NEUTRAL,
    Standing.HELD: Tone.NEUTRAL,
    Standing.LEAVING: Tone.ACCENT,
    Standing.TOLD: Tone.ACCENT,
    Standing.RECEIVED: Tone.GOOD,
    Standing.LETTER: Tone.CAUTION,
    Standing.LETTER_OUT: Tone.CAUTION,
    Standing.SENT: Tone.ACCENT,
    Standing.REFUSED: Tone.BAD,
    Standing.TAKEN_BACK: Tone.NEUTRAL,
    Standing.OVER: Tone.NEUTRAL,
}
_BY_HAND = (Standing.LETTER, Standing.LETTER_OUT, Standing.SENT, Standing.TOLD)


def change_view(
    profile: Sequence[ProfileField], plan: ChangePlan, changes: Sequence[follow_changes.ChangeView], today: date
) -> ChangeView:
    """The whole page."""
    return ChangeView(
        fields=tuple(_field(tuple(profile), path) for path in OFFERED if any(one.path is path for one in profile)),
        plan=plan_view(plan),
        changes=tuple(change_line(one) for one in changes if one.change.told or not one.change.applied),
        today=today,
    )


def plan_view(plan: ChangePlan) -> PlanView:
    """Who should hear of it."""
    news = tuple(
        _("{what}: {before} → {value}").format(what=sentence(field_label(one.path)), before=one.before, value=one.value)
        for one in plan.values
    )
    return PlanView(news=news, holders=tuple(_holder(one) for one in plan.holders), since=plan.since)


def _field(profile: tuple[ProfileField, ...], path: FieldPath) -> FieldLine:
    field = pick(profile, path) or next(one for one in profile if one.path is path)
    return FieldLine(path=path.value, label=sentence(field_label(path)), value=field.value)


def _holder(holder: Holder) -> HolderLine:
    choices = tuple((one.value, choice_label(one)) for one in Choice if holder.can(one))
    return HolderLine(
        key=holder.relationship,
        name=holder.vendor_name,
        values=tuple(_old(one) for one in holder.outdated),
        reasons=tuple(
            _("{what}: rather erase, because {why}").format(
                what=sentence(field_label(one.path)), why=why_erase_label(one.why)
            )
            for one in holder.outdated
            if one.why is not None
        ),
        choices=choices,
        chosen=holder.advice.value,
        ways=(
            (Choice.TELL.value, sentence(way_label(holder.tell_way))),
            (Choice.ERASE.value, sentence(way_label(holder.erase_way))),
            (Choice.LEAVE.value, _("Nothing is said")),
        ),
        warning="" if holder.addressed else _("No address of theirs is known here: read it to them, or use a form."),
    )


def _old(one: Outdated) -> str:
    has = _("{what}: {value}").format(what=sentence(field_label(one.path)), value=one.row.value)
    return _("{has}, until {day}").format(has=has, day=values.day(one.row.until))


def change_line(view: follow_changes.ChangeView) -> ChangeLine:
    """One change."""
    one = view.change
    total, done = len(view.rows), view.count(*DONE)
    title = ", ".join(new.value for new in one.values)
    since = _("valid from {day}").format(day=values.day(one.since))
    counted = ngettext("{done} of {count} is done", "{done} of {count} are done", total).format(done=done, count=total)
    if one.undone:
        summary = _("{since}; taken back").format(since=since)
    elif not total:
        summary = _("{since}; nobody has to be told").format(since=since)
    else:
        summary = _("{since}; {counted}").format(since=since, counted=counted)
    return ChangeLine(
        id=one.id,
        title=title,
        summary=sentence(summary),
        rows=tuple(_told(row) for row in view.rows),
        done=done,
        total=max(total, 1),
        can_undo=view.can_take_back,
        finished=view.finished,
    )


def _told(row: ToldView) -> ToldLine:
    told = row.told
    fields = ", ".join(_name(name) for name in told.names)
    asked = _("to erase: {fields}") if told.choice is Choice.ERASE else _("new: {fields}")
    detail = asked.format(fields=fields)
    if row.trouble:
        detail = _("{detail}; {why}").format(detail=detail, why=code_label(row.trouble))
    if not row.addressed:
        detail = _("{detail}; no address of theirs is known").format(detail=detail)
    return ToldLine(
        key=told.relationship,
        name=row.vendor_name,
        state=sentence(standing_label(row.standing.value)),
        tone=_TONES[row.standing],
        detail=sentence(detail),
        file=told.relationship,
        action=_("To the letter") if row.standing in {Standing.LETTER, Standing.LETTER_OUT} else _("Open the file"),
        can_confirm=row.standing in _BY_HAND,
    )


def _name(name: str) -> str:
    try:
        return field_label(FieldPath(name.removeprefix("profile.")))
    except ValueError:
        return name
