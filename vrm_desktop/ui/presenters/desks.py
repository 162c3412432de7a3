"""Quote desks and what was asked of them in the words of their page. No decisions; a desk's words stay its own."""

from collections.abc import Mapping

from vrm_desktop.domain.outside import OutsideState
from vrm_desktop.domain.quote_desk import Argument, DeskProfile, QuoteDesk, QuoteState
from vrm_desktop.formats.tool_form import FieldKind, FormField, ToolForm
from vrm_desktop.services.keep_desks import AskView, QuoteView
from vrm_desktop.ui.models.desk_view import Asks, DeskField, Leaving, QuoteLine, ToolLine
from vrm_desktop.ui.presenters.mails import typed_amount
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.quotes import quote_state_label, quote_trouble

_TONES = {
    QuoteState.DRAFT: Tone.NEUTRAL,
    QuoteState.HELD: Tone.ACCENT,
    QuoteState.PENDING: Tone.ACCENT,
    QuoteState.ELSEWHERE: Tone.ACCENT,
    QuoteState.REFUSED: Tone.BAD,
    QuoteState.UNCLEAR: Tone.CAUTION,
    QuoteState.QUOTED: Tone.GOOD,
    QuoteState.ACCEPTING: Tone.ACCENT,
    QuoteState.ORDERED: Tone.GOOD,
    QuoteState.OVER: Tone.NEUTRAL,
}
_LONGEST_LABEL = 80


def kind_of(desk: QuoteDesk) -> str:
    """What kind of desk it is."""
    return desk.profile.title if desk.profile is not None else _("A form of its own")


def desk_facts(address: str, desk: QuoteDesk) -> tuple[tuple[str, str], ...]:
    """Where it is, and what it demands."""
    facts = [(_("Address"), address), (_("Kind"), kind_of(desk))]
    if desk.profile is not None:
        facts.append((_("It demands"), demands(desk.profile)))
    return tuple(facts)


def demands(profile: DeskProfile) -> str:
    """What it demands of the person's own."""
    return ", ".join(asked_field_label(one.value) for one in profile.demands) or _("nothing about you")


def tool_lines(desk: QuoteDesk) -> tuple[ToolLine, ...]:
    """The tools to choose from, that of its kind first."""
    own = desk.profile.tool if desk.profile is not None else ""
    seen = {one.name: one for one in desk.tools}
    names = [*([own] if own else []), *(name for name in seen if name != own)]
    lines = []
    for name in names:
        title, words = (seen[name].title, seen[name].description) if name in seen else ("", "")
        label = f"{name} · {title}" if title else name
        lines.append(ToolLine(key=name, label=label, words=words))
    return tuple(lines)


def profile_fields(profile: DeskProfile, typed: Mapping[str, str]) -> tuple[DeskField, ...]:
    """The form of a desk whose kind is known: what is filled in by itself, and what the person may add."""
    return tuple(_profile_field(one, typed.get(one.path, "")) for one in profile.arguments)


def form_fields(form: ToolForm, typed: Mapping[str, str]) -> tuple[DeskField, ...]:
    """The form of a tool by its own schema."""
    return tuple(_form_field(one, typed.get(one.path, "")) for one in form.fields)


def leaving(one: AskView) -> Leaving:
    """What would leave."""
    return Leaving(
        address=one.address,
        body=one.composed.body,
        tells=tuple((_capital(asked_field_label(field.name)), field.value) for field in one.composed.tells),
    )


def quote_line(one: QuoteView) -> QuoteLine:
    """What was asked, and how it stands."""
    asked, act = one.asked, one.acts[-1] if one.acts else None
    unsure = act is not None and act.state is OutsideState.UNSURE
    state, tone = _standing(asked.state, act.state if act is not None else None)
    failed = act is not None and act.state is OutsideState.FAILED and bool(act.trouble)
    return QuoteLine(
        id=asked.id,
        want=asked.intentcast,
        title=one.want_title,
        asked=_("Asked on {moment}").format(moment=moment_of(asked.at)),
        state=state,
        tone=tone,
        trouble=advice(act.trouble).title if act is not None and failed else quote_trouble(asked),
        next=_("Asked again: {moment}").format(moment=moment_of(asked.next_look)) if asked.next_look else "",
        words=asked.said,
        act=act.id if act is not None else "",
        unsure=unsure,
        waits=act is not None and act.state is OutsideState.WAITING,
        totals=tuple((values.money(total), typed_amount(total)) for total in asked.two_totals),
        offers=bool(asked.offers),
        order=asked.order,
        link=asked.link,
        elsewhere=asked.link_elsewhere,
    )


def _standing(asked: QuoteState, act: OutsideState | None) -> tuple[str, Tone]:
    """How far it has come; what became of the call itself comes first while nothing else did."""
    if act is OutsideState.UNSURE:
        return _("may have been sent"), Tone.CAUTION
    if asked is QuoteState.HELD and act is OutsideState.UNDONE:
        return _("called back, never sent"), Tone.NEUTRAL
    if asked is QuoteState.HELD and act is OutsideState.FAILED:
        return _("could not be sent"), Tone.BAD
    return quote_state_label(asked), _TONES[asked]


def _profile_field(one: Argument, text: str) -> DeskField:
    named = asked_field_label(one.fills.value) if one.fills is not None else one.path
    label = named if one.fills is None else _capital(named)
    own = one.fills is not None and one.fills.field is not None
    if own and not one.required:
        told = _("Tell it: {what}").format(what=named)
        return DeskField(path=one.path, asks=Asks.TELL, label=told, required=False, text=text)
    filled = ""
    if one.fills is not None:
        filled = _("filled in from your profile") if own else _("filled in from what you want")
    return DeskField(
        path=one.path,
        asks=Asks.TEXT,
        label=label,
        required=one.required,
        filled=filled,
        text="" if text == "@" else text,
        hint=_("It demands this.") if one.required else "",
    )


def _form_field(one: FormField, text: str) -> DeskField:
    choices: tuple[tuple[str, str], ...] = ()
    if one.kind is FieldKind.CHOICE:
        choices = (("", "–"), *((each, each) for each in one.choices))
    if one.kind is FieldKind.TRUTH:
        choices = (("", "–"), ("yes", _("Yes")), ("no", _("No")))
    kinds = {FieldKind.NUMBER: _("A number."), FieldKind.WHOLE: _("A whole number.")}
    needed = [_("It demands this.")] if one.required else []
    return DeskField(
        path=one.path,
        asks=Asks.CHOICE if choices else Asks.TEXT,
        label=(one.label or one.path)[:_LONGEST_LABEL],
        required=one.required,
        told=one.told,
        hint=" ".join([*needed, *([kinds[one.kind]] if one.kind in kinds else [])]),
        choices=choices,
        text=text,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
